import { applyRun, type RunResult } from '../../app/run.ts';
import type { Outside } from '../../app/world.ts';
import type { Direction } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { counted, planText } from '../../report/plan-text.ts';
import { outcomesJson, outcomesText } from '../../report/run-text.ts';
import { ask, isInteractive } from '../ask.ts';
import { exitCodeOfRun } from '../../app/exit-codes.ts';
import type { Output } from '../output.ts';
import { openConfig, runOptions, type GuardFlags } from './shared.ts';

export async function runCommand(
  direction: Direction,
  outside: Outside,
  output: Output,
  flags: GuardFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  let isShown = false;
  const result = await applyRun(
    {
      ...runOptions(config, direction, output, flags),
      async confirm(plan) {
        const isDestructive = plan.operations.some((one) => one.action === 'delete');
        if (!isDestructive || flags.yes === true || !isInteractive(output.options.isJson)) return true;
        output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
        isShown = true;
        return ask('This plan deletes or unpublishes entries. Carry it out?', outside.signal);
      },
    },
    outside,
  );
  return finishRun(result, output, isShown);
}

/** Prints what a run planned and what became of it; gives the exit code. */
export function finishRun(result: RunResult, output: Output, isShown = false): number {
  const { plan, outcomes, calls, site, stale = 0 } = result;
  if (!isShown) output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
  const isIdle = plan.operations.length === 0 && plan.baseEdits.length === 0;
  if (outcomes === null) output.text(`\n${output.style.warn('Nothing was written.')}\n`);
  else if (!isIdle) output.text(`\n${outcomesText(outcomes, calls, output.style)}`);
  if (stale > 0) {
    const text = `${counted(stale, 'operation')} of the saved plan no longer fit what is in the help center and were left out. Make a new plan.`;
    output.text(`${output.style.warn(text)}\n`);
  }
  if (site !== null && outcomes !== null) {
    const hint = 'To look at it, run "npx shelfmark simulate" and open that address.';
    output.text(`\nThe help center:  ${output.style.strong(site)}\n${output.style.dim(hint)}\n`);
  }
  output.json({
    ...planJson(plan),
    outcomes: outcomesJson(outcomes ?? []),
    calls,
    ...(stale > 0 ? { stale } : {}),
  });
  return exitCodeOfRun(result);
}
