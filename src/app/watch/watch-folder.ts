/* Events of the content folder, from chokidar; and a second look at what events alone would miss. */
import { nodeCode } from '../../ports/node-error.ts';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { watch as openChokidar, type FSWatcher } from 'chokidar';
import type { WatchedFolder } from '../../engine/watch/watch-ports.ts';
import { isIgnored } from '../../local/names.ts';

export interface FolderOptions {
  /** The content folder, absolute. */
  readonly root: string;
  /** Files elsewhere that matter as much, absolute: the lock file. */
  readonly besides: readonly string[];
  /** Called with every path that is touched, absolute; false where that is no news. */
  readonly isNews?: (path: string) => Promise<boolean>;
}

export type OpenFolder = WatchedFolder &
  AsyncDisposable & {
    /** Takes the files besides for seen as they are now: what a round wrote itself is no news. */
    settle(): Promise<void>;
  };

/**
 * Watches a folder that may be deleted and made again, or not be there yet. Where the system has no more room for
 * events, the folder is polled instead.
 */
export async function watchFolder({ root, besides, isNews }: FolderOptions): Promise<OpenFolder> {
  let call = (): void => undefined;
  let watcher: FSWatcher | null = null;
  let isPolled = false;
  let isBroken = false;
  let identity = await identityOf(root);
  let marks = await marksOf(besides);

  const told = async (path: string): Promise<void> => {
    if (isNews === undefined || (await isNews(path))) call();
  };
  const open = async (): Promise<void> => {
    const isEachFile = isPolled || !tellsOfFiles;
    const opened = openChokidar(root, {
      ignoreInitial: true,
      followSymlinks: false,
      usePolling: isPolled,
      interval: 1000,
      binaryInterval: 3000,
      ignored: (path, stats) =>
        path !== root && (isIgnored(basename(path)) || (!isEachFile && stats?.isFile() === true)),
    });
    watcher = opened;
    opened.on('all', (event, path) => {
      void told(path);
      // What was put into a new folder before it was watched caused no event.
      if (event === 'addDir') setTimeout(() => void told(path), 250).unref();
    });
    if (!isEachFile) {
      opened.on('raw', (_event, name, details: unknown) => {
        const folder = folderOf(details) ?? root;
        if (typeof name !== 'string') void told(folder);
        else if (!isIgnored(basename(name))) void told(join(folder, name));
      });
    }
    opened.on('error', (error) => {
      isPolled ||= /^(ENOSPC|EMFILE)$/.test(nodeCode(error) ?? '');
      isBroken = true;
    });
    await new Promise<void>((ready) => {
      opened.once('ready', ready);
      opened.once('error', () => ready());
    });
  };
  const reopen = async (): Promise<void> => {
    await watcher?.close();
    watcher = null;
    isBroken = false;
    if (identity !== null) await open();
  };
  await reopen();

  return {
    onTouch(touch) {
      call = touch;
    },
    async tend() {
      const found = await identityOf(root);
      if (found !== identity || isBroken) {
        identity = found;
        await reopen();
        call();
      }
      const present = await marksOf(besides);
      if (present === marks) return;
      marks = present;
      call();
    },
    async settle() {
      marks = await marksOf(besides);
    },
    async [Symbol.asyncDispose]() {
      await watcher?.close();
    },
  };
}

/**
 * Where the system reports the files in a watched folder by name. Then only folders are watched: watching ten thousand files
 * one by one takes a hundred megabytes.
 */
const tellsOfFiles = ['linux', 'darwin', 'win32'].includes(process.platform);

/** The watched folder that an event of the system itself came from. */
function folderOf(details: unknown): string | null {
  const isNamed = typeof details === 'object' && details !== null && 'watchedPath' in details;
  return isNamed && typeof details.watchedPath === 'string' ? details.watchedPath : null;
}

/** Another one for a folder that was deleted and made again under the same name. */
async function identityOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeMs}` : null;
  } catch {
    return null;
  }
}

async function marksOf(files: readonly string[]): Promise<string> {
  const marks = await Promise.all(
    files.map(async (file) => {
      try {
        const { ino, size, mtimeMs } = await stat(file);
        return `${ino}:${size}:${mtimeMs}`;
      } catch {
        return '';
      }
    }),
  );
  return marks.join(' ');
}
