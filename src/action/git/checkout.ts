/*
 * The checkout of a job, and the wall around it. What was checked out, a step before, or a former job on the same
 * machine may have left settings, hooks and filters where git looks for them. So git never works in the repository
 * of the checkout: it works in one of our own, with our own settings, which borrows the objects and the files.
 */
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Chance } from '../../ports/chance.ts';
import type { Files } from '../../ports/files.ts';
import { replaceFile } from '../../ports/atomic.ts';
import { repositoryAround, runGit, type Ran, type Repository } from '../../ports/run-git.ts';
import { wayWithin } from '../../ports/within.ts';
import { originOf, type Origin } from './origin.ts';
import { basicOf } from './secrets.ts';

export interface GitOptions {
  /** The folder of the project, absolute; paths count from it. */
  readonly folder: string;
  /** Where the runner checks out, absolute; the repository is the outermost one on the way from there to the project. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly serverUrl: string;
  readonly githubToken: string | null;
  /** A folder for what is only needed meanwhile, absolute. */
  readonly temporary: string;
  readonly files: Files;
  readonly chance: Chance;
}

export interface Checkout {
  /** The root of the work tree, absolute. */
  readonly root: string;
  /** Where the objects are: of a linked work tree, those of the repository that it is linked to. */
  readonly common: string;
  /** The repository of our own. */
  readonly gitDir: string;
  readonly origin: Origin | null;
  readonly isSparse: boolean;
  /** Some objects were left on the server (`filter:`). */
  readonly isPartial: boolean;
  /** The commit that is checked out; null where there is none. */
  readonly head: string | null;
  /** Reaches nothing but this machine, and knows no token. Paths count from the folder of the project by default. */
  readonly run: (args: readonly string[], more?: RunMore) => Promise<Ran>;
  /** Talks to `origin`, whose address is in the arguments; only here the token goes along. */
  readonly talk: (args: readonly string[]) => Promise<Ran>;
  /** Lets the repository of the checkout know which commit its files are of now. */
  readonly settle: (commit: string) => Promise<void>;
}

interface RunMore {
  /** Absolute. */
  readonly folder?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Whom commits of the action are by: GitHub shows this address as its own bot. */
export const botName = 'github-actions[bot]';
export const botMail = '41898282+github-actions[bot]@users.noreply.github.com';

/** Milliseconds: a large repository over a slow line. */
const patience = 600_000;

/** Opens the repository that the workspace holds; null where there is none. */
export async function openCheckout(options: GitOptions): Promise<Checkout | null> {
  const own = repositoryOf(options);
  return own === null ? null : openBeside(own, options);
}

/** Opens a repository by another one of our own that borrows its objects. */
export async function openBeside(own: Repository, options: GitOptions): Promise<Checkout> {
  const { files, chance, env, folder, serverUrl, githubToken } = options;
  const common = await commonFolder(own, files);
  const plain = { env: withoutGit(env), variables: isolated } as const;
  const settings = new Map([
    ...(await readSettings(join(common, 'config'), files, plain)),
    ...(await readSettings(join(own.gitDir, 'config.worktree'), files, plain)),
  ]);
  const head = await headOf(own, plain);
  const gitDir = join(options.temporary, `git-${idOf(own, chance)}`);
  await lay(gitDir, { common, head, settings }, options);
  const borrowed = { repository: { workTree: own.workTree, gitDir }, env: plain.env };
  const variables = {
    ...isolated,
    GIT_OBJECT_DIRECTORY: join(common, 'objects'),
    GIT_AUTHOR_NAME: botName,
    GIT_AUTHOR_EMAIL: botMail,
    GIT_COMMITTER_NAME: botName,
    GIT_COMMITTER_EMAIL: botMail,
    // Says to the hooks of a server on this machine where a push comes from; no program is found by it.
    GITHUB_ACTIONS: env['GITHUB_ACTIONS'] ?? '',
  };
  const origin = originOf(settings.get('remote.origin.url') ?? null, serverUrl, options.workspace);
  const isInside = wayWithin(own.workTree, folder) !== null;
  const run: Checkout['run'] = (args, more = {}) =>
    runGit({
      ...borrowed,
      args,
      folder: more.folder ?? (isInside ? folder : own.workTree),
      timeout: patience,
      variables: { ...variables, ...more.variables },
    });
  // Fills the index, and notes which files are as the commit has them.
  if (head !== null) await run(['reset', '--mixed'], { folder: own.workTree });
  return {
    root: own.workTree,
    common,
    gitDir,
    origin,
    head,
    isSparse: settings.get('core.sparsecheckout') === 'true',
    isPartial: [...settings.keys()].some((key) =>
      /^(?:remote\..*\.promisor|extensions\.partialclone)$/.test(key),
    ),
    run,
    talk: (args) =>
      runGit({
        ...borrowed,
        args,
        timeout: patience,
        variables,
        protocols: origin === null ? [] : [origin.protocol],
        settings:
          origin?.takesToken === true && githubToken !== null ? tokenSettings(serverUrl, githubToken) : [],
      }),
    async settle(commit) {
      await runGit({ ...plain, repository: own, args: ['update-ref', '--no-deref', 'HEAD', commit] });
      const index = await files.read(join(gitDir, 'index'));
      await replaceFile(files, join(own.gitDir, 'index'), index, { chance, mode: 0o644 });
    },
  };
}

/** The outermost repository between the workspace and the project: a checkout, never something within it. */
export function repositoryOf({
  workspace,
  folder,
}: Pick<GitOptions, 'workspace' | 'folder'>): Repository | null {
  const top = resolve(workspace);
  let found: Repository | null = null;
  for (let place = resolve(folder); ;) {
    const next = repositoryAround(place);
    if (next === null || wayWithin(top, next.workTree) === null) return found;
    found = next;
    if (next.workTree === top || dirname(next.workTree) === next.workTree) return found;
    place = dirname(next.workTree);
  }
}

/** Nothing of the machine's or a person's settings: what a checkout is, its commit says alone. */
const isolated = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
} as const;

/** Without what could turn git to another place, or to another program. */
function withoutGit(env: GitOptions['env']): GitOptions['env'] {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(?!SSL_CA(?:INFO|PATH)$)/i.test(name)),
  );
}

async function commonFolder({ gitDir }: Repository, files: Files): Promise<string> {
  const named = await textOf(join(gitDir, 'commondir'), files);
  return named === null ? gitDir : resolve(gitDir, named.trim());
}

type Plain = Pick<Parameters<typeof runGit>[0], 'env' | 'variables'>;

/** The settings of the checkout as bare values, by their names in small letters; what they include is not looked at. */
async function readSettings(file: string, files: Files, plain: Plain): Promise<ReadonlyMap<string, string>> {
  if ((await files.stat(file)) === null) return new Map();
  const args = ['config', '--file', file, '--no-includes', '--null', '--list'];
  const { out } = await runGit({ ...plain, repository: null, args });
  return new Map(
    out.split('\0').flatMap((line) => {
      const at = line.indexOf('\n');
      return line === ''
        ? []
        : [at === -1 ? ([line, 'true'] as const) : ([line.slice(0, at), line.slice(at + 1)] as const)];
    }),
  );
}

async function headOf(own: Repository, plain: Plain): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'];
  const { code, out } = await runGit({ ...plain, repository: own, args });
  return code === 0 ? out.trim() : null;
}

/** Makes the repository of our own: settings that say what the disk is like and nothing else, and no reference but HEAD. */
async function lay(
  gitDir: string,
  from: {
    readonly common: string;
    readonly head: string | null;
    readonly settings: ReadonlyMap<string, string>;
  },
  { files }: GitOptions,
): Promise<void> {
  const write = (name: string, text: string): Promise<void> =>
    files.writeNew(join(gitDir, name), new TextEncoder().encode(text), 0o600);
  await files.makeFolder(join(gitDir, 'refs'), 0o700);
  await files.makeFolder(join(gitDir, 'objects'), 0o700);
  const ofDisk = ['filemode', 'symlinks', 'ignorecase', 'precomposeunicode'].flatMap((name) => {
    const value = from.settings.get(`core.${name}`);
    return value === 'true' || value === 'false' ? [`\t${name} = ${value}\n`] : [];
  });
  const isSha256 = from.head !== null && from.head.length > 40;
  await write(
    'config',
    `[core]\n\trepositoryformatversion = ${isSha256 ? 1 : 0}\n\tbare = false\n\tautocrlf = input\n\tsafecrlf = false\n\tattributesFile =\n\texcludesFile =\n${ofDisk.join('')}${isSha256 ? '[extensions]\n\tobjectFormat = sha256\n' : ''}[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[commit]\n\tgpgSign = false\n`,
  );
  await write('HEAD', `${from.head ?? 'ref: refs/heads/none'}\n`);
  const shallow = await textOf(join(from.common, 'shallow'), files);
  if (shallow !== null) await write('shallow', shallow);
}

/** The first, empty one takes away what a checkout left there; two of them would be refused. */
function tokenSettings(serverUrl: string, token: string): readonly (readonly [string, string])[] {
  const header = `http.${serverUrl}/.extraheader`;
  return [
    [header, ''],
    [header, `AUTHORIZATION: basic ${basicOf(token)}`],
  ];
}

const idOf = ({ gitDir }: Repository, chance: Chance): string =>
  createHash('sha256').update(`${gitDir}\0${chance.next()}\0${chance.next()}`).digest('hex').slice(0, 24);

/** Null where there is no such file. */
async function textOf(file: string, files: Files): Promise<string | null> {
  return (await files.stat(file))?.kind === 'file' ? new TextDecoder().decode(await files.read(file)) : null;
}
