import type { RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { RemoteSide } from '../model/remote-side.ts';
import type { RemoteSnapshot } from '../model/snapshot.ts';
import type { Chance } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import { glance, mayWrite } from './access.ts';
import type { Glance } from './access.ts';
import { openCaller } from './http/call.ts';
import type { RemoteListener } from './http/events.ts';
import { openIntercomApi } from './api.ts';
import { changedArticle, changedCollection, newArticle, newCollection } from './wire/model-to-wire.ts';
import { authorUnknown, checkMoved } from './outcome.ts';
import { openPeople } from './people.ts';
import { chooseHelpCenter, type LinkedHelpCenter } from './help-center.ts';
import { checkUrl } from './http/region.ts';
import { checkToken } from './http/secret.ts';
import { gotTransport, usualLimits } from './http/transport.ts';
import type { ProxyOf } from './http/proxy.ts';
import type { Transport } from './http/transport.ts';
import type { Rate } from './http/window.ts';
import type { WireAdmin, WireArticle, WireCollection, WireHelpCenter, WireMe } from './wire/wire.ts';
import { articleOf, collectionOf, localeTold } from './wire/wire-to-model.ts';
import { newestOf, readNewer, sinceOf, type Since } from './newer.ts';
import { assembleSnapshot } from './snapshot.ts';
import type { Read } from './snapshot.ts';

export interface IntercomOptions {
  /** The base address, such as https://api.intercom.io; `regionUrl` knows those of the regions. */
  readonly url: string;
  readonly token: string;
  /** `Intercom-Version`, such as "2.11". */
  readonly version: string;
  /** Null: the one that is linked, else the only one there is. */
  readonly helpCenter: RemoteId | null;
  /** The one that was worked with before, asked for only where there are several; missing: none. */
  readonly linked?: () => Promise<LinkedHelpCenter | null>;
  /** What the top level of an entry holds where Intercom does not tell. */
  readonly defaultLocale: Locale;
  /** Who writes what names no author, by e-mail address or admin id; null: the token's own admin. */
  readonly author: string | null;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Whether this stays open for long, as for a watch: what was read is kept small then. */
  readonly isLasting?: boolean;
  readonly transport?: Transport;
  /** Missing: everything is reached directly. */
  readonly proxyOf?: ProxyOf;
  readonly onEvent?: RemoteListener;
}

/** Intercom as a side, and what a check-up of the connection wants to know besides. */
/** How often an article was read, and how it was liked; parts of the reactions in percent. */
export interface ArticleStatistics {
  readonly views: number;
  readonly conversations: number;
  readonly reactions: number;
  readonly happy: number;
  readonly neutral: number;
  readonly sad: number;
  /** In milliseconds since 1970. */
  readonly updatedAt: number;
}

export interface IntercomSide extends RemoteSide {
  /**
   * Whether an article is otherwise than the last reading or look found it: one call where nothing happened. Changes
   * of collections alone, and moves, are not seen.
   */
  look(signal: AbortSignal): Promise<boolean>;
  /** As `read`, but of the articles only what is newer than the last reading, where their number shows that to be all. */
  readNewer(signal: AbortSignal): Promise<RemoteSnapshot>;
  /** The token's own admin, with the workspace. */
  me(signal: AbortSignal): Promise<WireMe>;
  admins(signal: AbortSignal): Promise<readonly WireAdmin[]>;
  helpCenters(signal: AbortSignal): Promise<readonly WireHelpCenter[]>;
  /** The help center that the options mean; throws where they leave that open. */
  helpCenter(signal: AbortSignal): Promise<WireHelpCenter>;
  glance(signal: AbortSignal): Promise<Glance>;
  /** Whether the token may write, asked without changing anything; null where that cannot be told. */
  mayWrite(signal: AbortSignal): Promise<boolean | null>;
  /** What the help center counts of an article; null where it is gone, or nothing is counted. */
  statistics(id: RemoteId, signal: AbortSignal): Promise<ArticleStatistics | null>;
  /** Where each collection is among its siblings, as far as the help center tells. */
  orders(signal: AbortSignal): Promise<ReadonlyMap<RemoteId, number>>;
  /** The limit as it was told last. */
  rate(): Rate | null;
}

interface LastRead extends Omit<Read, 'articles'> {
  readonly rows: Map<RemoteId, WireArticle>;
  /** The newest change that a reading or a look has seen. */
  readonly since: Since;
}

/** Opens a workspace; nothing is sent until something is asked for. */
export function openIntercom(options: IntercomOptions): IntercomSide {
  checkToken(options.token);
  const caller = openCaller({
    url: checkUrl(options.url),
    token: options.token,
    version: options.version,
    clock: options.clock,
    chance: options.chance,
    transport: options.transport ?? gotTransport(usualLimits, options.proxyOf),
    tell: options.onEvent ?? (() => undefined),
  });
  const api = openIntercomApi(caller, {
    clock: options.clock,
    tell: options.onEvent ?? (() => undefined),
    isLasting: options.isLasting === true,
  });
  const me = once((signal) => api.me(signal));
  const admins = once((signal) => api.admins(signal));
  const helpCenters = once((signal) => api.helpCenters(signal));
  const people = openPeople(me, admins);
  // What the top level of an entry holds: as a reading of all told, else as the last entry did.
  let told: Locale | null = null;
  let hinted: Locale | null = null;
  const top = (): Locale => told ?? hinted ?? options.defaultLocale;

  const asArticle = (wire: WireArticle): RemoteArticle => {
    hinted = localeTold(wire) ?? hinted;
    return articleOf(wire, top());
  };
  const asCollection = (wire: WireCollection): RemoteCollection => {
    hinted = localeTold(wire) ?? hinted;
    return collectionOf(wire, top());
  };

  const defaultAuthor = once(async (signal) => {
    if (options.author === null) return (await me(signal)).id;
    const found = await people.find(options.author, signal);
    if (found === null) throw authorUnknown(options.author);
    return found;
  });

  const chosen = async (signal: AbortSignal): Promise<WireHelpCenter> =>
    chooseHelpCenter(await helpCenters(signal), options);

  const remoteNow = (): number => options.clock.now() + (caller.clockAhead() ?? 0) * 1000;
  // What the last reading found, for the next to build on; null before the first, and where it cannot be built on.
  let last: LastRead | null = null;
  const assembled = async (
    { rows, since, ...rest }: LastRead,
    signal: AbortSignal,
  ): Promise<RemoteSnapshot> => {
    let { collections } = rest;
    const read = { ...rest, articles: [...rows.values()] };
    const snapshot = await assembleSnapshot(read, async () => (collections = await api.collections(signal)));
    told = snapshot.defaultLocale;
    last = { ...rest, rows, since, collections };
    return snapshot;
  };
  const readAll = async (signal: AbortSignal): Promise<RemoteSnapshot> => {
    // Alone and first: a token that is refused costs one call, and the limit is known before the rest.
    const own = await me(signal);
    const began = remoteNow();
    const [all, articles, collections] = await Promise.all([
      helpCenters(signal),
      api.articles(signal),
      api.collections(signal),
    ]);
    const helpCenter = await chooseHelpCenter(all, options);
    const { defaultLocale } = options;
    const rows = new Map(articles.map((one) => [one.id, one]));
    const since = sinceOf(newestOf(articles), began);
    return assembled({ me: own, all, helpCenter, rows, since, collections, defaultLocale }, signal);
  };
  const look = async (signal: AbortSignal): Promise<boolean> => {
    const found = last;
    if (found === null) return true;
    const began = remoteNow();
    const newer = await readNewer((page) => api.newestArticles(page, signal), found.rows, found.since);
    for (const row of newer.fresh) found.rows.set(row.id, row);
    last = newer.isWhole ? { ...found, since: sinceOf(newer.newest, began) } : null;
    return newer.fresh.length > 0 || !newer.isWhole;
  };
  const newest = async (signal: AbortSignal): Promise<readonly RemoteArticle[]> => {
    const found = last;
    if (found === null) return [];
    const began = remoteNow();
    // What this run wrote is at the head as well: as much is asked for at once.
    const own = [...found.rows.values()].filter((row) => row.updated_at >= found.since.second).length;
    const page = (number: number) => api.newestArticles(number, signal, own + 10);
    const newer = await readNewer(page, found.rows, found.since);
    for (const row of newer.fresh) found.rows.set(row.id, row);
    last = { ...found, since: sinceOf(newer.newest, began) };
    return newer.fresh.map(asArticle);
  };
  // What was answered to a write is no news to the next look.
  const written = (wire: WireArticle): RemoteArticle => {
    last?.rows.set(wire.id, wire);
    return asArticle(wire);
  };

  return {
    read: readAll,
    look,
    newest,
    readNewer: async (signal) => {
      if (last === null) return readAll(signal);
      const [collections] = await Promise.all([api.collections(signal), look(signal)]);
      return last === null ? readAll(signal) : assembled({ ...last, collections }, signal);
    },
    retrieveArticle: async (id, signal) => {
      const wire = await api.article(id, signal);
      return wire === null ? null : asArticle(wire);
    },
    orders: async (signal) =>
      new Map(
        (await api.collections(signal)).flatMap(({ id, order }) =>
          order === null ? [] : [[id, order] as const],
        ),
      ),
    statistics: async (id, signal) => {
      const wire = await api.statistics(id, signal);
      if (wire === null || wire.statistics === null) return null;
      const { views, conversations, conversions, reactions, ...parts } = wire.statistics;
      return {
        views,
        conversations: Math.max(conversations, conversions),
        reactions,
        happy: parts.happy_reaction_percentage,
        neutral: parts.neutral_reaction_percentage,
        sad: parts.sad_reaction_percentage,
        updatedAt: wire.updated_at * 1000,
      };
    },
    retrieveCollection: async (id, signal) => {
      const wire = await api.collection(id, signal);
      return wire === null ? null : asCollection(wire);
    },
    createArticle: async (edit, signal) => {
      const author = edit.locales.get(top())?.author ?? (await defaultAuthor(signal));
      const title = edit.locales.get(top())?.title ?? '';
      const wanted = { title, parent: edit.parent ?? null };
      const made = await api.createArticle(newArticle(edit, top(), author), wanted, signal);
      return { ...written(made), wasLookedUp: made.wasLookedUp };
    },
    createCollection: async (edit, signal) => {
      const helpCenter = (edit.parent ?? null) === null ? (await chosen(signal)).id : null;
      const body = newCollection(edit, helpCenter);
      const wanted = { title: edit.name ?? '', parent: edit.parent ?? null };
      const made = await api.createCollection(body, wanted, signal);
      return { ...asCollection(made), wasLookedUp: made.wasLookedUp };
    },
    updateArticle: async (current, edit, signal) => {
      const title = edit.locales.get(top())?.title ?? current.locales.get(top())?.title ?? '';
      const body = changedArticle(current, edit, top());
      const stored = written(await api.updateArticle(current.id, body, title, signal));
      checkMoved(stored.id, 'article', edit.parent, stored.parents);
      return stored;
    },
    updateCollection: async (current, edit, signal) => {
      const body = changedCollection(current, edit);
      const name = edit.name ?? current.name;
      const stored = asCollection(await api.updateCollection(current.id, body, name, signal));
      checkMoved(stored.id, 'collection', edit.parent, stored.parent === null ? [] : [stored.parent]);
      return stored;
    },
    deleteArticle: async (id, signal) => {
      await api.deleteArticle(id, signal);
      last?.rows.delete(id);
    },
    deleteCollection: (id, signal) => api.deleteCollection(id, signal),
    findAuthor: (text, signal) => people.find(text, signal),
    nameAuthor: (id, signal) => people.name(id, signal),
    calls: () => caller.counts(),
    me,
    admins,
    helpCenters,
    helpCenter: chosen,
    glance: async (signal) =>
      glance(caller, await chosen(signal), (await helpCenters(signal)).length === 1, signal),
    mayWrite: (signal) => mayWrite(caller, signal),
    atOnce: () => caller.atOnce(),
    rate: () => caller.rate(),
    clockAhead: () => caller.clockAhead(),
  };
}

/** Asks once and remembers the answer, but not a failure. */
function once<Value>(ask: (signal: AbortSignal) => Promise<Value>): (signal: AbortSignal) => Promise<Value> {
  let answer: Promise<Value> | null = null;
  return (signal) => {
    if (answer === null) {
      const asked = ask(signal);
      answer = asked;
      asked.catch(() => {
        if (answer === asked) answer = null;
      });
    }
    return answer;
  };
}
