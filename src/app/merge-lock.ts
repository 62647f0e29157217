import { resolve } from 'node:path';
import { parseBase, printBase } from '../base/codec.ts';
import { mergeLocks } from '../base/merge-locks.ts';
import type { Config } from '../config/read-config.ts';
import { emptyBase, type Base } from '../model/base.ts';
import { ShelfmarkError } from '../model/error.ts';
import { replaceFile } from '../ports/atomic.ts';
import type { Outside } from '../ports/outside.ts';

/** The three versions that git hands to a merge driver: `%O %A %B`. */
export interface Versions {
  readonly before: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Puts two lock files together, row by row, and writes the result over `ours`, as git expects of a merge driver. Throws
 * a ShelfmarkError where they cannot be read or belong to different help centers; then nothing is written.
 */
export async function mergeVersions({ before, ours, theirs }: Versions, outside: Outside): Promise<void> {
  const read = async (file: string): Promise<Base> => {
    const bytes = await outside.files.read(resolve(outside.folder, file));
    const text = new TextDecoder().decode(bytes);
    return text.trim() === '' ? emptyBase : parseBase(text, file);
  };
  const [was, mine, other] = await Promise.all([read(before), read(ours), read(theirs)]);
  await write(resolve(outside.folder, ours), ours, was, mine, other, outside);
}

/**
 * Puts the two versions together that git left in the lock file of the project, between its conflict markers. False
 * where there are none, and nothing is to be done.
 */
export async function mergeMarked(config: Config, outside: Outside): Promise<boolean> {
  const { lockFile, lockName } = config;
  let text: string;
  try {
    text = new TextDecoder().decode(await outside.files.read(lockFile));
  } catch (cause) {
    throw new ShelfmarkError('BASE_UNREADABLE', {
      message: `There is no readable lock file ${lockName}. Nothing was changed.`,
      hint: 'Run "shelfmark plan": entries that agree are linked again.',
      cause,
    });
  }
  if (!/^<{7}/m.test(text)) return false;
  const [mine, other] = [versionOf(text, 'ours'), versionOf(text, 'theirs')].map((one) =>
    one.trim() === '' ? emptyBase : parseBase(one, lockName),
  );
  await write(lockFile, lockName, emptyBase, mine ?? emptyBase, other ?? emptyBase, outside);
  return true;
}

/**
 * One of the two versions between conflict markers; what stood there before both is left out. What git has merged by
 * itself is in both of them, so an entry may stand there twice: then the first stays.
 */
function versionOf(text: string, wanted: 'ours' | 'theirs'): string {
  let part: 'both' | 'ours' | 'before' | 'theirs' = 'both';
  const seen = new Set<string>();
  return text
    .split('\n')
    .filter((line) => {
      if (/^<{7}( |\r?$)/.test(line)) part = 'ours';
      else if (/^\|{7}( |\r?$)/.test(line)) part = 'before';
      else if (/^={7}\r?$/.test(line)) part = 'theirs';
      else if (/^>{7}( |\r?$)/.test(line)) part = 'both';
      else return (part === 'both' || part === wanted) && isFirst(line, seen);
      return false;
    })
    .join('\n');
}

function isFirst(line: string, seen: Set<string>): boolean {
  const [, path, kind, id] = /^\{"path":("(?:[^"\\]|\\.)*"),"kind":"(\w+)","id":"(\d+)"/.exec(line) ?? [];
  if (path === undefined) return true;
  const names = [path, `${kind ?? ''} ${id ?? ''}`];
  if (names.some((name) => seen.has(name))) return false;
  for (const name of names) seen.add(name);
  return true;
}

async function write(
  file: string,
  shown: string,
  before: Base,
  ours: Base,
  theirs: Base,
  { files, chance }: Outside,
): Promise<void> {
  const [mine, other] = [ours.pinned, theirs.pinned];
  if (
    mine !== null &&
    other !== null &&
    (mine.workspace !== other.workspace || mine.helpCenter !== other.helpCenter)
  ) {
    throw new ShelfmarkError('OTHER_WORKSPACE', {
      message: `The two versions of ${shown} belong to different help centers. Nothing was changed.`,
      hint: 'Take the one that belongs to your help center whole (git checkout --ours or --theirs -- the file).',
    });
  }
  const text = printBase(mergeLocks(before, ours, theirs));
  await replaceFile(files, file, new TextEncoder().encode(text), { chance, mode: 0o644 });
}
