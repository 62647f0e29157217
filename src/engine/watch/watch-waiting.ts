/** When a watch acts; decided from moments alone. Milliseconds since 1970, and milliseconds. */

/** Saves that never rest are acted upon all the same after this many rests. */
const mostRests = 20;

export interface Touched {
  readonly first: number;
  readonly last: number;
}

export function touch(touched: Touched | null, now: number): Touched {
  return { first: touched?.first ?? now, last: now };
}

/** The moment from which a touched folder counts as at rest. */
export function restsAt(touched: Touched, rest: number): number {
  return Math.min(touched.last + rest, touched.first + mostRests * Math.max(rest, 50));
}

/** How long to wait after the given number of failures in a row: a second, doubled each time, a minute at most. */
export function waitAfter(failures: number): number {
  return Math.min(1000 * 2 ** Math.max(0, failures - 1), 60_000);
}

/** A clock that jumped by more than this was asleep: what was looked at before it says little. */
const nap = 30_000;

export function wasAsleep(expected: number, now: number): boolean {
  return now - expected > nap;
}
