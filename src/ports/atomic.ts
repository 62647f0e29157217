import { nodeCode } from './node-error.ts';
import { dirname, join } from 'node:path';
import type { Chance } from './chance.ts';
import type { Files } from './files.ts';

/** What the name of every temporary file starts with, so that scans can pass over those that a crash left. */
export const temporaryPrefix = '.shelfmark-';

/**
 * Puts a file in place of another in one step, flushed to the disk: whatever happens, the path holds its old
 * content or the new one, never a part. After a failure, such as a full disk, the old content stays and no
 * temporary file is left.
 *
 * A symbolic link at the path is itself replaced, never written through.
 *
 * With `isExpected` the file is replaced only where it holds such bytes at the last moment, long after the new ones were
 * written beside it (null means no file); else nothing is done, and the answer is `stale`.
 */
export async function replaceFile(
  files: Files,
  path: string,
  content: Uint8Array,
  options: {
    readonly chance: Chance;
    readonly mode?: number;
    readonly isExpected?: (bytes: Uint8Array | null) => boolean;
  },
): Promise<'done' | 'stale'> {
  const folder = dirname(path);
  const temporary = await writeTemporary(files, folder, content, options);
  try {
    if (options.isExpected !== undefined) {
      if ((await files.replace(temporary, path, options.isExpected)) === 'stale') {
        await files.remove(temporary);
        return 'stale';
      }
    } else await files.rename(temporary, path);
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(folder);
  return 'done';
}

async function writeTemporary(
  files: Files,
  folder: string,
  content: Uint8Array,
  options: { readonly chance: Chance; readonly mode?: number },
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const path = join(folder, `${temporaryPrefix}${randomName(options.chance)}.tmp`);
    try {
      await files.writeNew(path, content, options.mode);
      return path;
    } catch (error) {
      const taken = isTaken(error);
      // A file that somebody else made stays; what we began goes.
      if (!taken) await files.remove(path).catch(() => undefined);
      if (!taken || tries === 5) throw error;
    }
  }
}

function randomName(chance: Chance): string {
  const part = (): string =>
    Math.floor(chance.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return part() + part();
}

function isTaken(error: unknown): boolean {
  return nodeCode(error) === 'EEXIST';
}
