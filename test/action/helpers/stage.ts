import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { vi } from 'vitest';
import { parse } from 'yaml';
import { runAction } from '../../../src/action/run-action.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/server.ts';
import { githubToken, repository, startGitHub, type GitHubStandIn } from './github.ts';
import { headOf, openOrigin, runGit } from './origin.ts';
import { outsideOf } from '../../helpers/outside.ts';

// Each of these starts programs by the dozen, which takes its time on a machine that has other things to do.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = resolve(import.meta.dirname, '../../..');
export const bundle = join(root, 'dist/action.mjs');

/** The file of a published article. */
export const article = (title: string, text: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;

/** A repository with its origin, a help center and GitHub, all on this machine, and the action as GitHub runs it. */
export interface Stage {
  readonly folder: string;
  readonly github: GitHubStandIn;
  readonly simulator: Simulator;
  /** The bare repository that everybody pushes to. */
  readonly origin: string;
  /** Calls git in there. */
  git(...args: readonly string[]): Promise<string>;
  /** The newest commit of a branch of it, main by default, or of a ref by its whole name. */
  tip(ref?: string): string;
  /** Commits files on a branch of it, main by default, as a person does; null removes one. Gives the commit. */
  change(files: Readonly<Record<string, string | null>>, branch?: string): Promise<string>;
  /** A person's clone, with main checked out. */
  clone(): Promise<string>;
  /** Opens a pull request: the merge of a branch into main, as GitHub prepares it; gives what a run needs. */
  proposed(branch: string, number: number): Promise<RunOptions>;
  /** Merges a branch of origin into main, as the button does. */
  merge(branch: string): Promise<string>;
  /** A file of a branch of origin; null where there is none. */
  fileOf(branch: string, path: string): Promise<string | null>;
  /** What a run finds on its disk: a fresh, shallow clone of one commit. */
  checkout(of: Checkout): Promise<string>;
  run(options: RunOptions): Promise<Ran>;
  close(): Promise<void>;
}

export interface Checkout {
  /** A ref of origin, such as `refs/heads/main`. */
  readonly ref: string;
  /** The commit of it that the event was about; the newest by default. */
  readonly sha?: string;
}

export interface RunOptions extends Checkout {
  readonly event: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** As GitHub does it: the bundled file in a process of its own. Else the same in this one, which is quicker. */
  readonly isProcess?: boolean;
  /** A folder that was checked out before; by default it is done now. */
  readonly workspace?: string;
}

export interface Ran {
  readonly code: number | null;
  /** Both streams. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly workspace: string;
  /** The file that the output `report` names. */
  readonly report: Record<string, unknown>;
}

export const onMain = (event: string, payload: Readonly<Record<string, unknown>> = {}): RunOptions => ({
  event,
  ref: 'refs/heads/main',
  payload: { repository: { full_name: repository, default_branch: 'main' }, ...payload },
});

export async function openStage(
  files: Readonly<Record<string, string>> = {},
  config = 'remote:\n  provider: intercom\n',
): Promise<Stage> {
  const stage = await putUp(await newFolder(), {});
  await stage.change({ 'sync.config.yaml': config, '.gitignore': '.shelfmark/\n', ...files });
  return stage;
}

/** A stage on which something was played once: it can be put up again and again as it was then. */
export interface KeptStage {
  open(): Promise<Stage>;
  drop(): Promise<void>;
}

export function keepStage(
  files: Readonly<Record<string, string>>,
  play: (stage: Stage) => Promise<unknown>,
): KeptStage {
  const make = async (): Promise<string> => {
    const kept = await newFolder();
    const stage = await putUp(kept, { stateFile: join(kept, 'state.json') });
    await stage.change({
      'sync.config.yaml': 'remote:\n  provider: intercom\n',
      '.gitignore': '.shelfmark/\n',
      ...files,
    });
    await play(stage);
    await Promise.all([stage.github.close(), stage.simulator.close()]);
    return kept;
  };
  let made: Promise<string> | null = null;
  return {
    async open() {
      const [kept, folder] = await Promise.all([(made ??= make()), newFolder()]);
      await cp(join(kept, 'origin.git'), join(folder, 'origin.git'), { recursive: true });
      return putUp(folder, { stateFile: join(kept, 'state.json'), isReadOnly: true });
    },
    async drop() {
      if (made !== null) await rm(await made, { recursive: true, force: true });
    },
  };
}

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'shelfmark-action-'));

async function putUp(folder: string, help: SimulatorOptions): Promise<Stage> {
  const [github, simulator] = await Promise.all([startGitHub(), startSimulator(help)]);
  const origin = await openOrigin(join(folder, 'origin.git'), plainEnv(folder));
  let runs = 0;

  const stage: Stage = {
    folder,
    github,
    simulator,
    origin: origin.folder,
    git: (...args) => origin.git(...args),
    tip: (ref = 'main') => origin.tip(ref),
    change: (changes, branch = 'main') => origin.change(changes, branch),
    async clone() {
      const place = join(folder, 'clone');
      await runGit(folder, ['clone', '--quiet', origin.folder, place], plainEnv(folder));
      return place;
    },
    async proposed(branch, number) {
      const [base, head] = [origin.tip('main'), origin.tip(branch)];
      const ref = `refs/pull/${number}/merge`;
      await origin.merge(base, head, ref, 'Merge');
      const repo = { full_name: repository };
      return {
        event: 'pull_request',
        ref,
        payload: {
          repository: { ...repo, default_branch: 'main' },
          pull_request: {
            number,
            head: { sha: head, repo, ref: branch },
            base: { sha: base, repo, ref: 'main' },
          },
        },
      };
    },
    merge: (branch) =>
      origin.merge(origin.tip('main'), origin.tip(branch), 'refs/heads/main', `Merge ${branch}`),
    fileOf: (branch, path) => origin.git('show', `${branch}:${path}`).catch(() => null),
    async checkout({ ref, sha }) {
      const place = join(folder, `run-${(runs += 1)}`, 'work');
      await mkdir(place, { recursive: true });
      const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? null;
      await origin.checkout(place, sha ?? origin.tip(ref), branch);
      return place;
    },
    async run(options) {
      const workspace = options.workspace ?? (await stage.checkout(options));
      const beside = dirname(workspace);
      const file = (name: string): string => join(beside, name);
      for (const name of ['output', 'summary']) await writeFile(file(name), '');
      await writeFile(file('event.json'), JSON.stringify(options.payload ?? {}));
      await mkdir(file('temp'), { recursive: true });
      const env = {
        ...plainEnv(folder),
        ...(await defaultInputs()),
        ...Object.fromEntries(
          Object.entries(options.inputs ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_API_URL: github.url,
        GITHUB_SERVER_URL: 'https://github.test',
        GITHUB_REPOSITORY: repository,
        GITHUB_EVENT_NAME: options.event,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_WORKSPACE: workspace,
        GITHUB_REF: options.ref,
        GITHUB_SHA: options.sha ?? (await headOf(workspace)),
        GITHUB_RUN_ID: '4711',
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        RUNNER_TEMP: file('temp'),
        INTERCOM_URL: simulator.url,
        ...options.env,
      };
      const { code, log } = await (options.isProcess === true ? start : act)(workspace, env);
      const outputs = readOutputs(await readFile(file('output'), 'utf8'));
      const report = outputs['report'] === undefined ? '{}' : await readFile(outputs['report'], 'utf8');
      return {
        code,
        log,
        outputs,
        summary: await readFile(file('summary'), 'utf8'),
        workspace,
        report: JSON.parse(report) as Record<string, unknown>,
      };
    },
    async close() {
      await Promise.all([github.close(), simulator.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** What the action is given for a push, by default with the token of the help center. */
export const withToken = (stage: Stage, options: RunOptions): RunOptions => ({
  ...options,
  inputs: { token: stage.simulator.token, ...options.inputs },
});

/** Nothing of the machine but where programs are. */
const plainEnv = (home: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A person',
  GIT_AUTHOR_EMAIL: 'person@example.com',
  GIT_COMMITTER_NAME: 'A person',
  GIT_COMMITTER_EMAIL: 'person@example.com',
});

/** As the runner does: every input that a workflow does not name has its default from `action.yml`. */
async function defaultInputs(): Promise<Record<string, string>> {
  const manifest = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  return Object.fromEntries(
    Object.entries(manifest.inputs).map(([name, { default: value = '' }]) => [
      `INPUT_${name.toUpperCase()}`,
      value === '${{ github.token }}' ? githubToken : value,
    ]),
  );
}

async function act(folder: string, env: Record<string, string>): Promise<{ code: number; log: string }> {
  let log = '';
  const outside = outsideOf(folder, { env, process: { id: (actors += 1) } });
  const code = await runAction(outside, (text) => {
    log += text;
  });
  return { code, log };
}

let actors = 1000;

function start(cwd: string, env: Record<string, string>): Promise<{ code: number | null; log: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bundle], { cwd, env });
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, log }));
  });
}

/** Reads the outputs as the runner does. */
export function readOutputs(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const match = /^([^=<]+)<<(.+)$/.exec(lines[index] ?? '');
    if (match === null) continue;
    const [, name = '', delimiter = ''] = match;
    const end = lines.indexOf(delimiter, index + 1);
    found[name] = lines.slice(index + 1, end).join('\n');
    index = end;
  }
  return found;
}
