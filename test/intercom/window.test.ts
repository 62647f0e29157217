import { describe, expect, test } from 'vitest';
import { openWindow, readRate } from '../../src/intercom/http/window.ts';
import type { Rate, Window } from '../../src/intercom/http/window.ts';

const second = 1000;
/** The start of a window by Intercom's clock, which runs with ours unless a test says otherwise. */
const start = 1_750_000_000 * second;
const rate = (limit: number, remaining: number, windowStart = start): Rate => ({
  limit,
  remaining,
  resetAt: windowStart + 16 * second,
});

function answer(window: Window, given: Rate | null, sentAt: number, heardAt = sentAt + 10): void {
  const verdict = window.next(sentAt);
  const ticket = window.begin(sentAt, verdict.turn === 'now' && verdict.trial);
  window.end(ticket, given, heardAt);
}

describe('the headers', () => {
  test('are read as Intercom sends them, the reset in seconds', () => {
    const headers = {
      'x-ratelimit-limit': '1667',
      'x-ratelimit-remaining': '1666',
      'x-ratelimit-reset': '1750000016',
    };
    expect(readRate(headers)).toEqual({ limit: 1667, remaining: 1666, resetAt: 1_750_000_016_000 });
  });

  test.each([
    {},
    { 'x-ratelimit-limit': '10' },
    { 'x-ratelimit-limit': 'many', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '1' },
    { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
    { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': '1' },
  ])('that say nothing usable, such as %j, count as none', (headers) => {
    expect(readRate(headers)).toBeNull();
  });
});

describe('the next call', () => {
  test('waits for the answer to the very first one, which tells the limit', () => {
    const window = openWindow();
    expect(window.next(start)).toEqual({ turn: 'now', trial: false });
    const ticket = window.begin(start, false);
    expect(window.next(start)).toEqual({ turn: 'after-an-answer' });
    window.end(ticket, rate(100, 100), start + 10);
    expect(window.next(start + 10)).toEqual({ turn: 'now', trial: false });
  });

  test('is not held where the answers tell no limit', () => {
    const window = openWindow();
    answer(window, null, start);
    window.begin(start, false);
    expect(window.next(start)).toEqual({ turn: 'now', trial: false });
  });

  test('waits for the end of the window once only the reserve is left, counting calls under way', () => {
    const window = openWindow();
    answer(window, rate(100, 8), start + second);
    window.begin(start + second, false);
    expect(window.next(start + second)).toEqual({ turn: 'now', trial: false });
    window.begin(start + second, false);
    expect(window.next(start + second)).toEqual({ turn: 'at', time: start + 10 * second });
  });

  test('into a window that should have opened goes alone, until its answer shows that it has', () => {
    const window = openWindow();
    answer(window, rate(100, 3), start + second);
    const next = start + 10 * second;
    expect(window.next(next)).toEqual({ turn: 'now', trial: true });
    const trial = window.begin(next, true);
    expect(window.next(next)).toEqual({ turn: 'after-an-answer' });
    window.end(trial, rate(100, 100, next), next + 50);
    expect(window.next(next + 50)).toEqual({ turn: 'now', trial: false });
  });

  test('waits longer each time that the window proves to be still the old one', () => {
    const window = openWindow();
    answer(window, rate(1000, 40), start + second);
    let now = start + 10 * second;
    const waits: number[] = [];
    for (let remaining = 39; remaining > 35; remaining -= 1) {
      answer(window, rate(1000, remaining), now, now);
      const verdict = window.next(now);
      if (verdict.turn !== 'at') throw new Error(`expected a wait, got ${verdict.turn}`);
      waits.push(verdict.time - now);
      now = verdict.time;
    }
    expect(waits).toEqual([250, 500, 1000, 2000]);
  });

  test('with nothing left at all waits until the window must be over, whatever the clocks say', () => {
    const window = openWindow();
    // Ours is seven seconds behind: the window began three seconds ago here, and seven more are left.
    const heardAt = start + 3 * second - 7 * second;
    answer(window, rate(100, 1), heardAt - 10, heardAt);
    const verdict = window.next(heardAt);
    expect(verdict).toEqual({ turn: 'at', time: heardAt + 10 * second });
  });

  test('goes by the lowest count heard, in whatever order answers come', () => {
    const window = openWindow();
    answer(window, rate(100, 50), start + second);
    answer(window, rate(100, 6), start + second);
    answer(window, rate(100, 40), start + second);
    expect(window.next(start + second).turn).toBe('at');
  });

  test('is not misled by a late answer from the window before', () => {
    const window = openWindow();
    answer(window, rate(100, 90, start + 10 * second), start + 11 * second);
    answer(window, rate(100, 2, start), start + 9 * second, start + 12 * second);
    expect(window.next(start + 12 * second)).toEqual({ turn: 'now', trial: false });
  });

  test('never waits longer than twenty seconds for a clock that cannot be right', () => {
    const window = openWindow();
    const odd: Rate = { limit: 100, remaining: 0, resetAt: start + 3_600_000 };
    answer(window, odd, start, start);
    expect(window.next(start)).toEqual({ turn: 'at', time: start + 20 * second });
  });

  test('trusts the new clock after the one over there was set', () => {
    const window = openWindow();
    answer(window, rate(100, 1, start + 86_400_000), start);
    answer(window, rate(100, 100, start), start + second);
    expect(window.rate()).toEqual(rate(100, 100, start));
    expect(window.next(start + second)).toEqual({ turn: 'now', trial: false });
  });
});
