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

/** A stash that was made since the watch began, and what it took back is still away. */
const stashed: WatchPause = {
  code: 'GIT_STASHED',
  message: 'Work was put away with git stash, so nothing is written for now.',
  hint: 'Watching goes on after "git stash pop" or "git stash drop", or after a commit.',
};

/** Longer than this no command keeps the index locked; a file that a crash left is no reason to wait. */
const longestLock = 30_000;

export async function watchGit(files: Files, clock: Clock, folder: string): Promise<WatchedGit> {
  const git = await findGit(files, folder);
  if (git === null) return { busy: async () => null, mark: async () => '' };
  const stashes = await openStashes(files, git);
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
      const isLocked = lock !== null && clock.now() - lock.modifiedAt <= longestLock;
      if (!isLocked) return (await stashes.isOpen()) ? stashed : null;
      return {
        code: 'GIT_BUSY',
        message: 'A git command is at work in this folder, so nothing is written for now.',
        hint: 'Watching goes on once it has ended.',
      };
    },
    async mark() {
      const moves = (await textOf(files, join(git, 'logs', 'HEAD')))
        .split('\n')
        .filter((line) => line !== '' && !/\tcommit\b/.test(line));
      return [await textOf(files, join(git, 'HEAD')), moves.at(-1) ?? '', ...(await stashes.all())].join(
        '\n',
      );
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

interface Stashes {
  /** One line for each. */
  all(): Promise<readonly string[]>;
  /** Whether one was made on this branch since the watch began, is still there, and no commit came after it. */
  isOpen(): Promise<boolean>;
}

/**
 * The stashes of a repository, by its log of them. Git writes it before it puts a file back, so nobody reads a folder
 * half put back without its being told here.
 */
async function openStashes(files: Files, git: string): Promise<Stashes> {
  const shared = (await textOf(files, join(git, 'commondir'))).trim();
  const log = join(resolve(git, shared), 'logs', 'refs', 'stash');
  const all = async (): Promise<readonly string[]> =>
    (await textOf(files, log)).split('\n').filter((line) => line !== '');
  const before = new Set(await all());
  return {
    all,
    async isOpen() {
      const since = (await all()).filter((line) => !before.has(line));
      if (since.length === 0) return false;
      // Work trees share their stashes, and no two of them are on one branch.
      const branch = /^ref: refs\/heads\/(.+)$/m.exec(await textOf(files, join(git, 'HEAD')))?.[1];
      const own = since.filter((line) => {
        const on = /\t(?:WIP on|On) (.+?): /.exec(line)?.[1];
        return on === undefined || branch === undefined || on === branch;
      });
      const commits = (await textOf(files, join(git, 'logs', 'HEAD')))
        .split('\n')
        .filter((line) => /\tcommit\b/.test(line));
      return own.some((line) => secondOf(line) >= secondOf(commits.at(-1) ?? ''));
    },
  };
}

/** When a line of one of git's logs was written, in seconds since 1970. */
const secondOf = (line: string): number => Number(/> (\d+) [+-]\d{4}\t/.exec(line)?.[1] ?? 0);

async function textOf(files: Files, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await files.read(path));
  } catch {
    return '';
  }
}
