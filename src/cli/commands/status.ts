import { planRun } from '../../app/run.ts';
import type { Outside } from '../../app/world.ts';
import { statusJson, statusText } from '../../report/status-text.ts';
import { exitCodeOfPlan } from '../../app/exit-codes.ts';
import type { Output } from '../output.ts';
import type { CommonFlags } from '../program.ts';
import { openConfig, runOptions } from './shared.ts';

export async function statusCommand(outside: Outside, output: Output, flags: CommonFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { plan } = await planRun(runOptions(config, 'sync', output, flags), outside);
  output.text(statusText(plan, output.style));
  output.json(statusJson(plan));
  return exitCodeOfPlan({ ...plan, refusals: [] }, false);
}
