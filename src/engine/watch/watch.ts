/*
 * The loop that keeps both sides in step while people edit. It decides only when: what is done in a round is the plan
 * and apply of every other command. Whatever goes wrong in a round is reported and tried again; nothing is done twice at
 * the same time.
 */
import { nodeCode } from '../../ports/node-error.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { WatchCause, WatchPace, WatchPause, WatchPorts, WatchRound } from './watch-ports.ts';
import { restsAt, touch, waitAfter, wasAsleep, type Touched } from './watch-waiting.ts';

/** How often the folder itself is tended to, and a pause is looked at again; milliseconds. */
const tendEvery = 1000;
const busyEvery = 250;

/** Runs until the signal aborts, or for one round only; resolves with the last round that was made. */
export async function watch(
  ports: WatchPorts,
  pace: WatchPace,
  isOnce: boolean,
  signal: AbortSignal,
): Promise<WatchRound | null> {
  const { clock, folder } = ports;
  const paused = openPause(ports);
  let touched: Touched | null = null;
  let wake = new AbortController();
  folder.onTouch(() => {
    touched = touch(touched, clock.now());
    wake.abort();
  });
  let cause: WatchCause | null = 'start';
  let dueAt = clock.now();
  let lookAt = clock.now() + (pace.interval ?? Infinity);
  let awakeAt = clock.now();
  ports.onAsked?.(() => {
    lookAt = clock.now();
    if (pace.interval === null) {
      cause ??= 'again';
      dueAt = lookAt;
    }
    wake.abort();
  });
  let failures = 0;
  let last: WatchRound | null = null;

  while (!signal.aborted) {
    const now = clock.now();
    if (pace.interval !== null && wasAsleep(awakeAt, now)) lookAt = Math.min(lookAt, now);
    awakeAt = now;
    if (touched !== null && (cause === null || cause === 'folder' || cause === 'again')) {
      cause = 'folder';
      dueAt = restsAt(touched, pace.rest);
    }
    const next = Math.min(cause === null ? Infinity : dueAt, lookAt, now + tendEvery);
    if (next > now) {
      wake = new AbortController();
      await rest(clock, next - now, AbortSignal.any([signal, wake.signal]));
      // A touch moves the moment of rest, so it is worked out again.
      if (wake.signal.aborted) continue;
    }
    if (signal.aborted) break;
    try {
      await folder.tend(signal);
      if (cause === null || clock.now() < dueAt) {
        if (cause === null && touched === null) ports.idle();
        if (clock.now() < lookAt || pace.interval === null) continue;
        lookAt = clock.now() + pace.interval;
        ports.tell({ event: 'looking' });
        if (await ports.look(signal)) {
          cause = 'help center';
          dueAt = clock.now();
        } else if (cause === null) {
          failures = 0;
          paused.end();
        }
        awakeAt = clock.now();
        continue;
      }
      const busy = await ports.busy();
      if (busy !== null) {
        paused.begin(busy);
        touched = null;
        cause = cause === 'start' ? 'start' : 'again';
        dueAt = clock.now() + busyEvery;
        continue;
      }
      touched = null;
      const began = clock.now();
      const round = await makeRound(cause, null);
      last = round;
      if (isOnce) return round;
      const again = needsAgain(round);
      failures = again ? failures + 1 : 0;
      cause = again ? 'again' : null;
      dueAt = clock.now() + waitAfter(failures);
      // A round looks when it begins; what is changed there while it works is not to wait for longer than else.
      if (pace.interval !== null) lookAt = began + pace.interval;
    } catch (error) {
      if (signal.aborted) break;
      const pause = pauseOf(error);
      if (pause === null || (last === null && !passing.has(pause.code))) throw error;
      failures += 1;
      paused.begin(pause);
      const wait = soonOver.has(pause.code) ? tendEvery : waitAfter(failures);
      cause = cause === 'start' ? 'start' : 'again';
      dueAt = clock.now() + wait;
      lookAt = Math.max(lookAt, dueAt);
      if (isOnce && !soonOver.has(pause.code)) throw error;
    }
    // Looks and rounds may take their time; everything else is a matter of seconds.
    awakeAt = clock.now();
  }
  return last;

  async function makeRound(why: WatchCause, approved: string | null): Promise<WatchRound> {
    const began = clock.now();
    const round = await ports.round(approved, signal);
    paused.end();
    ports.tell({ event: 'round', cause: why, round, ms: clock.now() - began });
    if (round.avalanche === null || signal.aborted) return round;
    wake = new AbortController();
    // What changes while somebody thinks makes the question out of date.
    const answer = await ports.confirm(round, AbortSignal.any([signal, wake.signal]));
    return answer === true && touched === null ? makeRound('again', round.avalanche) : round;
  }
}

/** Pauses are reported when they begin, when their reason changes, and when they end. */
function openPause(ports: Pick<WatchPorts, 'tell'>): { begin(pause: WatchPause): void; end(): void } {
  let shown: string | null = null;
  return {
    begin(pause) {
      if (shown !== pause.code) ports.tell({ event: 'paused', pause });
      shown = pause.code;
    },
    end() {
      if (shown !== null) ports.tell({ event: 'resumed' });
      shown = null;
    },
  };
}

async function rest(clock: WatchPorts['clock'], milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(milliseconds, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Something was not written that may be written next time: overtaken, cut off, or refused for a while. */
function needsAgain({ outcomes }: WatchRound): boolean {
  return (outcomes ?? []).some((one) => one.status !== 'done');
}

/** Another run, or git, has a few seconds to end; the rest takes as long as it takes. */
const soonOver: ReadonlySet<string> = new Set(['ALREADY_RUNNING', 'GIT_BUSY']);

/** At the start only these are waited out: with anything else, such as a wrong token, no round has ever worked. */
const passing: ReadonlySet<string> = new Set([
  ...soonOver,
  'UNREACHABLE',
  'NO_ANSWER',
  'SERVER_FAILED',
  'RATE_LIMITED',
  'LISTING_INCOMPLETE',
]);

/** What may be better in a while; null for what is a fault of ours and must be seen. */
function pauseOf(error: unknown): WatchPause | null {
  if (error instanceof ShelfmarkError) return { code: error.code, message: error.message, hint: error.hint };
  const code = nodeCode(error);
  if (code === null) return null;
  return {
    code,
    message: `The folder changed while it was read or written (${code}). What was done so far is saved.`,
    hint: 'It is tried again in a moment.',
  };
}
