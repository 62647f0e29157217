import type { Clock } from '../../../../src/ports/clock.ts';
import type { Transport, TransportRequest } from '../../../../src/remotes/intercom/transport.ts';
import type { Limiter } from './limiter.ts';
import { answerOf, article, helpCenter, listOf, me } from './wires.ts';

export interface InProcessOptions {
  readonly clock: Clock;
  readonly limiter: Limiter;
  /** How long a call takes, in milliseconds, half of it on the way there. */
  readonly latency: () => number;
  /** Articles that are there from the start. */
  readonly articles: number;
}

interface Stored {
  readonly id: string;
  readonly createdAt: number;
  title: string;
  updatedAt: number;
}

/** As much of Intercom as lists, creates and updates articles, without a socket and on a clock of the test's own. */
export function inProcessIntercom(options: InProcessOptions): Transport {
  const { clock, limiter } = options;
  const second = (): number => Math.floor(clock.now() / 1000);
  const rows: Stored[] = Array.from({ length: options.articles }, (_, index) => ({
    id: String(100_000 + index),
    title: `Article ${index}`,
    createdAt: second() - 1_000_000 + index,
    updatedAt: second() - 1_000_000 + index,
  }));

  const wireOf = (row: Stored): unknown =>
    article({ id: row.id, title: row.title, created_at: row.createdAt, updated_at: row.updatedAt });

  const titleIn = (request: TransportRequest): string => {
    const sent: unknown = JSON.parse(request.body ?? '{}');
    const isTitled = typeof sent === 'object' && sent !== null && 'title' in sent;
    return isTitled ? String(sent.title) : '';
  };

  const page = (query: URLSearchParams): unknown => {
    const number = Number(query.get('page') ?? 1);
    const size = Number(query.get('per_page') ?? 25);
    const sorted = rows
      .slice()
      .sort((left, right) => right.updatedAt - left.updatedAt || Number(right.id) - Number(left.id));
    return listOf(sorted.slice((number - 1) * size, number * size).map(wireOf), {
      total_count: rows.length,
      pages: { page: number, per_page: size, total_pages: Math.ceil(rows.length / size) },
    });
  };

  const respond = (request: TransportRequest): unknown => {
    const url = new URL(request.url);
    if (url.pathname === '/me') return me();
    if (url.pathname === '/help_center/help_centers') return { type: 'list', data: [helpCenter()] };
    if (url.pathname === '/help_center/collections') return listOf([]);
    if (request.method === 'GET') return page(url.searchParams);
    if (request.method === 'POST') {
      const row = {
        id: String(100_000 + rows.length),
        title: titleIn(request),
        createdAt: second(),
        updatedAt: second(),
      };
      rows.push(row);
      return wireOf(row);
    }
    const row = rows[Number(url.pathname.split('/').at(-1)) - 100_000];
    if (row === undefined) throw new Error(`no article at ${url.pathname}`);
    row.title = titleIn(request);
    row.updatedAt = second();
    return wireOf(row);
  };

  return async (request, signal) => {
    const latency = options.latency();
    await clock.sleep(latency / 2, signal);
    const { allowed, headers } = limiter.take();
    const answer = allowed
      ? answerOf(respond(request), 200, { ...headers, 'intercom-version': '2.11' })
      : answerOf(
          { type: 'error.list', request_id: null, errors: [{ code: 'rate_limit_exceeded' }] },
          429,
          headers,
        );
    await clock.sleep(latency / 2, signal);
    return answer;
  };
}
