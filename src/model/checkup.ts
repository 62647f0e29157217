/** What became of one check: a warning lets everything go on, a failed check does not. */
export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** One thing that has to be right, as it was found. */
export interface Check {
  /** Short and fixed, such as `token`. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly message: string;
  /** What to do; null where there is nothing to do. */
  readonly hint: string | null;
}

/** Something that Intercom does not document, and what the workspace at hand does. */
export interface Finding {
  readonly topic: string;
  readonly question: string;
  readonly answer: string;
}
