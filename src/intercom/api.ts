import { ShelfmarkError } from '../model/error.ts';
import { isRemoteId } from '../model/identity.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Created } from '../model/remote-side.ts';
import type { Kind } from '../model/entry.ts';
import { packed, withBodyOf } from '../model/packed.ts';
import type { Clock } from '../ports/clock.ts';
import type { Caller } from './http/call.ts';
import type { Call } from './http/failures.ts';
import { openCreates } from './create.ts';
import type { Wanted } from './create.ts';
import type { RemoteListener } from './http/events.ts';
import { listAll } from './listing.ts';
import type { Row } from './listing.ts';
import {
  decodeAdmins,
  decodeArticle,
  decodeArticles,
  decodeCollection,
  decodeCollections,
  decodeDeleted,
  decodeHelpCenters,
  decodeMe,
  decodeStatistics,
} from './wire/wire.ts';
import type {
  Decode,
  WireAdmin,
  WireArticle,
  WireCollection,
  WireHelpCenter,
  WireMe,
  WirePage,
  WireStatistics,
} from './wire/wire.ts';

/** Intercom's endpoints, one function each; what comes back is decoded, but still in Intercom's words. */
export interface IntercomApi {
  me(signal: AbortSignal): Promise<WireMe>;
  admins(signal: AbortSignal): Promise<readonly WireAdmin[]>;
  helpCenters(signal: AbortSignal): Promise<readonly WireHelpCenter[]>;
  articles(signal: AbortSignal): Promise<readonly WireArticle[]>;
  collections(signal: AbortSignal): Promise<readonly WireCollection[]>;
  /** One page of the articles, a short one unless it is to hold more, from the newest change down; pages count from 1. */
  newestArticles(page: number, signal: AbortSignal, rows?: number): Promise<WirePage<WireArticle>>;
  article(id: RemoteId, signal: AbortSignal): Promise<WireArticle | null>;
  collection(id: RemoteId, signal: AbortSignal): Promise<WireCollection | null>;
  statistics(id: RemoteId, signal: AbortSignal): Promise<WireStatistics | null>;
  createArticle(body: unknown, wanted: Wanted, signal: AbortSignal): Promise<Created<WireArticle>>;
  createCollection(body: unknown, wanted: Wanted, signal: AbortSignal): Promise<Created<WireCollection>>;
  updateArticle(id: RemoteId, body: unknown, title: string, signal: AbortSignal): Promise<WireArticle>;
  updateCollection(id: RemoteId, body: unknown, name: string, signal: AbortSignal): Promise<WireCollection>;
  deleteArticle(id: RemoteId, signal: AbortSignal): Promise<void>;
  deleteCollection(id: RemoteId, signal: AbortSignal): Promise<void>;
}

const articlesPath = '/articles';
const collectionsPath = '/help_center/collections';

/** Rows asked for at once: the most that Intercom gives; fewer where its answer would grow too large for us. */
const pageSizes = [250, 50, 10, 1] as const;

/** Rows of a page that is read again and again, mostly to learn that there is nothing new. */
const shortPage = 10;

/** Characters of listed texts that are kept as they are; beyond that memory counts for more than time. */
const roomForTexts = 80 * 1024 * 1024;

export interface ApiOptions {
  readonly clock: Clock;
  readonly tell: RemoteListener;
  /** Whether what is listed is kept for long, and so is to be small. */
  readonly isLasting: boolean;
}

export function openIntercomApi(caller: Caller, { clock, tell, isLasting }: ApiOptions): IntercomApi {
  const creates = openCreates(caller, clock);
  let room = isLasting ? 0 : roomForTexts;
  const decodeListed: Decode<WirePage<WireArticle>> = (json) => {
    const decoded = decodeArticles(json);
    if (!decoded.ok) return decoded;
    const data = decoded.value.data.map((one) => {
      room -= one.body.length;
      return room < 0 ? packedArticle(one) : sharedArticle(one);
    });
    return { ok: true, value: { ...decoded.value, data } };
  };
  const list = async <Listed extends Row>(
    kind: Kind,
    path: string,
    decode: Decode<WirePage<Listed>>,
    signal: AbortSignal,
  ): Promise<readonly Listed[]> => {
    const withSizes = async (size: number, ...smaller: number[]): Promise<readonly Listed[]> => {
      try {
        return await listAll({
          page: (number) => {
            const subject = `page ${number} of the ${kind}s`;
            const query = { page: number, per_page: size };
            return caller.send({ method: 'GET', path, query, subject }, decode, signal);
          },
          pause: (milliseconds) => clock.sleep(milliseconds, signal),
          progress: (count, total) => tell({ event: 'listed', kind, count, total }),
          what: `${kind}s`,
        });
      } catch (error) {
        const [next, ...rest] = smaller;
        if (next === undefined || !isTooLarge(error)) throw error;
        return withSizes(next, ...rest);
      }
    };
    return withSizes(...pageSizes);
  };

  const remove = async (path: string, subject: string, signal: AbortSignal): Promise<void> => {
    // Gone already is what was wanted; so a deletion whose answer was lost is simply sent again.
    await caller.find({ method: 'DELETE', path, subject }, decodeDeleted, signal);
  };

  return {
    me: (signal) => caller.send({ method: 'GET', path: '/me', subject: 'the token' }, decodeMe, signal),
    admins: async (signal) => {
      const call = { method: 'GET', path: '/admins', subject: 'the admins' } as const;
      return (await caller.send(call, decodeAdmins, signal)).admins;
    },
    helpCenters: async (signal) => {
      const path = '/help_center/help_centers';
      const call = { method: 'GET', path, subject: 'the help centers' } as const;
      // Only this version tells which languages are turned on; who does not know it is asked as for everything else.
      const told = await helpCentersTold(caller, call, signal);
      if (told !== null) return told;
      return (await caller.send(call, decodeHelpCenters, signal)).data;
    },
    articles: (signal) => list('article', articlesPath, decodeListed, signal),
    newestArticles: (page, signal, rows = 0) => {
      const subject = `page ${page} of the newest articles`;
      const query = { page, per_page: Math.min(pageSizes[0], Math.max(shortPage, rows)) };
      return caller.send({ method: 'GET', path: articlesPath, query, subject }, decodeArticles, signal);
    },
    collections: (signal) => list('collection', collectionsPath, decodeCollections, signal),
    article: async (id, signal) => {
      const path = pathOf(articlesPath, id);
      return caller.find({ method: 'GET', path, subject: `article ${id}` }, decodeArticle, signal);
    },
    statistics: async (id, signal) => {
      const path = pathOf(articlesPath, id);
      return caller.find({ method: 'GET', path, subject: `article ${id}` }, decodeStatistics, signal);
    },
    collection: async (id, signal) => {
      const path = pathOf(collectionsPath, id);
      return caller.find({ method: 'GET', path, subject: `collection ${id}` }, decodeCollection, signal);
    },
    createArticle: (body, wanted, signal) => {
      const subject = `the new article ${quoted(wanted.title)}`;
      return creates.article({ method: 'POST', path: articlesPath, body, subject }, wanted, signal);
    },
    createCollection: (body, wanted, signal) => {
      const subject = `the new collection ${quoted(wanted.title)}`;
      return creates.collection({ method: 'POST', path: collectionsPath, body, subject }, wanted, signal);
    },
    updateArticle: async (id, body, title, signal) => {
      const path = pathOf(articlesPath, id);
      const subject = `article ${quoted(title)}`;
      return caller.send({ method: 'PUT', path, body, subject }, decodeArticle, signal);
    },
    updateCollection: async (id, body, name, signal) => {
      const path = pathOf(collectionsPath, id);
      const subject = `collection ${quoted(name)}`;
      return caller.send({ method: 'PUT', path, body, subject }, decodeCollection, signal);
    },
    deleteArticle: async (id, signal) => remove(pathOf(articlesPath, id), `article ${id}`, signal),
    deleteCollection: async (id, signal) => remove(pathOf(collectionsPath, id), `collection ${id}`, signal),
  };
}

/** The default locale's content is in a row twice, and is the same both times; one is enough. */
function sharedArticle(wire: WireArticle): WireArticle {
  const contents = [...wire.translated_content].map(([locale, content]) => {
    const isSame = content.body === wire.body;
    return [locale, isSame ? { ...content, body: wire.body } : content] as const;
  });
  return { ...wire, translated_content: new Map(contents) };
}

/** The same in little room. */
function packedArticle(wire: WireArticle): WireArticle {
  const { body: text, ...row } = wire;
  const top = packed({ body: text });
  const contents = [...wire.translated_content].map(([locale, content]) => {
    const { body, ...rest } = content;
    const small = body === wire.body ? withBodyOf<typeof content>(rest, top) : packed(content);
    return [locale, small] as const;
  });
  return withBodyOf<WireArticle>({ ...row, translated_content: new Map(contents) }, top);
}

/** The last look at an id before it becomes part of an address. */
function pathOf(folder: string, id: RemoteId): string {
  if (!isRemoteId(id)) throw new RangeError('Not an id of Intercom.');
  return `${folder}/${id}`;
}

/** A title for a message: one line of harmless characters. */
function quoted(title: string): string {
  const clean = title.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return JSON.stringify(clean.length <= 80 ? clean : `${clean.slice(0, 80)}…`);
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ShelfmarkError && error.code === 'ANSWER_TOO_LARGE';
}

async function helpCentersTold(
  caller: Caller,
  call: Call,
  signal: AbortSignal,
): Promise<readonly WireHelpCenter[] | null> {
  try {
    const answer = await caller.ask({ ...call, version: '2.16' }, signal);
    const told = answer.status === 200 ? decodeHelpCenters(answer.json) : null;
    return told?.ok === true ? told.value.data : null;
  } catch (error) {
    if (error instanceof ShelfmarkError) return null;
    throw error;
  }
}
