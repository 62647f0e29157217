/** What Intercom says of its limit with every answer. */
export interface Rate {
  /** Calls allowed in a window of ten seconds. */
  readonly limit: number;
  /** Calls left; the one that is answered is not yet taken off. */
  readonly remaining: number;
  /** When all are allowed again at the latest, by Intercom's clock; milliseconds since 1970. */
  readonly resetAt: number;
}

/** A call that was begun; handed back with its answer. */
export interface Ticket {
  readonly sentAt: number;
  /** Sent to learn whether a new window has opened. */
  readonly trial: boolean;
}

export type Verdict =
  | { readonly turn: 'now'; readonly trial: boolean }
  | { readonly turn: 'after-an-answer' }
  | { readonly turn: 'at'; readonly time: number };

/**
 * Keeps count of the current window: when may the next call begin? All times are milliseconds, and ours
 * unless said otherwise.
 */
export interface Window {
  next(now: number): Verdict;
  begin(now: number, trial: boolean): Ticket;
  /** `rate` is null for an answer without the headers, and for none at all. */
  end(ticket: Ticket, rate: Rate | null, now: number): void;
  /** When Intercom allows all calls again at the latest, by our clock; null while nothing is known. */
  resetAt(): number | null;
  /** What was heard last. */
  rate(): Rate | null;
}

export function readRate(headers: Readonly<Record<string, string>>): Rate | null {
  const limit = wholeNumber(headers['x-ratelimit-limit']);
  const remaining = wholeNumber(headers['x-ratelimit-remaining']);
  const reset = wholeNumber(headers['x-ratelimit-reset']);
  if (limit === null || remaining === null || reset === null || limit === 0) return null;
  return { limit, remaining, resetAt: reset * 1000 };
}

/**
 * Intercom starts a window at every multiple of ten seconds of its clock, and gives as reset the end of the
 * window plus six seconds. Waiting for the reset would leave half of each window unused, so the end of the
 * window is guessed and one call sent ahead; only when its answer tells of a new window do the others follow.
 *
 * How far Intercom's clock is ahead of ours is narrowed by every answer: its window lies around the moment
 * between our sending and our hearing.
 */
export function openWindow(): Window {
  let inFlight = 0;
  let trials = 0;
  let heard = false;
  let current: Rate | null = null;
  let failedProbes = 0;
  let notBefore = 0;
  let heardAt = 0;
  let ahead: Range = anything;

  const opensAt = (rate: Rate, left: number): number => {
    // With nothing left to send ahead, only the moment by which the window must have ended will do.
    const skew = left > 0 || !isKnownForm(rate) ? closest(0, ahead) : ahead.least;
    return Math.min(Math.max(endOfWindow(rate) - skew, notBefore), heardAt + longestWait);
  };

  return {
    next: (now) => {
      if (current === null) {
        return !heard && inFlight > 0 ? { turn: 'after-an-answer' } : { turn: 'now', trial: false };
      }
      const left = current.remaining - 1 - inFlight;
      if (left - 1 >= reserveOf(current)) return { turn: 'now', trial: false };
      const time = opensAt(current, left);
      if (now < time) return { turn: 'at', time };
      return trials > 0 ? { turn: 'after-an-answer' } : { turn: 'now', trial: true };
    },
    begin: (now, trial) => {
      inFlight += 1;
      if (trial) trials += 1;
      return { sentAt: now, trial };
    },
    end: (ticket, rate, now) => {
      inFlight -= 1;
      if (ticket.trial) trials -= 1;
      heard = true;
      if (rate === null) return;
      heardAt = now;
      ahead = narrow(ahead, rate, ticket.sentAt, now);
      if (current === null || rate.resetAt > current.resetAt || isAnotherClock(rate, current)) {
        current = rate;
        failedProbes = 0;
        notBefore = 0;
        return;
      }
      if (rate.resetAt < current.resetAt) return;
      current = { ...rate, remaining: Math.min(rate.remaining, current.remaining) };
      if (ticket.trial) {
        notBefore = now + Math.min(250 * 2 ** failedProbes, 5000);
        failedProbes += 1;
      }
    },
    resetAt: () => (current === null ? null : current.resetAt - closest(0, ahead)),
    rate: () => current,
  };
}

/** How long one of Intercom's windows is, in milliseconds. */
export const windowLength = 10_000;
const resetDelay = 6000;
/** Longer than any window and its reset: a clock that asks for more is wrong. */
const longestWait = 20_000;

/** The share that is left to other apps of the workspace: a twentieth, and one call at least. */
function reserveOf(rate: Rate): number {
  return Math.max(1, Math.floor(rate.limit / 20));
}

interface Range {
  readonly least: number;
  readonly most: number;
}

const anything: Range = { least: -Infinity, most: Infinity };

/** By Intercom's clock. A reset of another form than the known one is taken for the end itself. */
function endOfWindow(rate: Rate): number {
  return isKnownForm(rate) ? rate.resetAt - resetDelay : rate.resetAt;
}

function isKnownForm(rate: Rate): boolean {
  return (rate.resetAt - resetDelay) % windowLength === 0;
}

function narrow(range: Range, rate: Rate, sentAt: number, heardAt: number): Range {
  if (!isKnownForm(rate)) return range;
  const end = endOfWindow(rate);
  const told: Range = { least: end - windowLength - heardAt, most: end - sentAt };
  const both: Range = {
    least: Math.max(range.least, told.least),
    most: Math.min(range.most, told.most),
  };
  // The two exclude each other when a clock was set in between: the newer one holds.
  return both.least <= both.most ? both : told;
}

function closest(value: number, range: Range): number {
  return Math.min(Math.max(value, range.least), range.most);
}

/** A reset that went back by more than late answers explain: the clock over there was set. */
function isAnotherClock(rate: Rate, current: Rate): boolean {
  return current.resetAt - rate.resetAt > 120_000;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}
