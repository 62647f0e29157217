import { applySavedPlan, readSavedPlan } from '../../app/apply.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Plan } from '../../model/plan.ts';
import type { Output } from '../terminal/output.ts';
import { finishRun, showOnce } from './run.ts';
import { openConfig, runOptions, type StrictFlags } from './shared.ts';

export async function applyCommand(
  file: string,
  outside: Outside,
  output: Output,
  flags: StrictFlags,
): Promise<number> {
  const saved = await readSavedPlan(file, outside);
  const config = await openConfig(outside, {
    ...flags,
    ...(saved.target === null ? {} : { target: saved.target }),
  });
  const shown = showOnce(output, config, outside);
  const options = {
    ...runOptions(config, saved.direction, { output, clock: outside.clock }, flags),
    allowDeletes: saved.allowDeletes,
    allowEmptied: saved.allowEmptied,
    takeBack: saved.takeBack,
    async confirm(plan: Plan) {
      await shown.show(plan);
      return true;
    },
  };
  const isStrict = flags.strict === true;
  return finishRun(await applySavedPlan(saved, options, outside), output, {
    shown,
    isStrict,
    config,
    outside,
  });
}
