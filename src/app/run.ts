import { join } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { applyPlan } from '../engine/apply-plan.ts';
import { settlesIn } from '../engine/intents.ts';
import type { Outcome } from '../model/outcome.ts';
import { remoteTime, type RunDeps, type RunEvent } from '../engine/ports.ts';
import type { PlannedWithImages } from '../engine/fetch-images.ts';
import { planSides } from '../engine/plan-sides.ts';
import { readSides, type Sides } from '../engine/read-sides.ts';
import { keepTexts, withSettledTexts } from '../engine/settled-texts.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Direction, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { RemoteSnapshot } from '../model/snapshot.ts';
import type { PlanInput } from '../plan/terms/input.ts';
import type { RemoteListener } from '../intercom/http/events.ts';
import { localSideOf, runDeps } from './project/deps.ts';
import { indexedSide } from './project/indexed-side.ts';
import { runLockOf, storeOptions } from './project/store-options.ts';
import { removeLeftovers } from './adapters/leftovers.ts';
import { namedPaths } from './project/named-path.ts';
import { readAhead, type ReadAhead } from './project/read-ahead.ts';
import { openRemote, type OpenRemote } from './project/remote.ts';
import { ignoreStateFolder } from './project/state-folder.ts';
import type { ToldOperation } from './project/saved-plan.ts';
import { pruneTrash } from './adapters/trash.ts';
import { takeRunLock } from './adapters/run-lock.ts';
import type { Outside } from '../ports/outside.ts';

export interface RunOptions {
  readonly config: Config;
  readonly direction: Direction;
  readonly allowDeletes: number | null;
  readonly allowEmptied: boolean;
  /** Files that were put back to what a pull has replaced are meant. */
  readonly takeBack?: boolean;
  /** Nothing at all is carried out while there is an error; else an error holds its own entry only. */
  readonly isStrict?: boolean;
  /** Only what is at or below these paths, as somebody typed them; missing for all. */
  readonly paths?: readonly string[];
  readonly tell: (event: RunEvent) => void;
  readonly onCall: RemoteListener;
}

export interface RunResult {
  readonly plan: Plan;
  /** Null where the plan was not carried out. */
  readonly outcomes: readonly Outcome[] | null;
  readonly calls: { readonly total: number; readonly byMethod: Readonly<Record<string, number>> };
  /** Where an embedded simulator shows the help center. */
  readonly site: string | null;
  /** The help center that was read: its workspace, and where readers find it. */
  readonly helpCenter?: Pick<RemoteSnapshot, 'workspace' | 'sites'>;
  readonly isInterrupted: boolean;
  /** Operations of a saved plan that the help center has overtaken. */
  readonly stale?: readonly ToldOperation[];
}

/** Reads everything and plans; writes nothing anywhere. */
export async function planRun(
  options: RunOptions,
  outside: Outside,
): Promise<RunResult & { readonly input: PlanInput }> {
  await using remote = await openRemote(options.config, outside, options.onCall, true);
  const local = indexedSide(options.config, outside);
  const deps = runDeps(options, remote, outside, local.side);
  const { planned, input } = await withSettledTexts(() => plan(options, deps, outside));
  await local.save();
  return {
    plan: planned.plan,
    outcomes: null,
    calls: remote.side.calls(),
    site: remote.site,
    helpCenter: input.remote,
    isInterrupted: false,
    input,
  };
}

/**
 * Plans and carries the plan out, unless a guard refuses it or `confirm` says no. What has an error is left alone on both
 * sides, with what depends on it; in a strict run one error leaves everything alone.
 */
export async function applyRun(
  options: RunOptions & { readonly confirm: (plan: Plan) => Promise<boolean> },
  outside: Outside,
): Promise<RunResult & { readonly input: PlanInput }> {
  const indexed = indexedSide(options.config, outside);
  const { lockFile, journal } = storeOptions(options.config, outside);
  const ahead = await readAhead(indexed.side, [lockFile, journal], outside.files, outside.signal);
  // A run that must not write anything leaves no trace either, not even in its own folder.
  const isAll = (options.paths ?? []).length === 0;
  if (options.isStrict === true && isAll && hasErrors(ahead.snapshot.problems))
    return planRun(options, outside);
  await using run = await openWriting(options, outside, ahead);
  const { signal } = run.outside;
  const { planned, incoming, intents, input } = await planSettled(options, run.deps, run.outside);
  await indexed.save();
  const mayRun = isAllowed(planned.plan, options) && (await options.confirm(planned.plan));
  const outcomes = mayRun ? await applyPlan(planned, intents, run.deps, signal, incoming) : null;
  return {
    plan: planned.plan,
    outcomes,
    calls: run.remote.side.calls(),
    site: run.remote.site,
    helpCenter: input.remote,
    isInterrupted: signal.aborted,
    input,
  };
}

/** A run that may write: the only one in this folder until it is disposed of. */
export interface Writing extends AsyncDisposable {
  /** The outside world with a signal that also ends when another run has taken the place of this one. */
  readonly outside: Outside;
  readonly deps: RunDeps;
  readonly remote: OpenRemote;
  readSides(): ReturnType<typeof readSides>;
}

export async function openWriting(
  options: RunOptions,
  around: Outside,
  ahead: ReadAhead | null = null,
): Promise<Writing> {
  const { config } = options;
  await ignoreStateFolder(config, around);
  const lock = await takeRunLock(runLockOf(config), around, (milliseconds) =>
    options.tell({ event: 'watching', milliseconds }),
  );
  const outside = { ...around, signal: AbortSignal.any([around.signal, lock.lost]) };
  try {
    await removeLeftovers(config, outside);
    await pruneTrash(join(config.stateFolder, 'trash'), outside);
    const local = ahead === null ? localSideOf(config, outside) : await ahead.side();
    const remote = await openRemote(config, outside, options.onCall);
    const deps = runDeps(options, remote, outside, local);
    return {
      outside,
      deps,
      remote,
      readSides: () => readSides(deps, options.direction, outside.signal),
      async [Symbol.asyncDispose]() {
        await remote[Symbol.asyncDispose]();
        await lock[Symbol.asyncDispose]();
      },
    };
  } catch (error) {
    await lock[Symbol.asyncDispose]();
    throw error;
  }
}

/** Whether anything of a plan may be carried out. */
export const isAllowed = (
  { problems, refusals }: Pick<Plan, 'problems' | 'refusals'>,
  { isStrict = false }: Pick<RunOptions, 'isStrict'>,
): boolean => refusals.length === 0 && !(isStrict && hasErrors(problems));

const hasErrors = (problems: readonly Problem[]): boolean => problems.some((one) => one.severity === 'error');

async function plan(
  options: RunOptions,
  deps: RunDeps,
  outside: Outside,
): Promise<PlannedWithImages & Sides> {
  const { input: whole, intents } = await readSides(deps, options.direction, outside.signal);
  const input = limitedTo(whole, options, outside);
  const { local, remote, base } = input;
  const isEmpty = local.articles.length + local.collections.length + local.problems.length === 0;
  const isRemoteEmpty = remote.articles.length + remote.collections.length === 0;
  if (
    isEmpty &&
    base.entries.length === 0 &&
    (options.direction === 'push' || (options.direction === 'sync' && isRemoteEmpty))
  ) {
    throw new ShelfmarkError('CONTENT_EMPTY', {
      message: `The content folder ${options.config.contentName} ${local.isMissing === true ? 'does not exist' : 'holds no article and no collection'}. Nothing was changed.`,
      hint: `Write a first article, such as ${options.config.contentName}/welcome.md, or run "shelfmark pull" to fetch the help center.`,
    });
  }
  const { planned, incoming } = await planSides(input, deps, outside.signal);
  deps.tell({ event: 'planned', plan: planned.plan });
  return { planned, incoming, intents, input };
}

function limitedTo(input: PlanInput, { paths = [], config }: RunOptions, outside: Outside): PlanInput {
  if (paths.length === 0) return input;
  return { ...input, only: paths.map((typed) => ({ typed, meant: namedPaths(typed, config, outside) })) };
}

/** Plans once nothing is open any more of a run that was cut off: rather late than twice, and rather late than not. */
async function planSettled(...given: Parameters<typeof plan>): ReturnType<typeof plan> {
  const found = await planToApply(...given);
  const [, deps, { signal }] = given;
  const { clock, tell } = deps;
  const milliseconds = settlesIn(found.planned, found.intents, remoteTime(deps));
  if (milliseconds === 0) return found;
  tell({ event: 'settling', milliseconds });
  await clock.sleep(milliseconds, signal);
  return planToApply(...given);
}

/** Plans with all texts at hand that carrying it out needs. */
const planToApply = (...given: Parameters<typeof plan>): ReturnType<typeof plan> =>
  withSettledTexts(async () => {
    const found = await plan(...given);
    keepTexts(found.planned);
    return found;
  });
