/* The file of the folder's index: a head that vouches for it, and below it all rows as one line. */
import { createHash } from 'node:crypto';
import type { FileStat } from '../../ports/files.ts';

/** A file as it stood when it was read, and what it said; `facts` is what was found out about its text since. */
export interface IndexRow {
  readonly stamps: Stamps;
  readonly kind: 'article' | 'collection' | 'asset';
  readonly said: unknown;
  readonly facts?: unknown;
}

export type Stamps = readonly [size: number, modifiedAt: number, changedAt: number, inode: number];

/** Null where the disk does not tell enough to know a file again. */
export const stampsOf = ({ size, modifiedAt, identity }: FileStat): Stamps | null =>
  identity === undefined ? null : [size, modifiedAt, identity.changedAt, identity.inode];

/** Grows with each change of what rows hold. */
const format = 1;

/**
 * @param rows by the path of their files below the content folder
 * @param owner whose index it is: another Shelfmark, another machine or other settings read files in other ways
 */
export function printIndex(rows: ReadonlyMap<string, IndexRow>, owner: string): string {
  const body = JSON.stringify(
    [...rows].map(([path, { stamps, kind, said, facts }]) => [path, stamps, kind, said, facts]),
  );
  return `${headOf(body, owner)}\n${body}\n`;
}

/** Null for anything that is not the owner's own index, whole. */
export function parseIndex(text: string, owner: string): Map<string, IndexRow> | null {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1, -1);
  // With that the rest is known to be what `printIndex` wrote.
  if (text.slice(0, end) !== headOf(body, owner)) return null;
  const rows = JSON.parse(body) as readonly [string, Stamps, IndexRow['kind'], unknown, unknown][];
  return new Map(rows.map(([path, stamps, kind, said, facts]) => [path, { stamps, kind, said, facts }]));
}

const headOf = (body: string, owner: string): string =>
  JSON.stringify({ format, owner: signOf(owner), rows: signOf(body) });

const signOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
