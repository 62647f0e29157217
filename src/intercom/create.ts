import { ShelfmarkError, UnknownOutcome } from '../model/error.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Created } from '../model/remote-side.ts';
import type { Clock } from '../ports/clock.ts';
import type { Caller } from './http/call.ts';
import { fateOf, notCreated } from './http/errors.ts';
import type { Call } from './http/failures.ts';
import { decodeArticle, decodeArticles, decodeCollection, decodeCollections } from './wire/wire.ts';
import type { Decode, WireArticle, WireCollection, WirePage } from './wire/wire.ts';
import { parentsOf } from './wire/wire-to-model.ts';

/** What a new entry is known by while its id is not. */
export interface Wanted {
  readonly title: string;
  readonly parent: RemoteId | null;
}

export interface Creates {
  article(call: Call, wanted: Wanted, signal: AbortSignal): Promise<Created<WireArticle>>;
  collection(call: Call, wanted: Wanted, signal: AbortSignal): Promise<Created<WireCollection>>;
}

/**
 * Creates entries, each once. Intercom offers nothing to tell a create that is sent again from a second one, so a
 * POST is never repeated. Where no answer came that can be trusted, the newest entries are checked instead, until
 * one shows with the title and the parent that were sent, made since then and not known as another create's.
 *
 * Throws an UnknownOutcome where even that does not tell, and `NOT_CREATED` where Intercom answered, if badly, and none
 * showed.
 */
export function openCreates(caller: Caller, clock: Clock): Creates {
  const taken = new Set<RemoteId>();
  const busy = new Map<string, Promise<unknown>>();

  const find = async <Wire extends Row>(search: Search<Wire>, signal: AbortSignal): Promise<Wire | null> => {
    const { kind, call, wanted, since } = search;
    for (let page = 1; ; page += 1) {
      const query = { page, per_page: pageSize };
      const look = { method: 'GET', path: call.path, query, subject: `the newest ${kind.what}` } as const;
      const { data, pages } = await caller.send(look, kind.decodePage, signal);
      const found = data.find(
        (wire) => wire.created_at >= since && !taken.has(wire.id) && isAlike(kind.known(wire), wanted),
      );
      if (found !== undefined) return found;
      const isOver = kind.isNewestFirst && data.some((wire) => wire.updated_at < since);
      const isMore = data.length > 0 && (pages.more || (pages.totalPages ?? 0) > page);
      if (isOver || !isMore) return null;
      if (page >= mostPages) throw neverEnding(kind.what);
    }
  };

  const lookFor = async <Wire extends Row>(
    search: Search<Wire>,
    error: UnknownOutcome,
    signal: AbortSignal,
  ): Promise<Wire> => {
    const fate = fateOf(error);
    for (const pause of fate === 'open' ? pausesWhileOpen : pausesOnceOver) {
      await clock.sleep(pause, signal);
      const found = await find(search, signal);
      if (found !== null) return found;
    }
    // While nobody at Intercom has said that the call is over, it may be carried out after all these looks.
    throw fate === 'over' ? notCreated(error, search.kind.what) : error;
  };

  const create = async <Wire extends Row>(
    kind: Kind<Wire>,
    call: Call,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<Created<Wire>> => {
    const began = clock.now();
    try {
      return { ...(await caller.send(call, kind.decode, signal)), wasLookedUp: false };
    } catch (error) {
      if (!(error instanceof UnknownOutcome) || signal.aborted) throw error;
      const since = Math.floor(began / 1000) + (caller.clockAhead() ?? 0) - tolerance;
      try {
        return { ...(await lookFor({ kind, call, wanted, since }, error, signal)), wasLookedUp: true };
      } catch (failure) {
        // Where looking failed too, what counts is that nobody knows.
        throw isNotCreated(failure) ? failure : error;
      }
    }
  };

  /** Two of the same title and place are made one after the other, so that none is taken for the other. */
  const inTurn = async <Wire extends Row>(
    kind: Kind<Wire>,
    call: Call,
    wanted: Wanted,
    signal: AbortSignal,
  ): Promise<Created<Wire>> => {
    const key = JSON.stringify([kind.what, plain(wanted.title), wanted.parent]);
    const made = (busy.get(key) ?? Promise.resolve()).then(() => create(kind, call, wanted, signal));
    const over = made.then(
      (wire) => void taken.add(wire.id),
      () => undefined,
    );
    busy.set(key, over);
    return made.finally(() => busy.get(key) === over && busy.delete(key));
  };

  return {
    article: (call, wanted, signal) => inTurn(articles, call, wanted, signal),
    collection: (call, wanted, signal) => inTurn(collections, call, wanted, signal),
  };
}

type Row = WireArticle | WireCollection;

interface Kind<Wire> {
  readonly what: string;
  readonly decode: Decode<Wire>;
  readonly decodePage: Decode<WirePage<Wire>>;
  /** Their list begins with the newest change; of the others none can be left out. */
  readonly isNewestFirst: boolean;
  readonly known: (wire: Wire) => Wanted;
}

interface Search<Wire> {
  readonly kind: Kind<Wire>;
  readonly call: Call;
  readonly wanted: Wanted;
  /** Seconds since 1970, by Intercom's clock. */
  readonly since: number;
}

const articles: Kind<WireArticle> = {
  what: 'articles',
  decode: decodeArticle,
  decodePage: decodeArticles,
  isNewestFirst: true,
  known: (wire) => ({ title: wire.title, parent: parentsOf(wire)[0] ?? null }),
};

const collections: Kind<WireCollection> = {
  what: 'collections',
  decode: decodeCollection,
  decodePage: decodeCollections,
  isNewestFirst: false,
  known: (wire) => ({ title: wire.name, parent: wire.parent_id }),
};

const pageSize = 250;

/** More new entries than these nobody makes while a call is under way. */
const mostPages = 100;

/** Waits before each look, in milliseconds, while the call may still be under way over there: twenty seconds in all. */
const pausesWhileOpen = [1000, 2000, 4000, 6000, 7000] as const;

/** The same where Intercom's answer shows that it is through with the call. */
const pausesOnceOver = [500, 2500] as const;

/** Seconds by which an entry may seem older than the call that made it, as clocks are only known to the second. */
const tolerance = 3;

function neverEnding(what: string): ShelfmarkError {
  return new ShelfmarkError('LISTING_INCOMPLETE', {
    message: `The newest ${what} could not be listed whole: they do not end.`,
    hint: 'Run again when it is quiet.',
  });
}

function isAlike(found: Wanted, wanted: Wanted): boolean {
  return found.parent === wanted.parent && plain(found.title) === plain(wanted.title);
}

function plain(title: string): string {
  return title.replaceAll(/\s+/g, ' ').trim();
}

function isNotCreated(error: unknown): boolean {
  return error instanceof ShelfmarkError && error.code === 'NOT_CREATED';
}
