import type { PlanInput } from '../plan/terms/input.ts';
import { makePlan, type Planned } from '../plan/make-plan.ts';
import { fetchImages, type PlannedWithImages } from './fetch-images.ts';
import type { RunDeps } from './ports.ts';

/** Plans, with the help of what this machine remembers and of what can be fetched from the help center. */
export async function planSides(
  input: PlanInput,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<PlannedWithImages> {
  return fetchImages(await planWithMemory(input, deps), deps.images, deps.local, signal);
}

/**
 * Two people who changed different words of one block can both have their way where it is known what the block was;
 * that is looked up only when there is such a conflict.
 */
export async function planWithMemory(
  input: PlanInput,
  { memory }: Pick<RunDeps, 'memory'>,
): Promise<Planned> {
  const planned = makePlan(input);
  const isText = planned.plan.conflicts.some(
    (one) => one.field === 'body' && one.local !== null && one.remote !== null,
  );
  if (!isText) return planned;
  const known = await memory.recall();
  return known.size === 0 ? planned : makePlan({ ...input, recall: (fingerprint) => known.get(fingerprint) });
}
