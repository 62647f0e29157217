import type { CollectionTexts, RemoteArticle, RemoteCollection, RemoteContent } from '../../model/entry.ts';
import type { RemoteId } from '../../model/identity.ts';
import { isLocale } from '../../model/locale.ts';
import type { Locale } from '../../model/locale.ts';
import { withBodyOf } from '../../model/packed.ts';
import type { WireArticle, WireArticleContent, WireCollection, WireHelpCenter } from './wire.ts';

/** The default locale as an entry tells it; null where it does not. */
export function localeTold(wire: { readonly default_locale: string | null }): Locale | null {
  return wire.default_locale !== null && isLocale(wire.default_locale) ? wire.default_locale : null;
}

/**
 * The top level is the remote's default locale: the one that it tells, else the configured one. The same row gives the
 * very same article again, so a plan made with it before need not read it again.
 */
export function articleOf(wire: WireArticle, configured: Locale): RemoteArticle {
  const top = localeTold(wire) ?? configured;
  const known = articles.get(wire);
  if (known?.top === top) return known.article;
  const article = readArticle(wire, top);
  articles.set(wire, { top, article });
  return article;
}

const articles = new WeakMap<WireArticle, { readonly top: Locale; readonly article: RemoteArticle }>();

function readArticle(wire: WireArticle, top: Locale): RemoteArticle {
  const contents = new Map<Locale, RemoteContent>([[top, contentOf(wire)]]);
  for (const [locale, content] of wire.translated_content) {
    // The top level is the default locale's content; its repetition is not looked at.
    if (locale !== top && !isBlank(content)) contents.set(locale, contentOf(content));
  }
  return {
    kind: 'article',
    id: wire.id,
    parents: parentsOf(wire),
    url: wire.url === '' ? null : wire.url,
    updatedAt: wire.updated_at,
    locales: contents,
  };
}

export function collectionOf(wire: WireCollection, configured: Locale): RemoteCollection {
  const top = localeTold(wire) ?? configured;
  const translations = new Map<Locale, CollectionTexts>();
  for (const [locale, { name, description }] of wire.translated_content) {
    // Without a name there is nothing that readers could choose.
    if (locale !== top && name.trim() !== '') translations.set(locale, { name, description });
  }
  return {
    kind: 'collection',
    id: wire.id,
    parent: wire.parent_id,
    // A name has to be called something; Intercom itself asks for one.
    name: wire.name.trim() === '' ? `Collection ${wire.id}` : wire.name,
    description: wire.description,
    icon: wire.icon === '' ? null : wire.icon,
    updatedAt: wire.updated_at,
    translations,
  };
}

/** `parent_id` is gone in newer versions, and `parent_ids` may be empty beside it in older ones. */
export function parentsOf(wire: Pick<WireArticle, 'parent_id' | 'parent_ids'>): readonly RemoteId[] {
  const { parent_ids: all, parent_id: one } = wire;
  if (all !== undefined && all !== null && all.length > 0) return [...new Set(all)];
  return one === undefined || one === null ? [] : [one];
}

/**
 * The collections of one help center. Intercom lists those of all together, and the nested ones need not say
 * where they belong: their top ancestor does.
 */
export function collectionsWithin(
  helpCenter: RemoteId,
  isOnly: boolean,
  all: readonly WireCollection[],
): readonly WireCollection[] {
  if (isOnly) return all;
  const byId = new Map(all.map((one) => [one.id, one]));
  return all.filter((one) => helpCenterOf(one, byId) === helpCenter);
}

/**
 * The articles of one help center: those in one of its collections, and those in no collection at all, which
 * belong to none and may be ours. One in a collection that was not listed is kept, too: it must never look
 * deleted.
 */
export function articlesWithin(
  own: ReadonlySet<RemoteId>,
  listed: ReadonlySet<RemoteId>,
  all: readonly WireArticle[],
): readonly WireArticle[] {
  return all.filter((one) => {
    const parents = parentsOf(one);
    return parents.length === 0 || parents.some((parent) => own.has(parent) || !listed.has(parent));
  });
}

/** Addresses at which readers may find a help center; the preferred one first. */
export function sitesOf(helpCenter: WireHelpCenter): readonly string[] {
  const { url, custom_domain: domain, identifier } = helpCenter;
  const sites = [
    url,
    domain ? `https://${domain}` : null,
    identifier ? `https://intercom.help/${identifier}` : null,
  ];
  return [...new Set(sites.flatMap((site) => (site ? [site.replace(/\/+$/, '')] : [])))];
}

function contentOf(wire: WireArticleContent): RemoteContent {
  const { title, description, state, author_id: author } = wire;
  // As the row holds it, which may be packed.
  return withBodyOf<RemoteContent>({ title, description, state, author }, wire);
}

/** Intercom says null for a locale without content; an object without any text is taken for the same. */
function isBlank(content: WireArticleContent): boolean {
  return content.title === '' && content.description === '' && content.body === '';
}

function helpCenterOf(
  collection: WireCollection,
  byId: ReadonlyMap<RemoteId, WireCollection>,
): RemoteId | null {
  let found = collection.help_center_id;
  const passed = new Set<RemoteId>();
  for (
    let one: WireCollection | undefined = collection;
    one !== undefined && !passed.has(one.id);
    one = one.parent_id === null ? undefined : byId.get(one.parent_id)
  ) {
    passed.add(one.id);
    // The higher one decides.
    found = one.help_center_id ?? found;
  }
  return found;
}
