import { exitCodes } from '../../app/exit-codes.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import type { FailOn } from './inputs.ts';

/** A plan, and what became of it where it was carried out. */
export interface Carried {
  readonly plan: Plan;
  /** Null where the plan was not carried out. */
  readonly outcomes: readonly Outcome[] | null;
}

/** What a run ends with: the usual exit codes, as far as the workflow wants them to fail the job. */
export function exitCodeOf(
  { plan, outcomes }: Carried,
  failOn: ReadonlySet<FailOn>,
  isRun: boolean,
  more: { readonly isFailed?: boolean; readonly isRemaining?: boolean } = {},
): number {
  const has = (status: Outcome['status']): boolean => outcomes?.some((one) => one.status === status) ?? false;
  const errors = plan.problems.some((one) => one.severity === 'error');
  if (failOn.has('errors') && (errors || has('failed') || has('skipped') || more.isFailed === true))
    return exitCodes.failed;
  if (failOn.has('refusals') && plan.refusals.length > 0) return exitCodes.refused;
  const remains =
    plan.conflicts.length > 0 || plan.behind.length > 0 || has('stale') || more.isRemaining === true;
  if (failOn.has('conflicts') && remains) return exitCodes.remaining;
  if (failOn.has('warnings') && plan.problems.some((one) => one.severity === 'warning'))
    return exitCodes.failed;
  return failOn.has('changes') && !isRun && hasChanges(plan) ? exitCodes.pending : exitCodes.done;
}

export const hasChanges = ({ operations, summary }: Plan): boolean =>
  operations.length > 0 || summary.adopt > 0;
