import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { secret } from './commanding.ts';

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** What an Intercom that lies holds; any row may be anything. */
export interface Holdings {
  readonly articles?: readonly unknown[];
  readonly collections?: readonly unknown[];
  /** Answers a call itself; false leaves it to the usual answer. */
  readonly answer?: (asked: Asked, response: ServerResponse) => boolean;
}

export interface HostileIntercom {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** What a command needs to talk to it. */
  readonly env: Readonly<Record<string, string>>;
}

/** A server on the loopback interface with the manners of Intercom and the contents of an attacker. */
export async function startHostile(holdings: Holdings): Promise<HostileIntercom> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const one: Asked = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
      };
      asked.push(one);
      if (holdings.answer?.(one, response) !== true) usualAnswer(one, holdings, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, env: { INTERCOM_URL: url, INTERCOM_TOKEN: secret } };
}

function usualAnswer({ method, path }: Asked, holdings: Holdings, response: ServerResponse): void {
  const [bare = ''] = path.split('?');
  const { articles = [], collections = [] } = holdings;
  if (method === 'GET' && bare === '/me') return json(response, me);
  if (method === 'GET' && bare === '/admins') return json(response, { type: 'admin.list', admins: [me] });
  if (bare === '/help_center/help_centers') return json(response, { type: 'list', data: [helpCenter] });
  if (method === 'GET' && bare === '/articles') return json(response, listOf(articles));
  if (method === 'GET' && bare === '/help_center/collections') return json(response, listOf(collections));
  const id = /\/(\d+)$/.exec(bare)?.[1];
  const found = [...articles, ...collections].find((row) => isRow(row) && row['id'] === id);
  if (method === 'GET' && found !== undefined) return json(response, found);
  json(response, refusal('not_found', 'Resource Not Found'), 404);
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
}

export const refusal = (code: string, message: string): unknown => ({
  type: 'error.list',
  request_id: 'req0001',
  errors: [{ code, message }],
});

export const listOf = (rows: readonly unknown[]): Row => ({
  type: 'list',
  pages: { type: 'pages', page: 1, per_page: 250, total_pages: 1 },
  total_count: rows.length,
  data: rows,
});

export function articleRow(id: number, more: Row = {}): Row {
  return {
    id: String(id),
    type: 'article',
    workspace_id: 'ws1',
    title: `Article ${id}`,
    description: '',
    body: '<p class="no-margin">Text.</p>',
    author_id: 1,
    state: 'published',
    created_at: 1_700_000_000,
    updated_at: 1_700_000_000 + id,
    url: null,
    parent_id: null,
    parent_ids: [],
    parent_type: null,
    default_locale: 'en',
    translated_content: null,
    ...more,
  };
}

export function collectionRow(id: number, more: Row = {}): Row {
  return {
    id: String(id),
    workspace_id: 'ws1',
    name: `Collection ${id}`,
    description: '',
    icon: 'book-bookmark',
    order: 0,
    parent_id: null,
    help_center_id: 9,
    created_at: 1_700_000_000,
    updated_at: 1_700_000_000,
    url: null,
    default_locale: 'en',
    translated_content: null,
    ...more,
  };
}

const me = {
  type: 'admin',
  id: '1',
  name: 'Ada',
  email: 'ada@example.com',
  app: { type: 'app', id_code: 'ws1', name: 'Works', region: 'US' },
};

const helpCenter = {
  id: '9',
  workspace_id: 'ws1',
  created_at: 1_700_000_000,
  updated_at: 1_700_000_000,
  identifier: 'help',
  website_turned_on: true,
  display_name: 'Help',
  url: 'https://help.example.com',
  custom_domain: null,
};

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
