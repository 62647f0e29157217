import type { Base, BaseEntry, BaseImage } from '../model/base.ts';
import { plainEntry } from './row.ts';

/**
 * Puts two lock files together that both come from a third, row by row. Where both changed one row, and where both tie
 * one path to different ids, the row of `theirs` wins: the next plan finds the rest out.
 */
export function mergeLocks(before: Base, ours: Base, theirs: Base): Base {
  const entries = mergeRows(before.entries, ours.entries, theirs.entries, keyOfEntry, textOfEntry);
  const images = mergeRows(before.images, ours.images, theirs.images, keyOfImage, JSON.stringify);
  const taken = new Set(theirs.entries.map((row) => row.path));
  const own = new Set(theirs.entries.map(keyOfEntry));
  return {
    pinned: theirs.pinned ?? ours.pinned,
    entries: entries.filter((row) => own.has(keyOfEntry(row)) || !taken.has(row.path)),
    images,
  };
}

const keyOfEntry = (row: BaseEntry): string => `${row.kind} ${row.id}`;
const keyOfImage = (image: BaseImage): string => image.address;
const textOfEntry = (row: BaseEntry): string => JSON.stringify(plainEntry(row));

function mergeRows<Row>(
  before: readonly Row[],
  ours: readonly Row[],
  theirs: readonly Row[],
  keyOf: (row: Row) => string,
  textOf: (row: Row) => string,
): readonly Row[] {
  const [was, mine, other] = [before, ours, theirs].map(
    (rows) => new Map(rows.map((row) => [keyOf(row), row] as const)),
  );
  const said = (rows: ReadonlyMap<string, Row> | undefined, key: string): string => {
    const row = rows?.get(key);
    return row === undefined ? '' : textOf(row);
  };
  const keys = new Set([...(other?.keys() ?? []), ...(mine?.keys() ?? [])]);
  return [...keys].flatMap((key) => {
    const isOurs = said(mine, key) !== said(was, key) && said(other, key) === said(was, key);
    const row = (isOurs ? mine : other)?.get(key);
    return row === undefined ? [] : [row];
  });
}
