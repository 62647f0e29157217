/* Where folders went that are not where the base knows them, and what went along with them. */
import type { BaseArticle, BaseCollection } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import {
  baseName,
  byText,
  joinPath,
  parentPath,
  type LocalPath,
  type RemoteId,
} from '../../model/identity.ts';
import { countBy } from '../terms/count-by.ts';
import type { Pairer } from './pairer.ts';

interface Wish {
  readonly row: BaseCollection;
  readonly local: LocalCollection;
  readonly weight: number;
}

/**
 * Pairs vanished and appeared folders, the surest signs first: the very name in its `collection.yaml`, the same place
 * in a folder that was paired itself, and only then where most of its articles and folders went.
 */
export function pairFolders(
  collections: Pairer<BaseCollection, LocalCollection>,
  articles: Pairer<BaseArticle, LocalArticle>,
  isUnreadable: (path: LocalPath) => boolean,
): void {
  for (let isDone = false; !isDone;) {
    const rows = collections.freeRows().filter((row) => !isUnreadable(row.path));
    const locals = collections.freeLocals();
    if (rows.length === 0 || locals.length === 0) return;
    isDone =
      !pairBest(collections, byName(rows, locals)) &&
      !pairBest(collections, byPlace(rows, locals, collections)) &&
      !pairBest(collections, byVotes(rows, locals, collections, articles));
  }
}

/** Links what is wished for most; tells whether there was anything. */
function pairBest(collections: Pairer<BaseCollection, LocalCollection>, wishes: readonly Wish[]): boolean {
  const sorted = wishes.toSorted(
    (left, right) =>
      right.weight - left.weight ||
      byText(left.row.path, right.row.path) ||
      byText(left.local.path, right.local.path),
  );
  for (const { row, local } of sorted) {
    if (!collections.localOfRow.has(row.id) && !collections.rowOfLocal.has(local.path))
      collections.pair(row, local);
  }
  return sorted.length > 0;
}

function byName(rows: readonly BaseCollection[], locals: readonly LocalCollection[]): readonly Wish[] {
  const counts = countBy(rows, (row) => row.name.local);
  const named = countBy(locals, (one) => one.name ?? '');
  return rows.flatMap((row) => {
    const name = row.name.local;
    const local = locals.find((one) => one.name === name);
    const isSure = counts.get(name) === 1 && named.get(name) === 1;
    return local === undefined || !isSure ? [] : [{ row, local, weight: 1 }];
  });
}

function byPlace(
  rows: readonly BaseCollection[],
  locals: readonly LocalCollection[],
  collections: Pairer<BaseCollection, LocalCollection>,
): readonly Wish[] {
  const byPath = new Map(locals.map((one) => [one.path, one]));
  return rows.flatMap((row) => {
    // By the agreed parent, since the paths of rows are noted one by one.
    const moved = row.parent === null ? undefined : collections.localOfRow.get(row.parent)?.path;
    const local = moved === undefined ? undefined : byPath.get(joinPath(moved, baseName(row.path)));
    return local === undefined ? [] : [{ row, local, weight: 1 }];
  });
}

function byVotes(
  rows: readonly BaseCollection[],
  locals: readonly LocalCollection[],
  collections: Pairer<BaseCollection, LocalCollection>,
  articles: Pairer<BaseArticle, LocalArticle>,
): readonly Wish[] {
  const byPath = new Map(locals.map((one) => [one.path, one]));
  const votes = new Map<RemoteId, Map<LocalPath, number>>();
  for (const { rowOfLocal } of [articles, collections]) {
    for (const [path, row] of rowOfLocal) {
      if (row.parent === null) continue;
      const counts = votes.get(row.parent) ?? new Map<LocalPath, number>();
      counts.set(parentPath(path), (counts.get(parentPath(path)) ?? 0) + 1);
      votes.set(row.parent, counts);
    }
  }
  return rows.flatMap((row) =>
    [...(votes.get(row.id) ?? [])].flatMap(([path, weight]) => {
      const local = byPath.get(path);
      return local === undefined ? [] : [{ row, local, weight }];
    }),
  );
}

/** Articles that kept their names in a folder that moved went along with it, also those edited on the way. */
export function followFolders(
  collections: Pairer<BaseCollection, LocalCollection>,
  articles: Pairer<BaseArticle, LocalArticle>,
  isUnreadable: (path: LocalPath) => boolean,
): void {
  const free = new Map(articles.freeLocals().map((one) => [one.path, one]));
  for (const row of articles.freeRows()) {
    if (isUnreadable(row.path)) continue;
    const moved = row.parent === null ? undefined : collections.localOfRow.get(row.parent);
    if (moved === undefined || moved.path === parentPath(row.path)) continue;
    const local = free.get(joinPath(moved.path, baseName(row.path)));
    if (local !== undefined) articles.pair(row, local);
  }
}
