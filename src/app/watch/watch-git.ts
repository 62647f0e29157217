import { dirname, join, resolve } from 'node:path';
import type { WatchPause } from '../../engine/watch/watch-ports.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files } from '../../ports/files.ts';

/** What git has under way in a repository that is watched; nothing is asked of git itself. */
export interface WatchedGit {
  /** Why the folder should be left alone for now; null for no reason. */
  busy(): Promise<WatchPause | null>;
  /** Another one after a switch of branches, a rebase, a reset or a stash; the same after a commit. */
  mark(): Promise<string>;
}

/** In the folder of the repository while the operation of that name is under way. */
const underWay: readonly (readonly [string, string])[] = [
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
];

/** Longer than this no command keeps the index locked; a file that a crash left is no reason to wait. */
const longestLock = 30_000;

export async function watchGit(files: Files, clock: Clock, folder: string): Promise<WatchedGit> {
  const git = await findGit(files, folder);
  if (git === null) return { busy: async () => null, mark: async () => '' };
  return {
    async busy() {
      for (const [name, operation] of underWay) {
        if ((await files.stat(join(git, name))) === null) continue;
        return {
          code: 'GIT_BUSY',
          message: `A git ${operation} is under way, so nothing is written for now.`,
          hint: `Watching goes on once the ${operation} has ended.`,
        };
      }
      const lock = await files.stat(join(git, 'index.lock'));
      if (lock === null || clock.now() - lock.modifiedAt > longestLock) return null;
      return {
        code: 'GIT_BUSY',
        message: 'A git command is at work in this folder, so nothing is written for now.',
        hint: 'Watching goes on once it has ended.',
      };
    },
    async mark() {
      const stash = await files.stat(join(git, 'logs', 'refs', 'stash'));
      const moves = (await textOf(files, join(git, 'logs', 'HEAD')))
        .split('\n')
        .filter((line) => line !== '' && !/\tcommit\b/.test(line));
      return [await textOf(files, join(git, 'HEAD')), moves.at(-1) ?? '', stash?.size ?? 0].join('\n');
    },
  };
}

/** The repository's own folder; a work tree has a file in its place, which names it. */
async function findGit(files: Files, folder: string): Promise<string | null> {
  for (let place = folder; ; place = dirname(place)) {
    const path = join(place, '.git');
    const found = await files.stat(path);
    if (found?.kind === 'folder') return path;
    if (found?.kind === 'file') {
      const named = /^gitdir: (.+)$/m.exec(await textOf(files, path))?.[1];
      return named === undefined ? null : resolve(place, named.trim());
    }
    if (dirname(place) === place) return null;
  }
}

async function textOf(files: Files, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await files.read(path));
  } catch {
    return '';
  }
}
