import type { Clock } from '../../../src/ports/clock.ts';

/** A clock on which time passes only while everybody sleeps: as far as the next one who wakes, at once. */
export interface VirtualClock extends Clock {
  /** Milliseconds slept since the start, all sleepers taken together as one. */
  passed(): number;
}

export function virtualClock(start = 1_750_000_000_000): VirtualClock {
  let now = start;
  let sleepers: { readonly time: number; readonly wake: () => void }[] = [];
  let pumping = false;

  const pump = (): void => {
    // After setImmediate all that could go on without time passing has done so.
    setImmediate(() => {
      const [first, ...rest] = sleepers.sort((left, right) => left.time - right.time);
      if (first === undefined) {
        pumping = false;
        return;
      }
      sleepers = rest;
      now = Math.max(now, first.time);
      first.wake();
      pump();
    });
  };

  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason);
          return;
        }
        const stop = (): void => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(signal?.reason);
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { time: now + milliseconds, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop);
        if (!pumping) {
          pumping = true;
          pump();
        }
      }),
    passed: () => now - start,
  };
}
