/* What is sent of an entry: the plan's values, with ids and addresses in the place of keys. */
import { headingsOf } from '../../markup/find/headings.ts';
import type { CollectionTexts, RemoteArticle } from '../../model/entry.ts';
import type { EntryKey, RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import type { ArticleEdit, CollectionEdit, ContentEdit } from '../../model/remote-side.ts';
import { fillPlaceholders, placeholdersIn } from '../../plan/links/placeholders.ts';
import { fragmentOf } from '../../plan/links/refs.ts';
import type { RemotePhase } from './phase.ts';

/** What is sent of an article, addresses filled in. `before` is what the remote holds right now. */
export function articleEdit(
  operation: Extract<RemoteOperation, { kind: 'article' }>,
  phase: RemotePhase,
  before: RemoteArticle | null = null,
): ArticleEdit {
  const locales = new Map<Locale, ContentEdit>();
  for (const [name, edit] of Object.entries(operation.write.locales)) {
    const locale = name as Locale;
    if (edit.body === undefined) locales.set(locale, edit);
    else {
      const respelled =
        before !== null && isFollowUp(operation) ? phase.respell(operation.key, locale, before) : null;
      locales.set(locale, { ...edit, body: respelled ?? withAddresses(edit.body, locale, phase) });
    }
  }
  return { locales, ...parentEdit(operation.write.parent, phase) };
}

/** What is sent of a collection. */
export function collectionEdit(
  operation: Extract<RemoteOperation, { kind: 'collection' }>,
  phase: RemotePhase,
): CollectionEdit {
  const { parent, translations, ...rest } = operation.write;
  return {
    ...rest,
    ...parentEdit(parent, phase),
    ...(translations === undefined
      ? {}
      : { translations: new Map(Object.entries(translations) as [Locale, CollectionTexts][]) }),
  };
}

function parentEdit(parent: EntryKey | null | undefined, phase: RemotePhase): { parent?: RemoteId | null } {
  if (parent === undefined) return {};
  return { parent: parent === null ? null : parentId(parent, phase) };
}

/** The id of a collection, also of one that this run created; null before it has one. */
export const parentId = (parent: EntryKey, phase: RemotePhase): RemoteId | null =>
  phase.created.get(parent)?.id ?? phase.idOf(parent);

/** Tells whether an update only fills in the addresses of what was created after its article. */
export const isFollowUp = (operation: RemoteOperation): boolean =>
  operation.kind === 'article' && operation.action === 'update' && operation.expected === null;

/** Languages whose text links to what has no address yet. */
export function unlinkedLocales(operation: RemoteOperation, phase: RemotePhase): readonly Locale[] {
  if (operation.kind === 'collection') return [];
  return Object.entries(operation.write.locales).flatMap(([locale, edit]): Locale[] => {
    const keys = edit.body === undefined ? [] : placeholdersIn(edit.body);
    return keys.some((key) => parentId(key, phase) === null) ? [locale as Locale] : [];
  });
}

function withAddresses(html: string, locale: Locale, phase: RemotePhase): string {
  return fillPlaceholders(html, (key, fragment) => {
    const made = phase.created.get(key);
    const id = made?.id ?? phase.idOf(key);
    // An article of the same circle: it gets its address in the update that follows.
    if (id === null) return phase.fallbackAddress;
    const content = made?.kind === 'article' ? made.locales.get(locale) : undefined;
    const headings = content === undefined ? null : headingsOf(content.body);
    return `${phase.addressOf(key, id, locale)}${fragmentOf(fragment, headings)}`;
  });
}
