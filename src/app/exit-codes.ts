import type { RunResult } from './run.ts';
import type { ErrorKind } from '../model/error.ts';
import type { Plan } from '../model/plan.ts';

/** What a command ends with; the same everywhere. */
export const exitCodes = {
  /** Done, or nothing to do. */
  done: 0,
  failed: 1,
  /** Changes are pending; only `plan --detailed-exitcode`. */
  pending: 2,
  /** Conflicts or entries that are behind remain. */
  remaining: 3,
  /** A guard said no. */
  refused: 4,
  /** Wrong usage. */
  usage: 64,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
} as const;

export function exitCodeOfError(kind: ErrorKind): number {
  switch (kind) {
    case 'failed':
      return exitCodes.failed;
    case 'refused':
      return exitCodes.refused;
    case 'usage':
      return exitCodes.usage;
  }
}

export function exitCodeOfPlan(plan: Plan, isDetailed: boolean): number {
  if (hasErrors(plan)) return exitCodes.failed;
  if (plan.refusals.length > 0) return exitCodes.refused;
  if (remains(plan)) return exitCodes.remaining;
  const isPending = plan.operations.length > 0 || plan.summary.adopt > 0;
  return isDetailed && isPending ? exitCodes.pending : exitCodes.done;
}

export function exitCodeOfRun({ plan, outcomes, isInterrupted, stale = [] }: RunResult): number {
  if (isInterrupted) return exitCodes.interrupted;
  if (hasErrors(plan)) return exitCodes.failed;
  if (plan.refusals.length > 0) return exitCodes.refused;
  if (outcomes === null) return plan.operations.length > 0 ? exitCodes.failed : exitCodes.done;
  if (outcomes.some((one) => one.status === 'failed' || one.status === 'skipped')) return exitCodes.failed;
  if (remains(plan) || stale.length > 0 || outcomes.some((one) => one.status === 'stale'))
    return exitCodes.remaining;
  return exitCodes.done;
}

const hasErrors = (plan: Plan): boolean => plan.problems.some((one) => one.severity === 'error');
const remains = (plan: Plan): boolean => plan.conflicts.length > 0 || plan.behind.length > 0;
