import { applyRun } from '../../app/run.ts';
import type { Outside } from '../../app/world.ts';
import type { Direction, Plan } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import { outcomesJson, outcomesText } from '../../report/run-text.ts';
import { ask, isInteractive } from '../ask.ts';
import { exitCodeOfRun } from '../exit-codes.ts';
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
  const show = (plan: Plan): void => {
    if (!isShown) output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
    isShown = true;
  };
  const result = await applyRun(
    {
      ...runOptions(config, direction, output, flags),
      async confirm(plan) {
        show(plan);
        const isDestructive = plan.operations.some((one) => one.action === 'delete');
        if (!isDestructive || flags.yes === true || !isInteractive(output.options.isJson)) return true;
        return ask('This plan deletes or unpublishes entries. Carry it out?', outside.signal);
      },
    },
    outside,
  );
  show(result.plan);
  const { plan, outcomes, calls, site } = result;
  const isIdle = plan.operations.length === 0 && plan.baseEdits.length === 0;
  if (outcomes !== null && !isIdle) output.text(`\n${outcomesText(outcomes, calls, output.style)}`);
  else if (outcomes === null) output.text(`\n${output.style.warn('Nothing was written.')}\n`);
  if (site !== null && outcomes !== null)
    output.text(
      `\nThe help center:  ${output.style.strong(site)}\n${output.style.dim('To look at it, run "npx shelfmark simulate" and open that address.')}\n`,
    );
  output.json({ ...planJson(plan), outcomes: outcomesJson(outcomes ?? []), calls });
  return exitCodeOfRun(result);
}
