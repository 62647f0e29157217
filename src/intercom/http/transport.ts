import type { Agents, Request } from 'got';
import { proxyRefusal, tunnelAgent, type Proxy, type ProxyOf } from './proxy.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface TransportRequest {
  readonly method: Method | 'HEAD';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface TransportAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded from its compression, whole. */
  readonly body: Uint8Array;
}

/**
 * One exchange over HTTP: sends once, follows no redirect, repeats nothing. Rejects with a TransportFailure, or
 * with the signal's reason when that was aborted.
 */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<TransportAnswer>;

/**
 * `unsent`: no connection came about, so the remote cannot have carried anything out. `barred`: the same, and it will
 * be so until somebody changes something. `lost`: it was sent, at
 * least in part, and no whole answer came back. `oversize`: the answer is larger than we take.
 */
export type FailureKind = 'unsent' | 'barred' | 'lost' | 'oversize';

/** Made of our own words only: what libraries put into their errors may hold the token. */
export class TransportFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Milliseconds, and bytes after decompression. */
export interface TransportLimits {
  readonly connect: number;
  /** From the request being sent to the first line of the answer. Intercom fetches images while we wait. */
  readonly response: number;
  /** From the first line of the answer to its end. */
  readonly body: number;
  readonly bytes: number;
}

export const usualLimits: TransportLimits = {
  connect: 10_000,
  response: 60_000,
  body: 60_000,
  bytes: 64 * 1024 * 1024,
};

/** The transport of every day, built on got, which is loaded with the first call. */
export function gotTransport(
  limits: TransportLimits = usualLimits,
  proxyOf: ProxyOf = () => null,
): Transport {
  let loaded: Promise<Exchange> | null = null;
  return async (request, signal) => {
    loaded ??= loadGot(limits, proxyOf);
    const exchange = await loaded;
    return exchange(request, signal);
  };
}

type Exchange = (request: TransportRequest, signal: AbortSignal) => Promise<TransportAnswer>;

async function loadGot(limits: TransportLimits, proxyOf: ProxyOf): Promise<Exchange> {
  const [{ got }, http, https] = await Promise.all([
    import('got'),
    import('node:http'),
    import('node:https'),
  ]);
  // Idle connections are closed by us before a server is likely to: a request on one that dies is a lost one.
  const keep = { keepAlive: true, timeout: 4000 } as const;
  const agent: Agents = { http: new http.Agent(keep), https: new https.Agent(keep) };
  const client = got.extend({
    agent,
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    timeout: {
      lookup: limits.connect,
      connect: limits.connect,
      secureConnect: limits.connect,
      send: limits.response,
      response: limits.response,
      read: limits.body,
    },
  });
  const tunnels = new Map<string, ReturnType<typeof tunnelAgent>>();
  const through = async (proxy: Proxy): Promise<{ readonly agent: Agents }> => {
    const tunnel = tunnels.get(proxy.url.href) ?? tunnelAgent(proxy, limits.connect);
    tunnels.set(proxy.url.href, tunnel);
    return { agent: { ...agent, https: await tunnel } };
  };
  return async (request, signal) => {
    signal.throwIfAborted();
    const proxy = proxyOf(request.url);
    const stream = client.stream(request.url, {
      ...(proxy === null ? {} : await through(proxy)),
      method: request.method,
      headers: request.headers,
      signal,
      // Without a body of its own got would wait for one to be piped into anything but a GET.
      ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { body: request.body ?? '' }),
    });
    try {
      return await collect(stream, limits);
    } catch (error) {
      signal.throwIfAborted();
      throw describeFailure(error, proxy);
    } finally {
      stream.destroy();
    }
  };
}

async function collect(stream: Request, limits: TransportLimits): Promise<TransportAnswer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    if (!(part instanceof Uint8Array)) throw new TypeError('got gave something else than bytes');
    size += part.length;
    if (size > limits.bytes) {
      throw new TransportFailure('oversize', `the answer is larger than ${limits.bytes / 1024 / 1024} MB`);
    }
    parts.push(part);
  }
  const { response } = stream;
  if (response === undefined) throw new TransportFailure('lost', 'the connection ended without an answer');
  return {
    status: response.statusCode,
    headers: flatHeaders(response.headers),
    body: parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts),
  };
}

function flatHeaders(headers: Request['options']['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}

/** Chooses our own words for what went wrong, by its code: the library's own message and fields stay behind. */
function describeFailure(error: unknown, proxy: Proxy | null): TransportFailure {
  if (error instanceof TransportFailure) return error;
  if (proxy === null) return describeBreak(error);
  const refusal = proxyRefusal(error);
  const { kind, message } =
    refusal === null
      ? describeBreak(error)
      : new TransportFailure(refusal.isLasting ? 'barred' : 'unsent', refusal.message);
  // Once something was sent, the proxy is out of it: it passes on what it cannot read.
  return new TransportFailure(
    kind,
    kind === 'unsent' || kind === 'barred'
      ? `at the proxy ${proxy.shown} (${proxy.variable}): ${message}`
      : message,
  );
}

function describeBreak(error: unknown): TransportFailure {
  const { code, event, syscall } = traitsOf(error);
  if (event !== null) {
    return ['lookup', 'connect', 'secureConnect'].includes(event)
      ? new TransportFailure('unsent', 'no connection could be made in time')
      : new TransportFailure('lost', 'no whole answer came in time');
  }
  const unsent = neverSent[code];
  if (unsent !== undefined) return new TransportFailure('unsent', unsent);
  if (syscall === 'connect') return new TransportFailure('unsent', 'no connection came about');
  if (code === 'EPROTO' && isHandshake(error)) {
    return new TransportFailure('unsent', 'no encrypted connection could be made');
  }
  if (/CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO|SELF_SIGNED/.test(code)) {
    return new TransportFailure('barred', `its certificate or encryption was not accepted (${code})`);
  }
  const known = /^[A-Z][A-Z0-9_]*$/.test(code) ? ` (${code})` : '';
  return new TransportFailure('lost', `the connection broke before the answer was whole${known}`);
}

/** OpenSSL tells only in words that it got no further than greeting. */
function isHandshake(error: unknown): boolean {
  return error instanceof Error && /wrong version number|handshake|unsupported protocol/.test(error.message);
}

const neverSent: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ENETUNREACH: 'the network cannot be reached',
  EHOSTUNREACH: 'the host cannot be reached',
};

function traitsOf(error: unknown): { code: string; event: string | null; syscall: string | null } {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const traits = { code: '', event: null as string | null, syscall: null as string | null };
  // got wraps the error of the system, which alone names the step that failed.
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth += 1) {
    if ('code' in one && traits.code === '') traits.code = text(one.code) ?? '';
    if ('event' in one) traits.event ??= text(one.event);
    if ('syscall' in one) traits.syscall ??= text(one.syscall);
  }
  return traits;
}
