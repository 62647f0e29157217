import { ShelfmarkError } from './error.ts';
import type { Plan, Refusal } from './plan.ts';

const codes: readonly string[] = ['OTHER_WORKSPACE', 'OTHER_LOCALE'];

/**
 * The refusal, if there is one, that leaves nothing to be said about any entry: what was read belongs to another help
 * center, or to another language, than the lock file.
 */
export function elsewhereOf({ refusals }: Pick<Plan, 'refusals'>): Refusal | null {
  return refusals.find((one) => codes.includes(one.code)) ?? null;
}

/** For commands that do not print plans: ends the command with that refusal. */
export function refuseElsewhere(plan: Pick<Plan, 'refusals'>): void {
  const found = elsewhereOf(plan);
  if (found === null) return;
  const { code, message, hint } = found;
  throw new ShelfmarkError(code, { kind: 'refused', message: `${message} Nothing was changed.`, hint });
}
