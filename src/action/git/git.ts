import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Ran } from '../../ports/run-git.ts';
import { openCheckout, type Checkout, type GitOptions } from './checkout.ts';
import { compareWith, type Difference } from './compare.ts';
import { GitFailed, lastWords, pushedOf, type Pushed } from './said.ts';

/**
 * As much of git as the action needs, in the repository of the workspace. No branch is ever forced, and nothing that
 * the checkout names is run: see `checkout.ts`.
 */
export interface GitWork {
  /** The commit that is checked out; null where there is none. */
  head(): Promise<string | null>;
  /** Brings the newest commit of a branch of `origin` here; null where there is no such branch. */
  fetch(branch: string): Promise<string | null>;
  /** Brings one commit here, without its history; false where `origin` does not give it. */
  fetchCommit(commit: string): Promise<boolean>;
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
  moveHead(commit: string): Promise<void>;
  /** Paths below those given that differ from the commit that is checked out, relative to the root. */
  changed(paths: readonly string[]): Promise<readonly string[]>;
  /** Every path of the commit that is checked out, from the folder of the project and below it. */
  tracked(): Promise<readonly string[]>;
  /** Why what is below the paths is not what the commit that is checked out says; null where it is, and outside of a repository. */
  difference(paths: readonly string[], isContent: (path: string) => boolean): Promise<Difference | null>;
  /** Puts files back as they are in the commit, and removes what is not in it. */
  putBack(paths: readonly string[]): Promise<void>;
  /** A file as a commit has it, by its path from the folder of the project; null where it does not. */
  fileAt(commit: string, path: string): Promise<Uint8Array | null>;
  mergeBase(left: string, right: string): Promise<string | null>;
  /** Who wrote what one commit holds and another does not, merges left out, and what they said of it. */
  written(
    commit: string,
    without: string,
  ): Promise<readonly { readonly mail: string; readonly message: string }[]>;
  treeOf(commit: string): Promise<string>;
  /** A commit of what is below the paths now, on top of a parent; the checkout does not notice. */
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
}

export function openGit(options: GitOptions): GitWork {
  let opened: Promise<Checkout | null> | null = null;
  const checkout = (): Promise<Checkout | null> => (opened ??= openCheckout(options));
  const here = async (): Promise<Checkout> => {
    const found = await checkout();
    if (found !== null) return found;
    throw new GitFailed('rev-parse', 'the workspace holds no repository');
  };
  const run = async (args: readonly string[], more: Parameters<Checkout['run']>[1] = {}): Promise<Ran> =>
    (await here()).run(args, more);
  const must = async (args: readonly string[], more: Parameters<Checkout['run']>[1] = {}): Promise<string> =>
    outOf(args, await run(args, more));
  /** `origin` stands for its address. */
  const talk = async (args: readonly string[]): Promise<Ran> => {
    const { origin, talk: send } = await here();
    if (origin === null)
      throw new GitFailed(args[0] ?? '', 'the checkout names no repository on GitHub that it came from');
    return send(args.map((one) => (one === 'origin' ? origin.address : one)));
  };
  const ask = async (args: readonly string[]): Promise<string> => outOf(args, await talk(args));
  const has = async (commit: string): Promise<boolean> =>
    (await run(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
  let head: string | null | undefined;
  /** Paths come from the root of the work tree; a command line takes so many at once. */
  const each = async (paths: readonly string[], args: readonly string[], variables = {}): Promise<void> => {
    const { root } = await here();
    for (let at = 0; at < paths.length; at += 200)
      await must([...args, '--', ...paths.slice(at, at + 200)], { folder: root, variables });
  };
  const work: GitWork = {
    async head() {
      return (head ??= (await checkout())?.head ?? null);
    },
    async fetch(branch) {
      const ref = `refs/heads/${branch}`;
      const tip = shaOf(await ask(['ls-remote', '--refs', 'origin', ref]), ref);
      if (tip === null || tip === (await work.head())) return tip;
      await ask([...fetchArgs, 'origin', ref]);
      // Between the two calls the branch may have gone on.
      return (await has(tip)) ? tip : (await must(['rev-parse', 'FETCH_HEAD'])).trim();
    },
    async fetchCommit(commit) {
      if (await has(commit)) return true;
      return (await talk([...fetchArgs, '--depth=1', 'origin', commit])).code === 0;
    },
    async deepen(branches) {
      const { out } = await run(['rev-parse', '--is-shallow-repository']);
      if (out.trim() !== 'true') return;
      await ask([
        ...fetchArgs,
        '--deepen=1000',
        'origin',
        ...branches.map((branch) => `refs/heads/${branch}`),
      ]);
    },
    async defaultBranch() {
      if (((await checkout())?.origin ?? null) === null) return null;
      const { out } = await talk(['ls-remote', '--symref', 'origin', 'HEAD']);
      return /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(out)?.[1] ?? null;
    },
    isAncestor: async (older, newer) => (await run(['merge-base', '--is-ancestor', older, newer])).code === 0,
    async moveForward(commit) {
      const { root, settle } = await here();
      if ((await run(['merge', '--ff-only', '--quiet', commit], { folder: root })).code !== 0) return false;
      head = commit;
      await settle(commit);
      return true;
    },
    async moveHead(commit) {
      const { root } = await here();
      await must(['reset', '--mixed', commit], { folder: root });
      head = commit;
      await (await here()).settle(commit);
    },
    async changed(paths) {
      const out = await must([
        'status',
        '--porcelain',
        '-z',
        '--no-renames',
        '--untracked-files=all',
        '--ignore-submodules=all',
        '--',
        ...paths,
      ]);
      return out.split('\0').flatMap((line) => (line === '' ? [] : [line.slice(3)]));
    },
    async tracked() {
      if ((await checkout()) === null) return [];
      return (await must(['ls-files', '-z'])).split('\0').filter((path) => path !== '');
    },
    async difference(paths, isContent) {
      const [found, commit] = [await checkout(), await work.head()];
      return found === null || commit === null ? null : compareWith(found, commit, paths, isContent, options);
    },
    async putBack(paths) {
      const { root } = await here();
      for (const path of await work.changed(paths)) {
        if ((await run(['checkout', '--quiet', 'HEAD', '--', path], { folder: root })).code !== 0)
          await run(['rm', '--quiet', '--cached', '-r', '--ignore-unmatch', '--', path], { folder: root });
        await must(['clean', '--quiet', '-d', '--force', '--', path], { folder: root });
      }
    },
    async fileAt(commit, path) {
      const { code, bytes } = await run(['cat-file', 'blob', `${commit}:./${path}`]);
      return code === 0 ? bytes : null;
    },
    async mergeBase(left, right) {
      const { code, out } = await run(['merge-base', left, right]);
      return code === 0 ? out.trim() : null;
    },
    async written(commit, without) {
      const out = await must(['log', '-z', '--no-merges', '--format=%ae%n%B', commit, '--not', without]);
      return out.split('\0').flatMap((one) => {
        const end = one.indexOf('\n');
        return end === -1 ? [] : [{ mail: one.slice(0, end), message: one.slice(end + 1) }];
      });
    },
    treeOf: async (commit) => (await must(['rev-parse', `${commit}^{tree}`])).trim(),
    async commit({ paths, onto, alsoParent, message }) {
      const { gitDir } = await here();
      const { files } = options;
      const file = join(gitDir, 'scratch-index');
      const index = { GIT_INDEX_FILE: file };
      const changed = await work.changed(paths);
      await files.remove(file);
      if (onto === (await work.head())) await files.writeNew(file, await files.read(join(gitDir, 'index')));
      else await must(['read-tree', onto], { variables: index });
      await each(changed, ['add', '--all'], index);
      const tree = (await must(['write-tree'], { variables: index })).trim();
      await files.remove(file);
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
      return pushedOf(await talk([...pushArgs, ...trial, 'origin', `${commit}:refs/heads/${branch}`]));
    },
    async note(message) {
      return (await must(['commit-tree', emptyTree((await work.head()) ?? ''), '-m', message])).trim();
    },
    refAt: async (ref) => shaOf(await ask(['ls-remote', '--refs', 'origin', ref]), ref),
    async swap(ref, from, to) {
      const lease = `--force-with-lease=${ref}:${from ?? ''}`;
      const pushed = pushedOf(await talk([...pushArgs, lease, 'origin', `${to ?? ''}:${ref}`]));
      return pushed.push === 'done' ? 'done' : pushed.push === 'raced' ? 'taken' : 'refused';
    },
  };
  return work;
}

/** Git knows the folder of nothing by its name, of either kind, without having it. */
const emptyTree = (anyId: string): string =>
  createHash(anyId.length > 40 ? 'sha256' : 'sha1')
    .update('tree 0\0')
    .digest('hex');

const fetchArgs = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules'] as const;
const pushArgs = ['push', '--porcelain', '--no-verify'] as const;

function outOf(args: readonly string[], ran: Ran): string {
  if (ran.code === 0) return ran.out;
  throw new GitFailed(args[0] ?? '', lastWords(ran));
}

/** What `ls-remote` says of a ref; null where it is not there. */
function shaOf(told: string, ref: string): string | null {
  const line = told.split('\n').find((one) => one.endsWith(`\t${ref}`));
  return line?.split('\t')[0] ?? null;
}
