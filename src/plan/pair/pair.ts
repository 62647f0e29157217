/*
 * Pairing: which file, which remote entry and which row of the base are the same entry.
 *
 * Each step works only on what the former left over, from the surest sign to the weakest: a pinned id, the base's
 * path (unless names changed hands), a vanished and an appeared file with the same content, a folder whose articles moved together, most of the
 * content alike with a clear winner, and, for what the base does not know, the same title under the same parent.
 * What stays ambiguous is reported and held; it is never guessed.
 */
import type { Base, BaseArticle, BaseCollection, BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import { baseName, parentPath, type LocalPath, type RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../../model/snapshot.ts';
import { pairAlike, type Likeness } from './pair-alike.ts';
import type { Names } from '../terms/input.ts';
import { keyOfLocal, keyOfRemote } from '../terms/keys.ts';
import { Pairer } from './pairer.ts';
import { followFolders, pairFolders } from './pair-folders.ts';
import { pairNew } from './pair-new.ts';
import { pairSwappedArticles, pairSwappedFolders } from './pair-swapped.ts';
import type { ArticleTriple, CollectionTriple } from '../terms/triple.ts';

export interface PairOptions {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly remote: RemoteSnapshot;
  readonly defaultLocale: Locale;
  /** How messages name the content folder. */
  readonly contentName: string;
  readonly names: Names;
  /** Exact and approximate comparison of a file with a row of the base. */
  readonly likeness: Likeness;
}

export interface Pairing {
  readonly collections: readonly CollectionTriple[];
  readonly articles: readonly ArticleTriple[];
  readonly problems: readonly Problem[];
}

export function pairEntries(options: PairOptions): Pairing {
  const { base, local, remote } = options;
  const isUnreadable = unreadablePaths(local);
  const problems: Problem[] = [];

  const articles = new Pairer(
    base.entries.filter((row): row is BaseArticle => row.kind === 'article'),
    local.articles,
  );
  const collections = new Pairer(
    base.entries.filter((row): row is BaseCollection => row.kind === 'collection'),
    local.collections,
  );
  // Looked up for ids that a file pins and the base does not know only, so mostly never.
  let keys: ReadonlySet<string> | null = null;
  const isKnown = (key: string): boolean => (keys ??= keysOf(base, remote)).has(key);
  for (const pairer of [articles, collections])
    problems.push(...pairer.byPinnedId(isKnown, options.contentName));
  pairSwappedArticles(articles, options.likeness, isUnreadable);
  articles.byPath();

  const heldPaths = new Set<LocalPath>();
  const vanished = (): BaseArticle[] => articles.freeRows().filter((row) => !isUnreadable(row.path));
  for (const found of options.likeness.same(vanished(), articles.freeLocals()))
    articles.pair(found.row, found.local);
  pairSwappedFolders(collections, articles, isUnreadable);
  collections.byPath();
  // A folder that moved takes its articles along, also those that were edited on the way.
  pairFolders(collections, articles, isUnreadable);
  followFolders(collections, articles, isUnreadable);
  const alike = pairAlike(vanished(), articles.freeLocals(), options.likeness);
  for (const found of alike.pairs) articles.pair(found.row, found.local);
  const hinted = new Set<RemoteId>();
  for (const doubt of alike.doubts) {
    heldPaths.add(doubt.local.path);
    for (const row of doubt.rows) heldPaths.add(row.path);
    const row = doubt.rows.find((one) => !hinted.has(one.id)) ?? null;
    if (row !== null) hinted.add(row.id);
    problems.push(ambiguousMove(doubt.local, doubt.rows, row, options.contentName));
  }
  pairFolders(collections, articles, isUnreadable);

  const adopted = pairNew(options, collections, articles, heldPaths);
  problems.push(...adopted.problems);
  // What cannot be read and is not known by its path may be what vanished elsewhere, under a new name.
  const hasStrangers = unknownUnreadable(base, local);
  const isHeldRow = (row: BaseEntry): boolean =>
    hasStrangers || isUnreadable(row.path) || (row.kind === 'article' && heldPaths.has(row.path));
  const isHeld = (triple: ArticleTriple | CollectionTriple): boolean =>
    triple.held ||
    (triple.base === null &&
      (adopted.held.has(triple.key) ||
        (triple.local !== null && adopted.held.has(keyOfLocal(triple.kind, triple.local.path))))) ||
    (triple.kind === 'article' && triple.local !== null && heldPaths.has(triple.local.path));
  const withHeld = <One extends ArticleTriple | CollectionTriple>(triple: One): One =>
    isHeld(triple) ? { ...triple, held: true } : triple;
  return {
    collections: triplesOf(collections, remote.collections, adopted.collections, isHeldRow).map(withHeld),
    articles: triplesOf(articles, remote.articles, adopted.articles, isHeldRow).map(withHeld),
    problems,
  };
}

const keysOf = (base: Base, remote: RemoteSnapshot): ReadonlySet<string> =>
  new Set(
    [...base.entries, ...remote.articles, ...remote.collections].map((one) => keyOfRemote(one.kind, one.id)),
  );

function triplesOf<
  Row extends BaseEntry,
  Local extends LocalArticle | LocalCollection,
  Remote extends { readonly id: RemoteId; readonly kind: 'article' | 'collection' },
>(
  pairer: Pairer<Row, Local>,
  remotes: readonly Remote[],
  adopted: ReadonlyMap<LocalPath, RemoteId>,
  isHeld: (row: Row) => boolean,
) {
  const remoteOfId = new Map(remotes.map((one) => [one.id, one]));
  const used = new Set<RemoteId>();
  const triples = [];
  for (const row of pairer.rows) {
    used.add(row.id);
    triples.push({
      kind: row.kind as Row['kind'] & Local['kind'] & Remote['kind'],
      key: keyOfRemote(row.kind, row.id),
      base: row as Row | null,
      local: pairer.localOfRow.get(row.id) ?? null,
      remote: remoteOfId.get(row.id) ?? null,
      held: !pairer.localOfRow.has(row.id) && isHeld(row),
    });
  }
  for (const local of pairer.locals) {
    if (pairer.rowOfLocal.has(local.path)) continue;
    const id = adopted.get(local.path);
    const remote = id === undefined ? null : (remoteOfId.get(id) ?? null);
    if (remote !== null) used.add(remote.id);
    triples.push({
      kind: local.kind as Row['kind'] & Local['kind'] & Remote['kind'],
      key: remote === null ? keyOfLocal(local.kind, local.path) : keyOfRemote(local.kind, remote.id),
      base: null as Row | null,
      local: local as Local | null,
      remote,
      // A pinned id that leads nowhere is a problem of its own; nothing must be created for it.
      held: id !== undefined && remote === null,
    });
  }
  for (const remote of remotes) {
    if (used.has(remote.id)) continue;
    triples.push({
      kind: remote.kind as Row['kind'] & Local['kind'] & Remote['kind'],
      key: keyOfRemote(remote.kind, remote.id),
      base: null as Row | null,
      local: null as Local | null,
      remote: remote as Remote | null,
      held: false,
    });
  }
  return triples;
}

/** Tells whether a path is one that could not be read, or lies below one. */
function unreadablePaths(local: LocalSnapshot): (path: LocalPath) => boolean {
  return (path) => {
    if (local.unreadable.size === 0) return false;
    if (local.unreadable.has(path)) return true;
    for (let folder = parentPath(path); folder !== ''; folder = parentPath(folder)) {
      // A collection whose own file is broken is still there with its articles; only what is missing below it is held.
      if (local.unreadable.has(folder)) return true;
    }
    return false;
  };
}

/** Tells whether something in the folder cannot be read and belongs to no path that the base knows. */
function unknownUnreadable(base: Base, local: LocalSnapshot): boolean {
  if (local.unreadable.size === 0) return false;
  const known = new Set(base.entries.map((row) => stemOf(row.path)));
  return [...local.unreadable].some((path) => {
    if (local.ignored?.has(path) === true) return false;
    if (known.has(stemOf(path))) return false;
    return !(baseName(path) === 'collection.yaml' && known.has(parentPath(path)));
  });
}

/** What all files of an article have in common: `a/install` of `a/install.fr.md`. */
const stemOf = (path: LocalPath): string => path.replace(/(\.[A-Za-z-]+)?\.md$/, '');

function ambiguousMove(
  local: LocalArticle,
  rows: readonly BaseArticle[],
  /** The one that no other file is advised to be; null where all are taken. */
  row: BaseArticle | null,
  contentName: string,
): Problem {
  return {
    severity: 'error',
    code: 'MOVE_AMBIGUOUS',
    place: { file: `${contentName}/${local.path}`, line: 0 },
    message: `This file could be any of these that are gone: ${rows.map((row) => row.path).join(', ')}.`,
    hint:
      row === null
        ? 'Pin the ids of the others first; what is left is then a new article.'
        : `Say which by adding "id: ${row.id}" (${rows.map((one) => `${one.path} was ${one.id}`).join(', ')}) to its front matter.`,
  };
}
