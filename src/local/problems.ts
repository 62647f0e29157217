import { closest } from '../decode/issues.ts';
import type { Problem } from '../model/problem.ts';

/** How one file is named in messages, and where in it each offset is. */
export interface Spot {
  /** The file as the user knows it. */
  readonly file: string;
  readonly text: string;
}

/** A problem with a file as a whole. */
export function fileProblem(
  code: string,
  file: string,
  message: string,
  hint: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { severity, code, place: { file, line: 0 }, message, hint };
}

/** A problem at one place in a file. */
export function spotProblem(
  code: string,
  spot: Spot,
  offset: number,
  message: string,
  hint: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { severity, code, place: placeOf(spot, offset), message, hint };
}

export function placeOf(spot: Spot, offset: number): { file: string; line: number; column: number } {
  const before = spot.text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  const invisible = start === 0 && before.startsWith('\ufeff') ? 1 : 0;
  return { file: spot.file, line: lineOf(spot.text, offset), column: offset - start - invisible + 1 };
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** What the user wrote, short enough for one line. */
export function quoted(text: string): string {
  // A cut through the middle of a character leaves half of it.
  const short = text.length > 60 ? `${text.slice(0, 59).replace(/\p{Surrogate}$/u, '')}…` : text;
  return JSON.stringify(short);
}

/** `Did you mean "x"?` where one of the known words is close, else the other advice. */
export function meantOr(word: string, known: readonly string[], otherwise: string): string {
  const close = closest(word, known);
  return close === null ? otherwise : `Did you mean "${close}"?`;
}
