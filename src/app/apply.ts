import { nodeCode } from '../ports/node-error.ts';
import { resolve } from 'node:path';
import { applyPlan } from '../engine/apply-plan.ts';
import { planSides } from '../engine/plan-sides.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Operation, Plan, Summary } from '../model/plan.ts';
import { replaceFile } from '../ports/atomic.ts';
import { planJson } from '../report/plan-json.ts';
import { isAllowed, openWriting, type RunOptions, type RunResult } from './run.ts';
import {
  boundOf,
  checkBound,
  checkShown,
  operationDigest,
  parseSavedPlan,
  printSavedPlan,
  type SavedPlan,
} from './project/saved-plan.ts';
import type { Outside } from '../ports/outside.ts';
import type { PlanInput } from '../plan/terms/input.ts';

/** The text of a plan file: a plan bound to what it was made from. */
export function planFileText(
  { plan, input }: Pick<RunResult, 'plan'> & { readonly input: PlanInput },
  { config, allowDeletes, allowEmptied, takeBack = false }: RunOptions,
): string {
  const saved: Omit<SavedPlan, 'shown' | 'told'> = {
    direction: plan.direction,
    target: config.target,
    bound: boundOf(config.source, input),
    allowDeletes,
    allowEmptied,
    takeBack,
    operations: plan.operations.map(operationDigest),
  };
  return printSavedPlan(saved, planJson(plan));
}

/** Writes the text of a plan into a file. */
export async function savePlan(file: string, text: string, outside: Outside): Promise<void> {
  try {
    await replaceFile(outside.files, resolve(outside.folder, file), new TextEncoder().encode(text), {
      chance: outside.chance,
      mode: 0o644,
    });
  } catch (cause) {
    const isFolder = nodeCode(cause) === 'EISDIR';
    throw new ShelfmarkError('PLAN_UNWRITABLE', {
      message: `The plan could not be saved as ${file}${isFolder ? ', which is a folder' : ''}. Nothing was changed.`,
      hint: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  }
}

export async function readSavedPlan(file: string, { files, folder }: Outside): Promise<SavedPlan> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(resolve(folder, file));
  } catch (cause) {
    throw new ShelfmarkError('PLAN_UNREADABLE', {
      message: `There is no readable plan file ${file}. Nothing was changed.`,
      hint: 'Make one with "shelfmark plan --out FILE".',
      cause,
    });
  }
  return parseSavedPlan(new TextDecoder().decode(bytes), file);
}

/**
 * Carries out a saved plan: what it says and nothing else. It is refused as a whole where config, lock or content
 * changed since; what changed in the help center leaves out the operation concerned, as stale.
 */
export async function applySavedPlan(
  saved: SavedPlan,
  options: RunOptions & { readonly confirm: (plan: Plan) => Promise<boolean> },
  outside: Outside,
): Promise<RunResult> {
  await using run = await openWriting(options, outside);
  const { input, intents } = await run.readSides();
  checkBound(saved, boundOf(options.config.source, input));
  const { planned, incoming } = await planSides(input, run.deps, run.outside.signal);
  const agreed = new Set(saved.operations);
  const operations = planned.plan.operations.filter((one) => agreed.has(operationDigest(one)));
  checkShown(saved, operations);
  const found = new Set(operations.map(operationDigest));
  const stale = saved.told.filter((_, index) => !found.has(saved.operations[index] ?? ''));
  const summary = { ...planned.plan.summary, ...countsOf([...operations, ...stale]) };
  const plan = { ...planned.plan, operations, summary };
  const outcomes: readonly Outcome[] | null =
    isAllowed(plan, options) && (await options.confirm(plan))
      ? await applyPlan({ ...planned, plan }, intents, run.deps, run.outside.signal, incoming)
      : null;
  return {
    plan,
    outcomes,
    calls: run.remote.side.calls(),
    site: run.remote.site,
    helpCenter: input.remote,
    isInterrupted: run.outside.signal.aborted,
    stale,
  };
}

/** What the summary says of operations, told of these. */
function countsOf(
  operations: readonly { readonly action: string }[],
): Pick<Summary, 'create' | 'update' | 'move' | 'delete'> {
  const of = (action: Operation['action']): number =>
    operations.filter((one) => one.action === action).length;
  return { create: of('create'), update: of('update'), move: of('move'), delete: of('delete') };
}
