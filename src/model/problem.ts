import { byText } from './identity.ts';

/** A place in a file, lines and columns counted from 1; `line` 0 means the file as a whole. */
export interface Place {
  /** As the user knows it: relative to the config file's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/**
 * A finding about one file or entry. An `error` holds the entry and what depends on it: neither side of it is written, and
 * it is never taken for a deletion. Everything else is carried out. A `warning` is only reported.
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
  /** What the hint says, done by a machine; only where nothing comes to mean anything else by it. */
  readonly fix?: Fix;
}

/**
 * An address of a text that is written otherwise, wherever the file has it; links of another tool with what they are in
 * Markdown; or a file that gets another name.
 */
export type Fix =
  | { readonly address: string; readonly to: string }
  | { readonly links: Readonly<Record<string, string>> }
  | { readonly rename: string };

/** Orders problems as their files and lines are read. */
export const byPlace = (left: Problem, right: Problem): number =>
  byText(left.place.file, right.place.file) ||
  left.place.line - right.place.line ||
  (left.place.column ?? 0) - (right.place.column ?? 0) ||
  byText(left.code, right.code) ||
  byText(left.message, right.message);
