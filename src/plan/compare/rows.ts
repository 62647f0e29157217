import { agreedFields, articleFields } from '../../fields/article-fields.ts';
import { agreedCollectionFields, collectionFields } from '../../fields/collection-fields.ts';
import type { Reading } from '../../fields/reading.ts';
import type { BaseArticle, BaseCollection, BaseContent } from '../../model/base.ts';
import type {
  ArticleField,
  LocalArticle,
  LocalCollection,
  LocalContent,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../../model/entry.ts';
import type { RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';

/** Fields of one language that a write carried; only they may move the base. */
export type Sent = ReadonlySet<ArticleField>;

/** The row of one language after both sides were seen to agree on the fields in `sent`, or on all of them. */
export function agreedContent(
  before: BaseContent | null,
  local: LocalContent,
  remote: RemoteContent,
  locale: Locale,
  sent: Sent | 'all',
  reading: Reading,
): BaseContent {
  const fields = agreedFields((name) =>
    before === null || sent === 'all' || sent.has(name)
      ? articleFields[name].agree(before, local, remote, locale, reading)
      : before[name],
  );
  return { ...fields, gone: false, hidden: false };
}

/**
 * The row of one language after the folder took in what the remote holds: the base moves to the remote's present,
 * and what the file has of its own stays a change. A file that is null is taken to hold just that.
 */
export function pulledContent(
  before: BaseContent | null,
  local: LocalContent | null,
  remote: RemoteContent,
  locale: Locale,
  reading: Reading,
): BaseContent {
  const fields = agreedFields((name) => articleFields[name].pull(before, local, remote, locale, reading));
  return { ...fields, gone: false, hidden: false };
}

/** The row of a language that was sent to a help center which does not show it. */
export function hiddenContent(local: LocalContent, locale: Locale, reading: Reading): BaseContent {
  const fields = agreedFields((name) => articleFields[name].hide(local, locale, reading));
  return { ...fields, gone: false, hidden: true };
}

/** The row of a whole article that both sides agree on. */
export function agreedArticle(
  before: BaseArticle | null,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: RemoteId | null,
  options: Reading,
): BaseArticle {
  const locales = new Map<Locale, BaseContent>();
  for (const [locale, content] of local.locales) {
    const there = remote.locales.get(locale);
    const agreed = before?.locales.get(locale) ?? null;
    if (there !== undefined)
      locales.set(locale, agreedContent(agreed, content, there, locale, 'all', options));
    else
      locales.set(
        locale,
        agreed !== null && agreed.hidden ? agreed : hiddenContent(content, locale, options),
      );
  }
  for (const [locale, agreed] of before?.locales ?? []) {
    const there = remote.locales.get(locale);
    // Its file is gone, and the remote holds no more of it than a draft: nothing is left to be done about it.
    if (!locales.has(locale) && there !== undefined) locales.set(locale, goneContent(agreed, there));
  }
  return { kind: 'article', path: local.path, id: remote.id, parent, locales };
}

/** The row of a collection that both sides agree on; what the folder does not say is taken from the remote. */
export function agreedCollection(
  local: LocalCollection,
  remote: RemoteCollection,
  parent: RemoteId | null,
): BaseCollection {
  return {
    kind: 'collection',
    path: local.path,
    id: remote.id,
    parent,
    ...agreedCollectionFields((name) => collectionFields[name].agree(local, remote)),
    translations: local.file === null ? remote.translations : local.translations,
    gone: false,
  };
}

/** The row of an entry whose file went, after the remote heard of it. */
export function goneArticle(
  before: BaseArticle,
  remote: RemoteArticle,
  locales: readonly Locale[],
): BaseArticle {
  const rows = new Map(before.locales);
  for (const locale of locales) {
    const agreed = before.locales.get(locale);
    const there = remote.locales.get(locale);
    if (agreed === undefined) continue;
    rows.set(locale, there === undefined ? { ...agreed, gone: true } : goneContent(agreed, there));
  }
  return { ...before, locales: rows };
}

function goneContent(agreed: BaseContent, there: RemoteContent): BaseContent {
  // What it was before is remembered, so that the file's return can undo this.
  const state = { local: agreed.gone ? agreed.state.local : agreed.state.remote, remote: there.state };
  return { ...agreed, state, gone: true };
}
