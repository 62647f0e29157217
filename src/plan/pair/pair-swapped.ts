/*
 * Names that changed hands: files that are where the base knows another entry, with the very content of a third.
 *
 * Paths alone would say that each of them was rewritten, and every public address would lead to another text than
 * before. Content decides instead where it leaves no doubt: each file that is taken from the entry of its path holds
 * exactly what another entry held, and that other one in turn is found somewhere, in a circle (two names swapped) or up
 * to a name that is new (`01-intro` is now `02-intro`, `02-setup` now `03-setup`).
 */
import type { BaseArticle, BaseCollection, BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import { parentPath, type LocalPath } from '../../model/identity.ts';
import { countBy } from '../terms/count-by.ts';
import type { Pairer } from './pairer.ts';
import type { Likeness } from './pair-alike.ts';

interface Match<Row, Local> {
  readonly row: Row;
  readonly local: Local;
}

/** Links articles whose names changed hands. */
export function pairSwappedArticles(
  articles: Pairer<BaseArticle, LocalArticle>,
  likeness: Likeness,
  isUnreadable: (path: LocalPath) => boolean,
): void {
  const { rows, locals } = suspects(
    articles,
    isUnreadable,
    (row, local) => !likeness.hasSameTitle(row, local),
  );
  if (rows.length === 0) return;
  linkClosed(articles, likeness.same(rows, locals));
}

/** Links folders whose names changed hands: by the names in their `collection.yaml`, where their articles went along. */
export function pairSwappedFolders(
  collections: Pairer<BaseCollection, LocalCollection>,
  articles: Pairer<BaseArticle, LocalArticle>,
  isUnreadable: (path: LocalPath) => boolean,
): void {
  const { rows, locals } = suspects(collections, isUnreadable, (row, local) => row.name.local !== local.name);
  if (rows.length === 0) return;
  const rowsNamed = countBy(rows, (row) => row.name.local);
  const localsNamed = countBy(locals, (one) => one.name ?? '');
  const matches = rows.flatMap((row) => {
    const name = row.name.local;
    const local = locals.find((one) => one.name === name);
    const isSure = rowsNamed.get(name) === 1 && localsNamed.get(name) === 1;
    return local !== undefined && isSure && wentAlong(row, local, articles) ? [{ row, local }] : [];
  });
  linkClosed(collections, matches);
}

/** Whether most of a collection's articles are now in a folder. */
function wentAlong(
  row: BaseCollection,
  local: LocalCollection,
  articles: Pairer<BaseArticle, LocalArticle>,
): boolean {
  const own = articles.rows.filter((one) => one.parent === row.id);
  const there = own.filter((one) => {
    const file = articles.localOfRow.get(one.id);
    return file !== undefined && parentPath(file.path) === local.path;
  });
  return there.length * 2 > own.length;
}

/** Rows whose file is another now or gone, and files that are new or are at the path of such a row. */
function suspects<Row extends BaseEntry, Local extends LocalArticle | LocalCollection>(
  pairer: Pairer<Row, Local>,
  isUnreadable: (path: LocalPath) => boolean,
  isOther: (row: Row, local: Local) => boolean,
): { readonly rows: readonly Row[]; readonly locals: readonly Local[] } {
  const localAt = new Map<string, Local>(pairer.freeLocals().map((one) => [one.path, one]));
  const inPlace = new Set<string>();
  let isAnyOther = false;
  const rows = pairer.freeRows().filter((row) => {
    if (isUnreadable(row.path)) return false;
    const local = localAt.get(row.path);
    if (local === undefined) return true;
    if (isOther(row, local)) isAnyOther = true;
    else inPlace.add(local.path);
    return !inPlace.has(local.path);
  });
  const locals = isAnyOther ? [...localAt.values()].filter((one) => !inPlace.has(one.path)) : [];
  return { rows: isAnyOther ? rows : [], locals };
}

/** Links the matches in which nobody is left without a file or an entry that had one by its path. */
function linkClosed<Row extends BaseEntry, Local extends LocalArticle | LocalCollection>(
  pairer: Pairer<Row, Local>,
  matches: readonly Match<Row, Local>[],
): void {
  const rowAt = new Map<string, Row>(pairer.freeRows().map((row) => [row.path, row]));
  const localAt = new Set<string>(pairer.freeLocals().map((one) => one.path));
  let kept = matches;
  for (;;) {
    const matchedRows = new Set(kept.map((one) => one.row.id));
    const matchedLocals = new Set<string>(kept.map((one) => one.local.path));
    const next = kept.filter(({ row, local }) => {
      const owner = rowAt.get(local.path);
      if (owner !== undefined) return matchedRows.has(owner.id);
      // A file with a new name: its entry follows it only where another one took over the old name.
      return !localAt.has(row.path) || matchedLocals.has(row.path);
    });
    if (next.length === kept.length) break;
    kept = next;
  }
  for (const { row, local } of kept) pairer.pair(row, local);
}
