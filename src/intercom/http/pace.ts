import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RemoteListener } from './events.ts';
import { openWindow, readRate, windowLength } from './window.ts';
import type { Rate, Ticket } from './window.ts';

/** Keeps all calls made with one token below Intercom's limit. */
export interface Pace {
  /** Runs a job when a place is free; jobs waiting out a fault keep theirs, so that a broken remote is spared. */
  withPlace<Value>(job: () => Promise<Value>, signal: AbortSignal): Promise<Value>;
  /** Waits until one more call may be sent. Each ticket must be handed back by `heard`. */
  turn(signal: AbortSignal): Promise<Ticket>;
  /** `answer` is null where none came. After a 429 every call is held until the limit is sure to be lifted. */
  heard(ticket: Ticket, answer: Heard | null): void;
  /** How many jobs may have a place at once, as quick as answers are just now. */
  atOnce(): number;
  rate(): Rate | null;
}

/** What the pace uses. */
export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PaceOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly tell: RemoteListener;
}

/** Calls that may be under way at the same time where answers are quick, or something is wrong over there. */
const fewestPlaces = 6;

/** The most that are ever under way: enough to use a limit of 167 a second whole where an answer takes half a second. */
const mostPlaces = 128;

/** The longest that one 429 makes us wait, apart from the jitter; milliseconds. */
const longestHold = 20_000;

/** What a 429 without any headers makes us wait: a whole window; milliseconds. */
const usualHold = 10_000;

export function openPace({ clock, chance, tell }: PaceOptions): Pace {
  const queue = new PQueue({ concurrency: fewestPlaces });
  const window = openWindow();
  /** How long an answer takes, in milliseconds, the last ones counting most; 0 while nothing is known. */
  let usual = 0;
  let heldUntil = 0;
  let told: number | null = null;
  let waiting: (() => void)[] = [];
  let line = Promise.resolve();

  /** Sleeps until a time or the next answer, which may show that there is no need to wait that long. */
  const sleepUntil = async (time: number, reason: 'pace' | 'limited', signal: AbortSignal): Promise<void> => {
    const milliseconds = Math.max(1, Math.ceil(time - clock.now()));
    // Several jobs wait for the same window to end; it is reported once.
    const moment = reason === 'limited' ? time : window.resetAt();
    if (moment !== told) {
      told = moment;
      tell({ event: 'waiting', reason, milliseconds });
    }
    const woken = new AbortController();
    waiting.push(() => woken.abort());
    try {
      await clock.sleep(milliseconds, AbortSignal.any([signal, woken.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (!woken.signal.aborted) throw error;
    }
  };

  /** As many places as it takes to use the limit whole at this pace of answers, and a half more, since it varies. */
  const fitPlaces = (ticket: Ticket, answer: Heard | null): void => {
    const rate = window.rate();
    const isWell = answer !== null && answer.status < 500 && answer.status !== 429;
    if (!isWell) usual = 0;
    else if (rate !== null) usual += (clock.now() - ticket.sentAt - usual) / (usual === 0 ? 1 : 8);
    const needed = rate === null ? 0 : Math.ceil((rate.limit / windowLength) * usual * 1.5);
    queue.concurrency = Math.min(Math.max(needed, fewestPlaces), mostPlaces);
  };

  const hold = (headers: Heard['headers']): void => {
    const now = clock.now();
    const asked = retryAfter(headers);
    const reset = readRate(headers) === null ? null : window.resetAt();
    const wanted = asked ?? untilReset(headers) ?? (reset === null ? usualHold : reset - now);
    const wait = Math.min(Math.max(wanted, 1000), longestHold) + chance.next() * 1000;
    heldUntil = Math.max(heldUntil, now + wait);
  };

  return {
    withPlace: (job, signal) =>
      queue.add(() => {
        signal.throwIfAborted();
        // Every call under way listens to the one signal of the run; Node would take that for a leak.
        setMaxListeners(0, signal);
        return job();
      }),
    turn: async (signal) => {
      // One after the other, so that an answer wakes one who waits and not a hundred.
      const before = line;
      let letNext = (): void => undefined;
      line = new Promise((resolve) => {
        letNext = resolve;
      });
      try {
        await before;
        for (;;) {
          signal.throwIfAborted();
          const now = clock.now();
          if (now < heldUntil) {
            await sleepUntil(heldUntil, 'limited', signal);
            continue;
          }
          const verdict = window.next(now);
          if (verdict.turn === 'now') return window.begin(now, verdict.trial);
          if (verdict.turn === 'at') await sleepUntil(verdict.time, 'pace', signal);
          else await nextAnswer(waiting, signal);
        }
      } finally {
        letNext();
      }
    },
    heard: (ticket, answer) => {
      window.end(ticket, answer === null ? null : readRate(answer.headers), clock.now());
      fitPlaces(ticket, answer);
      // Before anybody is woken, who would go on at once.
      if (answer?.status === 429) hold(answer.headers);
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    atOnce: () => queue.concurrency,
    rate: () => window.rate(),
  };
}

/** How long it is until the reset by the clock over there, whatever ours says; null where it does not tell the time. */
function untilReset(headers: Heard['headers']): number | null {
  const rate = readRate(headers);
  const time = Date.parse(headers['date'] ?? '');
  return rate === null || Number.isNaN(time) ? null : rate.resetAt - time;
}

/** Seconds or a date may be in the header; Intercom was never seen to send it; a proxy may. */
function retryAfter(headers: Readonly<Record<string, string>>): number | null {
  const text = headers['retry-after'];
  return text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) * 1000 : null;
}

function nextAnswer(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    waiting.push(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
