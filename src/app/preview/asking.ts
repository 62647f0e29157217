import type { Clock } from '../../ports/clock.ts';

/** Asks that cost something, one at a time and not too often. */
export interface Asking {
  /** Asks, unless that was done a moment ago. */
  ask(): void;
  /** Asks once more, if it was ever done: something happened since. */
  again(): void;
  /** Waits for what is on its way. */
  ended(): Promise<void>;
}

/** As long as an answer counts as new; milliseconds. */
const fresh = 5_000;

export function openAsking(clock: Clock, work: () => Promise<void>): Asking {
  let askedAt: number | null = null;
  let running: Promise<void> = Promise.resolve();
  const start = (): void => {
    askedAt = clock.now();
    running = running.then(work).catch(() => undefined);
  };
  return {
    ask() {
      if (askedAt === null || clock.now() - askedAt > fresh) start();
    },
    again() {
      if (askedAt !== null) start();
    },
    ended: () => running,
  };
}
