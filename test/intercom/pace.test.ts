import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPace } from '../../src/intercom/http/pace.ts';
import type { Pace } from '../../src/intercom/http/pace.ts';
import type { RemoteEvent } from '../../src/intercom/http/events.ts';
import { seededChance, steadyChance } from './helpers/chance.ts';
import { limiter } from './helpers/limiter.ts';
import type { Limiter } from './helpers/limiter.ts';
import { virtualClock } from './helpers/virtual-clock.ts';
import type { VirtualClock } from './helpers/virtual-clock.ts';

const never = new AbortController().signal;

interface Run {
  readonly clock: VirtualClock;
  readonly limiter: Limiter;
  readonly pace: Pace;
  readonly events: RemoteEvent[];
  /** Makes one call of the given length and gives its status. */
  call(latency: number): Promise<number>;
}

function openRun(limit: number, options: { aheadMs?: number; startMs?: number } = {}): Run {
  const clock = virtualClock(1_750_000_000_000 + (options.startMs ?? 0));
  const limited = limiter(clock, limit, options);
  const events: RemoteEvent[] = [];
  const pace = openPace({ clock, chance: steadyChance(), tell: (event) => events.push(event) });
  return {
    clock,
    limiter: limited,
    pace,
    events,
    call: (latency) =>
      pace.withPlace(async () => {
        const ticket = await pace.turn(never);
        await clock.sleep(latency / 2);
        const { allowed, headers } = limited.take();
        await clock.sleep(latency / 2);
        pace.heard(ticket, { status: allowed ? 200 : 429, headers });
        return allowed ? 200 : 429;
      }, never),
  };
}

const refusedIn = (run: Run): number => run.limiter.windows().reduce((sum, one) => sum + one.refused, 0);

describe('many calls at once', () => {
  test('use each full window to 95 % and never meet the limit', async () => {
    const run = openRun(400);
    await Promise.all(Array.from({ length: 2500 }, () => run.call(50)));
    expect(refusedIn(run)).toBe(0);
    const full = run.limiter.windows().slice(0, -1);
    expect(full.map((window) => window.taken)).toEqual(full.map(() => 380));
  });

  test.each([50, 200, 500])(
    'use each full window of the real limit whole, but for the share of others, where an answer takes %i ms',
    async (latency) => {
      const run = openRun(1667);
      await Promise.all(Array.from({ length: 6700 }, () => run.call(latency)));
      expect(refusedIn(run)).toBe(0);
      const full = run.limiter.windows().slice(1, -1);
      expect(full.length).toBeGreaterThan(2);
      for (const window of full) expect(window.taken / 1667).toBeGreaterThanOrEqual(0.95);
    },
  );

  test('are few again as soon as something is wrong over there', async () => {
    const run = openRun(1667);
    let [running, most] = [0, 0];
    const call = (status: number): Promise<void> =>
      run.pace.withPlace(async () => {
        running += 1;
        most = Math.max(most, running);
        const ticket = await run.pace.turn(never);
        await run.clock.sleep(500);
        run.pace.heard(ticket, { status, headers: run.limiter.take().headers });
        running -= 1;
      }, never);
    await Promise.all(Array.from({ length: 600 }, () => call(200)));
    expect(most).toBeGreaterThan(60);
    await call(503);
    most = 0;
    await Promise.all(Array.from({ length: 30 }, () => call(503)));
    expect(most).toBe(6);
  });

  test('are six at a time as long as nothing was answered', async () => {
    const run = openRun(100_000);
    let most = 0;
    let running = 0;
    const job = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await run.clock.sleep(10);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 40 }, () => run.pace.withPlace(job, never)));
    expect(most).toBe(6);
  });

  test('tell once, not six times, that all wait for the same moment', async () => {
    const run = openRun(20);
    await Promise.all(Array.from({ length: 60 }, () => run.call(10)));
    const waits = run.events.filter((event) => event.event === 'waiting');
    expect(waits).toHaveLength(run.limiter.windows().length - 1);
  });

  test('leave room for another app that eats the limit at the same time', async () => {
    const run = openRun(200);
    const other = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) {
        await run.clock.sleep(1000);
        run.limiter.takeElsewhere(10);
      }
    };
    await Promise.all([other(), ...Array.from({ length: 400 }, () => run.call(40))]);
    expect(refusedIn(run)).toBe(0);
  });

  test('below any limit, with any latency and any clock, hardly ever meet it and all come through', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          limit: fc.integer({ min: 12, max: 300 }),
          aheadMs: fc.integer({ min: -30_000, max: 30_000 }),
          startMs: fc.integer({ min: 0, max: 9999 }),
          seed: fc.integer(),
        }),
        async ({ limit, aheadMs, startMs, seed }) => {
          const run = openRun(limit, { aheadMs, startMs });
          const chance = seededChance(seed);
          const latencies = Array.from({ length: limit * 3 }, () => 5 + chance.next() * 400);
          const statuses = await Promise.all(latencies.map((latency) => run.call(latency)));
          expect(statuses.every((status) => status === 200)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('after a 429', () => {
  const headersAt = (second: number): Record<string, string> => ({
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(second),
  });

  test.each([
    { name: 'the reset', headers: headersAt(1_750_000_016), wait: 16_500 },
    {
      name: 'the reset by the clock over there, where ours is an hour ahead',
      headers: { ...headersAt(1_749_996_416), date: new Date(1_749_996_400_000).toUTCString() },
      wait: 16_500,
    },
    { name: 'the time asked for', headers: { 'retry-after': '3' }, wait: 3500 },
    { name: 'a whole window', headers: {}, wait: 10_500 },
    { name: 'twenty seconds at most', headers: { 'retry-after': '3600' }, wait: 20_500 },
  ])('every call waits for $name, and half a second of jitter', async ({ headers, wait }) => {
    const run = openRun(10);
    const ticket = await run.pace.turn(never);
    run.pace.heard(ticket, { status: 429, headers });
    await Promise.all([run.pace.turn(never), run.pace.turn(never).catch(() => undefined)].slice(0, 1));
    expect(run.clock.passed()).toBe(wait);
    expect(run.events).toEqual([{ event: 'waiting', reason: 'limited', milliseconds: wait }]);
  });
});

test('a call that waits for the first answer waits on where that is a 429', async () => {
  const run = openRun(10);
  const first = await run.pace.turn(never);
  const next = run.pace.turn(never);
  run.pace.heard(first, { status: 429, headers: {} });
  await next;
  expect(run.clock.passed()).toBe(10_500);
});

describe('an interruption', () => {
  test('ends every wait with its reason and leaves the others alone', async () => {
    const run = openRun(10);
    const reason = new Error('Ctrl-C');
    const stop = new AbortController();
    const first = await run.pace.turn(never);
    const waiting = run.pace.turn(stop.signal);
    const other = run.pace.turn(never);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    run.pace.heard(first, null);
    await expect(other).resolves.toMatchObject({ trial: false });
  });

  test('keeps jobs that had no place yet from starting', async () => {
    const run = openRun(10);
    const stop = new AbortController();
    const busy = Array.from({ length: 6 }, () => run.pace.withPlace(() => run.clock.sleep(1000), never));
    let started = false;
    const late = run.pace.withPlace(async () => {
      started = true;
    }, stop.signal);
    stop.abort(new Error('Ctrl-C'));
    await expect(late).rejects.toThrow('Ctrl-C');
    await Promise.all(busy);
    expect(started).toBe(false);
  });
});
