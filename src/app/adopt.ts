import { applyPlan } from '../engine/apply-plan.ts';
import { refuseElsewhere } from '../model/elsewhere.ts';
import type { BaseEdit, Conflict, Plan } from '../model/plan.ts';
import { makePlan } from '../plan/make-plan.ts';
import { openWriting, type RunOptions } from './run.ts';
import type { Outside } from '../ports/outside.ts';

export interface Adopted {
  readonly linked: readonly BaseEdit[];
  /** The same title in the same place, but not the same content: not linked until somebody answers. */
  readonly differing: readonly Conflict[];
  readonly plan: Plan;
}

/** Links files to what the help center holds already, where both say the same; changes neither. */
export async function adoptRun(options: RunOptions, outside: Outside): Promise<Adopted> {
  await using run = await openWriting({ ...options, direction: 'sync' }, outside);
  const { input, intents } = await run.readSides();
  const planned = makePlan(input);
  refuseElsewhere(planned.plan);
  const linked = planned.plan.baseEdits.filter((one) => one.edit === 'adopt');
  const plan: Plan = { ...planned.plan, operations: [], baseEdits: linked };
  await applyPlan({ ...planned, plan }, intents, run.deps, run.outside.signal);
  return { linked, differing: planned.plan.conflicts, plan: planned.plan };
}
