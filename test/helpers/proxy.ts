import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, type RequestOptions } from 'node:https';
import { request } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { OwnCertificate } from './certificate.ts';

export interface ProxyStandIn {
  /** With the name and the password that it asks for. */
  readonly url: string;
  /** Without them, as messages may name it. */
  readonly shown: string;
  /** `host:port` of every tunnel that was asked for, with what was said of who asks. */
  readonly asked: readonly { readonly to: string; readonly authorization: string | undefined }[];
}

export const proxyPassword = 'pass%40word-9f3e';

/** A proxy that tunnels to one port of this machine, whatever name is asked for, or answers every wish with a status. */
export async function startProxy(port: number, status: number | null = null): Promise<ProxyStandIn> {
  const asked: { to: string; authorization: string | undefined }[] = [];
  const server = createHttpServer((_, response) => {
    response.writeHead(501);
    response.end();
  });
  server.on('connect', (incoming, socket: Socket) => {
    asked.push({ to: incoming.url ?? '', authorization: incoming.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (status !== null) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const onwards = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onwards).pipe(socket);
    });
    onwards.on('error', () => socket.destroy());
    socket.on('close', () => onwards.destroy());
    return undefined;
  });
  const shown = `127.0.0.1:${await listening(server)}`;
  return { url: `http://us%20er:${proxyPassword}@${shown}`, shown, asked };
}

/** A server with a certificate of its own that passes every call on to an address of this machine. */
export async function startFront(address: string, { key, cert }: OwnCertificate): Promise<number> {
  const server = createHttpsServer({ key, cert }, (incoming, response) => {
    const { method, headers } = incoming;
    const options: RequestOptions = {
      ...(method === undefined ? {} : { method }),
      headers: { ...headers, host: new URL(address).host },
    };
    const onwards = request(new URL(incoming.url ?? '/', address), options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    incoming.pipe(onwards);
  });
  return listening(server);
}

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (server.address() as AddressInfo).port;
}
