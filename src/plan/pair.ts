/*
 * Pairing: which file, which remote entry and which row of the base are the same entry.
 *
 * Each step works only on what the former left over, from the surest sign to the weakest: a pinned id, the base's
 * path, a vanished and an appeared file with the same content, a folder whose articles moved together, most of the
 * content alike with a clear winner, and, for what the base does not know, the same title under the same parent.
 * What stays ambiguous is reported and held; it is never guessed.
 */
import type { Base, BaseArticle, BaseCollection, BaseEntry } from '../model/base.ts';
import type { LocalArticle, LocalCollection } from '../model/entry.ts';
import {
  baseName,
  byText,
  joinPath,
  parentPath,
  type EntryKey,
  type LocalPath,
  type RemoteId,
} from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import { pairAlike, type Likeness } from './pair-alike.ts';
import { keyOfLocal, keyOfRemote } from './keys.ts';
import type { ArticleTriple, CollectionTriple } from './triple.ts';

export interface PairOptions {
  readonly base: Base;
  readonly local: LocalSnapshot;
  readonly remote: RemoteSnapshot;
  readonly defaultLocale: Locale;
  /** How messages name the content folder. */
  readonly contentName: string;
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
  const isFrozen = frozenPaths(local);
  const problems: Problem[] = [];

  const articles = new Linker(
    base.entries.filter((row): row is BaseArticle => row.kind === 'article'),
    local.articles,
  );
  const collections = new Linker(
    base.entries.filter((row): row is BaseCollection => row.kind === 'collection'),
    local.collections,
  );
  const known = new Set<string>([
    ...base.entries.map((row) => keyOfRemote(row.kind, row.id)),
    ...remote.articles.map((one) => keyOfRemote('article', one.id)),
    ...remote.collections.map((one) => keyOfRemote('collection', one.id)),
  ]);
  for (const linker of [articles, collections]) {
    problems.push(...linker.byPinnedId(known, options.contentName));
    linker.byPath();
  }

  const doubtful = new Set<LocalPath>();
  const vanished = (): BaseArticle[] => articles.freeRows().filter((row) => !isFrozen(row.path));
  for (const found of options.likeness.same(vanished(), articles.freeLocals()))
    articles.link(found.row, found.local);
  // A folder that moved takes its articles along, also those that were edited on the way.
  pairFolders(collections, articles, isFrozen);
  followFolders(collections, articles, isFrozen);
  const alike = pairAlike(vanished(), articles.freeLocals(), options.likeness);
  for (const found of alike.pairs) articles.link(found.row, found.local);
  for (const doubt of alike.doubts) {
    doubtful.add(doubt.local.path);
    for (const row of doubt.rows) doubtful.add(row.path);
    problems.push(doubtfulMove(doubt.local, doubt.rows, options.contentName));
  }
  pairFolders(collections, articles, isFrozen);

  const adopted = adopt(options, collections, articles, doubtful);
  problems.push(...adopted.problems);
  // What cannot be read and is not known by its path may be what vanished elsewhere, under a new name.
  const hasStrangers = unknownUnreadable(base, local);
  const isHeldRow = (row: BaseEntry): boolean =>
    hasStrangers || isFrozen(row.path) || (row.kind === 'article' && doubtful.has(row.path));
  const isHeld = (triple: ArticleTriple | CollectionTriple): boolean =>
    triple.frozen ||
    (triple.base === null &&
      (adopted.doubtful.has(triple.key) ||
        (triple.local !== null && adopted.doubtful.has(keyOfLocal(triple.kind, triple.local.path))))) ||
    (triple.kind === 'article' && triple.local !== null && doubtful.has(triple.local.path));
  const held = <One extends ArticleTriple | CollectionTriple>(triple: One): One =>
    isHeld(triple) ? { ...triple, frozen: true } : triple;
  return {
    collections: triplesOf(collections, remote.collections, adopted.collections, isHeldRow).map(held),
    articles: triplesOf(articles, remote.articles, adopted.articles, isHeldRow).map(held),
    problems,
  };
}

/** Rows of the base and local entries of one kind, and which were found to be the same so far. */
class Linker<Row extends BaseEntry, Local extends LocalArticle | LocalCollection> {
  readonly rows: readonly Row[];
  readonly locals: readonly Local[];
  readonly localOfRow = new Map<RemoteId, Local>();
  readonly rowOfLocal = new Map<LocalPath, Row>();
  /** Ids that a file pins although no row of the base has them. */
  readonly pinned = new Map<LocalPath, RemoteId>();

  constructor(rows: readonly Row[], locals: readonly Local[]) {
    this.rows = rows.toSorted((left, right) => byText(left.path, right.path) || byText(left.id, right.id));
    this.locals = locals.toSorted((left, right) => byText(left.path, right.path));
  }

  link(row: Row, local: Local): void {
    this.localOfRow.set(row.id, local);
    this.rowOfLocal.set(local.path, row);
  }

  freeRows(): Row[] {
    return this.rows.filter((row) => !this.localOfRow.has(row.id));
  }

  freeLocals(): Local[] {
    return this.locals.filter((one) => !this.rowOfLocal.has(one.path) && !this.pinned.has(one.path));
  }

  byPinnedId(known: ReadonlySet<string>, contentName: string): Problem[] {
    const problems: Problem[] = [];
    const rowOfId = new Map(this.rows.map((row) => [row.id, row]));
    for (const one of this.locals) {
      if (one.pinnedId === null) continue;
      const row = rowOfId.get(one.pinnedId);
      if (row !== undefined) this.link(row, one);
      else {
        this.pinned.set(one.path, one.pinnedId);
        if (!known.has(keyOfRemote(one.kind, one.pinnedId))) problems.push(unknownId(one, contentName));
      }
    }
    return problems;
  }

  byPath(): void {
    const byPath = new Map(this.freeLocals().map((one) => [one.path, one]));
    for (const row of this.freeRows()) {
      const found = byPath.get(row.path);
      if (found !== undefined) this.link(row, found);
    }
  }
}

/** A vanished folder is the one into which most of its articles and folders went, or the one with its very texts. */
function pairFolders(
  collections: Linker<BaseCollection, LocalCollection>,
  articles: Linker<BaseArticle, LocalArticle>,
  isFrozen: (path: LocalPath) => boolean,
): void {
  const votes = new Map<string, Map<LocalPath, number>>();
  const vote = (from: LocalPath, to: LocalPath, weight: number): void => {
    const counts = votes.get(from) ?? new Map<LocalPath, number>();
    counts.set(to, (counts.get(to) ?? 0) + weight);
    votes.set(from, counts);
  };
  for (const [path, row] of articles.rowOfLocal) vote(parentPath(row.path), parentPath(path), 1);
  for (let round = 0; round < 3; round += 1) {
    const rows = collections.freeRows().filter((row) => !isFrozen(row.path));
    const locals = new Map(collections.freeLocals().map((one) => [one.path, one]));
    if (rows.length === 0 || locals.size === 0) return;
    for (const [path, row] of collections.rowOfLocal) vote(parentPath(row.path), parentPath(path), 1);
    const wishes: { row: BaseCollection; local: LocalCollection; weight: number }[] = [];
    for (const row of rows) {
      for (const [to, weight] of votes.get(row.path) ?? []) {
        const local = locals.get(to);
        if (local !== undefined) wishes.push({ row, local, weight });
      }
      const named = [...locals.values()].filter((one) => one.name === row.name.local && one.name !== null);
      const [only] = named;
      if (only !== undefined && named.length === 1) wishes.push({ row, local: only, weight: 0.5 });
    }
    wishes.sort(
      (left, right) =>
        right.weight - left.weight ||
        byText(left.row.path, right.row.path) ||
        byText(left.local.path, right.local.path),
    );
    let linked = 0;
    for (const wish of wishes) {
      if (collections.localOfRow.has(wish.row.id) || collections.rowOfLocal.has(wish.local.path)) continue;
      collections.link(wish.row, wish.local);
      linked += 1;
    }
    if (linked === 0) return;
  }
}

function followFolders(
  collections: Linker<BaseCollection, LocalCollection>,
  articles: Linker<BaseArticle, LocalArticle>,
  isFrozen: (path: LocalPath) => boolean,
): void {
  const free = new Map(articles.freeLocals().map((one) => [one.path, one]));
  const rowOfFolder = new Map(collections.rows.map((row) => [row.path, row]));
  for (const row of articles.freeRows()) {
    if (isFrozen(row.path)) continue;
    const folder = rowOfFolder.get(parentPath(row.path));
    const moved = folder === undefined ? undefined : collections.localOfRow.get(folder.id);
    if (moved === undefined || moved.path === parentPath(row.path)) continue;
    const local = free.get(joinPath(moved.path, baseName(row.path)));
    if (local !== undefined) articles.link(row, local);
  }
}

interface Adopted {
  readonly collections: ReadonlyMap<LocalPath, RemoteId>;
  readonly articles: ReadonlyMap<LocalPath, RemoteId>;
  /** Of entries on either side that could be the same as several others. */
  readonly doubtful: ReadonlySet<EntryKey>;
  readonly problems: readonly Problem[];
}

/** For what the base does not know: the same title under the same parent, once on either side. */
function adopt(
  options: PairOptions,
  collections: Linker<BaseCollection, LocalCollection>,
  articles: Linker<BaseArticle, LocalArticle>,
  doubtful: ReadonlySet<LocalPath>,
): Adopted {
  const { remote, defaultLocale } = options;
  const problems: Problem[] = [];
  const unclear = new Set<EntryKey>();
  const idOfFolder = new Map<LocalPath, RemoteId>();
  for (const [path, row] of collections.rowOfLocal) idOfFolder.set(path, row.id);
  const adoptedCollections = new Map<LocalPath, RemoteId>(collections.pinned);
  for (const [path, id] of collections.pinned) idOfFolder.set(path, id);
  const taken = new Set<RemoteId>([...collections.rows.map((row) => row.id), ...collections.pinned.values()]);
  const freeRemote = remote.collections.filter((one) => !taken.has(one.id));

  const waiting = collections
    .freeLocals()
    .toSorted(
      (left, right) =>
        left.path.split('/').length - right.path.split('/').length || byText(left.path, right.path),
    );
  const slots = countBy(waiting, (one) => `${one.folder}\n${sameText(collectionName(one))}`);
  for (const one of waiting) {
    const parent = one.folder === '' ? null : idOfFolder.get(one.folder);
    if (parent === undefined) continue;
    const name = sameText(collectionName(one));
    const found = freeRemote.filter((other) => other.parent === parent && sameText(other.name) === name);
    const [only] = found;
    if (only === undefined) continue;
    if (found.length > 1 || (slots.get(`${one.folder}\n${name}`) ?? 0) > 1) {
      unclear.add(keyOfLocal('collection', one.path));
      for (const other of found) unclear.add(keyOfRemote('collection', other.id));
      problems.push(
        ambiguousAdoption(
          one,
          collectionName(one),
          found.map((other) => other.id),
          options.contentName,
        ),
      );
      continue;
    }
    adoptedCollections.set(one.path, only.id);
    idOfFolder.set(one.path, only.id);
  }

  const adoptedArticles = new Map<LocalPath, RemoteId>(articles.pinned);
  const takenArticles = new Set<RemoteId>([
    ...articles.rows.map((row) => row.id),
    ...articles.pinned.values(),
  ]);
  const slotsOfRemote = new Map<string, RemoteId[]>();
  for (const other of remote.articles) {
    const title = other.locales.get(defaultLocale)?.title;
    if (takenArticles.has(other.id) || title === undefined) continue;
    for (const parent of other.parents.length === 0 ? [''] : other.parents) {
      const slot = `${parent}\n${sameText(title)}`;
      slotsOfRemote.set(slot, [...(slotsOfRemote.get(slot) ?? []), other.id]);
    }
  }
  const slotOf = (one: LocalArticle): string | null => {
    const parent = one.folder === '' ? '' : idOfFolder.get(one.folder);
    const title = one.locales.get(defaultLocale)?.title;
    return parent === undefined || title === undefined ? null : `${parent}\n${sameText(title)}`;
  };
  const free = articles.freeLocals().filter((one) => !doubtful.has(one.path));
  const articleSlots = countBy(free, (one) => slotOf(one) ?? '');
  for (const one of free) {
    const slot = slotOf(one);
    const found = slot === null ? [] : (slotsOfRemote.get(slot) ?? []);
    const [only] = found;
    if (slot === null || only === undefined) continue;
    if (found.length > 1 || (articleSlots.get(slot) ?? 0) > 1) {
      unclear.add(keyOfLocal('article', one.path));
      for (const id of found) unclear.add(keyOfRemote('article', id));
      const title = one.locales.get(defaultLocale)?.title ?? '';
      problems.push(ambiguousAdoption(one, title, found, options.contentName));
      continue;
    }
    adoptedArticles.set(one.path, only);
  }
  return { collections: adoptedCollections, articles: adoptedArticles, doubtful: unclear, problems };
}

/** What a folder without a name of its own is called: `getting-started` is "Getting started". */
export function collectionName(collection: LocalCollection): string {
  if (collection.name !== null) return collection.name;
  const words = baseName(collection.path).replace(/[-_]+/g, ' ').trim();
  return words === '' ? baseName(collection.path) : words.charAt(0).toUpperCase() + words.slice(1);
}

function triplesOf<
  Row extends BaseEntry,
  Local extends LocalArticle | LocalCollection,
  Remote extends { readonly id: RemoteId; readonly kind: 'article' | 'collection' },
>(
  linker: Linker<Row, Local>,
  remotes: readonly Remote[],
  adopted: ReadonlyMap<LocalPath, RemoteId>,
  isFrozenRow: (row: Row) => boolean,
) {
  const remoteOfId = new Map(remotes.map((one) => [one.id, one]));
  const used = new Set<RemoteId>();
  const triples = [];
  for (const row of linker.rows) {
    used.add(row.id);
    triples.push({
      kind: row.kind as Row['kind'] & Local['kind'] & Remote['kind'],
      key: keyOfRemote(row.kind, row.id),
      base: row as Row | null,
      local: linker.localOfRow.get(row.id) ?? null,
      remote: remoteOfId.get(row.id) ?? null,
      frozen: !linker.localOfRow.has(row.id) && isFrozenRow(row),
    });
  }
  for (const local of linker.locals) {
    if (linker.rowOfLocal.has(local.path)) continue;
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
      frozen: id !== undefined && remote === null,
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
      frozen: false,
    });
  }
  return triples;
}

/** Tells whether a path is one that could not be read, or lies below one. */
function frozenPaths(local: LocalSnapshot): (path: LocalPath) => boolean {
  return (path) => {
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
  const known = new Set(base.entries.map((row) => stemOf(row.path)));
  return [...local.unreadable].some((path) => {
    if (known.has(stemOf(path))) return false;
    return !(baseName(path) === 'collection.yaml' && known.has(parentPath(path)));
  });
}

/** What all files of an article have in common: `a/install` of `a/install.fr.md`. */
const stemOf = (path: LocalPath): string => path.replace(/(\.[A-Za-z-]+)?\.md$/, '');

function countBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

const sameText = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');

function unknownId(one: LocalArticle | LocalCollection, contentName: string): Problem {
  const file = one.kind === 'article' ? one.path : (one.file ?? one.path);
  return {
    severity: 'error',
    code: 'ID_UNKNOWN',
    place: { file: `${contentName}/${file}`, line: 1 },
    message: `The help center has no ${one.kind} with the id ${one.pinnedId ?? ''}.`,
    hint: 'Remove the line "id:" to create it anew, or correct the number.',
  };
}

function doubtfulMove(local: LocalArticle, rows: readonly BaseArticle[], contentName: string): Problem {
  return {
    severity: 'error',
    code: 'MOVE_AMBIGUOUS',
    place: { file: `${contentName}/${local.path}`, line: 0 },
    message: `This file could be any of these that are gone: ${rows.map((row) => row.path).join(', ')}.`,
    hint: `Say which by adding "id: ${rows[0]?.id ?? ''}" (${rows.map((row) => `${row.path} was ${row.id}`).join(', ')}) to its front matter.`,
  };
}

function ambiguousAdoption(
  one: LocalArticle | LocalCollection,
  title: string,
  ids: readonly RemoteId[],
  contentName: string,
): Problem {
  return {
    severity: 'error',
    code: 'ADOPT_AMBIGUOUS',
    place: { file: `${contentName}/${one.path}`, line: 0 },
    message: `"${title}" stands more than once under the same parent, so it is not clear which ${one.kind} this is (${ids.join(', ')}).`,
    hint: `Say which by adding "id: ${ids[0] ?? ''}" to ${one.kind === 'article' ? 'its front matter' : 'its collection.yaml'}, or give it another title.`,
  };
}
