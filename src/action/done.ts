import type { Plan } from '../model/plan.ts';

/** What a command of the action leaves behind for the steps and people after it. */
export interface Done {
  /** Every plan that was made, the first one first: a lost race makes for several. */
  readonly plans: readonly Plan[];
  readonly planHash: string | null;
  /** A saved plan, absolute; null where there is none. */
  readonly planFile: string | null;
  readonly pullRequestUrl: string | null;
  /** For the summary of the run. */
  readonly page: string;
  /** The report for machines. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly code: number;
}

/** The outputs of the action but for the path of its report, by name. */
export function outputsOf({ plans, planHash, planFile, pullRequestUrl }: Done): ReadonlyMap<string, string> {
  const count = (of: (plan: Plan) => number): string =>
    String(plans.reduce((sum, plan) => sum + of(plan), 0));
  const last = plans.at(-1);
  return new Map([
    ['has-changes', String(plans.some((plan) => plan.operations.length > 0 || plan.summary.adopt > 0))],
    ['to-create', count((plan) => plan.summary.create)],
    ['to-update', count((plan) => plan.summary.update)],
    ['to-move', count((plan) => plan.summary.move)],
    ['to-delete', count((plan) => plan.summary.delete)],
    ['conflicts', String(last?.summary.conflict ?? 0)],
    ['plan-file', planFile ?? ''],
    ['plan-hash', planHash ?? ''],
    ['pull-request-url', pullRequestUrl ?? ''],
  ]);
}
