import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { basicOf } from './secrets.ts';

/** What became of a push. */
export type Pushed =
  | { readonly push: 'done' }
  /** Somebody else was faster: the branch holds commits that this one does not build on. */
  | { readonly push: 'raced' }
  /** The branch is protected, or a rule of the repository says no. */
  | { readonly push: 'protected'; readonly said: string }
  | { readonly push: 'failed'; readonly said: string };

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

export interface GitOptions {
  /** Where git works, absolute. */
  readonly folder: string;
  /** Above it, absolute: what git may take for a repository although somebody else owns it, as in a container. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly serverUrl: string;
  readonly githubToken: string | null;
}

/** Whom commits of the action are by: GitHub shows this address as its own bot. */
export const botName = 'github-actions[bot]';
export const botMail = '41898282+github-actions[bot]@users.noreply.github.com';

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

/** A call of git that should have gone well; `said` are its own last words. */
export class GitFailed extends Error {
  readonly said: string;

  constructor(command: string, said: string) {
    super(`git ${command} failed: ${said}`);
    this.said = said;
  }
}

/** What became of a push, from what git prints with `--porcelain`. */
export function pushedOf(ran: Pick<Ran, 'code' | 'out' | 'err'>): Pushed {
  if (ran.code === 0) return { push: 'done' };
  const text = `${ran.out}\n${ran.err}`;
  if (/\[rejected\]/.test(text)) return { push: 'raced' };
  if (
    /\[remote rejected\][^\n]*(?:lock ref|failed to (?:update|lock)|incorrect old value|but expected)/.test(
      text,
    )
  )
    return { push: 'raced' };
  const said = lastWords(ran);
  return /\[remote rejected\]/.test(text) ? { push: 'protected', said } : { push: 'failed', said };
}

interface Ran {
  /** Null where git could not be started or was stopped. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly bytes: Uint8Array;
}

/** No hooks, helpers or editors that a repository may name, no questions, and the token only for GitHub itself. */
function gitEnv({
  folder,
  workspace,
  env,
  serverUrl,
  githubToken,
}: GitOptions): Record<string, string | undefined> {
  const header = `http.${serverUrl}/.extraheader`;
  const settings: readonly (readonly [string, string])[] = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.quotePath', 'false'],
    ['commit.gpgSign', 'false'],
    ['gc.auto', '0'],
    ...foldersUpTo(workspace, folder).map((one) => ['safe.directory', one] as const),
    // The first, empty one takes away what a checkout left there; two of them would be refused.
    ...(githubToken === null
      ? []
      : ([
          [header, ''],
          [header, `AUTHORIZATION: basic ${basicOf(githubToken)}`],
        ] as const)),
  ];
  const before = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const added = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${before + index}`, key] as const,
    [`GIT_CONFIG_VALUE_${before + index}`, value] as const,
  ]);
  // What the workflow handed to the action is none of git's business.
  const inherited = Object.entries(env).filter(([name]) => !name.startsWith('INPUT_'));
  return {
    ...Object.fromEntries(inherited),
    ...Object.fromEntries(added),
    GIT_CONFIG_COUNT: String(before + settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    GIT_AUTHOR_NAME: botName,
    GIT_AUTHOR_EMAIL: botMail,
    GIT_COMMITTER_NAME: botName,
    GIT_COMMITTER_EMAIL: botMail,
    LC_ALL: 'C',
  };
}

/** A folder and those above it, up to another one. */
function foldersUpTo(top: string, folder: string): readonly string[] {
  const above = dirname(folder);
  return folder === top || above === folder || !folder.startsWith(top)
    ? [folder]
    : [folder, ...foldersUpTo(top, above)];
}

function runGit(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  return new Promise((done) => {
    const options = {
      cwd: folder,
      env: { ...env },
      timeout: 600_000,
      maxBuffer: 256 * 1024 * 1024,
      windowsHide: true,
    };
    execFile('git', [...args], { ...options, encoding: 'buffer' }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      done({ code, out: out.toString('utf8'), err: err.toString('utf8'), bytes: out });
    });
  });
}

/** What git said for people, on one line; hints of several lines come from the server. */
function lastWords({ out, err }: Pick<Ran, 'out' | 'err'>): string {
  const lines = `${err}\n${out}`
    .split('\n')
    .map((line) => line.replace(/^(?:remote: |error: |fatal: |hint: )+/, '').trim())
    .filter((line) => line !== '' && !/^(?:To |Done$|=\t|\*\t)/.test(line));
  return lines.join(' · ').slice(0, 600);
}
