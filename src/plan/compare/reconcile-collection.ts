import type { Halves } from '../../model/base.ts';
import type { CollectionTexts } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Policy } from '../terms/input.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import { reconcileValue, settle } from '../terms/values.ts';
import type { ValueVerdict } from '../terms/verdict.ts';

/** Reconciles everything but the parent of a collection that both sides have. */
export function reconcileCollection(
  triple: CollectionTriple & { readonly local: object; readonly remote: object },
  policy: Policy['conflicts'],
  remoteDefaultLocale: Locale | null,
): readonly ValueVerdict[] {
  const { base, local, remote } = triple;
  const verdicts: ValueVerdict[] = [];
  const add = (
    field: ValueVerdict['field'],
    locale: Locale | null,
    said: string | null,
    there: string | null,
    agreed: Halves<string | null> | null,
  ): void => {
    const standing = settle(reconcileValue(agreed, said, there), policy);
    verdicts.push({ field, locale, standing, local: said, remote: there });
  };
  // A folder that says no name was given one when it was created; renaming the folder alone costs nothing.
  add('name', null, local.name, remote.name, base?.name ?? null);
  add(
    'description',
    null,
    local.description,
    remote.description,
    base?.description ?? oneSided(local.description, remote.description),
  );
  add('icon', null, local.icon, remote.icon, base?.icon ?? oneSidedIcon(local.icon, remote.icon));

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
    if (there === null && remoteDefaultLocale === null && same(said, agreed)) continue;
    for (const field of ['name', 'description'] as const) {
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

/** Tells whether the remote changed anything of a collection since the base, its parent apart. */
export function isRemoteCollectionChanged(triple: CollectionTriple): boolean {
  const { base, remote } = triple;
  if (base === null || remote === null) return false;
  return (
    remote.name !== base.name.remote ||
    remote.description !== base.description.remote ||
    [...remote.translations].some(([locale, texts]) => !same(texts, base.translations.get(locale) ?? null))
  );
}

/** Tells whether the folder says anything of a collection that the base does not know. */
export function isLocalCollectionChanged(triple: CollectionTriple): boolean {
  const { base, local } = triple;
  if (base === null || local === null) return false;
  return (
    (local.name !== null && local.name !== base.name.local) ||
    (local.description !== null && local.description !== base.description.local) ||
    (local.icon !== null && local.icon !== base.icon.local) ||
    [...local.translations].some(([locale, texts]) => !same(texts, base.translations.get(locale) ?? null))
  );
}

const oneSided = (local: string | null, remote: string): Halves<string | null> | null =>
  local === null || local === '' || remote === '' ? { local: '', remote: '' } : null;

// Intercom gives every collection an icon, so these say nothing about what a person wanted.
const standardIcons: ReadonlySet<string | null> = new Set([null, 'book-bookmark', 'folder']);

const oneSidedIcon = (local: string | null, remote: string | null): Halves<string | null> | null =>
  local !== null && standardIcons.has(remote) ? { local: remote, remote } : null;

const same = (left: CollectionTexts | null, right: CollectionTexts | null): boolean =>
  left === right ||
  (left !== null && right !== null && left.name === right.name && left.description === right.description);
