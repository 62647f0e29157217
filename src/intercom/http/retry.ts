import type { Attempt, Call } from './failures.ts';

/** What is done about an attempt. `reason` is for people. */
export type Decision =
  | { readonly step: 'accept' }
  | { readonly step: 'fail' }
  | { readonly step: 'hold'; readonly reason: string }
  | { readonly step: 'again'; readonly after: number; readonly reason: string };

/** How often a call was sent so far, and how often it was turned away by the limit. */
export interface Tries {
  readonly sent: number;
  readonly limited: number;
}

/**
 * Decides whether a call is sent again. A 429 was not carried out, so it is repeated whatever the method. All
 * else is repeated only for calls that do the same when done twice: never a POST, which could leave two.
 *
 * `chance` is a number from 0 to 1 that spreads the waits, so that many clients do not come back at once.
 */
export function decide(call: Call, attempt: Attempt, tries: Tries, chance: number): Decision {
  if (attempt.came === 'answer' && attempt.answer.status === 429) {
    return tries.limited < limitedTries
      ? { step: 'hold', reason: 'the rate limit was reached' }
      : { step: 'fail' };
  }
  const reason = passingTrouble(attempt);
  if (reason === null) {
    return attempt.came === 'answer' && isSuccess(attempt.answer.status)
      ? { step: 'accept' }
      : { step: 'fail' };
  }
  const most = attempt.came === 'unsent' ? unsentTries : lostTries;
  if (call.method === 'POST' || tries.sent - tries.limited >= most) return { step: 'fail' };
  return { step: 'again', after: backoff(tries.sent - tries.limited, chance), reason };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Tries in all, for calls that got no good answer; the waits between them add up to about a minute. */
const lostTries = 8;

/** Fewer, since nobody wants to wait a minute to learn that the network is off. */
const unsentTries = 5;

const limitedTries = 5;

/** Half a second, doubled each time up to thirty; between three quarters and the whole of it. */
function backoff(sent: number, chance: number): number {
  const whole = Math.min(500 * 2 ** (sent - 1), 30_000);
  return Math.round(whole * (0.75 + chance / 4));
}

/** What may pass by itself, in words; null for what will not. */
function passingTrouble(attempt: Attempt): string | null {
  if (attempt.came === 'oversize' || attempt.came === 'barred') return null;
  if (attempt.came !== 'answer') return attempt.reason;
  const { status, json } = attempt.answer;
  if (status >= 500) return `Intercom answered ${status}`;
  if (status === 408) return 'Intercom answered 408';
  // A firewall in front of Intercom shows a captcha page now and then.
  if (status === 405 && json === undefined) return 'a firewall answered 405';
  if (isSuccess(status) && json === undefined) return 'the answer was not whole JSON';
  return null;
}
