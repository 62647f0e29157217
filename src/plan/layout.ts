/*
 * Where everything stands in the folder once the plan has been carried out: what is new gets a path from its title,
 * what the remote moved goes into the folder of its collection, all else stays. Paths never change by themselves.
 */
import { baseName, byText, joinPath, parentPath, type EntryKey, type LocalPath } from '../model/identity.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Names } from './input.ts';
import type { ParentVerdict } from './parents.ts';
import type { ArticleTriple, CollectionTriple } from './triple.ts';

export interface Layout {
  /** Where an entry is to stand: a folder, or the default-locale file of an article. */
  pathOf(key: EntryKey): LocalPath;
  /** Folder moves, in the order in which they can be made, each with the paths of that moment. */
  readonly folderMoves: readonly {
    readonly key: EntryKey;
    readonly from: LocalPath;
    readonly to: LocalPath;
  }[];
  /** Where a path of now stands after the folder moves. */
  relocate(path: LocalPath): LocalPath;
}

export interface LayoutOptions {
  readonly collections: readonly CollectionTriple[];
  readonly articles: readonly ArticleTriple[];
  readonly parents: ReadonlyMap<EntryKey, ParentVerdict>;
  readonly local: LocalSnapshot;
  readonly names: Names;
  readonly title: (triple: ArticleTriple | CollectionTriple) => string;
  /** Whether this plan may write in the folder at all; if not, everything stays. */
  readonly isLocalWritten: boolean;
}

export function layOut(options: LayoutOptions): Layout {
  const { collections, articles, names, isLocalWritten } = options;
  const collectionOfKey = new Map(collections.map((triple) => [triple.key, triple]));
  const taken = takenPaths(options);
  const paths = new Map<EntryKey, LocalPath>();
  const moves: { key: EntryKey; from: LocalPath; to: LocalPath }[] = [];
  const relocate = (path: LocalPath): LocalPath =>
    moves.reduce((at, move) => relocated(at, move.from, move.to), path);

  const place = (
    folder: LocalPath,
    stem: string,
    ending: string,
    id: string | null,
    own: LocalPath | null,
  ): LocalPath => {
    const isFree = (path: LocalPath): boolean => path === own || !taken.has(names.foldOf(path));
    const wanted = joinPath(folder, `${stem}${ending}`);
    const chosen = isFree(wanted) || id === null ? wanted : joinPath(folder, `${stem}-${id}${ending}`);
    taken.add(names.foldOf(chosen));
    return chosen;
  };

  const placeCollection = (key: EntryKey, trail: ReadonlySet<EntryKey>): LocalPath => {
    const known = paths.get(key);
    if (known !== undefined) return known;
    const triple = collectionOfKey.get(key);
    if (triple === undefined || trail.has(key)) return '' as LocalPath;
    const verdict = options.parents.get(key);
    const isMoved = isLocalWritten && verdict?.standing === 'behind' && !triple.frozen;
    const stays = triple.local?.path ?? triple.base?.path;
    let path: LocalPath;
    if (stays !== undefined && !isMoved)
      path = isLocalWritten ? relocate(underParent(stays, triple, verdict, trail)) : stays;
    else {
      const parent = verdict?.remote ?? null;
      const folder = parent === null ? ('' as LocalPath) : placeCollection(parent, new Set([...trail, key]));
      const here = stays === undefined ? null : relocate(stays);
      const stem =
        here === null
          ? stemOf(options.title(triple), 'collection', triple.remote?.id ?? '', names)
          : baseName(here);
      path = place(folder, stem, '', triple.remote?.id ?? null, here);
      if (here !== null && here !== path && triple.local !== null) moves.push({ key, from: here, to: path });
    }
    paths.set(key, path);
    return path;
  };
  // The parent is placed first, since its own move takes this folder along.
  const underParent = (
    path: LocalPath,
    triple: CollectionTriple,
    verdict: ParentVerdict | undefined,
    trail: ReadonlySet<EntryKey>,
  ): LocalPath => {
    const parent = triple.local === null ? verdict?.remote : verdict?.local;
    if (parent !== null && parent !== undefined) placeCollection(parent, new Set([...trail, triple.key]));
    return path;
  };

  for (const triple of inOrder(collections)) placeCollection(triple.key, new Set());
  for (const triple of inOrder(articles)) {
    const verdict = options.parents.get(triple.key);
    const stays = triple.local?.path ?? triple.base?.path;
    const isMoved = isLocalWritten && verdict?.standing === 'behind' && !triple.frozen;
    if (stays !== undefined && !isMoved) {
      paths.set(triple.key, isLocalWritten ? relocate(stays) : stays);
      continue;
    }
    const parent = verdict?.remote ?? null;
    const folder = parent === null ? ('' as LocalPath) : (paths.get(parent) ?? ('' as LocalPath));
    const here = stays === undefined ? null : relocate(stays);
    const stem =
      here === null
        ? stemOf(options.title(triple), 'article', triple.remote?.id ?? '', names)
        : baseName(here).replace(/\.md$/, '');
    paths.set(triple.key, place(folder, stem, '.md', triple.remote?.id ?? null, here));
  }
  return { pathOf: (key) => paths.get(key) ?? ('' as LocalPath), folderMoves: moves, relocate };
}

/** A path below a folder that moves, where it is afterwards. */
export function relocated(path: LocalPath, from: LocalPath, to: LocalPath): LocalPath {
  if (path === from) return to;
  return path.startsWith(`${from}/`) ? (`${to}${path.slice(from.length)}` as LocalPath) : path;
}

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

// Sorted by id, so that two new titles with one name always get the same paths.
function inOrder<T extends ArticleTriple | CollectionTriple>(triples: readonly T[]): readonly T[] {
  const rank = (triple: T): string => (triple.remote?.id ?? '').padStart(20, '0');
  return triples.toSorted((left, right) => byText(rank(left), rank(right)) || byText(left.key, right.key));
}
