import { applySavedPlan, readSavedPlan } from '../../app/apply.ts';
import type { Outside } from '../../app/world.ts';
import type { Output } from '../output.ts';
import type { CommonFlags } from '../flags.ts';
import { finishRun } from './run.ts';
import { openConfig, runOptions } from './shared.ts';

export async function applyCommand(
  file: string,
  outside: Outside,
  output: Output,
  flags: CommonFlags,
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
  return finishRun(await applySavedPlan(saved, options, outside), output);
}
