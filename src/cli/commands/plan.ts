import { planRun } from '../../app/run.ts';
import type { Outside } from '../../app/world.ts';
import type { Direction } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import { exitCodeOfPlan } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { openConfig, runOptions, type GuardFlags } from './shared.ts';

export interface PlanFlags extends GuardFlags {
  readonly direction: Direction;
  readonly detailedExitcode?: boolean;
}

export async function planCommand(outside: Outside, output: Output, flags: PlanFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { plan, calls } = await planRun(runOptions(config, flags.direction, output, flags), outside);
  output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
  output.json({ ...planJson(plan), calls });
  return exitCodeOfPlan(plan, flags.detailedExitcode === true);
}
