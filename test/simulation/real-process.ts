/*
 * The scene of the systematic faults on a real disk and over HTTP: the command runs in a process of its own, which is
 * killed at one of its steps, and then again until all is well.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { applyRun } from '../../src/app/run.ts';
import { isAlive, placeOf } from '../../src/app/adapters/node-outside.ts';
import { beatEvery } from '../../src/app/adapters/run-lock.ts';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
import { findConfig } from '../../src/config/find-config.ts';
import { ShelfmarkError } from '../../src/model/error.ts';
import type { Direction } from '../../src/model/plan.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { checkCalm, checkNow, type Scenery } from './checks.ts';
import { Disk } from './disk.ts';
import type { RunEnd } from './play-run.ts';
import { project } from './places.ts';
import { outcomeOf, type Scene } from './systematic.ts';
import { outsideOf } from '../helpers/outside.ts';

/** How often a process is killed, and at which of its steps; a number beyond the last step lets it end. */
export interface Kills {
  readonly direction: Direction;
  readonly at: readonly number[];
}

export interface Survived {
  readonly broken: readonly string[];
  readonly story: readonly string[];
  /** Whether each process was killed; one that has fewer steps ends by itself. */
  readonly killed: readonly boolean[];
  readonly outcome: string;
  /** The steps of the last process. */
  readonly steps: readonly string[];
}

const root = resolve(import.meta.dirname, rootFrom());

/** @param wholes contents that files may have; what the processes leave is added where `isLearning` */
export async function survive(
  scene: Scene,
  { direction, at }: Kills,
  wholes: Set<string>,
  isLearning = false,
): Promise<Survived> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-crash-'));
  const time = { shift: 0 };
  const simulator = await serve(scene, folder, time);
  try {
    const home = join(folder, 'project');
    await lay(scene.disk, home);
    const disk = new Disk(() => 0);
    const broken: string[] = [];
    const scenery = sceneryOf(scene, simulator, wholes, broken);
    const story: string[] = [];
    const killed: boolean[] = [];
    const look = async (): Promise<void> => {
      await load(disk, home);
      if (isLearning) for (const path of disk.paths(project)) wholes.add(disk.text(path) ?? '');
    };
    for (const step of at) {
      const end = await run(home, simulator, direction, step, join(folder, 'steps'));
      killed.push(end.signal === 'SIGKILL');
      story.push(end.signal === 'SIGKILL' ? `killed at step ${step}` : `exit ${end.code}`);
      if (end.signal !== 'SIGKILL' && ![0, 1, 3].includes(end.code ?? -1))
        broken.push(`I12 it ended with ${end.code}: ${end.output}`);
      if (end.output.includes(simulator.token)) broken.push('I14 the token was printed');
      if (/^\s+at .*:\d+:\d+\)?$/m.test(end.output)) broken.push(`a stack was printed: ${end.output}`);
      await look();
      broken.push(...checkNow(scenery, [disk]));
    }
    const steps = (await readFile(join(folder, 'steps'), 'utf8')).trim().split('\n');
    const sync = async (): Promise<RunEnd> => {
      time.shift += 200_000;
      const end = await again(home, simulator, time);
      await look();
      return end;
    };
    await checkCalm(scenery, [disk], (text) => story.push(text), sync);
    return { broken: [...new Set(broken)], story, killed, outcome: outcomeOf(simulator, disk), steps };
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function serve(scene: Scene, folder: string, time: { readonly shift: number }): Promise<Simulator> {
  const stateFile = join(folder, 'simulator.json');
  const content = scene.content.workspace;
  await writeFile(
    stateFile,
    JSON.stringify({ format: 'shelfmark-simulator', version: 1, generation: 1, content }),
  );
  const clock = { now: () => Date.now() + time.shift, sleep: async () => undefined };
  return startSimulator({ stateFile, isReadOnly: true, clock });
}

function sceneryOf(scene: Scene, simulator: Simulator, wholes: Set<string>, broken: string[]): Scenery {
  const { operator, token } = simulator;
  const { ledger, moved, intended } = scene.content;
  let seen = '';
  let writes = 0;
  return {
    sites: [{ target: null, operator, token }],
    ledger: ledger.copy(),
    moved: new Set(moved),
    intended: new Map(intended),
    wholes,
    broken,
    repos: new Map(),
    shared: new Set(),
    told: new Set(),
    get calls() {
      return operator.calls().length;
    },
    get writes() {
      const now = JSON.stringify([operator.articles(), operator.collections()]);
      if (now !== seen) writes += 1;
      seen = now;
      return writes;
    },
  };
}

/** The real command, in a process that kills itself at a step. */
async function run(
  home: string,
  { url, token }: Simulator,
  direction: Direction,
  step: number,
  steps: string,
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly output: string }> {
  await writeFile(steps, '');
  const preload = `file://${join(root, 'scripts/proof/kill-at.mjs')}`;
  const child = spawn(
    process.execPath,
    ['--import', preload, join(root, 'dist/shelfmark.js'), direction, '--yes'],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        NO_COLOR: '1',
        INTERCOM_URL: url,
        INTERCOM_TOKEN: token,
        PROOF_KILL_AT: String(step),
        PROOF_STEPS: steps,
      },
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, output };
}

/** What is waited for has come at once; only the beats of the run lock are left out, since each of them is a step. */
async function sleepless(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (milliseconds !== beatEvery) return;
  await new Promise((_, stop) => signal?.addEventListener('abort', stop));
}

/** The same command once more, later, in this process. */
async function again(home: string, simulator: Simulator, time: { readonly shift: number }): Promise<RunEnd> {
  const outside = outsideOf(home, {
    env: { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token },
    clock: { now: () => Date.now() + time.shift, sleep: sleepless },
    process: { host: hostname(), place: placeOf(), isAlive },
  });
  try {
    const result = await applyRun(
      {
        config: await findConfig(nodeFiles, home, { file: null, target: null }),
        direction: 'sync',
        allowDeletes: null,
        allowEmptied: false,
        tell: () => undefined,
        onCall: () => undefined,
        confirm: async () => true,
      },
      outside,
    );
    const { plan, input, outcomes } = result;
    return { end: 'ran', plan, input, outcomes, exit: exitCodeOfRun(result) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { end: 'threw', error, isPlain: !(error instanceof ShelfmarkError) };
  }
}

async function lay(disk: Disk, home: string): Promise<void> {
  for (const path of disk.paths(project)) {
    const place = join(home, path.slice(project.length));
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, disk.text(path) ?? '');
  }
  await writeFile(join(home, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
}

/** Puts into `disk` what lies below `home`, and nothing else. */
async function load(disk: Disk, home: string): Promise<void> {
  const found = new Set<string>();
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const place = join(entry.parentPath, entry.name);
    const path = project + place.slice(home.length);
    found.add(path);
    disk.put(path, await readFile(place));
  }
  for (const path of disk.paths(project)) if (!found.has(path)) disk.take(path);
}

/** The bundle of this lies deeper than its source. */
function rootFrom(): string {
  return import.meta.dirname.includes('node_modules') ? '../../..' : '../..';
}
