/* The one way to git. A folder that somebody else filled may hold what looks like a repository: git is never asked where it is. */
import { execFile } from 'node:child_process';
import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { findProgram, ownFolders } from './find-program.ts';

/** A repository that was found by its `.git`, which no commit can hold; both paths are absolute. */
export interface Repository {
  readonly workTree: string;
  readonly gitDir: string;
}

/** How a call of git ended. */
export interface Ran {
  /** Null where git could not be started or was stopped. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** What `out` is made of. */
  readonly bytes: Uint8Array;
}

export interface GitCall {
  /** Null for what needs none, such as `--version`. */
  readonly repository: Repository | null;
  readonly args: readonly string[];
  /** Where paths count from, absolute and inside the work tree, which is the default. */
  readonly folder?: string;
  /** This process's own environment; git sees only what it needs of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Set beyond that, such as `GIT_INDEX_FILE`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Settings of git; they go by the environment, where no other user of the machine reads them. */
  readonly settings?: readonly (readonly [key: string, value: string])[];
  /** By which git may reach other repositories, such as `https`; by default it reaches none. */
  readonly protocols?: readonly string[];
  /** Milliseconds; a minute by default. */
  readonly timeout?: number;
}

/**
 * Calls git in a repository that is named, so that nothing in the folder can stand for another one: without a shell, a
 * pager, hooks, monitors or questions, with a small environment, and with paths taken as names, never as patterns.
 *
 * Call only what runs no filter where the folder is not to be trusted. Never throws.
 */
export function runGit(call: GitCall): Promise<Ran> {
  const { repository, args, folder, timeout = 60_000 } = call;
  const place =
    repository === null ? [] : [`--git-dir=${repository.gitDir}`, `--work-tree=${repository.workTree}`];
  const cwd = folder ?? repository?.workTree;
  const options = {
    ...(cwd === undefined ? {} : { cwd }),
    env: gitEnvironment(call),
    timeout,
    maxBuffer: 256 * 1024 * 1024,
    windowsHide: true,
  };
  const git = findProgram('git', call.env);
  if (git === null)
    return Promise.resolve({ code: null, out: '', err: 'git is not in PATH', bytes: new Uint8Array() });
  return new Promise((done) => {
    execFile(
      git,
      ['--no-pager', ...place, ...wall, ...args],
      { ...options, encoding: 'buffer' },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        done({ code, out: out.toString('utf8'), err: err.toString('utf8'), bytes: out });
      },
    );
  });
}

/** The repository that a folder lies in, found without git; null where there is none. */
export function repositoryAround(folder: string): Repository | null {
  for (let place = resolve(folder); ; place = dirname(place)) {
    const gitDir = gitDirAt(place);
    if (gitDir !== null) return { workTree: place, gitDir };
    if (dirname(place) === place) return null;
  }
}

/** Whether git itself works in a repository for this user; it does not where somebody else owns it. */
export async function isTrusted(repository: Repository, env: GitCall['env']): Promise<boolean> {
  const args = ['rev-parse', '--absolute-git-dir'];
  const { code, out } = await runGit({ repository: null, folder: repository.workTree, args, env });
  return code === 0 && isSamePlace(out.trim(), repository.gitDir);
}

const wall: readonly string[] = [
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', ''],
  ['core.hooksPath', '/dev/null'],
  ['core.askPass', ''],
  ['core.quotePath', 'false'],
  ['submodule.recurse', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/** What git needs of an environment: programs, people's settings, temporary files, and the way out. */
const needed: ReadonlySet<string> = new Set([
  ...['PATH', 'PATHEXT', 'SYSTEMROOT', 'WINDIR', 'COMSPEC', 'PROGRAMDATA', 'GIT_EXEC_PATH'],
  ...['HOME', 'HOMEDRIVE', 'HOMEPATH', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'XDG_CONFIG_HOME'],
  ...['USER', 'LOGNAME', 'USERNAME', 'SUDO_UID', 'TEMP', 'TMP', 'TMPDIR'],
  ...['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'],
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'],
]);

function gitEnvironment({
  args,
  env,
  settings = [],
  variables = {},
  protocols = [],
}: GitCall): Record<string, string | undefined> {
  const given = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const isKept = (name: string): boolean =>
    needed.has(name.toUpperCase()) || /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name);
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name))),
    ...pathOf(env),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${given + index}`, key],
        [`GIT_CONFIG_VALUE_${given + index}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(given + settings.length),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // `check-ignore` takes names anyway, and refuses the flag that says so.
    ...(args[0] === 'check-ignore' ? {} : { GIT_LITERAL_PATHSPECS: '1' }),
    GIT_EDITOR: 'true',
    // Stands above any `protocol.*.allow` of a repository; an empty list allows none.
    GIT_ALLOW_PROTOCOL: protocols.join(':'),
    ...(protocols.length === 0 ? { GIT_NO_LAZY_FETCH: '1' } : {}),
    LC_ALL: 'C',
    ...variables,
  };
}

/** Git starts programs of its own, and looks for them where it was found. */
const pathOf = (env: GitCall['env']): Record<string, string> =>
  Object.fromEntries(
    Object.keys(env)
      .filter((name) => name.toUpperCase() === 'PATH')
      .map((name) => [name, ownFolders(env).join(delimiter)] as const),
  );

/** The folder of the repository whose work tree begins here; a linked work tree and a submodule have a file that names it. */
function gitDirAt(place: string): string | null {
  const path = join(place, '.git');
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (!stats.isFile()) return statSync(path).isDirectory() ? path : null;
    const named = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1]?.trim();
    return named === undefined ? null : resolve(place, named);
  } catch {
    return null;
  }
}

function isSamePlace(left: string, right: string): boolean {
  try {
    return realpathSync(left) === realpathSync(right);
  } catch {
    return false;
  }
}
