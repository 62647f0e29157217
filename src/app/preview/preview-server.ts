/* Serves the preview to this machine and to nobody else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShelfmarkError } from '../../model/error.ts';

export interface Served {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface PreviewServer extends AsyncDisposable {
  /** Such as http://127.0.0.1:4777, without a slash at the end. */
  readonly url: string;
  /** Tells every open page of which version the folder is now. */
  announce(version: string): void;
}

const common: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** More pages than these are not open at a time; the oldest has to connect again. */
const mostOpen = 50;

export async function servePreview(
  ports: readonly number[],
  first: string,
  answer: (url: URL) => Promise<Served>,
): Promise<PreviewServer> {
  let version = first;
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    reply(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, common);
      response.end();
    });
  });
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isOwnHost(request.headers.host, server)) {
      // Another name for this machine is how a web page elsewhere would read what is shown here.
      response.writeHead(421, { ...common, 'content-type': 'text/plain; charset=utf-8' });
      response.end('This preview answers to its own address only.\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...common, allow: 'GET, HEAD' });
      response.end();
      return;
    }
    // Put behind a host, so that "//elsewhere" stays a path.
    const address = `http://preview.invalid${request.url ?? '/'}`;
    if (!URL.canParse(address) || new URL(address).host !== 'preview.invalid') {
      response.writeHead(400, common);
      response.end();
      return;
    }
    const url = new URL(address);
    if (url.pathname === '/events' && request.method === 'GET') {
      listen(response);
      return;
    }
    const { status, headers, body } = await answer(url);
    response.writeHead(status, { ...common, ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { ...common, 'content-type': 'text/event-stream' });
    response.write(eventOf(version));
    open.add(response);
    const [oldest] = open;
    if (open.size > mostOpen) oldest?.end();
    response.on('close', () => open.delete(response));
  };
  await startAtOne(server, ports);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    announce(present) {
      version = present;
      for (const one of open) one.write(eventOf(present));
    },
    async [Symbol.asyncDispose]() {
      for (const one of open) one.end();
      server.closeAllConnections();
      await new Promise<void>((done) => {
        server.close(() => done());
      });
    },
  };
}

const eventOf = (version: string): string => `retry: 500\nevent: version\ndata: ${version}\n\n`;

function isOwnHost(host: string | undefined, server: Server): boolean {
  const address = server.address();
  if (host === undefined || address === null || typeof address === 'string') return false;
  return ['127.0.0.1', 'localhost', '[::1]'].some((name) => host.toLowerCase() === `${name}:${address.port}`);
}

/** At the first of some ports that is free. */
async function startAtOne(server: Server, ports: readonly number[]): Promise<void> {
  for (const port of ports) if (await listensAt(server, port)) return;
  const [wanted = 0] = ports;
  throw new ShelfmarkError('PORT_TAKEN', {
    kind: 'usage',
    message: `Port ${wanted} is in use already, so the preview was not started.`,
    hint: `${await freePort(wanted)} Without --port it takes one of its own.`,
  });
}

/** On the loopback interface only; false for a port that somebody else has. */
function listensAt(server: Server, port: number): Promise<boolean> {
  return new Promise((done, fail) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') done(false);
      else fail(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      done(true);
    });
  });
}

/** The next port that is free, in a sentence. */
async function freePort(after: number): Promise<string> {
  for (let port = after + 1; port <= Math.min(after + 20, 65_535); port += 1) {
    const probe = createServer();
    if (!(await listensAt(probe, port))) continue;
    await new Promise<void>((done) => {
      probe.close(() => done());
    });
    return `Use --port ${port}, which is free.`;
  }
  return 'Give another one with --port.';
}
