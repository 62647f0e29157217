import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../ports/clock.ts';

/** Bytes of a request that are read; Intercom's gateway answers a larger one with 413. */
const longestRequest = 32_000_000;

/** The body of a request as text; null when it is too long. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > longestRequest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly padding?: number;
}

/** Sends an answer at once. */
export function send(response: ServerResponse, sent: Sent): void {
  const body = Buffer.from(sent.body);
  const length = body.length + (sent.padding ?? 0);
  response.writeHead(sent.status, { ...sent.headers, 'content-length': String(length) });
  if (sent.padding === undefined) response.end(body);
  else sendPadding(response, body, sent.padding);
}

/** Sends an answer drop by drop, a tenth of a second at a time. */
export async function sendSlowly(
  response: ServerResponse,
  sent: Sent,
  bytesPerSecond: number,
  clock: Clock,
): Promise<void> {
  const body = Buffer.from(sent.body);
  response.writeHead(sent.status, { ...sent.headers, 'content-length': String(body.length) });
  response.flushHeaders();
  const step = Math.max(1, Math.floor(bytesPerSecond / 10));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    await clock.sleep(Math.max(1, Math.round((step / bytesPerSecond) * 1000)));
    response.write(body.subarray(at, at + step));
  }
  response.end();
}

/** Sends the first half of an answer and closes the connection. */
export function sendHalf(response: ServerResponse, sent: Sent): void {
  const body = Buffer.from(sent.body);
  response.writeHead(sent.status, { ...sent.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

function sendPadding(response: ServerResponse, body: Buffer, padding: number): void {
  const block = Buffer.alloc(65_536, 'x');
  let left = padding;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, block.length);
      left -= size;
      if (!response.write(block.subarray(0, size))) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  response.write(body);
  more();
}
