import { basename } from 'node:path/posix';
import { openTrash } from '../../src/app/adapters/trash.ts';
import { openBlockMemory } from '../../src/app/adapters/block-memory.ts';
import { removeLeftovers } from '../../src/app/adapters/leftovers.ts';
import { takeRunLock } from '../../src/app/adapters/run-lock.ts';
import { readAhead, type ReadAhead } from '../../src/app/project/read-ahead.ts';
import { openLocalSide } from '../../src/app/adapters/local-side.ts';
import type { Outside } from '../../src/ports/outside.ts';
import { openBaseStore } from '../../src/base/store.ts';
import { isAllowed } from '../../src/app/run.ts';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
import { applyPlan } from '../../src/engine/apply-plan.ts';
import { settlesIn } from '../../src/engine/intents.ts';
import { planWithMemory } from '../../src/engine/plan-sides.ts';
import type { LocalSide, RunDeps } from '../../src/engine/ports.ts';
import { readSides, type Sides } from '../../src/engine/read-sides.ts';
import { foldName } from '../../src/local/names.ts';
import { slugOfTitle } from '../../src/local/slug.ts';
import { ShelfmarkError } from '../../src/model/error.ts';
import type { Outcome } from '../../src/model/outcome.ts';
import type { Direction, Plan } from '../../src/model/plan.ts';
import type { Files } from '../../src/ports/files.ts';
import type { PlanInput, Policy } from '../../src/plan/terms/input.ts';
import type { Planned } from '../../src/plan/make-plan.ts';
import { seededChance } from '../../src/simulator/state/chance.ts';
import { openIntercom } from '../../src/intercom/open-intercom.ts';
import type { Transport } from '../../src/intercom/http/transport.ts';
import { usualPolicy } from '../helpers/inner-world.ts';
import type { Disk } from './disk.ts';
import { blocksOf, contentFolder, journalOf, lockFileOf, project, stateFolder } from './places.ts';
import { type Actor, type Stage } from './stage.ts';
import { outsideOf } from '../helpers/outside.ts';

/** What became of a run. */
export type RunEnd =
  | { readonly end: 'died' }
  | { readonly end: 'threw'; readonly error: Error; readonly isPlain: boolean }
  | {
      readonly end: 'ran';
      readonly plan: Plan;
      /** What the plan was made from. */
      readonly input: PlanInput;
      readonly outcomes: readonly Outcome[] | null;
      readonly exit: number;
    };

/** Takes a safety measure away by what stands between the engine and the world, to see whether anybody notices. */
export interface Sabotage {
  readonly deps?: (deps: RunDeps, files: Files) => RunDeps;
  readonly files?: (files: Files, disk: Disk) => Files;
  readonly transport?: (transport: Transport) => Transport;
  readonly policy?: Partial<Policy>;
  /** Without the lock that keeps a second run out. */
  readonly isUnlocked?: boolean;
  /** Goes by what it read before it was the only run. */
  readonly isOutdated?: boolean;
  /** Asks git about nothing. */
  readonly isWithoutGit?: boolean;
  /** Takes every other process for dead. */
  readonly isBlind?: boolean;
}

export interface RunRequest {
  readonly direction: Direction;
  readonly policy?: Partial<Policy>;
  readonly sabotage?: Sabotage | undefined;
}

/** Plays one run of Shelfmark, from its lock to its end, as the command does. */
export async function playRun(stage: Stage, actor: Actor, request: RunRequest): Promise<RunEnd> {
  stage.running += 1;
  try {
    return await Promise.race([whole(stage, actor, request), actor.death.then((end): RunEnd => ({ end }))]);
  } finally {
    stage.running -= 1;
    alive.get(stage)?.delete(actor.id);
    actor.die();
  }
}

const alive = new WeakMap<Stage, Set<number>>();

async function whole(stage: Stage, actor: Actor, request: RunRequest): Promise<RunEnd> {
  const living = alive.get(stage) ?? new Set();
  alive.set(stage, living.add(actor.id));
  const { signal } = actor.controller;
  const clock = stage.clockOf(actor);
  const plainFiles = stage.filesOf(actor);
  const files = request.sabotage?.files?.(plainFiles, actor.disk) ?? plainFiles;
  const chance = seededChance(actor.id, 'names');
  const isBlind = request.sabotage?.isBlind === true;
  const outside = outsideOf(project, {
    files,
    clock,
    chance,
    signal,
    process: isBlind
      ? { id: actor.id, isAlive: () => false }
      : { id: actor.id, place: actor.place, isAlive: (id) => living.has(id) },
  });
  try {
    const { sabotage } = request;
    const { target } = actor.site;
    const books = sabotage?.isOutdated === true ? [] : [lockFileOf(target), journalOf(target)];
    const ahead = await readAhead(openLocal(stage, actor, request, outside), books, files, signal);
    if (sabotage?.isUnlocked === true) return await locked(stage, actor, request, outside, ahead);
    const lock = await takeRunLock(`${stateFolder}/run.lock`, outside);
    try {
      return await locked(stage, actor, request, outside, ahead);
    } finally {
      await lock[Symbol.asyncDispose]();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    stage.note(`threw ${error.message}`);
    return { end: 'threw', error, isPlain: !(error instanceof ShelfmarkError) };
  }
}

async function locked(
  stage: Stage,
  actor: Actor,
  request: RunRequest,
  outside: Outside,
  ahead: ReadAhead,
): Promise<RunEnd> {
  const { signal } = outside;
  await removeLeftovers(
    { content: contentFolder, lockFile: lockFileOf(actor.site.target), stateFolder },
    outside,
  );
  const plain = openDeps(stage, actor, request, outside, await ahead.side());
  const deps = request.sabotage?.deps?.(plain, outside.files) ?? plain;
  const look = async (): Promise<Sides & { readonly planned: Planned }> => {
    const { input, intents } = await readSides(deps, request.direction, signal);
    return { planned: await planWithMemory(input, deps), input, intents };
  };
  const first = await look();
  const wait = settlesIn(first.planned, first.intents, deps.clock.now());
  if (wait > 0) await deps.clock.sleep(wait, signal);
  const { planned, input, intents } = wait > 0 ? await look() : first;
  const { plan } = planned;
  const outcomes = isAllowed(plan, {}) ? await applyPlan(planned, intents, deps, signal) : null;
  const calls = deps.remote.calls();
  const exit = exitCodeOfRun({ plan, outcomes, calls, site: null, isInterrupted: signal.aborted });
  return { end: 'ran', plan, input, outcomes, exit };
}

const trashOf = ({ clock }: Outside): string => `${stateFolder}/trash/${clock.now()}`;

function openLocal(stage: Stage, actor: Actor, { sabotage }: RunRequest, outside: Outside): LocalSide {
  const { files, chance } = outside;
  const trash = trashOf(outside);
  const repo = sabotage?.isWithoutGit === true ? undefined : stage.repos.get(actor.disk);
  return openLocalSide(files, {
    root: contentFolder,
    shown: 'content',
    defaultLocale: 'en',
    trash,
    chance,
    ...(repo === undefined
      ? {}
      : { inGit: async () => repo.look(), committed: async () => repo.committed() }),
  });
}

function openDeps(
  stage: Stage,
  actor: Actor,
  request: RunRequest,
  outside: Outside,
  local: LocalSide,
): RunDeps {
  const { files, clock, chance } = outside;
  const policy: Policy = { ...usualPolicy, ...request.policy, ...request.sabotage?.policy };
  const trash = trashOf(outside);
  const transport = stage.transportOf(actor);
  const { target } = actor.site;
  const lockFile = lockFileOf(target);
  return {
    local,
    remote: openIntercom({
      url: 'http://127.0.0.1:1',
      token: actor.site.token,
      version: '2.11',
      helpCenter: null,
      defaultLocale: 'en',
      author: null,
      clock,
      chance: seededChance(actor.id, 'client'),
      transport: request.sabotage?.transport?.(transport) ?? transport,
    }),
    base: openBaseStore(files, {
      lockFile,
      lockName: basename(lockFile),
      journal: journalOf(target),
      chance,
      others: stage.sites
        .filter((one) => one !== actor.site)
        .map((one) => ({ lockFile: lockFileOf(one.target), journal: journalOf(one.target) })),
      committed: async () => stage.repos.get(actor.disk)?.head.tree.get(lockFile) ?? null,
    }),
    images: null,
    memory: openBlockMemory(files, blocksOf(target)),
    trash: openTrash(files, trash),
    clock,
    policy,
    names: { slugOf: slugOfTitle, foldOf: foldName },
    tell: () => undefined,
  };
}
