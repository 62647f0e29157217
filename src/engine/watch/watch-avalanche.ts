import type { Plan } from '../../model/plan.ts';

/** What a plan is measured by. */
export interface Slope {
  /** A switch of branches, a rebase or a reset moved the folder since the last round. */
  readonly isMoved: boolean;
  /** The first round, which has all to catch up with that happened while nobody watched. */
  readonly isFirst: boolean;
}

/**
 * Whether a plan is more than somebody who writes would do between two saves, so that a person should look at it
 * first. Saving all of fifty files is not; what git does to a folder usually is not meant for the help center at all.
 */
export function isAvalanche({ operations }: Plan, { isMoved, isFirst }: Slope): boolean {
  const deletions = operations.filter((one) => one.action === 'delete').length;
  if (isFirst) return deletions > mostDeletions;
  return isMoved
    ? operations.length > mostMoved || deletions > 0
    : operations.length > mostSaved || deletions > mostDeletions;
}

const mostDeletions = 5;
const mostMoved = 10;
const mostSaved = 100;
