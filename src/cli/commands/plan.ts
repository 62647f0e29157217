import { planFileText, savePlan } from '../../app/apply.ts';
import { openSight } from '../../app/sight.ts';
import { planRun } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Direction } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { planMarkdown } from '../../report/plan-markdown.ts';
import { planText } from '../../report/plan-text.ts';
import { shownOf } from '../../report/problems-text.ts';
import { safeLine } from '../../report/safe.ts';
import { exitCodeOfPlan } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { openConfig, runOptions, type RunFlags } from './shared.ts';

export interface PlanFlags extends RunFlags {
  readonly direction: Direction;
  readonly detailedExitcode?: boolean;
  readonly out?: string;
  readonly markdown?: boolean;
}

export async function planCommand(outside: Outside, output: Output, flags: PlanFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const options = runOptions(config, flags.direction, { output, clock: outside.clock }, flags);
  const result = await planRun(options, outside);
  const { plan, calls } = result;
  if (flags.out !== undefined) await savePlan(flags.out, planFileText(result, options), outside);
  const sight = await openSight(config, outside, shownOf(plan.problems));
  if (flags.markdown === true) output.verbatim(planMarkdown(plan, { budget: Number.POSITIVE_INFINITY }));
  else output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose, sight }));
  if (flags.out !== undefined) {
    const saved = `\nSaved. Carry out exactly this with: ${output.style.said('shelfmark apply')} ${safeLine(flags.out)}`;
    if (flags.markdown === true) output.note(saved);
    else output.text(`${saved}\n`);
  }
  output.json({ ...planJson(plan), calls });
  return exitCodeOfPlan(plan, flags.detailedExitcode === true);
}
