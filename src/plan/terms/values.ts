import type { FieldStanding } from './verdict.ts';
import type { Halves } from '../../model/base.ts';

/**
 * Reconciles one value three ways. `local` null means "not said" and never counts as a change; `base` null for
 * "never agreed". Values that are only spelled differently on the two sides are the base's business: its halves say
 * what each side held when they agreed.
 */
export function reconcileValue(
  base: Halves<string | null> | null,
  local: string | null,
  remote: string | null,
): FieldStanding {
  if (base === null) return local === null || local === remote ? 'same' : 'conflict';
  const isLocalChanged = local !== null && local !== base.local;
  const isRemoteChanged = remote !== base.remote;
  if (!isLocalChanged) return isRemoteChanged ? 'behind' : 'same';
  if (local === remote) return 'converged';
  return isRemoteChanged ? 'conflict' : 'ahead';
}

/** Answers a conflict by policy: a side's value wins everywhere, or it stays a conflict. */
export function settle(standing: FieldStanding, policy: 'hold' | 'local' | 'remote'): FieldStanding {
  if (standing !== 'conflict' || policy === 'hold') return standing;
  return policy === 'local' ? 'ahead' : 'behind';
}
