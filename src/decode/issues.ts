import type { core } from 'zod';

/** One thing that is wrong with outside data: where in it, and what. */
export interface Issue {
  /** Keys from the outside in, such as `['remote', 'region']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Turns what zod found into sentences for people, unknown keys with the key that was probably meant. */
export function issuesOf(
  error: { readonly issues: readonly core.$ZodIssue[] },
  knownKeys: (path: readonly (string | number)[]) => readonly string[],
): readonly Issue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `unknown key "${key}"${suggestion(key, knownKeys(path))}`,
      }));
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.toSorted((left, right) => left.length - right.length)[0] ?? [];
      const inner = issuesOf({ issues: best }, knownKeys);
      return inner.map((one) => ({ path: [...path, ...one.path], message: one.message }));
    }
    return [{ path, message: lowerFirst(issue.message) }];
  });
}

/** ` (did you mean "x"?)` where one of the known words is close, else nothing. */
export function suggestion(word: string, known: readonly string[]): string {
  const close = closest(word, known);
  return close === null ? '' : `; did you mean "${close}"?`;
}

/** The known word that is at most a third of its letters away, case apart; null where none is. */
export function closest(word: string, known: readonly string[]): string | null {
  let best: { word: string; distance: number } | null = null;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (distance <= allowed && (best === null || distance < best.distance))
      best = { word: candidate, distance };
  }
  return best === null ? null : best.word;
}

/** How many letters must be put in, taken out, replaced or traded with their neighbours: "titel" is one slip. */
function editDistance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 8 || left.length > 80) return Number.POSITIVE_INFINITY;
  let above: readonly number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [i, a] of [...left].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...right].entries()) {
      const replace = (row[j] ?? 0) + (a === b ? 0 : 1);
      const isTraded = i > 0 && j > 0 && a === right[j - 1] && b === left[i - 1];
      const trade = isTraded ? (above[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replace, trade));
    }
    above = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
