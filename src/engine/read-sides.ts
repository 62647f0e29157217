import type { BaseNote, OpenIntent } from '../base/notes.ts';
import type { Base, BaseEntry } from '../model/base.ts';
import type { RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Direction } from '../model/plan.ts';
import type { RemoteSide } from '../model/remote-side.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import type { Authors } from '../fields/reading.ts';
import type { PlanInput } from '../plan/terms/input.ts';
import { remoteTime, type RunDeps } from './ports.ts';
import { kindOfKey } from '../plan/terms/keys.ts';
import { rowsAsCommitted } from '../plan/compare/as-committed.ts';
import { withReplacedElsewhere } from '../plan/compare/replaced-elsewhere.ts';
import { withoutRestored } from './restored.ts';
import { recoverCreates, settleMoves, settleRemovals } from './recover.ts';
import { settleRows } from './settle-rows.ts';

export interface Sides {
  readonly input: PlanInput;
  readonly intents: readonly OpenIntent[];
}

/** Reads the folder, the base and the remote, and makes sure of what seems to be missing. */
export async function readSides(deps: RunDeps, direction: Direction, signal: AbortSignal): Promise<Sides> {
  deps.tell({ event: 'reading' });
  const reading = new AbortController();
  const both = AbortSignal.any([signal, reading.signal]);
  try {
    // The calls first: the folder and the base are read while their answers are on the way.
    const [
      listed,
      scanned,
      { base: known, lock = known, notes = [], intents, moves = [], removals = [] },
      committed,
      elsewhere,
    ] = await Promise.all([
      deps.remote.read(both),
      deps.local.read(both),
      deps.base.read(),
      deps.base.readCommitted?.() ?? null,
      deps.base.readElsewhere?.() ?? [],
    ]);
    const refs = { sites: listed.sites, assetBaseUrl: deps.policy.assetBaseUrl };
    const own = settleRows({ ...known, entries: lock.entries }, notes, scanned, refs);
    const isTakenBack = deps.policy.takeBack === true;
    const shown = isTakenBack ? own : withReplacedElsewhere(own, scanned, elsewhere, refs);
    const { base: backed, local: folder } =
      committed === null || isTakenBack
        ? { base: shown, local: scanned }
        : rowsAsCommitted(shown, committed, scanned, refs, droppedBy(notes), deps.policy);
    const moved = settleMoves(backed, moves, folder);
    const confirmed = await confirmAbsences(moved, intents, listed, deps.remote, both);
    const settled = settleRemovals(moved, removals, folder, confirmed);
    const base = withoutRestored(settled, confirmed, deps.policy.defaultLocale);
    const { defaultLocale } = deps.policy;
    const found = { base, local: folder, remote: confirmed, defaultLocale };
    const { local, remote, intents: open, homes } = recoverCreates(intents, found, remoteTime(deps));
    const [assetDigests, authors] = await Promise.all([
      deps.local.digest(local.assets, both),
      readAuthors({ base, local, remote, direction, author: deps.policy.author }, deps.remote, both),
    ]);
    const input: PlanInput = {
      direction,
      base,
      local,
      remote,
      policy: deps.policy,
      authors,
      names: deps.names,
      assetDigests,
      homes,
    };
    return { input, intents: open };
  } catch (error) {
    // What is still being read must not go on behind a run that has ended.
    reading.abort();
    throw error;
  }
}

/** Entries whose rows were dropped since the lock file was written, or whose files somebody restored on purpose. */
const droppedBy = (notes: readonly BaseNote[]): ReadonlySet<string> =>
  new Set(notes.flatMap((note) => (note.note === 'drop' ? [`${note.kind} ${note.id}`] : [])));

/**
 * A listing that is read page by page can miss an entry while others are edited, so what the base or the journal knows and the
 * listing lacks is asked for by its id. Only the remote's own "not found" counts as gone.
 */
async function confirmAbsences(
  base: Base,
  intents: readonly OpenIntent[],
  listed: RemoteSnapshot,
  remote: RemoteSide,
  signal: AbortSignal,
): Promise<RemoteSnapshot> {
  const { pinned } = base;
  // The rows of another workspace say nothing about this one; the guard is going to refuse.
  if (pinned !== null && (pinned.workspace !== listed.workspace || pinned.helpCenter !== listed.helpCenter))
    return listed;
  const known = new Set([...listed.articles, ...listed.collections].map((one) => `${one.kind} ${one.id}`));
  const linked = intents.flatMap(({ key, id }) => (id === undefined ? [] : [{ kind: kindOfKey(key), id }]));
  const named = new Map([...base.entries, ...linked].map((one) => [`${one.kind} ${one.id}`, one]));
  const missing = [...named].flatMap(([name, one]) => (known.has(name) ? [] : [one]));
  const found = await Promise.all(missing.map((row) => retrieve(row, remote, signal)));
  const articles = found.filter((one): one is RemoteArticle => one?.kind === 'article');
  const collections = found.filter((one): one is RemoteCollection => one?.kind === 'collection');
  return {
    ...listed,
    articles: [...listed.articles, ...articles],
    collections: [...listed.collections, ...collections],
  };
}

async function retrieve(
  row: Pick<BaseEntry, 'kind' | 'id'>,
  remote: RemoteSide,
  signal: AbortSignal,
): Promise<RemoteArticle | RemoteCollection | null> {
  return row.kind === 'article'
    ? remote.retrieveArticle(row.id, signal)
    : remote.retrieveCollection(row.id, signal);
}

/** Admins by how files name them. The base knows most of them, so the remote is asked for the others only. */
async function readAuthors(
  {
    base,
    local,
    remote,
    direction,
    author: usual,
  }: {
    readonly base: Base;
    readonly local: LocalSnapshot;
    readonly remote: RemoteSnapshot;
    readonly direction: Direction;
    readonly author: string | undefined;
  },
  side: RemoteSide,
  signal: AbortSignal,
): Promise<Authors> {
  const ids = new Map<string, RemoteId | null>();
  const texts = new Map<RemoteId, string>();
  for (const row of base.entries) {
    if (row.kind !== 'article') continue;
    for (const { author } of row.locales.values()) {
      if (author.local === null || author.remote === null) continue;
      ids.set(author.local, author.remote);
      texts.set(author.remote, author.local);
    }
  }
  for (const article of local.articles) {
    for (const { author } of article.locales.values()) {
      if (author !== null && !ids.has(author)) ids.set(author, await side.findAuthor(author, signal));
    }
  }
  // Asked for only where something may be new: a plan must not promise what the author of it makes impossible.
  const known = new Set(base.entries.map((row) => row.path));
  if (usual !== undefined && direction !== 'pull' && local.articles.some((one) => !known.has(one.path)))
    ids.set(usual, ids.get(usual) ?? (await side.findAuthor(usual, signal)));
  if (direction !== 'push') {
    const used = new Set(
      remote.articles.flatMap((article) => [...article.locales.values()].map((content) => content.author)),
    );
    for (const id of used)
      if (id !== null && !texts.has(id)) texts.set(id, await side.nameAuthor(id, signal));
  }
  return { idOf: (text) => ids.get(text) ?? null, textOf: (id) => texts.get(id) ?? id };
}
