import { textOfUtf8 } from '../../ports/utf8.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import { readComplaint } from './complaint.ts';
import { failedCall, interruptedCreate, oddAnswer } from './errors.ts';
import type { RemoteListener } from './events.ts';
import { saysGone } from './failures.ts';
import type { Answer, Attempt, Call } from './failures.ts';
import { openPace } from './pace.ts';
import { decide, isSuccess } from './retry.ts';
import { answerReader, quoter } from './secret.ts';
import { TransportFailure } from './transport.ts';
import type { Method, Transport, TransportAnswer, TransportRequest } from './transport.ts';
import type { Rate } from './window.ts';
import type { Decode } from '../wire/wire.ts';

export interface CallerOptions {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly version: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly transport: Transport;
  readonly tell: RemoteListener;
}

/** Sends calls: paced, repeated where that is safe, their answers checked. Every failure is a ShelfmarkError. */
export interface Caller {
  send<Value>(call: Call, decode: Decode<Value>, signal: AbortSignal): Promise<Value>;
  /** As `send`, but null where Intercom itself says that there is no such entry. */
  find<Value>(call: Call, decode: Decode<Value>, signal: AbortSignal): Promise<Value | null>;
  /** Any answer that came, refusals too; throws only where none did. */
  ask(call: Call, signal: AbortSignal): Promise<Answer>;
  /** Calls sent so far, the repeated ones counted each time. */
  counts(): { readonly total: number; readonly byMethod: Readonly<Record<string, number>> };
  atOnce(): number;
  rate(): Rate | null;
  /** Intercom's clock less ours when its last answer came, in seconds; null where it does not tell. */
  clockAhead(): number | null;
}

export function openCaller(options: CallerOptions): Caller {
  const { clock, chance, transport, tell } = options;
  const pace = openPace({ clock, chance, tell });
  const quote = quoter(options.token);
  const parse = answerReader(options.token);
  const byMethod = new Map<Method, number>();
  let versionChecked = false;
  let clockAhead: number | null = null;

  const attempt = async (call: Call, signal: AbortSignal): Promise<Attempt> => {
    const ticket = await pace.turn(signal);
    byMethod.set(call.method, (byMethod.get(call.method) ?? 0) + 1);
    let raw: TransportAnswer | null = null;
    const held = call.method === 'GET' ? null : openGrace(signal, clock);
    try {
      raw = await transport(requestOf(call, options), held?.signal ?? signal);
      return { came: 'answer', answer: readAnswer(raw, parse) };
    } catch (error) {
      if (call.method === 'POST' && signal.aborted) throw interruptedCreate(call);
      if (!(error instanceof TransportFailure)) throw error;
      return { came: error.kind, reason: error.message };
    } finally {
      held?.release();
      pace.heard(ticket, raw);
      tell({
        event: 'call',
        method: call.method,
        path: call.path,
        status: raw?.status ?? null,
        ms: clock.now() - ticket.sentAt,
      });
    }
  };

  const settle = async (call: Call, signal: AbortSignal): Promise<Attempt> => {
    let sent = 0;
    let limited = 0;
    for (;;) {
      const made = await attempt(call, signal);
      sent += 1;
      const decision = decide(call, made, { sent, limited }, chance.next());
      if (decision.step === 'accept' || decision.step === 'fail') return made;
      if (decision.step === 'hold') {
        limited += 1;
        continue;
      }
      const { reason, after } = decision;
      tell({ event: 'retry', method: call.method, path: call.path, reason, milliseconds: after });
      await clock.sleep(after, signal);
    }
  };

  const noteAnswer = (call: Call, answer: Answer): void => {
    const date = Date.parse(answer.headers['date'] ?? '');
    // The page of a gateway or a proxy tells the time of its own machine.
    if (!Number.isNaN(date) && answer.json !== undefined)
      clockAhead = Math.round((date - clock.now()) / 1000);
    const echoed = answer.headers['intercom-version'];
    // Only a reading is refused for it: what was written is written, and its answer says what.
    if (
      call.version !== undefined ||
      versionChecked ||
      echoed === undefined ||
      call.method !== 'GET' ||
      !isSuccess(answer.status)
    )
      return;
    if (echoed !== options.version) throw otherVersion(options.version, quote(echoed, 20));
    versionChecked = true;
  };

  const exchange = async (call: Call, signal: AbortSignal): Promise<Attempt> => {
    const made = await pace.withPlace(() => settle(call, signal), signal);
    if (made.came === 'answer') noteAnswer(call, made.answer);
    return made;
  };

  const accept = <Value>(call: Call, made: Attempt, decode: Decode<Value>): Value => {
    if (made.came !== 'answer' || !isSuccess(made.answer.status) || made.answer.json === undefined) {
      throw failedCall(call, made, quote);
    }
    const decoded = decode(made.answer.json);
    if (!decoded.ok) throw oddAnswer(call, decoded.where);
    return decoded.value;
  };

  return {
    send: async (call, decode, signal) => accept(call, await exchange(call, signal), decode),
    find: async (call, decode, signal) => {
      const made = await exchange(call, signal);
      return made.came === 'answer' && saysGone(made.answer) ? null : accept(call, made, decode);
    },
    ask: async (call, signal) => {
      const made = await exchange(call, signal);
      if (made.came !== 'answer') throw failedCall(call, made, quote);
      return made.answer;
    },
    counts: () => ({
      total: [...byMethod.values()].reduce((sum, one) => sum + one, 0),
      byMethod: Object.fromEntries(byMethod),
    }),
    atOnce: () => pace.atOnce(),
    rate: () => pace.rate(),
    clockAhead: () => clockAhead,
  };
}

/** How long a write that was sent may still be answered after everything was told to stop, in milliseconds. */
const graceTime = 30_000;

/** A signal that follows another one late: what has been sent cannot be taken back, so its answer is worth waiting for. */
function openGrace(
  signal: AbortSignal,
  clock: Clock,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const late = new AbortController();
  const over = new AbortController();
  const begin = (): void => {
    clock.sleep(graceTime, over.signal).then(
      () => late.abort(signal.reason),
      () => undefined,
    );
  };
  signal.addEventListener('abort', begin, { once: true });
  return {
    signal: late.signal,
    release: () => {
      signal.removeEventListener('abort', begin);
      over.abort();
    },
  };
}

function requestOf(call: Call, options: CallerOptions): TransportRequest {
  const query = new URLSearchParams(
    Object.entries(call.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return {
    method: call.method,
    url: `${options.url}${call.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      authorization: `Bearer ${options.token}`,
      accept: 'application/json',
      'intercom-version': call.version ?? options.version,
      'user-agent': 'shelfmark',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: call.body === undefined ? null : JSON.stringify(call.body),
  };
}

function readAnswer(
  raw: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
  },
  parse: (text: string) => unknown,
): Answer {
  const json = parseJson(raw.body, parse);
  return { status: raw.status, headers: raw.headers, json, complaint: readComplaint(json) };
}

/** Undefined for what is not JSON, or not UTF-8: broken bytes would otherwise turn into other text unnoticed. */
function parseJson(body: Uint8Array, parse: (text: string) => unknown): unknown {
  const text = textOfUtf8(body);
  if (text === null) return undefined;
  try {
    return parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function otherVersion(wanted: string, found: string): ShelfmarkError {
  return new ShelfmarkError('VERSION_MISMATCH', {
    message: `Intercom answered in version ${found} of its API although ${wanted} was asked for. Nothing was changed.`,
    hint: 'Set remote.version in sync.config.yaml to a version that Intercom offers, such as "2.11".',
  });
}
