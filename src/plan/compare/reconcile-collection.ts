import {
  collectionFields,
  collectionNames,
  isSameTexts,
  translatedNames,
} from '../../fields/collection-fields.ts';
import type { Halves } from '../../model/base.ts';
import type { CollectionField, LocalCollection, RemoteCollection } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Policy } from '../terms/input.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import { agreedOnce } from './put-back.ts';
import { reconcileValue, settle } from '../terms/values.ts';
import type { CollectionVerdict } from '../terms/verdict.ts';

/** Reconciles everything but the parent of a collection that both sides have. */
export function reconcileCollection(
  { base }: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  policy: Policy['conflicts'],
  remoteDefaultLocale: Locale | null,
  isBack: boolean,
): readonly CollectionVerdict[] {
  const verdicts: CollectionVerdict[] = [];
  const add = (
    field: CollectionField,
    locale: Locale | null,
    said: string | null,
    there: string | null,
    agreed: Halves<string | null> | null,
  ): void => {
    const once = isBack ? agreedOnce(agreed, said, there) : agreed;
    const standing = settle(reconcileValue(once, said, there), policy);
    verdicts.push({ field, locale, standing, local: said, remote: there });
  };
  // A folder that says no name was given one when it was created; renaming the folder alone costs nothing.
  for (const field of collectionNames) {
    const agreed = base === null ? collectionFields[field].presumed(local, remote) : base[field];
    add(field, null, local[field], remote[field], agreed);
  }

  const locales = new Set<Locale>([
    ...local.translations.keys(),
    ...remote.translations.keys(),
    ...(base?.translations.keys() ?? []),
  ]);
  for (const locale of [...locales].toSorted()) {
    const said = local.translations.get(locale) ?? null;
    const there = remote.translations.get(locale) ?? null;
    const agreed = base?.translations.get(locale) ?? null;
    // A help center with one language shows no translations; nothing can be concluded from that.
    if (there === null && remoteDefaultLocale === null && isSameTexts(said, agreed)) continue;
    for (const field of translatedNames) {
      const none: Halves<string | null> | null =
        said === null || there === null ? { local: null, remote: null } : null;
      add(
        field,
        locale,
        said?.[field] ?? null,
        there?.[field] ?? null,
        agreed === null ? none : { local: agreed[field], remote: agreed[field] },
      );
    }
  }
  return verdicts;
}
