import type { Operation } from './plan.ts';

/** What became of one operation. */
export interface Outcome {
  readonly operation: Operation;
  /** `stale`: the side had changed since the plan, so nothing was written. `skipped`: something before it failed. */
  readonly status: 'done' | 'stale' | 'failed' | 'skipped';
  /** Set unless done: what happened, in a sentence. */
  readonly message: string | null;
  readonly hint: string | null;
  /** The remote id, once there is one. */
  readonly id: string | null;
}
