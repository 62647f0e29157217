import { applyRun, type RunResult } from '../../app/run.ts';
import { openSight } from '../../app/sight.ts';
import type { Config } from '../../config/read-config.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Direction, Plan } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { leftText, planText } from '../../report/plan-text.ts';
import { shownOf } from '../../report/problems-text.ts';
import { nothingWritten, outcomesJson, outcomesText } from '../../report/run-text.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { exitCodeOfRun } from '../../app/exit-codes.ts';
import { safeLine } from '../../report/safe.ts';
import type { Output } from '../terminal/output.ts';
import { openConfig, runOptions, type RunFlags } from './shared.ts';

export async function runCommand(
  direction: Direction,
  outside: Outside,
  output: Output,
  flags: RunFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  const shown = showOnce(output, config, outside);
  const result = await applyRun(
    {
      ...runOptions(config, direction, { output, clock: outside.clock }, flags),
      async confirm(plan) {
        const isDestructive = plan.operations.some((one) => one.action === 'delete');
        const isAsked = isDestructive && flags.yes !== true && isInteractive(outside, output.options.isJson);
        await shown.show(plan, isAsked);
        return !isAsked || ask('This plan deletes or unpublishes entries. Go ahead?', outside);
      },
    },
    outside,
  );
  return finishRun(result, output, { shown, isStrict: flags.strict === true, config, outside });
}

/** Prints a plan before anything of it is carried out, and not a second time when all is done. */
export interface ShownPlan {
  /** @param isWhole also where the user wants to see results and errors only, such as before a question */
  show(plan: Plan, isWhole?: boolean): Promise<void>;
}

export function showOnce(output: Output, config: Config, outside: Outside): ShownPlan {
  let isShown = false;
  const { style, options } = output;
  return {
    async show(plan, isWhole = false) {
      if (isShown) return;
      isShown = true;
      const { isVerbose } = options;
      const isQuiet = options.isQuiet && !isWhole;
      const sight = await openSight(config, outside, shownOf(plan.problems));
      output.text(isQuiet ? leftText(plan, style, sight) : planText(plan, { style, isVerbose, sight }));
    },
  };
}

/** Prints what became of a run; gives the exit code. */
export async function finishRun(
  result: RunResult,
  output: Output,
  {
    shown,
    isStrict,
    config,
    outside,
  }: {
    readonly shown: ShownPlan;
    readonly isStrict: boolean;
    readonly config: Config;
    readonly outside: Outside;
  },
): Promise<number> {
  const { plan, outcomes, calls, site, isInterrupted, stale = [] } = result;
  await shown.show(plan);
  const sight = await openSight(config, outside, []);
  const isIdle = plan.operations.length === 0 && plan.baseEdits.length === 0;
  if (outcomes === null) output.text(`\n${output.style.warn(nothingWritten(plan, isStrict))}\n`);
  else if (!isIdle) output.text(`\n${outcomesText(outcomes, calls, output.style, { isInterrupted, sight })}`);
  for (const one of stale)
    output.text(
      `${output.style.warn('stale')} ${output.style.strong(safeLine(sight.entry(one.path)))}: ${overtaken.message} ${output.style.dim(output.style.said(overtaken.hint))}\n`,
    );
  if (site !== null && outcomes !== null && !output.options.isQuiet) {
    const hint = output.style.said('To look at it, run "shelfmark simulate" and open that address.');
    output.text(`\nThe help center:  ${output.style.strong(site)}\n${output.style.dim(hint)}\n`);
  }
  const json = planJson(plan);
  output.json({
    ...json,
    operations: [...json.operations, ...stale],
    outcomes: [...outcomesJson(outcomes ?? []), ...stale.map(staleJson)],
    calls,
  });
  return exitCodeOfRun(result);
}

/** What becomes of an operation of a saved plan that the help center has overtaken. */
const overtaken = {
  message: 'The help center changed since the plan was made, so nothing was written.',
  hint: 'Make a new plan with "shelfmark plan --out FILE".',
} as const;

const staleJson = ({ side, action, kind, path, id }: NonNullable<RunResult['stale']>[number]): object => ({
  status: 'stale',
  side,
  action,
  kind,
  path,
  id,
  ...overtaken,
});
