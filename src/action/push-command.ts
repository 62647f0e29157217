import { resolve } from 'node:path';
import { applySavedPlan, readSavedPlan } from '../app/apply.ts';
import { exitCodes } from '../app/exit-codes.ts';
import { applyRun, type RunResult } from '../app/run.ts';
import { ShelfmarkError } from '../model/error.ts';
import { planJson } from '../report/plan-json.ts';
import { planText } from '../report/plan-text.ts';
import { sightOf } from '../report/sight/sight.ts';
import { outcomesJson, outcomesText } from '../report/run-text.ts';
import { styleOf } from '../report/style.ts';
import { annotationsOf } from './pages/annotations.ts';
import { runOptionsOf, type ActionContext } from './event/context.ts';
import type { Done } from './done.ts';
import { wrongUsage, type CommitInput } from './event/inputs.ts';
import { takeLease } from './publish/lease.ts';
import {
  lockAt,
  lockBranchOf,
  lockHere,
  lockPathOf,
  moveToTip,
  pendingLock,
  takeIn,
  type LockInWaiting,
} from './publish/lock-branch.ts';
import { configFileOf, contentPathOf, refuseDifference } from './publish/same-as-commit.ts';
import { planHash } from './plan-command.ts';
import { permission, writeBack, type WrittenBack } from './publish/write-back.ts';
import { longestSummary } from './pages/plan-page.ts';
import { pushPage } from './pages/push-page.ts';
import { tellPublished } from './after-merge.ts';
import { exitCodeOf } from './event/verdict.ts';

/** So many times somebody else may write the branch first before this run gives up. */
const mostTries = 6;

/**
 * Publishes what the branch says and writes the lock file back. Where the branch moved on meanwhile, everything is
 * fetched and planned again on top of it, and what this run did already is taken along; nothing is ever forced.
 */
export async function pushCommand(context: ActionContext): Promise<Done> {
  const { event, inputs } = context;
  const mode: CommitInput = inputs.commit ?? 'push';
  const { branch } = event;
  if (mode !== 'none' && branch === null)
    throw wrongUsage(
      `"${context.command}" writes the lock file back to a branch, and this run is of none.`,
      'Run it on a push to a branch, or say "commit: none".',
    );
  await using lease = mode === 'none' ? null : await takeLease(context);
  if (lease?.isHeld === true) context.runner.log('This run is the only one that publishes.');
  const results: RunResult[] = [];
  let waiting: LockInWaiting | null = null;
  for (let tries = 1; ; tries += 1) {
    const tip =
      mode === 'none' || branch === null ? null : await begin(context, branch, waiting, tries === 1);
    if (tip !== null && tries === 1 && lease?.isHeld !== true)
      await refuseReadOnly(context, tip, mode === 'push' ? (branch ?? '') : lockBranchOf(context));
    if (tip === null) await refuseDifference(context, [contentPathOf(context), configFileOf(context)]);
    const ran = await runOnce(context, results.length === 0);
    if (ran.result !== null) results.push(ran.result);
    const back = await writeBack(context, mode, branch, tip);
    if (back.way === 'raced' && tip !== null) {
      if (tries === mostTries) throw raceLost(branch ?? '');
      waiting = await ownLock(context, tip);
      await context.git.putBack([lockPathOf(context)]);
      context.runner.log(`${branch ?? ''} has moved on meanwhile: fetching it and planning again.`);
      await context.outside.clock.sleep(
        waitBefore(tries, context.outside.chance.next()),
        new AbortController().signal,
      );
      continue;
    }
    if (ran.failure !== null) throw ran.failure;
    // What another run changed in between is decided once more, on top of what that one wrote down.
    if (isOvertaken(results.at(-1)) && tip !== null && tries < mostTries) {
      await context.outside.clock.sleep(
        waitBefore(tries, context.outside.chance.next()),
        new AbortController().signal,
      );
      continue;
    }
    return finish(context, results, back, tip);
  }
}

/** Brings the checkout up to date, to a lock file that knows all that was done. */
async function begin(
  context: ActionContext,
  branch: string,
  waiting: LockInWaiting | null,
  isFirst: boolean,
): Promise<string> {
  const tip = await moveToTip(context, branch);
  const known = waiting ?? (isFirst ? await pendingLock(context, branch, tip) : null);
  // Of the lock file only before this run adds to it.
  const lock = isFirst ? [lockPathOf(context)] : [];
  await refuseDifference(context, [contentPathOf(context), configFileOf(context), ...lock]);
  if (known !== null) await takeIn(known, context);
  return tip;
}

/** Makes sure that what this run will do can be written back, before anything is published. */
async function refuseReadOnly({ git }: ActionContext, tip: string, branch: string): Promise<void> {
  const trial = await git.push(tip, branch, true);
  if (trial.push === 'failed')
    throw new ShelfmarkError('LOCK_NOT_SAVED', {
      message: `This run may not push to the repository, so it could not write back what it does: ${trial.said}. Nothing was changed.`,
      hint: permission,
    });
}

/** A saved plan is carried out once, and nothing else than it; a push again and again until it rests. */
async function runOnce(
  context: ActionContext,
  isFirst: boolean,
): Promise<{ readonly result: RunResult | null; readonly failure: unknown }> {
  const { command, inputs, outside, event, runner } = context;
  const options = runOptionsOf(context, 'push');
  try {
    let result: RunResult;
    if (command === 'apply') {
      if (!isFirst) return { result: null, failure: null };
      if (inputs.planFile === null)
        throw wrongUsage('"apply" carries out a saved plan.', 'Name it with the input "plan-file".');
      const saved = await readSavedPlan(resolve(event.workspace, inputs.planFile), outside);
      if (saved.direction !== 'push')
        throw wrongUsage(
          'The saved plan does not only publish.',
          'Make one with "plan --direction push --out FILE".',
        );
      if (saved.target !== context.config.target)
        throw wrongUsage(
          'The saved plan is for another target than the input "target" names.',
          'Name the same.',
        );
      const { allowDeletes, allowEmptied } = saved;
      result = await applySavedPlan(
        saved,
        { ...options, allowDeletes, allowEmptied, confirm: async () => true },
        outside,
      );
    } else result = await applyRun({ ...options, confirm: async () => true }, outside);
    const style = styleOf(false);
    const sight = sightOf(context.config.contentName);
    runner.log(planText(result.plan, { style, isVerbose: false, sight }));
    if (result.outcomes !== null) runner.log(outcomesText(result.outcomes, result.calls, style, { sight }));
    return { result, failure: null };
  } catch (failure) {
    // The lock file may know something already, and must be written back all the same.
    return { result: null, failure };
  }
}

/** What this run knows and could not write back, and what it had grown from. */
async function ownLock(context: ActionContext, tip: string): Promise<LockInWaiting | null> {
  const ours = await lockHere(context);
  const before = await lockAt(context, tip);
  return ours === null || before === null ? null : { ours, before };
}

const isOvertaken = (result: RunResult | undefined): boolean =>
  result?.outcomes?.some((one) => one.status === 'stale') === true;

/** Milliseconds; a little by chance, so that two runs do not keep step. */
const waitBefore = (tries: number, chance: number): number => Math.round(200 * tries * (0.5 + chance));

async function finish(
  context: ActionContext,
  results: readonly RunResult[],
  back: WrittenBack,
  tip: string | null,
): Promise<Done> {
  const { inputs, runner } = context;
  const last = results.at(-1);
  if (last === undefined) throw new RangeError('A run without a result');
  const [first = last] = results;
  const published = {
    results,
    back,
    commit: tip ?? context.event.sha,
    at: context.outside.clock.now(),
  };
  await tellPublished(context, published);
  for (const one of annotationsOf(last, context)) runner.annotate(one);
  const code = last.isInterrupted
    ? exitCodes.interrupted
    : exitCodeOf(last, inputs.failOn, true, { isRemaining: (last.stale ?? []).length > 0 });
  return {
    plans: results.map((one) => one.plan),
    planHash: planHash(first.plan),
    planFile: context.command === 'apply' ? inputs.planFile : null,
    pullRequestUrl: back.way === 'proposed' ? back.url : null,
    page: pushPage(context, published, longestSummary),
    document: { ...documentOf(last), lock: back, earlier: results.slice(0, -1).map(documentOf) },
    code,
  };
}

const documentOf = ({ plan, outcomes, calls }: RunResult): Record<string, unknown> => ({
  ...planJson(plan),
  outcomes: outcomesJson(outcomes ?? []),
  calls,
});

const raceLost = (branch: string): ShelfmarkError =>
  new ShelfmarkError('RACE_LOST', {
    message: `${branch} moved on each of the ${mostTries} times that the lock file was to be written back. What was done in the help center stays; the next run finds it again.`,
    hint: 'Let one run at a time write to it, with a concurrency group as "shelfmark init --github" writes it.',
  });
