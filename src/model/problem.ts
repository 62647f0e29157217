/** A place in a file, lines and columns counted from 1; `line` 0 means the file as a whole. */
export interface Place {
  /** As the user knows it: relative to the config file's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/**
 * A finding about one file or entry. An `error` holds the entry, which is never taken for a deletion, and nothing of a
 * plan with one is carried out. A `warning` is only told.
 */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Fixed, in capitals, such as `TITLE_MISSING`; documented in docs/problems.md. */
  readonly code: string;
  readonly place: Place;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint: string;
}
