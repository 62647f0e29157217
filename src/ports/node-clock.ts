import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './clock.ts';

/** The machine's own clock. A pending sleep keeps the process alive. */
export const nodeClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    if (signal === undefined) {
      await wait(milliseconds);
      return;
    }
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      // Node rejects with an AbortError of its own; the port promises the signal's reason.
      signal.throwIfAborted();
      throw error;
    }
  },
};
