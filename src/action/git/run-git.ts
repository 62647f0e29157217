import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { basicOf } from './secrets.ts';

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

/** What git said and how it ended. */
export interface Ran {
  /** Null where git could not be started or was stopped. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly bytes: Uint8Array;
}

/** No hooks, helpers or editors that a repository may name, no questions, and the token only for GitHub itself. */
export function gitEnv({
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

export function runGit(
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
export function lastWords({ out, err }: Pick<Ran, 'out' | 'err'>): string {
  const lines = `${err}\n${out}`
    .split('\n')
    .map((line) => line.replace(/^(?:remote: |error: |fatal: |hint: )+/, '').trim())
    .filter((line) => line !== '' && !/^(?:To |Done$|=\t|\*\t)/.test(line));
  return lines.join(' · ').slice(0, 600);
}

/** What became of a push. */
export type Pushed =
  | { readonly push: 'done' }
  /** Somebody else was faster: the branch holds commits that this one does not build on. */
  | { readonly push: 'raced' }
  /** The branch is protected, or a rule of the repository says no. */
  | { readonly push: 'protected'; readonly said: string }
  | { readonly push: 'failed'; readonly said: string };

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

/** A call of git that should have gone well; `said` are its own last words. */
export class GitFailed extends Error {
  readonly said: string;

  constructor(command: string, said: string) {
    super(`git ${command} failed: ${said}`);
    this.said = said;
  }
}
