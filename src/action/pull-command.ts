import { exitCodes } from '../app/exit-codes.ts';
import { applyRun, type RunResult } from '../app/run.ts';
import { planJson } from '../report/plan-json.ts';
import { planText } from '../report/plan-text.ts';
import { sightOf } from '../report/sight/sight.ts';
import { outcomesJson } from '../report/run-text.ts';
import { styleOf } from '../report/style.ts';
import { annotationsOf } from './pages/annotations.ts';
import { runOptionsOf, suffixOf, type ActionContext } from './event/context.ts';
import type { Done } from './done.ts';
import { wrongUsage, type CommitInput } from './event/inputs.ts';
import { lockPathOf, moveToTip, pendingLock, takeIn } from './publish/lock-branch.ts';
import { takeLease } from './publish/lease.ts';
import { planHash } from './plan-command.ts';
import type { BroughtHome, Pulled } from './pages/brought-home.ts';
import { contentPathOf, refuseDifference } from './publish/same-as-commit.ts';
import { isOurs, signed, titled } from './publish/project-mark.ts';
import { notSaved, propose } from './publish/propose.ts';
import { pullPage, pullRequestBody } from './pages/pull-page.ts';
import { exitCodeOf } from './event/verdict.ts';
import { permission } from './publish/write-back.ts';

/** As often as somebody may be faster at the branch. */
const mostTries = 6;

/** Brings the edits of the help center into the repository: one pull request, or a commit where that is wanted. */
export async function pullCommand(context: ActionContext): Promise<Done> {
  const { event, inputs, git, runner } = context;
  const mode: CommitInput = inputs.commit ?? 'pull-request';
  const { branch } = event;
  if (mode !== 'none' && branch === null)
    throw wrongUsage(
      '"pull" is for a branch, and this run is of none.',
      'Run it on a schedule or by hand, or say "commit: none".',
    );
  // Half of a push must not be taken for edits of a teammate.
  await using lease = mode === 'none' ? null : await takeLease(context);
  if (lease !== null) runner.log('No other run publishes meanwhile.');
  for (let tries = 1; ; tries += 1) {
    const tip = mode === 'none' || branch === null ? null : await begin(context, branch);
    const result = await applyRun(
      { ...runOptionsOf(context, 'pull'), confirm: async () => true },
      context.outside,
    );
    runner.log(
      planText(result.plan, {
        style: styleOf(false),
        isVerbose: false,
        sight: sightOf(context.config.contentName),
      }),
    );
    const home =
      branch === null || tip === null
        ? ({ way: 'left' } as const)
        : await bringHome(context, result, mode, branch, tip);
    if (home.way !== 'raced') return finish(context, result, home);
    if (tries === mostTries)
      throw notSaved(`${branch ?? ''} moved on each of ${mostTries} times.`, 'Run the job again.');
    await git.putBack(await pathsOf(context));
  }
}

async function begin(context: ActionContext, branch: string): Promise<string> {
  const tip = await moveToTip(context, branch);
  await refuseDifference(context, await pathsOf(context));
  const waiting = await pendingLock(context, branch, tip);
  if (waiting !== null) await takeIn(waiting, context);
  return tip;
}

async function bringHome(
  context: ActionContext,
  result: Pulled,
  mode: CommitInput,
  branch: string,
  tip: string,
): Promise<BroughtHome> {
  const { git, github, runner } = context;
  const own = context.inputs.pullRequestBranch ?? `shelfmark/pull${suffixOf(context)}`;
  if ((await git.changed([contentPathOf(context)])).length === 0) {
    if (isSettled(result)) await closeOutdated(context, own, branch, tip);
    return { way: 'nothing' };
  }
  const paths = await pathsOf(context);
  const message = signed(
    'Bring edits home from the help center\n\nWhat was edited in Intercom since the last sync, and the lock file.',
    context,
  );
  if (mode === 'push') {
    const commit = await git.commit({ paths, onto: tip, alsoParent: null, message });
    const pushed = await git.push(commit, branch);
    if (pushed.push === 'failed')
      throw notSaved(`The edits could not be pushed to ${branch}: ${pushed.said}.`, permission);
    if (pushed.push === 'raced') return { way: 'raced' };
    if (pushed.push === 'done') {
      await git.moveHead(commit);
      return { way: 'pushed', commit };
    }
    runner.log(`${branch} is protected (${pushed.said}), so the edits get a pull request.`);
  }
  if (await isForeign(context, own, branch, tip)) {
    const open = await github?.findPullRequest(own, branch);
    if (open !== null) return { way: 'busy', url: open?.url ?? null };
  }
  const { pullRequest } = await propose(context, {
    base: branch,
    tip,
    branch: own,
    paths,
    message,
    title: titled('Bring edits home from the help center', context),
    body: async (commit) =>
      pullRequestBody(context, result, await git.diff(tip, commit, [contentPathOf(context)])),
  });
  return { way: 'proposed', url: pullRequest.url };
}

/** A pull request that says what is no longer so would put old text over new when it is merged. */
async function closeOutdated(
  context: ActionContext,
  own: string,
  branch: string,
  tip: string,
): Promise<void> {
  const { github, runner } = context;
  const open = (await github?.findPullRequest(own, branch)) ?? null;
  if (github === null || open === null || (await isForeign(context, own, branch, tip))) return;
  await github.updatePullRequest(open.number, { state: 'closed' });
  runner.log(`Nothing is left to bring home, so the pull request ${open.url} was closed.`);
}

/** Whether somebody else, or another project, has worked on our branch. */
async function isForeign(context: ActionContext, own: string, branch: string, tip: string): Promise<boolean> {
  const { git } = context;
  const head = await git.fetch(own);
  if (head === null) return false;
  await git.deepen([branch, own]);
  return (await git.written(head, tip)).some((one) => !isOurs(one, context));
}

const isSettled = ({ plan, outcomes }: RunResult): boolean =>
  outcomes !== null && plan.operations.length === 0 && plan.conflicts.length === 0;

/** What a pull may change; git passes over what it ignores. */
async function pathsOf(context: ActionContext): Promise<readonly string[]> {
  const { config, outside } = context;
  const isThere = (await outside.files.stat(config.lockFile)) !== null;
  return [contentPathOf(context), ...(isThere ? [lockPathOf(context)] : [])];
}

function finish(context: ActionContext, result: Pulled, home: BroughtHome): Done {
  const { inputs, runner } = context;
  const { plan, outcomes, calls } = result;
  for (const one of annotationsOf(result, context)) runner.annotate(one);
  if (home.way === 'busy')
    runner.annotate({
      level: 'warning',
      title: 'Left alone',
      message:
        'Somebody else has worked on the pull request with the edits, so newer ones were not added to it. Merge or close it; the next run brings the rest.',
    });
  const isRemaining = home.way === 'busy';
  return {
    plans: [plan],
    planHash: planHash(plan),
    planFile: null,
    pullRequestUrl: home.way === 'proposed' || home.way === 'busy' ? home.url : null,
    page: pullPage(context, result, home),
    document: { ...planJson(plan), outcomes: outcomesJson(outcomes ?? []), calls, home },
    code: result.isInterrupted
      ? exitCodes.interrupted
      : exitCodeOf(result, inputs.failOn, true, { isRemaining }),
  };
}
