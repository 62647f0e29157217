import { byText } from '../model/identity.ts';
import type { RemoteId } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';
import type { RemoteSnapshot } from '../model/snapshot.ts';
import type { WireArticle, WireCollection, WireHelpCenter, WireMe } from './wire/wire.ts';
import {
  articleOf,
  articlesWithin,
  collectionOf,
  collectionsWithin,
  localeTold,
  parentsOf,
  sitesOf,
} from './wire/wire-to-model.ts';

export interface Read {
  readonly me: WireMe;
  readonly all: readonly WireHelpCenter[];
  readonly helpCenter: WireHelpCenter;
  readonly articles: readonly WireArticle[];
  readonly collections: readonly WireCollection[];
  /** Of the top level of an entry that does not tell. */
  readonly defaultLocale: Locale;
}

/**
 * Puts together what was read. The listings are made side by side, so an article may be in a
 * collection made meanwhile: `listAgain` then lists the collections once more.
 */
export async function assembleSnapshot(
  read: Read,
  listAgain: () => Promise<readonly WireCollection[]>,
): Promise<RemoteSnapshot> {
  const collections = isClosed(read) ? read.collections : await listAgain();
  const isOnly = read.all.length === 1;
  const own = collectionsWithin(read.helpCenter.id, isOnly, collections);
  const articles = articlesWithin(idsOf(own), idsOf(collections), read.articles);
  // Another help center may have another default locale, and an article outside every collection may be its.
  const told = [...own, ...articles].map(localeTold).find((locale) => locale !== null) ?? null;
  const configured = told ?? read.defaultLocale;
  return {
    workspace: read.me.app?.id_code ?? read.helpCenter.workspace_id ?? '',
    helpCenter: read.helpCenter.id,
    sites: sitesOf(read.helpCenter),
    defaultLocale: told,
    shown: shownOf(read, told !== null || [...own, ...articles].length === 0),
    articles: articles.map((one) => articleOf(one, configured)).sort(byId),
    collections: own.map((one) => collectionOf(one, configured)).sort(byId),
    problems: [],
  };
}

/** The languages that readers see: what the help center says, else the only one of those whose entries tell none. */
function shownOf({ helpCenter, defaultLocale }: Read, isOpen: boolean): readonly Locale[] | null {
  const told = (helpCenter.locales ?? []).filter(isLocale);
  if (told.length > 0) return told;
  return isOpen ? null : [defaultLocale];
}

function isClosed({ articles, collections }: Read): boolean {
  const known = idsOf(collections);
  return (
    articles.every((one) => parentsOf(one).every((parent) => known.has(parent))) &&
    collections.every((one) => one.parent_id === null || known.has(one.parent_id))
  );
}

function idsOf(rows: readonly { readonly id: RemoteId }[]): ReadonlySet<RemoteId> {
  return new Set(rows.map((row) => row.id));
}

/** By number, as the shorter of two ids is the smaller. */
function byId(left: { readonly id: RemoteId }, right: { readonly id: RemoteId }): number {
  return left.id.length - right.id.length || byText(left.id, right.id);
}
