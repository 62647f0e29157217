import {
  closeSync,
  constants,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';

/*
 * Other programs save files while we replace them, and no call of the system compares and replaces in one. So the file
 * is given a second name first: whatever becomes of the first one, the bytes stay within reach. Then come the look, a
 * look whether the name still means that file, and the move, with nothing in between. An editor that saves in place
 * wins the race into the file of the second name, where it is found after the folder was flushed, and brought back.
 * What is left is an editor that renames its own new file there between the last two calls, some millionths of a second.
 */

/** Moves a file to where an expected one is; see the port. `flush` makes the names in a folder safe. */
export async function replaceLookedAt(
  from: string,
  to: string,
  isExpected: (bytes: Uint8Array | null) => boolean,
  flush: (folder: string) => Promise<void>,
): Promise<'done' | 'stale'> {
  const before = identityOf(to);
  if (before === null) {
    if (!isExpected(null) || !takePlace(from, to)) return 'stale';
    await flush(dirname(to));
    return 'done';
  }
  const second = `${from.replace(/\.tmp$/, '')}-old.tmp`;
  const isHeld = hold(to, second);
  try {
    const seen = bytesAt(isHeld ? second : to);
    if (seen === null || !isExpected(seen) || identityOf(to) !== before) return 'stale';
    const ours = identityOf(from);
    renameSync(from, to);
    await flush(dirname(to));
    const now = isHeld ? bytesAt(second) : null;
    if (now === null || Buffer.compare(now, seen) === 0) return 'done';
    // Where yet another save came since, this one stays beside it for a person to see.
    renameSync(second, identityOf(to) === ours ? to : `${to}.kept`);
    await flush(dirname(to));
    return 'stale';
  } finally {
    if (isHeld) removeName(second);
  }
}

/** Which file a name means, so that another one under it is noticed; null where there is none. */
function identityOf(path: string): string | null {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}:${stats.mtimeNs}`;
}

/** False where somebody else was faster. */
function takePlace(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    unlinkSync(from);
  } catch (error) {
    if (isCode(error, ['EEXIST'])) return false;
    if (!isCode(error, linkless)) throw error;
    if (identityOf(to) !== null) return false;
    renameSync(from, to);
  }
  return true;
}

/** False where the disk knows no second names, such as that of a memory stick. */
function hold(path: string, second: string): boolean {
  try {
    linkSync(path, second);
    return true;
  } catch (error) {
    if (isCode(error, [...linkless, 'ENOENT'])) return false;
    throw error;
  }
}

function bytesAt(path: string): Uint8Array | null {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      return new Uint8Array(readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isCode(error, ['ENOENT', 'ELOOP', 'EISDIR'])) return null;
    throw error;
  }
}

const linkless: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS', 'EXDEV', 'EACCES'];

function removeName(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isCode(error, ['ENOENT'])) throw error;
  }
}

const isCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
