import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { gotTransport, TransportFailure } from '../../src/intercom/http/transport.ts';
import type {
  TransportAnswer,
  TransportLimits,
  TransportRequest,
} from '../../src/intercom/http/transport.ts';
import { serve } from './helpers/server.ts';
import type { Answerer, TestServer } from './helpers/server.ts';

const never = new AbortController().signal;
const limits: TransportLimits = { connect: 1000, response: 300, body: 300, bytes: 100_000 };
const token = 'secret-token-0123456789';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(answer: Answerer): Promise<TestServer> {
  const server = await serve(answer);
  closers.push(() => server.close());
  return server;
}

/** A server below HTTP: it does with the connection what it likes. */
async function openRaw(act: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => act(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function send(url: string, more: Partial<TransportRequest> = {}, signal = never): Promise<TransportAnswer> {
  const headers = { authorization: `Bearer ${token}` };
  return gotTransport(limits)({ method: 'GET', url, headers, body: null, ...more }, signal);
}

async function failureOf(sending: Promise<unknown>): Promise<TransportFailure> {
  const error: unknown = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportFailure)) throw new Error(`not a failure: ${inspect(error)}`);
  return error;
}

describe('an exchange', () => {
  test('gives status, headers and bytes as they came, whatever the status', async () => {
    const server = await open((_, response) => {
      response.writeHead(404, { 'x-request-id': 'r1', 'set-cookie': ['a=1', 'b=2'] });
      response.end('né');
    });
    const answer = await send(`${server.url}/x`);
    expect(answer.status).toBe(404);
    expect(answer.headers).toMatchObject({ 'x-request-id': 'r1', 'set-cookie': 'a=1, b=2' });
    expect(new TextDecoder().decode(answer.body)).toBe('né');
  });

  test.each([
    { method: 'GET', body: null },
    { method: 'POST', body: '{"title":"Ünï"}' },
    { method: 'PUT', body: '{}' },
    { method: 'DELETE', body: null },
  ] as const)('sends a $method once, with its body', async ({ method, body }) => {
    const server = await open((_, response) => response.end('{}'));
    await send(server.url, { method, body });
    expect(server.seen).toMatchObject([{ method, body: body ?? '' }]);
  });

  test('undoes compression', async () => {
    const server = await open((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"a":1}'));
    });
    expect(new TextDecoder().decode((await send(server.url)).body)).toBe('{"a":1}');
  });

  test('uses one connection for calls that follow each other', async () => {
    const ports = new Set<number | undefined>();
    const server = await open((_, response) => {
      ports.add(response.socket?.remotePort);
      response.end('{}');
    });
    const transport = gotTransport(limits);
    for (let turn = 0; turn < 3; turn += 1) {
      await transport({ method: 'GET', url: server.url, headers: {}, body: null }, never);
    }
    expect(ports.size).toBe(1);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with %i is handed on, and nobody else is asked', async (status) => {
    const elsewhere = await open((_, response) => response.end('{}'));
    const server = await open((_, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/stolen` });
      response.end();
    });
    for (const method of ['GET', 'PUT', 'POST', 'DELETE'] as const) {
      const answer = await send(server.url, { method, body: method === 'GET' ? null : '{"draft":1}' });
      expect(answer.status).toBe(status);
    }
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('nothing was sent', () => {
  test('when the connection is refused', async () => {
    const server = await open(() => undefined);
    await server.close();
    expect(await failureOf(send(server.url))).toMatchObject({
      kind: 'unsent',
      message: 'the connection was refused',
    });
  });

  test('when the name is not known', async () => {
    const failure = await failureOf(send('http://nowhere.invalid/'));
    expect(failure.kind).toBe('unsent');
  });

  test('when the other end does not speak TLS', async () => {
    const url = await openRaw((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const failure = await failureOf(send(url.replace('http:', 'https:')));
    expect(failure.kind).toBe('unsent');
  });
});

describe('an answer is lost', () => {
  test('when the server never answers', async () => {
    const server = await open(() => undefined);
    expect(await failureOf(send(server.url))).toMatchObject({
      kind: 'lost',
      message: 'no whole answer came in time',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('when it comes in drops that take too long, though each is in time', async () => {
    const server = await open((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(send(server.url))).toMatchObject({ kind: 'lost' });
  });

  test.each([
    ['before the answer', ''],
    ['in the first line', 'HTTP/1.1 20'],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['before the announced length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"data":[]}'],
    ['between two chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{"data":[]}\r\n'],
    ['with what is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
  ])('when the connection ends %s', async (_, bytes) => {
    const url = await openRaw((socket) => socket.end(bytes));
    expect(await failureOf(send(url))).toMatchObject({ kind: 'lost' });
  });

  test('when its compressed form is cut', async () => {
    const server = await open((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"data":[1,2,3,4,5,6,7]}').subarray(0, 20));
    });
    expect(await failureOf(send(server.url))).toMatchObject({ kind: 'lost' });
  });

  test('when the connection is reset', async () => {
    const url = await openRaw((socket) => socket.resetAndDestroy());
    expect(await failureOf(send(url))).toMatchObject({ kind: 'lost' });
  });
});

describe('an answer too large', () => {
  test('is cut off as it comes', async () => {
    const server = await open((_, response) => {
      response.writeHead(200);
      const flood = setInterval(() => response.write(Buffer.alloc(50_000, 32)), 1);
      response.on('close', () => clearInterval(flood));
    });
    expect(await failureOf(send(server.url))).toMatchObject({ kind: 'oversize' });
  });

  test('is noticed behind a compression of a thousand to one', async () => {
    const server = await open((_, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(Buffer.alloc(50_000_000, 32)));
    });
    expect(await failureOf(send(server.url))).toMatchObject({ kind: 'oversize' });
  });
});

describe('an interruption', () => {
  test('ends a call under way with its own reason', async () => {
    const reason = new Error('Ctrl-C');
    const stop = new AbortController();
    const server = await open(() => stop.abort(reason));
    await expect(send(server.url, {}, stop.signal)).rejects.toBe(reason);
  });

  test('ends an answer under way, too', async () => {
    const reason = new Error('Ctrl-C');
    const stop = new AbortController();
    const server = await open((_, response) => {
      response.writeHead(200);
      response.write('{');
      setTimeout(() => stop.abort(reason), 30);
    });
    await expect(send(server.url, {}, stop.signal)).rejects.toBe(reason);
  });

  test('before the start sends nothing', async () => {
    const reason = new Error('Ctrl-C');
    const server = await open((_, response) => response.end());
    await expect(send(server.url, {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(server.seen).toEqual([]);
  });
});

test('no failure holds the token', async () => {
  const raw = await openRaw((socket) => socket.resetAndDestroy());
  const silent = await open(() => undefined);
  for (const url of [raw, silent.url, 'http://127.0.0.1:1', 'http://nowhere.invalid']) {
    const failure = await failureOf(send(url));
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain('secret-token');
    expect(failure.cause).toBeUndefined();
  }
});
