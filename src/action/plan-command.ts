import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { planFileText, savePlan } from '../app/apply.ts';
import { offlinePlanRun } from '../app/offline-plan.ts';
import { planRun } from '../app/run.ts';
import { coveredRun } from '../app/state/audit.ts';
import { gateRun } from '../app/state/gate.ts';
import { localesIn } from '../app/state/translations.ts';
import { validateRun } from '../app/validate.ts';
import type { ShelfmarkError } from '../model/error.ts';
import type { Plan } from '../model/plan.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import { planJson } from '../report/plan-json.ts';
import { planText } from '../report/plan-text.ts';
import { sightOf } from '../report/sight/sight.ts';
import { styleOf } from '../report/style.ts';
import type { Gate } from '../translations/gate.ts';
import { annotationsOf } from './pages/annotations.ts';
import { keepComment, longestComment, markerOf } from './pages/comment.ts';
import { runOptionsOf, suffixOf, type ActionContext, type Desk } from './event/context.ts';
import { linksOf } from './pages/links.ts';
import { placeNote } from './pages/place-note.ts';
import { placeChanges } from './publish/place.ts';
import {
  failurePage,
  longestSummary,
  offlineNote,
  openAtFirst,
  originOf,
  planPage,
  titleOf,
} from './pages/plan-page.ts';
import { coveredSection } from './pages/covered-section.ts';
import { translationsSection } from './pages/translations-section.ts';
import type { Done } from './done.ts';
import { exitCodeOf, hasChanges } from './event/verdict.ts';

/** Says what a push would do: at the lines, in a comment and in the summary; writes nothing to either side. */
export async function planCommand(context: ActionContext): Promise<Done> {
  const { hasToken, inputs, runner } = context;
  const made = hasToken ? await planOnline(context) : await planWithout(context);
  const { config, outside } = context;
  const gated = await gateRun(config, outside, gateOf(context));
  // Also fetches the commit that the pull request is compared with.
  const place = await placeChanges(context);
  const base = context.event.pullRequest?.baseSha ?? '';
  const covered = base === '' ? [] : await coveredRun(config, outside, base);
  const plan = withProblems(made.plan, [...gated.problems, ...covered]);
  const carried = { plan, outcomes: null };
  runner.log(
    planText(plan, { style: styleOf(false), isVerbose: false, sight: sightOf(context.config.contentName) }),
  );
  for (const one of annotationsOf(carried, context)) runner.annotate(one);
  const title = titleOf(context, 'plan');
  const { event } = context;
  const links = linksOf(context, {
    commit: event.pullRequest?.headSha || event.sha,
    repository: event.pullRequest === null ? event.repository : (event.pullRequest.headRepository ?? ''),
    workspace: made.workspace,
    site: '',
  });
  const folded = { open: openAtFirst, links };
  const note = placeNote(place);
  const intro = `${note}${hasToken ? '' : `${offlineNote}\n`}${originOf(context)}`;
  const outro = [translationsSection(gated.standings, config.contentName), coveredSection(covered)]
    .filter((one) => one !== '')
    .join('\n');
  const page = { title, intro, plan, outro };
  const hash = planHash(plan);
  const whole =
    context.event.runUrl === null
      ? 'The whole plan is in the summary of this run.'
      : `The whole plan is in [the summary of the run](${context.event.runUrl}).`;
  const mark = `<!-- shelfmark:hash ${hash} -->\n`;
  const budget = longestComment - mark.length;
  await keepComment(context, {
    marker: markerOf(context, 'plan'),
    body: `${mark}${planPage({ ...page, budget, options: { whole, folded } })}`,
    isWorthIt:
      hasChanges(plan) ||
      outro !== '' ||
      plan.problems.length + plan.conflicts.length + plan.behind.length + plan.refusals.length > 0,
  });
  return {
    plans: [plan],
    planHash: hash,
    planFile: made.planFile,
    pullRequestUrl: null,
    page: planPage({ ...page, budget: longestSummary, options: { folded } }),
    document: { ...planJson(plan), offline: !hasToken },
    code: exitCodeOf(carried, inputs.failOn, false),
  };
}

/** The comment must not go on showing a plan that is no longer true. */
export async function planFailed(context: Desk, error: ShelfmarkError): Promise<void> {
  const body = failurePage(titleOf(context, 'plan'), error);
  await keepComment(context, {
    marker: markerOf(context, 'plan'),
    body: `${body}\n${originOf(context)}\n`,
    isWorthIt: true,
  });
}

/** Checks the files only, whatever else there is. */
export async function validateCommand(context: ActionContext): Promise<Done> {
  const { config, inputs, outside, runner } = context;
  const { problems } = await validateRun(config, outside, { gate: gateOf(context) });
  const plan: Plan = { ...emptyPlan, problems };
  const carried = { plan, outcomes: null };
  for (const one of annotationsOf(carried, context)) runner.annotate(one);
  const page = planPage({
    title: titleOf(context, 'check of the files'),
    intro: 'Only the files were looked at.',
    plan,
    budget: longestSummary,
  });
  return {
    plans: [],
    planHash: null,
    planFile: null,
    pullRequestUrl: null,
    page,
    document: { version: 1, problems },
    code: exitCodeOf(carried, inputs.failOn, false),
  };
}

const gateOf = ({ config, inputs }: ActionContext): Gate => ({
  required: localesIn(inputs.requireLocale, config),
  maxBehind: inputs.maxBehind,
});

const withProblems = (plan: Plan, problems: readonly Problem[]): Plan =>
  problems.length === 0 ? plan : { ...plan, problems: [...plan.problems, ...problems].toSorted(byPlace) };

/** The same for two plans that say the same: of everything that `plan --json` holds. */
export function planHash(plan: Plan): string {
  return createHash('sha256')
    .update(JSON.stringify(planJson(plan)))
    .digest('hex');
}

interface Made {
  readonly plan: Plan;
  readonly planFile: string | null;
  /** Empty where it is not known. */
  readonly workspace: string;
}

async function planOnline(context: ActionContext): Promise<Made> {
  const { event, inputs, outside, runner } = context;
  const options = runOptionsOf(context, 'push');
  const result = await planRun(options, outside);
  const planFile =
    inputs.planFile === null
      ? join(event.temporary, `plan${suffixOf(context)}.json`)
      : resolve(event.workspace, inputs.planFile);
  await outside.files.makeFolder(join(planFile, '..'));
  await savePlan(planFile, planFileText(result, options), outside);
  runner.log(`The plan is saved in ${planFile}.`);
  return { plan: result.plan, planFile, workspace: result.input.remote.workspace };
}

async function planWithout({ config, inputs, outside, runner }: ActionContext): Promise<Made> {
  runner.annotate({
    level: 'notice',
    title: 'Planned without the help center',
    message:
      'This run has no token for the help center, so the files were checked and compared with the lock file only.',
  });
  const plan = await offlinePlanRun(config, inputs.allowDeletes, outside);
  return { plan, planFile: null, workspace: '' };
}

const emptyPlan: Plan = {
  version: 1,
  direction: 'push',
  summary: { create: 0, update: 0, move: 0, delete: 0, conflict: 0, behind: 0, adopt: 0, unchanged: 0 },
  operations: [],
  conflicts: [],
  behind: [],
  problems: [],
  refusals: [],
  baseEdits: [],
  statuses: [],
};
