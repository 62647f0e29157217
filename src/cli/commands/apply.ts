import { applySavedPlan, readSavedPlan } from '../../app/apply.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Output } from '../terminal/output.ts';
import { finishRun } from './run.ts';
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
  const options = {
    ...runOptions(config, saved.direction, output, flags),
    allowDeletes: saved.allowDeletes,
    allowEmptied: saved.allowEmptied,
  };
  const isStrict = flags.strict === true;
  return finishRun(await applySavedPlan(saved, options, outside), output, { isStrict });
}
