/*
 * What a run that was cut off left open: files that it may have moved, and creates that may have been carried out
 * although nobody heard of it. Both are found by looking, before anything is planned.
 */
import type { OpenIntent, OpenMove, OpenRemoval } from '../base/notes.ts';
import type { BaseStore } from '../base/store.ts';
import type { Base, BaseEntry } from '../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import { keyOfLocal, keyOfRemote, kindOfKey, pathOfKey } from '../plan/terms/keys.ts';
import { collectionName } from '../fields/collection-fields.ts';
import { goneArticle } from '../plan/compare/rows.ts';
import { wordsSign } from './remote/as-sent.ts';

/** How long the answer to a create may stay unknown before it is sent again, in milliseconds. */
export const settleTime = 30_000;

/** From when on a create counts as lost that nobody has found, in milliseconds since 1970. */
export const settledAt = ({ at, last }: OpenIntent): number => (last ?? at) + settleTime;

/** How far the remote's clock may be behind ours, in seconds. */
const clockTolerance = 300;

/** The base with the paths of files that a cut-off run did move. */
export function settleMoves(base: Base, moves: readonly OpenMove[], local: LocalSnapshot): Base {
  if (moves.length === 0) return base;
  const here = new Set([...local.articles, ...local.collections].map((one) => `${one.kind} ${one.path}`));
  const moveOf = new Map(moves.map((move) => [`${move.kind} ${move.id}`, move]));
  const settled = (row: BaseEntry): BaseEntry => {
    const move = moveOf.get(`${row.kind} ${row.id}`);
    if (move === undefined || move.from !== row.path) return row;
    const isMoved = here.has(`${row.kind} ${move.to}`) && !here.has(`${row.kind} ${move.from}`);
    return isMoved ? { ...row, path: move.to } : row;
  };
  return { ...base, entries: base.entries.map(settled) };
}

/** The base with what a cut-off run did take offline; what it did not is as it was. */
export function settleRemovals(
  base: Base,
  removals: readonly OpenRemoval[],
  local: LocalSnapshot,
  remote: RemoteSnapshot,
): Base {
  if (removals.length === 0) return base;
  const here = new Map(local.articles.map((one) => [one.path, one]));
  const there = new Map(remote.articles.map((one) => [one.id, one]));
  const settled = (row: BaseEntry): BaseEntry => {
    const article = there.get(row.id);
    if (row.kind !== 'article' || article === undefined) return row;
    const locales = removals
      .filter((one) => one.id === row.id)
      .flatMap((one) => one.locales)
      .filter(
        (locale) =>
          article.locales.get(locale)?.state === 'draft' &&
          row.locales.get(locale)?.gone === false &&
          here.get(row.path)?.locales.has(locale) !== true,
      );
    return locales.length === 0 ? row : goneArticle(row, article, locales);
  };
  return { ...base, entries: base.entries.map(settled) };
}

export interface RecoverInput {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly remote: RemoteSnapshot;
  readonly defaultLocale: Locale;
}

/** What is to be planned with; the creates of which it is known by now what they made say so. */
export type Recovered = Pick<RecoverInput, 'local' | 'remote'> & {
  readonly intents: readonly OpenIntent[];
  /** Where the files were of what was found. */
  readonly homes: ReadonlyMap<EntryKey, LocalPath>;
};

/**
 * Ties files whose create was sent to what it made, and files that were made for an entry to that entry, also where
 * either was given another title or place since. What else is as young as an open create might be what it made, so it
 * is not taken for somebody's new entry yet.
 */
export function recoverCreates(intents: readonly OpenIntent[], input: RecoverInput, now: number): Recovered {
  const { base, local, remote } = input;
  if (intents.length === 0) return { local, remote, intents, homes: new Map() };
  const known = new Set(base.entries.map((row) => `${row.kind} ${row.id}`));
  const linked = new Set(base.entries.map((row) => `${row.kind} ${row.path}`));
  const free = [...remote.collections, ...remote.articles].filter(
    (one) => !known.has(`${one.kind} ${one.id}`),
  );
  const made = new Map<EntryKey, RemoteId>();
  const young = new Set<string>();
  for (const intent of intents) {
    const kind = kindOfKey(intent.key);
    if (intent.id !== undefined) {
      // Whatever its file says by now: it was made for this one.
      if (free.some((one) => one.kind === kind && one.id === intent.id)) made.set(intent.key, intent.id);
      continue;
    }
    const candidates = free.filter(
      (one) => one.kind === kind && one.updatedAt >= Math.floor(intent.at / 1000) - clockTolerance,
    );
    const sameTitle = candidates.filter((one) => remoteTitle(one, input) === intent.title);
    const samePlace = sameTitle.filter((one) => isIn(one, intent.parent ?? null));
    const alike = samePlace.length > 0 ? samePlace : sameTitle;
    // Somebody may have given it another title since; then its text tells.
    const [only, ...others] =
      alike.length > 0 ? alike : candidates.filter((one) => hasTextOf(intent, one, input));
    if (intent.title !== undefined && only !== undefined && others.length === 0)
      made.set(intent.key, only.id);
    else if (now < settledAt(intent)) for (const one of candidates) young.add(`${one.kind} ${one.id}`);
  }
  const taken = new Set(made.values());
  const tie = <Entry extends LocalArticle | LocalCollection>(entry: Entry): Entry => {
    const id = made.get(keyOfLocal(entry.kind, entry.path));
    const isFree = entry.pinnedId === null && !linked.has(`${entry.kind} ${entry.path}`);
    return id === undefined || !isFree ? entry : { ...entry, pinnedId: id };
  };
  // A file of the same title may be tied to it in the usual way.
  const titles = new Set(
    [...local.articles, ...local.collections].map((one) => `${one.kind} ${localTitle(one, input)}`),
  );
  const isHidden = (one: RemoteArticle | RemoteCollection): boolean =>
    young.has(`${one.kind} ${one.id}`) &&
    !taken.has(one.id) &&
    !titles.has(`${one.kind} ${remoteTitle(one, input)}`);
  const articles = remote.articles.filter((one) => !isHidden(one));
  const needed = neededCollections(remote, articles, isHidden);
  const collections = remote.collections.filter((one) => needed.has(one.id));
  return {
    local: { ...local, articles: local.articles.map(tie), collections: local.collections.map(tie) },
    remote: { ...remote, articles, collections },
    homes: new Map(
      [...made].flatMap(([key, id]) => {
        const path = pathOfKey(key);
        return path === null ? [] : [[keyOfRemote(kindOfKey(key), id), path] as const];
      }),
    ),
    // Whatever becomes of its title and its words from now on: what was found stays found.
    intents: intents.map((intent) => {
      const id = made.get(intent.key);
      return id === undefined ? intent : { ...intent, id };
    }),
  };
}

/**
 * Of what runs here have made, on either side, what the last commit knows nothing of: git may take the lock file back to
 * that commit and leave a new file where it is, and by these notes it stays the file of its entry.
 */
export async function uncommitted(
  made: readonly OpenIntent[],
  base: Base,
  store: Pick<BaseStore, 'readCommitted'>,
  unreadable: ReadonlySet<LocalPath>,
): Promise<readonly OpenIntent[]> {
  if (made.length === 0) return [];
  const committed = (await store.readCommitted?.(true)) ?? null;
  if (committed === null) return [];
  const known = new Set(committed.entries.map((row) => `${row.kind} ${row.id}`));
  const rows = new Map(base.entries.map((row) => [`${row.kind} ${row.id}`, row]));
  const open = new Map(
    made.flatMap((one) => {
      const { key, at, id = '' } = one;
      const name = `${kindOfKey(key)} ${id}`;
      const row = rows.get(name);
      if (known.has(name)) return [];
      // Its file could not be read, so it was tied to nothing this time.
      if (row === undefined)
        return unreadable.has(pathOfKey(key) ?? ('' as LocalPath)) ? [[name, one] as const] : [];
      return [[name, { key: keyOfLocal(row.kind, row.path), at, id: row.id }] as const];
    }),
  );
  return [...open.values()];
}

/** Collections that are not hidden, and those above them and above the articles. */
function neededCollections(
  remote: RemoteSnapshot,
  articles: readonly RemoteArticle[],
  isHidden: (one: RemoteCollection) => boolean,
): ReadonlySet<RemoteId> {
  const parentOf = new Map(remote.collections.map((one) => [one.id, one.parent]));
  const needed = new Set<RemoteId>();
  const need = (start: RemoteId | null): void => {
    for (let id = start; id !== null && !needed.has(id); id = parentOf.get(id) ?? null) needed.add(id);
  };
  for (const one of remote.collections) if (!isHidden(one)) need(one.id);
  for (const one of articles) for (const parent of one.parents) need(parent);
  return needed;
}

/** Whether the words of an article are those that were sent, or those of the file whose create is open. */
function hasTextOf(
  { key, words }: OpenIntent,
  one: RemoteArticle | RemoteCollection,
  { local, defaultLocale }: RecoverInput,
): boolean {
  if (one.kind !== 'article') return false;
  const file = local.articles.find(({ kind, path }) => keyOfLocal(kind, path) === key);
  const here = wordsSign(file?.locales.get(defaultLocale)?.body ?? '', 'markdown');
  const there = wordsSign(one.locales.get(defaultLocale)?.body ?? '', 'html');
  return there !== '' && (there === words || there === here);
}

function remoteTitle(
  one: RemoteArticle | RemoteCollection,
  { defaultLocale }: RecoverInput,
): string | undefined {
  return one.kind === 'article' ? one.locales.get(defaultLocale)?.title : one.name;
}

function localTitle(
  one: LocalArticle | LocalCollection,
  { defaultLocale }: RecoverInput,
): string | undefined {
  return one.kind === 'article' ? one.locales.get(defaultLocale)?.title : collectionName(one);
}

function isIn(one: RemoteArticle | RemoteCollection, parent: RemoteId | null): boolean {
  if (one.kind === 'collection') return one.parent === parent;
  return parent === null ? one.parents.length === 0 : one.parents.includes(parent);
}
