import type { Clock } from '../../../src/ports/clock.ts';

/** What one window of ten seconds saw. */
export interface WindowUse {
  /** The first whole second of the window, by the limiter's clock. */
  readonly start: number;
  taken: number;
  refused: number;
}

/**
 * Intercom's limit as recorded: windows on multiples of ten seconds of its own clock; the remaining calls told
 * as they were before the call; the reset told as the end of the window plus six seconds.
 */
export interface Limiter {
  take(): { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> };
  /** Another app of the workspace uses some of the limit. */
  takeElsewhere(calls: number): void;
  windows(): readonly WindowUse[];
}

export function limiter(clock: Clock, limit: number, options: { aheadMs?: number } = {}): Limiter {
  const windows: WindowUse[] = [];
  let elsewhere = 0;
  const current = (): WindowUse => {
    const second = Math.floor((clock.now() + (options.aheadMs ?? 0)) / 1000);
    const start = second - (second % 10);
    const last = windows.at(-1);
    if (last !== undefined && last.start === start) return last;
    const opened = { start, taken: 0, refused: 0 };
    windows.push(opened);
    elsewhere = 0;
    return opened;
  };
  return {
    take: () => {
      const window = current();
      const remaining = Math.max(0, limit - window.taken - elsewhere);
      const allowed = remaining > 0;
      if (allowed) window.taken += 1;
      else window.refused += 1;
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(remaining),
        'x-ratelimit-reset': String(window.start + 16),
      };
      return { allowed, headers };
    },
    takeElsewhere: (calls) => {
      current();
      elsewhere += calls;
    },
    windows: () => windows,
  };
}
