import { openIntercom } from '../../../src/intercom/open-intercom.ts';
import type { IntercomOptions, IntercomSide } from '../../../src/intercom/open-intercom.ts';
import type { RemoteEvent } from '../../../src/intercom/http/events.ts';
import type {
  Transport,
  TransportAnswer,
  TransportFailure,
  TransportRequest,
} from '../../../src/intercom/http/transport.ts';
import { remoteId } from '../../../src/model/identity.ts';
import type { RemoteId } from '../../../src/model/identity.ts';
import { steadyChance } from './chance.ts';
import { virtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { answerOf, helpCenter, listOf, me } from './wires.ts';

/** What a call meets: an answer, or a failure of the exchange. */
export type Reply = TransportAnswer | TransportFailure;

export interface ScriptedSide {
  readonly side: IntercomSide;
  readonly clock: VirtualClock;
  readonly events: readonly RemoteEvent[];
  /** What was sent, in order. */
  readonly sent: readonly TransportRequest[];
  /** Method and path, with the query, of what was sent. */
  readonly lines: () => readonly string[];
  /** The JSON that the last call with a body carried. */
  readonly lastBody: () => unknown;
}

export const testToken = 'dG9rOjEyMw/+secret=';

/** A side whose remote answers as the function says; every sleep passes at once. */
export function scriptedSide(
  answer: (request: TransportRequest, path: string) => Reply | Promise<Reply>,
  options: Partial<IntercomOptions> = {},
): ScriptedSide {
  const clock = virtualClock();
  const events: RemoteEvent[] = [];
  const sent: TransportRequest[] = [];
  const transport: Transport = async (request) => {
    sent.push(request);
    const reply = await answer(request, new URL(request.url).pathname);
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const side = openIntercom({
    url: 'https://api.intercom.io',
    token: testToken,
    version: '2.11',
    helpCenter: null,
    defaultLocale: 'en',
    author: null,
    clock,
    chance: steadyChance(),
    transport,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return {
    side,
    clock,
    events,
    sent,
    lines: () => sent.map(({ method, url }) => `${method} ${url.slice('https://api.intercom.io'.length)}`),
    lastBody: () => JSON.parse(sent.findLast((one) => one.body !== null)?.body ?? 'null') as unknown,
  };
}

/** Answers `/me`, the help centers and empty listings, and leaves the rest to the function. */
export function withUsual(
  rest: (request: TransportRequest, path: string) => Reply | Promise<Reply>,
): (request: TransportRequest, path: string) => Reply | Promise<Reply> {
  return (request, path) => {
    if (path === '/me') return answerOf(me());
    if (path === '/help_center/help_centers') return answerOf({ type: 'list', data: [helpCenter()] });
    return rest(request, path);
  };
}

export const emptyList = (): TransportAnswer => answerOf(listOf([]));

export const id = (text: string): RemoteId => remoteId(text);

export const never: AbortSignal = new AbortController().signal;
