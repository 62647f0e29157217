import { isLocale, type Locale } from '../model/locale.ts';
import type { Caller } from './http/call.ts';
import { saysGone } from './http/failures.ts';
import { decodeArticles, decodeCollections } from './wire/wire.ts';
import type { WireHelpCenter } from './wire/wire.ts';
import { collectionsWithin, localeTold } from './wire/wire-to-model.ts';

/** A look into a help center that costs two calls, however large it is. */
export interface Glance {
  /** In the whole workspace, whose help centers Intercom counts together. */
  readonly articles: number;
  readonly collections: number;
  /** The default locale that the help center's own entries tell, as those of multilingual ones do. */
  readonly defaultLocale: Locale | null;
  /** The languages that are turned on; null where Intercom does not tell. */
  readonly shown: readonly Locale[] | null;
  /** Nothing was there to tell it. */
  readonly isEmpty: boolean;
}

/** What the token may do, found out without changing anything. Throws as any reading does. */
export async function glance(
  caller: Caller,
  helpCenter: WireHelpCenter,
  isOnly: boolean,
  signal: AbortSignal,
): Promise<Glance> {
  const first = { path: '/articles', query: { page: 1, per_page: 1 }, subject: 'the newest article' };
  const shelves = {
    path: '/help_center/collections',
    query: { page: 1, per_page: 250 },
    subject: 'the collections',
  };
  const articles = await caller.send({ method: 'GET', ...first }, decodeArticles, signal);
  const collections = await caller.send({ method: 'GET', ...shelves }, decodeCollections, signal);
  const own = collectionsWithin(helpCenter.id, isOnly, collections.data);
  // Of several help centers the newest article may be another one's.
  const rows = [...own, ...(isOnly ? articles.data : [])];
  return {
    articles: articles.total_count,
    collections: collections.total_count,
    defaultLocale: rows.map(localeTold).find((locale) => locale !== null) ?? null,
    shown:
      helpCenter.locales === null || helpCenter.locales === undefined
        ? null
        : helpCenter.locales.filter(isLocale),
    isEmpty: rows.length === 0,
  };
}

/**
 * Whether the token may write: an update of an article that cannot exist, with nothing in it, is refused either
 * for the permission or for the article. Null where the answer tells neither.
 */
export async function mayWrite(caller: Caller, signal: AbortSignal): Promise<boolean | null> {
  const call = { method: 'PUT', path: '/articles/0', body: {}, subject: 'the permission to write' } as const;
  const answer = await caller.ask(call, signal);
  if (saysGone(answer)) return true;
  return answer.status === 403 || answer.status === 401 ? false : null;
}
