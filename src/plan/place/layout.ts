/*
 * Where everything is in the folder once the plan has been carried out: what is new gets a path from its title,
 * what the remote moved goes into the folder of its collection, all else stays. Paths never change by themselves.
 */
import {
  baseName,
  byText,
  joinPath,
  parentPath,
  type EntryKey,
  type LocalPath,
} from '../../model/identity.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import type { Names, PlanInput } from '../terms/input.ts';
import type { ArticleTriple, CollectionTriple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

export interface Layout {
  /** Where an entry is to be: a folder, or the default-locale file of an article. */
  pathOf(key: EntryKey): LocalPath;
  /** Folder moves, in the order in which they can be made, each with the paths of that moment. */
  readonly folderMoves: readonly {
    readonly key: EntryKey;
    readonly from: LocalPath;
    readonly to: LocalPath;
  }[];
  /** Where a path of now is after the folder moves. */
  relocate(path: LocalPath): LocalPath;
}

export interface LayoutOptions {
  readonly collections: readonly CollectionTriple[];
  readonly articles: readonly ArticleTriple[];
  readonly parents: ReadonlyMap<EntryKey, ParentVerdict>;
  readonly local: LocalSnapshot;
  readonly names: Names;
  readonly homes?: PlanInput['homes'];
  readonly title: (triple: ArticleTriple | CollectionTriple) => string;
  /** Whether this plan may write in the folder at all; if not, everything stays. */
  readonly isLocalWritten: boolean;
  /** Entries that stay where they are although the remote moved them. */
  readonly staying: ReadonlySet<EntryKey>;
}

export function layOut(options: LayoutOptions): Layout {
  const { collections, articles, names, isLocalWritten } = options;
  const collectionOfKey = new Map(collections.map((triple) => [triple.key, triple]));
  // Looked up for what is new or moved only, so mostly never.
  let room: Set<string> | null = null;
  const taken = (): Set<string> => (room ??= takenPaths(options));
  let there: ReadonlySet<LocalPath> | null = null;
  const present = (): ReadonlySet<LocalPath> => (there ??= presentPaths(options));
  const paths = new Map<EntryKey, LocalPath>();
  const moves: { key: EntryKey; from: LocalPath; to: LocalPath }[] = [];
  const relocate = (path: LocalPath): LocalPath =>
    moves.reduce((at, move) => relocated(at, move.from, move.to), path);
  const relocatedBack = (path: LocalPath): LocalPath =>
    moves.reduceRight((at, move) => relocated(at, move.to, move.from), path);
  const isMoved = (triple: ArticleTriple | CollectionTriple): boolean =>
    options.parents.get(triple.key)?.standing === 'behind' &&
    !triple.held &&
    !options.staying.has(triple.key);

  const place = (
    folder: LocalPath,
    stem: string,
    ending: string,
    id: string | null,
    own: LocalPath | null,
  ): LocalPath => {
    // What goes along with a folder takes up room where that goes.
    const isFree = (path: LocalPath): boolean =>
      path === own || (!taken().has(names.foldOf(path)) && !taken().has(names.foldOf(relocatedBack(path))));
    const wanted = joinPath(folder, `${stem}${ending}`);
    const chosen = isFree(wanted) || id === null ? wanted : joinPath(folder, `${stem}-${id}${ending}`);
    taken().add(names.foldOf(chosen));
    return chosen;
  };

  const folderOfParent = (
    triple: ArticleTriple | CollectionTriple,
    trail: ReadonlySet<EntryKey>,
  ): LocalPath => {
    const parent = options.parents.get(triple.key)?.remote ?? null;
    return parent === null ? ('' as LocalPath) : placeCollection(parent, trail);
  };

  const placeCollection = (key: EntryKey, trail: ReadonlySet<EntryKey>): LocalPath => {
    const known = paths.get(key);
    if (known !== undefined) return known;
    const triple = collectionOfKey.get(key);
    if (triple === undefined || trail.has(key)) return '' as LocalPath;
    const path = pathOf(triple, new Set([...trail, key]));
    paths.set(key, path);
    return path;
  };

  const pathOf = (triple: ArticleTriple | CollectionTriple, trail: ReadonlySet<EntryKey>): LocalPath => {
    const { kind, local } = triple;
    const id = triple.remote?.id ?? null;
    const ending = kind === 'article' ? '.md' : '';
    const stays = local?.path ?? triple.base?.path;
    if (stays === undefined) {
      // Its file may come back to where it was, from a stash: then it must not be there twice.
      const home = options.homes?.get(triple.key);
      const stem =
        home === undefined ? stemOf(options.title(triple), kind, id ?? '', names) : stemAt(home, kind);
      return place(folderOfParent(triple, trail), stem, ending, id, null);
    }
    if (!isLocalWritten) return stays;
    const stem = stemAt(stays, kind);
    if (local === null && !triple.held) {
      // Should it come back, then into the folder of its collection, wherever that is by now.
      const folder = triple.remote === null ? parentPath(stays) : folderOfParent(triple, trail);
      const back = joinPath(folder, baseName(stays));
      if (back === relocate(stays) && !present().has(back)) return back;
      return place(folder, stem, ending, id, null);
    }
    if (!isMoved(triple)) {
      // The parent is placed first, since its own move takes this one along.
      const parent = options.parents.get(triple.key)?.local ?? null;
      if (parent !== null) placeCollection(parent, trail);
      return relocate(stays);
    }
    const folder = folderOfParent(triple, trail);
    const here = relocate(stays);
    const path = place(folder, stem, ending, id, here);
    if (kind === 'collection' && here !== path) moves.push({ key: triple.key, from: here, to: path });
    return path;
  };

  for (const triple of inOrder(collections)) placeCollection(triple.key, new Set());
  for (const triple of inOrder(articles)) paths.set(triple.key, pathOf(triple, new Set()));
  return { pathOf: (key) => paths.get(key) ?? ('' as LocalPath), folderMoves: moves, relocate };
}

/** A path below a folder that moves, where it is afterwards. */
export function relocated(path: LocalPath, from: LocalPath, to: LocalPath): LocalPath {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? (`${to}${path.slice(from.length)}` as LocalPath) : path;
}

const stemAt = (path: LocalPath, kind: string): string =>
  baseName(path).replace(kind === 'article' ? /\.md$/ : /$^/, '');

function stemOf(title: string, kind: string, id: string, names: Names): string {
  const slug = names.slugOf(title);
  return slug === '' ? `${kind}-${id}` : slug;
}

function takenPaths({ collections, articles, local, names }: LayoutOptions): Set<string> {
  const taken = new Set<string>();
  const take = (path: LocalPath): void => {
    for (let at = path; at !== ''; at = parentPath(at)) taken.add(names.foldOf(at));
  };
  for (const triple of collections)
    for (const path of [triple.local?.path, triple.base?.path]) if (path !== undefined) take(path);
  for (const triple of articles) {
    for (const path of [triple.local?.path, triple.base?.path]) if (path !== undefined) take(path);
    for (const content of triple.local?.locales.values() ?? []) take(content.file);
  }
  for (const path of [...local.unreadable, ...local.assets]) take(path);
  return taken;
}

/** What is in the folder now, each under its own name. */
function presentPaths({ collections, articles, local }: LayoutOptions): ReadonlySet<LocalPath> {
  return new Set([
    ...collections.flatMap((triple) => (triple.local === null ? [] : [triple.local.path])),
    ...articles.flatMap((triple) =>
      [...(triple.local?.locales.values() ?? [])].map((content) => content.file),
    ),
    ...local.assets,
  ]);
}

// Sorted by id, so that two new titles with one name always get the same paths.
function inOrder<T extends ArticleTriple | CollectionTriple>(triples: readonly T[]): readonly T[] {
  // By number, as the shorter of two ids is the smaller.
  return triples.toSorted((left, right) => {
    const [first, second] = [left.remote?.id ?? '', right.remote?.id ?? ''];
    return first.length - second.length || byText(first, second) || byText(left.key, right.key);
  });
}
