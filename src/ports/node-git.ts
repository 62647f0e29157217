import { existsSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { changedSince, filesOfRepository, historyOf, lastChangesOf } from './git-history.ts';
import type { FolderInGit, Git, LeftOut } from './git.ts';
import { askGit } from './ask-git.ts';
import { isTrusted, repositoryAround, runGit, type Ran, type Repository } from './run-git.ts';

/** The git of this machine. */
export const nodeGit: Git = {
  look: async (folder) => {
    try {
      return await lookAt(realpathSync(folder));
    } catch {
      // The folder is gone: whoever reads it says so.
      return null;
    }
  },
  async committed(folder) {
    const ran = await askGit(folder, ['ls-tree', '-r', '-z', 'HEAD', '--', '.']);
    return new Set([...(ran?.out ?? '').matchAll(/ blob ([0-9a-f]{40,})\t/g)].map(([, name = '']) => name));
  },
  async textOf(folder, name) {
    const ran = await askGit(folder, ['cat-file', 'blob', `HEAD:./${name}`]);
    return ran?.code === 0 ? ran.out : null;
  },
  history: historyOf,
  lastChanges: lastChangesOf,
  async textAt(folder, commit, name) {
    const ran = await askGit(folder, ['cat-file', 'blob', `${commit}:./${name}`]);
    return ran?.code === 0 ? ran.bytes : null;
  },
  changedSince,
  repository: filesOfRepository,
  async version() {
    const { code, out } = await runGit({ repository: null, args: ['--version'], env: process.env });
    return code === 0 ? (/\d+(?:\.\d+)+/.exec(out)?.[0] ?? null) : null;
  },
  async isRepository(folder) {
    const repository = repositoryAround(folder);
    return repository !== null && isTrusted(repository, process.env);
  },
  async ignores(folder, path) {
    const code = (await askGit(folder, ['check-ignore', '--quiet', '--', path]))?.code;
    return code === 0 ? true : code === 1 ? false : null;
  },
  async tracked(folder, path) {
    const ran = await askGit(folder, ['ls-files', '-z', '--', path]);
    return (ran?.out ?? '').split('\0').filter((name) => name !== '');
  },
};

/**
 * Reads the index and the rules of what is ignored, two calls for a folder of any size. No file is opened for it and no
 * setting of the repository can make these calls run anything, so it need not belong to this user.
 */
async function lookAt(folder: string): Promise<FolderInGit | null> {
  const repository = repositoryAround(folder);
  if (repository === null) return null;
  const [index, others] = await Promise.all([
    indexOf(repository, folder),
    runGit({
      repository,
      args: ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory', '--', folder],
      env: process.env,
    }),
  ]);
  if (index === null) return null;
  const own = pathBelow(repository.workTree, folder);
  const below = (path: string): readonly string[] =>
    own === '' ? [path] : path.startsWith(`${own}/`) ? [path.slice(own.length + 1)] : [];
  const leftOut: LeftOut[] = [];
  const ignored = others.code === 0 ? others.out.split('\0').filter((path) => path !== '') : [];
  // Where the whole folder is ignored, whoever named it for content knows better than a rule for everything else.
  const isIgnored = ignored.some((path) => `${own}/`.startsWith(path.endsWith('/') ? path : `${path}/`));
  let isMissing = false;
  const within: string[] = [];
  for (const entry of index) {
    if (entry.mode === '160000') {
      if (entry.path === own) isMissing = true;
      else if (existsSync(join(repository.workTree, entry.path, '.git'))) within.push(entry.path);
      else leftOut.push(...below(`${entry.path}/`).map((path) => ({ path, why: 'submodule' as const })));
    } else if (entry.why !== null) {
      const { why } = entry;
      leftOut.push(...below(entry.path).map((path) => ({ path, why })));
    }
  }
  const found = { leftOut, ignored: isIgnored ? [] : ignored.flatMap(below), isMissing };
  const inner = await Promise.all(
    within.map(async (path) => [path, await lookAt(join(repository.workTree, path))] as const),
  );
  return inner.reduce<FolderInGit>((all, [at, one]) => {
    const [prefix] = below(at);
    if (one === null || prefix === undefined) return all;
    return {
      ...all,
      leftOut: [...all.leftOut, ...one.leftOut.map((left) => ({ ...left, path: `${prefix}/${left.path}` }))],
      ignored: [...all.ignored, ...one.ignored.map((path) => `${prefix}/${path}`)],
    };
  }, found);
}

interface IndexEntry {
  /** From the top of the work tree; that of a folder outside of a sparse checkout ends in `/`. */
  readonly path: string;
  readonly mode: string;
  readonly why: LeftOut['why'] | null;
}

/** Null where git does not tell. */
async function indexOf(repository: Repository, folder: string): Promise<readonly IndexEntry[] | null> {
  const list = (...more: string[]): Promise<Ran> =>
    runGit({
      repository,
      args: ['ls-files', '-z', '-v', '--stage', ...more, '--', folder],
      env: process.env,
    });
  // An index that leaves out whole folders is not filled up for it, which might need what was never fetched.
  let ran = await list('--sparse');
  if (ran.code !== 0) ran = await list();
  if (ran.code !== 0) return null;
  return ran.out.split('\0').flatMap((line): IndexEntry[] => {
    const [, tag = '', mode = '', hash = '', stage = '', path = ''] =
      /^(\S) (\d+) ([0-9a-f]+) (\d)\t([^]*)$/.exec(line) ?? [];
    if (path === '') return [];
    const isLeft = tag === 'S' || tag !== tag.toUpperCase();
    const isUnfinished = stage !== '0' || nothingYet.has(hash);
    return [{ path, mode, why: isLeft ? 'sparse' : isUnfinished ? 'unfinished' : null }];
  });
}

/** What git notes for a file of which it has no content yet, in repositories of either kind. */
const nothingYet: ReadonlySet<string> = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
]);

const pathBelow = (top: string, folder: string): string =>
  relative(realpathSync(top), folder).split('\\').join('/');
