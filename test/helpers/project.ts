import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptRun, type Adopted } from '../../src/app/adopt.ts';
import { applyRun, planRun, type RunOptions, type RunResult } from '../../src/app/run.ts';
import { listTrash, restoreFile, type Trashed } from '../../src/app/restore.ts';
import { resolveRun, type Resolved } from '../../src/app/resolve.ts';
import { validateRun, type Validated } from '../../src/app/validate.ts';
import { findConfig } from '../../src/config/find-config.ts';
import type { Direction, Plan } from '../../src/model/plan.ts';
import type { Files } from '../../src/ports/files.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { changeFiles } from './change-files.ts';
import { hearCalled, searchCalled } from './no-token.ts';
import { outsideOf } from './outside.ts';

/** A real folder and real HTTP to a simulator, with the commands as functions. */
export interface Project {
  readonly folder: string;
  readonly simulator: Simulator;
  /** Writes files below the project folder; null removes one. */
  write(files: Readonly<Record<string, string | null>>): Promise<void>;
  read(file: string): Promise<string>;
  /** Every file below a folder with its text, by path. */
  files(folder?: string): Promise<Readonly<Record<string, string>>>;
  plan(direction?: Direction): Promise<Plan>;
  validate(): Promise<Validated>;
  push(options?: Partial<RunOptions>): Promise<RunResult>;
  pull(options?: Partial<RunOptions>): Promise<RunResult>;
  sync(options?: Partial<RunOptions>): Promise<RunResult>;
  /** Runs until the disk is asked for a step that `isLast` knows (`to` is where a file goes), and not a step further: as if killed before it. */
  killed(
    direction: Direction,
    isLast: (step: keyof Files, path: string, to: unknown) => boolean,
  ): Promise<void>;
  /** git in the folder, as somebody; the first call makes a repository of it. */
  git(...args: readonly string[]): Promise<string>;
  resolve(
    path: string,
    answer: 'local' | 'remote' | 'markers',
    others?: 'local' | 'remote' | null,
  ): Promise<Resolved>;
  adopt(): Promise<Adopted>;
  trash(): Promise<readonly Trashed[]>;
  restore(path: string, at?: string): Promise<Trashed>;
  /** Another folder on the same simulator. */
  beside(config?: string): Promise<Project>;
  close(): Promise<void>;
}

const execute = (folder: string, args: readonly string[]): Promise<string> =>
  new Promise((done, fail) => {
    execFile('git', [...someone, ...args], { cwd: folder }, (error, stdout) =>
      error === null ? done(stdout) : fail(error),
    );
  });
const someone = ['user.name=Someone', 'user.email=someone@example.com', 'protocol.file.allow=always'].flatMap(
  (setting) => ['-c', setting],
);

/** A disk for a process that ends without a word: what it asks for from then on never comes. */
function mortal(
  files: Files,
  isLast: (step: keyof Files, path: string, to: unknown) => boolean,
  die: () => void,
): Files {
  let isDead = false;
  const step =
    (name: keyof Files) =>
    (path: string, ...rest: readonly unknown[]) => {
      if (!isDead && isLast(name, path, rest[0])) {
        isDead = true;
        die();
      }
      if (isDead) return new Promise(() => undefined);
      return (files[name] as (...given: readonly unknown[]) => unknown)(path, ...rest);
    };
  return Object.fromEntries(
    (Object.keys(files) as (keyof Files)[]).map((name) => [name, step(name)]),
  ) as unknown as Files;
}

export interface ProjectOptions {
  readonly config?: string;
  readonly simulator?: SimulatorOptions;
}

export async function openProject(options: ProjectOptions = {}): Promise<Project> {
  const simulator = await startSimulator(options.simulator ?? {});
  return projectAt(simulator, options.config ?? '', true);
}

async function projectAt(simulator: Simulator, extra: string, isOwner: boolean): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-'));
  await writeFile(join(folder, 'sync.config.yaml'), `remote:\n  provider: intercom\n${extra}`);
  await mkdir(join(folder, 'content'));
  const outside = outsideOf(folder, {
    env: { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token },
  });
  const runOptions = async (direction: Direction, more: Partial<RunOptions> = {}): Promise<RunOptions> => ({
    config: await findConfig(nodeFiles, folder, { file: null, target: null }),
    direction,
    allowDeletes: null,
    allowEmptied: false,
    tell: () => undefined,
    onCall: () => undefined,
    ...more,
  });
  const run = async (direction: Direction, more?: Partial<RunOptions>): Promise<RunResult> => {
    try {
      const result = await applyRun(
        { ...(await runOptions(direction, more)), confirm: async () => true },
        outside,
      );
      const { plan, outcomes } = result;
      const told = (outcomes ?? []).map(({ message, hint, status }) => ({ message, hint, status }));
      hearCalled(simulator.token, [plan.problems, plan.refusals, plan.behind, told]);
      return result;
    } catch (error) {
      hearCalled(simulator.token, error);
      throw error;
    }
  };
  const files = async (below = 'content'): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const entry of await readdir(join(folder, below), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      found[path.slice(join(folder, below).length + 1)] = await readFile(path, 'utf8');
    }
    return Object.fromEntries(Object.entries(found).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  };
  return {
    folder,
    simulator,
    write: (changes) => changeFiles(folder, changes),
    read: (file) => readFile(join(folder, file), 'utf8'),
    files,
    plan: async (direction = 'sync') => (await planRun(await runOptions(direction), outside)).plan,
    validate: async () =>
      validateRun(await findConfig(nodeFiles, folder, { file: null, target: null }), outside),
    push: (more) => run('push', more),
    pull: (more) => run('pull', more),
    sync: (more) => run('sync', more),
    async killed(direction, isLast) {
      let die = (): void => undefined;
      const death = new Promise<void>((resolve) => {
        die = resolve;
      });
      const options = { ...(await runOptions(direction)), confirm: async () => true };
      const ended = applyRun(options, { ...outside, files: mortal(nodeFiles, isLast, () => die()) });
      if ((await Promise.race([death, ended])) !== undefined) throw new Error('it ended by itself');
    },
    async git(...args) {
      if (!existsSync(join(folder, '.git'))) {
        await writeFile(join(folder, '.gitignore'), '.shelfmark/\n');
        await execute(folder, ['init', '-q', '-b', 'main']);
      }
      return execute(folder, args);
    },
    resolve: async (path, answer, others = null) =>
      resolveRun({ ...(await runOptions('sync')), path, answer, others }, outside),
    adopt: async () => adoptRun(await runOptions('sync'), outside),
    trash: async () => listTrash((await runOptions('sync')).config, outside),
    restore: async (path, at) => restoreFile(path, at ?? null, (await runOptions('sync')).config, outside),
    beside: (config = '') => projectAt(simulator, config, false),
    async close() {
      if (isOwner) await simulator.close();
      searchCalled(simulator.token, folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
