import { expect, test } from 'vitest';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeClock } from '../../src/ports/node-clock.ts';

test('a sleep lasts as long as was asked', async () => {
  const start = nodeClock.now();
  await nodeClock.sleep(30);
  // Timers may fire up to a millisecond early by the wall clock.
  expect(nodeClock.now() - start).toBeGreaterThanOrEqual(28);
});

test('an aborted sleep ends at once with the reason that the signal gives', async () => {
  const reason = new Error('Ctrl-C');
  await expect(nodeClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const stop = new AbortController();
  const sleep = nodeClock.sleep(60_000, stop.signal);
  stop.abort(reason);
  await expect(sleep).rejects.toBe(reason);
});

test('chance gives numbers from 0 up to but not including 1, and not the same ones', () => {
  const numbers = Array.from({ length: 1000 }, () => nodeChance.next());
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
});
