import { openSight } from '../../app/sight.ts';
import { planRun } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import { elsewhereOf } from '../../model/elsewhere.ts';
import { shownOf } from '../../report/problems-text.ts';
import { statusJson, statusText } from '../../report/status-text.ts';
import { exitCodeOfPlan } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig, runOptions } from './shared.ts';

export async function statusCommand(outside: Outside, output: Output, flags: CommonFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { plan } = await planRun(
    runOptions(config, 'sync', { output, clock: outside.clock }, flags),
    outside,
  );
  const sight = await openSight(config, outside, shownOf(plan.problems));
  output.text(statusText(plan, output.style, sight));
  output.json(statusJson(plan));
  // That a run would be refused is no failure of the question how things stand; that nobody can tell is one.
  return exitCodeOfPlan(elsewhereOf(plan) === null ? { ...plan, refusals: [] } : plan, false);
}
