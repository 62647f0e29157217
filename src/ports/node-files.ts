import { nodeCode } from './node-error.ts';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, mkdir, open, realpath, rename, rmdir, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { FileKind, Files } from './files.ts';
import { replaceLookedAt } from './node-replace.ts';

/**
 * The machine's own disk. What the port says is flushed has been through fsync.
 *
 * What is only looked at is read without Node's pool of threads: for ten thousand small files, which the system holds
 * in memory, the way there and back costs five times as much as the reading.
 */
export const nodeFiles: Files = {
  list: async (folder) => {
    await breathe();
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  },
  stat: async (path) => {
    await breathe();
    const stats = statOf(path);
    if (stats === null) return null;
    const identity = { changedAt: stats.ctimeMs, inode: stats.ino };
    return { kind: kindOf(stats), size: stats.size, modifiedAt: stats.mtimeMs, identity };
  },
  read: async (path) => {
    await breathe();
    return readNow(path);
  },
  readNow,
  writeNew: async (path, content, mode) => {
    const handle = await open(path, 'wx', mode ?? 0o666);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } catch (error) {
      await handle.close().catch(() => undefined);
      await unlink(path).catch(() => undefined);
      throw error;
    }
    await handle.close();
  },
  append: async (path, content) => {
    await refuseLink(path);
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | noFollow | noBlock;
    const before = await withOpen(path, flags, async (handle) => {
      const stats = await handle.stat();
      refuseOddFile(stats, path);
      const { size } = stats;
      try {
        await handle.writeFile(content);
        await handle.sync();
      } catch (error) {
        // Half a record is worse than none: the file goes back to the length it had.
        await handle.truncate(size).catch(() => undefined);
        throw error;
      }
      return size;
    });
    if (before === 0) await nodeFiles.syncFolder(dirname(path));
  },
  rename: (from, to) => patiently(() => rename(from, to)),
  replace: (from, to, isExpected) =>
    patiently(() => replaceLookedAt(from, to, isExpected, (folder) => nodeFiles.syncFolder(folder))),
  remove: async (path) => {
    await unlessMissing(patiently(() => unlink(path)));
  },
  removeFolder: (path) => rmdir(path),
  makeFolder: async (path, mode) => {
    const first = await mkdir(path, { recursive: true, ...(mode === undefined ? {} : { mode }) });
    if (first === undefined) return;
    for (let at = resolve(path); ; at = dirname(at)) {
      await nodeFiles.syncFolder(dirname(at)).catch((error: unknown) => {
        // One may be allowed to make something in a folder that one may not read.
        if (!hasCode(error, ['EACCES'])) throw error;
      });
      if (at === resolve(first) || at === dirname(at)) return;
    }
  },
  syncFolder: async (path) => {
    try {
      await withOpen(path, constants.O_RDONLY, (handle) => handle.sync());
    } catch (error) {
      // Windows, and some network drives, cannot flush a folder; a rename there is as safe as they make it.
      if (!hasCode(error, unsyncable)) throw error;
    }
  },
  realPath: (path) => realpath(path),
};

function readNow(path: string): Uint8Array {
  if (onWindows) refuseLinkThere(statOf(path), path);
  const descriptor = openSync(path, constants.O_RDONLY | noFollow | noBlock);
  try {
    refuseOddFile(fstatSync(descriptor), path);
    return new Uint8Array(readFileSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

const onWindows = process.platform === 'win32';

// Windows knows neither flag; there `refuseLink` alone keeps links out.
const noFollow: number = onWindows ? 0 : constants.O_NOFOLLOW;
/** Without it, opening a named pipe would wait for somebody to write into it. */
const noBlock: number = onWindows ? 0 : constants.O_NONBLOCK;

const unsyncable = onWindows
  ? ['EPERM', 'EINVAL', 'EISDIR', 'EACCES', 'EBADF', 'ENOTSUP']
  : ['EINVAL', 'ENOTSUP'];

async function withOpen<Value>(
  path: string,
  flags: number,
  use: (handle: FileHandle) => Promise<Value>,
): Promise<Value> {
  const handle = await open(path, flags, 0o600);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
}

async function refuseLink(path: string): Promise<void> {
  if (!onWindows) return;
  refuseLinkThere(await unlessMissing(lstat(path)), path);
}

function refuseLinkThere(stats: Stats | null, path: string): void {
  if (stats?.isSymbolicLink() === true) throw errorWith('ELOOP', `a symbolic link is in the way: ${path}`);
}

function refuseOddFile(stats: Stats, path: string): void {
  if (stats.isDirectory()) throw errorWith('EISDIR', `a folder is in the way: ${path}`);
  if (!stats.isFile()) throw errorWith('EINVAL', `not a plain file: ${path}`);
}

/** Null where there is nothing at the path. */
function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (hasCode(error, ['ENOENT', 'ENOTDIR'])) return null;
    throw error;
  }
}

/** As long as a reading may keep everything else waiting, such as answers and Ctrl-C; milliseconds. */
const longestTurn = 10;
let turnBegan = 0;

/** Lets everything else have its turn, now and then. */
async function breathe(): Promise<void> {
  if (performance.now() - turnBegan < longestTurn) return;
  await turn();
  turnBegan = performance.now();
}

/** Null where there is nothing at the path. */
async function unlessMissing<Value>(step: Promise<Value>): Promise<Value | null> {
  try {
    return await step;
  } catch (error) {
    if (hasCode(error, ['ENOENT', 'ENOTDIR'])) return null;
    throw error;
  }
}

/** On Windows a virus scanner or an editor may hold a file for a moment; up to ten seconds are given to it. */
async function patiently<Value>(step: () => Promise<Value>): Promise<Value> {
  const waits = onWindows ? [10, 50, 100, 250, 500, 1000, 2000, 3000, 3000] : [];
  for (const milliseconds of waits) {
    try {
      return await step();
    } catch (error) {
      if (!hasCode(error, ['EPERM', 'EBUSY', 'EACCES'])) throw error;
      await wait(milliseconds);
    }
  }
  return step();
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return codes.includes(nodeCode(error) ?? '');
}

function errorWith(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}
