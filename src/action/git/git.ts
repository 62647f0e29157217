import {
  GitFailed,
  gitEnv,
  lastWords,
  pushedOf,
  runGit,
  type GitOptions,
  type Pushed,
  type Ran,
} from './run-git.ts';

/** As much of git as the action needs, in one repository. No branch is ever forced. */
export interface GitWork {
  /** The root of the work tree, absolute; null outside of one. */
  root(): Promise<string | null>;
  /** The commit that is checked out; null where there is none. */
  head(): Promise<string | null>;
  /** Brings the newest commit of a branch of `origin` here; null where there is no such branch. */
  fetch(branch: string): Promise<string | null>;
  /**
   * Brings the history of branches of `origin` here where the clone is a shallow one: without it nothing can be said
   * about who builds on whom.
   */
  deepen(branches: readonly string[]): Promise<void>;
  /** The branch that `origin` has in front; null where it does not tell. */
  defaultBranch(): Promise<string | null>;
  isAncestor(older: string, newer: string): Promise<boolean>;
  /** Moves the checkout forward; false where files that were changed stand in the way. */
  moveForward(commit: string): Promise<boolean>;
  /** Makes a commit of `commit` what counts as checked out; no file is touched. */
  moveHead(commit: string, paths: readonly string[]): Promise<void>;
  /** Paths below those given that differ from the commit that is checked out, relative to the root. */
  changed(paths: readonly string[]): Promise<readonly string[]>;
  /** Puts files back as they are in the commit, and removes what is not in it. */
  putBack(paths: readonly string[]): Promise<void>;
  isIgnored(path: string): Promise<boolean>;
  /** A file as a commit has it; null where it does not. */
  fileAt(commit: string, path: string): Promise<Uint8Array | null>;
  mergeBase(left: string, right: string): Promise<string | null>;
  /** Addresses of those who wrote what one commit holds and another does not, merges left out. */
  authors(commit: string, without: string): Promise<readonly string[]>;
  treeOf(commit: string): Promise<string>;
  /** A commit of what stands below the paths now, on top of a parent; the checkout does not notice. */
  commit(options: CommitOptions): Promise<string>;
  diff(from: string, to: string, paths: readonly string[]): Promise<string>;
  push(commit: string, branch: string, isTrial?: boolean): Promise<Pushed>;
  /** A commit of nothing, which only says something. */
  note(message: string): Promise<string>;
  /** What a ref of `origin` is at; null where it is not there. */
  refAt(ref: string): Promise<string | null>;
  /** Sets a ref of `origin` from what it is known to be at to something else; null stands for not there. */
  swap(ref: string, from: string | null, to: string | null): Promise<'done' | 'taken' | 'refused'>;
}

export interface CommitOptions {
  readonly paths: readonly string[];
  /** What everything else is taken from, and the first parent. */
  readonly onto: string;
  readonly alsoParent: string | null;
  readonly message: string;
  /** A file for git's own use, absolute; it must not be there. */
  readonly scratch: string;
}

export function openGit(options: GitOptions): GitWork {
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    runGit(options.folder, args, { ...gitEnv(options), ...more });
  const must = async (args: readonly string[], more?: Readonly<Record<string, string>>): Promise<string> => {
    const ran = await run(args, more);
    if (ran.code === 0) return ran.out;
    throw new GitFailed(args[0] ?? '', lastWords(ran));
  };
  const has = async (commit: string): Promise<boolean> =>
    (await run(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
  return {
    async root() {
      const { code, out } = await run(['rev-parse', '--show-toplevel']);
      return code === 0 ? out.trim() : null;
    },
    async head() {
      const { code, out } = await run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
      return code === 0 ? out.trim() : null;
    },
    async fetch(branch) {
      const ref = `refs/heads/${branch}`;
      const told = await must(['ls-remote', '--refs', 'origin', ref]);
      const tip = shaOf(told, ref);
      if (tip === null) return null;
      await must(['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', 'origin', ref]);
      // Between the two calls the branch may have gone on.
      return (await has(tip)) ? tip : (await must(['rev-parse', 'FETCH_HEAD'])).trim();
    },
    async deepen(branches) {
      const { out } = await run(['rev-parse', '--is-shallow-repository']);
      if (out.trim() !== 'true') return;
      const refs = branches.map((branch) => `refs/heads/${branch}`);
      await must([
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-recurse-submodules',
        '--deepen=1000',
        'origin',
        ...refs,
      ]);
    },
    async defaultBranch() {
      const { out } = await run(['ls-remote', '--symref', 'origin', 'HEAD']);
      return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(out)?.[1] ?? null;
    },
    isAncestor: async (older, newer) => (await run(['merge-base', '--is-ancestor', older, newer])).code === 0,
    moveForward: async (commit) => (await run(['merge', '--ff-only', '--quiet', commit])).code === 0,
    async moveHead(commit, paths) {
      await must(['reset', '--quiet', '--soft', commit]);
      await must(['reset', '--quiet', '--', ...paths]);
    },
    async changed(paths) {
      const out = await must([
        'status',
        '--porcelain',
        '-z',
        '--no-renames',
        '--untracked-files=all',
        '--',
        ...paths,
      ]);
      return out.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
    },
    async putBack(paths) {
      for (const path of paths) {
        if ((await run(['checkout', '--quiet', 'HEAD', '--', path])).code !== 0)
          await run(['rm', '--quiet', '--cached', '-r', '--ignore-unmatch', '--', path]);
        await must(['clean', '--quiet', '-d', '--force', '--', path]);
      }
    },
    isIgnored: async (path) => (await run(['check-ignore', '--quiet', '--', path])).code === 0,
    async fileAt(commit, path) {
      const { code, bytes } = await runGit(
        options.folder,
        ['cat-file', 'blob', `${commit}:${path}`],
        gitEnv(options),
      );
      return code === 0 ? bytes : null;
    },
    async mergeBase(left, right) {
      const { code, out } = await run(['merge-base', left, right]);
      return code === 0 ? out.trim() : null;
    },
    async authors(commit, without) {
      const out = await must(['log', '--no-merges', '--format=%ae', commit, '--not', without]);
      return [...new Set(out.split('\n').filter((line) => line !== ''))];
    },
    treeOf: async (commit) => (await must(['rev-parse', `${commit}^{tree}`])).trim(),
    async commit({ paths, onto, alsoParent, message, scratch }) {
      const index = { GIT_INDEX_FILE: scratch };
      await must(['read-tree', onto], index);
      await must(['add', '--all', '--', ...paths], index);
      const tree = (await must(['write-tree'], index)).trim();
      const parents = [onto, ...(alsoParent === null ? [] : [alsoParent])].flatMap((one) => ['-p', one]);
      return (await must(['commit-tree', tree, ...parents, '-m', message])).trim();
    },
    diff: (from, to, paths) =>
      must([
        'diff',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        '--find-renames',
        from,
        to,
        '--',
        ...paths,
      ]),
    async push(commit, branch, isTrial = false) {
      const trial = isTrial ? ['--dry-run'] : [];
      const ran = await run([
        'push',
        '--porcelain',
        '--no-verify',
        ...trial,
        'origin',
        `${commit}:refs/heads/${branch}`,
      ]);
      return pushedOf(ran);
    },
    async note(message) {
      const tree = (await must(['hash-object', '-w', '-t', 'tree', '/dev/null'])).trim();
      return (await must(['commit-tree', tree, '-m', message])).trim();
    },
    refAt: async (ref) => shaOf(await must(['ls-remote', '--refs', 'origin', ref]), ref),
    async swap(ref, from, to) {
      const lease = `--force-with-lease=${ref}:${from ?? ''}`;
      const ran = await run(['push', '--porcelain', '--no-verify', lease, 'origin', `${to ?? ''}:${ref}`]);
      const pushed = pushedOf(ran);
      return pushed.push === 'done' ? 'done' : pushed.push === 'raced' ? 'taken' : 'refused';
    },
  };
}

/** What `ls-remote` says of a ref; null where it is not there. */
function shaOf(told: string, ref: string): string | null {
  const line = told.split('\n').find((one) => one.endsWith(`\t${ref}`));
  return line?.split('\t')[0] ?? null;
}
