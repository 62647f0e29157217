import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInComment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: { readonly login: string; readonly type: string };
}

export interface StandInPull {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
}

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** So many times, by default always. */
  times?: number;
  /** It was done all the same, and only the answer is lost. */
  readonly isDone?: boolean;
}

/** The few calls of GitHub's REST API that the action makes, over HTTP, for one repository. */
export interface GitHubStandIn {
  readonly url: string;
  readonly comments: StandInComment[];
  readonly pulls: StandInPull[];
  /** The commits by which pull requests were merged, by their numbers. */
  readonly merged: Map<number, string>;
  /** Every call, as `METHOD /path`. */
  readonly calls: string[];
  /** Answers that are given instead, by the beginning of `METHOD /path`. */
  readonly refusals: Map<string, Refusal>;
  close(): Promise<void>;
}

export const repository = 'acme/help';
export const githubToken = 'ghs_StandInToken0123456789abcdef';
export const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;

export async function startGitHub(): Promise<GitHubStandIn> {
  const comments: StandInComment[] = [];
  const pulls: StandInPull[] = [];
  const calls: string[] = [];
  const refusals: GitHubStandIn['refusals'] = new Map();
  const merged = new Map<number, string>();
  let next = 100;
  const own = `/repos/${repository}`;
  let url = '';

  const showPull = (pull: StandInPull): unknown => ({
    ...pull,
    html_url: `https://github.test/${repository}/pull/${pull.number}`,
    head: { ref: pull.head },
    base: { ref: pull.base },
  });

  const answer = (method: string, target: URL, body: Record<string, unknown>): [number, unknown] => {
    const path = target.pathname;
    const comment = new RegExp(`^${own}/issues/(\\d+)/comments$`).exec(path);
    if (comment !== null && method === 'GET') {
      const size = Number(target.searchParams.get('per_page') ?? 30);
      const page = Number(target.searchParams.get('page') ?? 1);
      const of = comments.filter((one) => one.issue === Number(comment[1]));
      return [200, of.slice((page - 1) * size, page * size)];
    }
    const text = typeof body['body'] === 'string' ? body['body'] : '';
    if (text.length > 65_536) return [422, { message: 'body is too long (maximum is 65536 characters)' }];
    if (comment !== null && method === 'POST') {
      const made = { id: (next += 1), issue: Number(comment[1]), body: text, user: bot };
      comments.push(made);
      return [201, made];
    }
    const known = comments.find((one) => path === `${own}/issues/comments/${one.id}`);
    if (known !== undefined && method === 'PATCH') {
      known.body = text;
      return [200, known];
    }
    if (path === `${own}/pulls` && method === 'GET') {
      const [head, base] = [target.searchParams.get('head'), target.searchParams.get('base')];
      const found = pulls.filter(
        (one) => one.state === 'open' && `acme:${one.head}` === head && one.base === base,
      );
      return [200, found.map(showPull)];
    }
    if (path === `${own}/pulls` && method === 'POST') {
      const of = (name: string): string => String(body[name]);
      const made: StandInPull = {
        number: (next += 1),
        head: of('head'),
        base: of('base'),
        title: of('title'),
        body: text,
        state: 'open',
      };
      pulls.push(made);
      return [201, showPull(made)];
    }
    const pull = pulls.find((one) => path === `${own}/pulls/${one.number}`);
    if (pull !== undefined && method === 'PATCH') {
      Object.assign(pull, body);
      return [200, showPull(pull)];
    }
    const commit = new RegExp(`^${own}/commits/([0-9a-f]+)/pulls$`).exec(path)?.[1];
    if (commit !== undefined)
      return [
        200,
        [...merged].flatMap(([number, sha]) =>
          sha === commit ? [{ number, merged_at: '2026-11-02T08:00:00Z', base: { ref: 'main' } }] : [],
        ),
      ];
    // The token of an app is nobody's.
    if (path === '/user') return [403, { message: 'Resource not accessible by integration' }];
    return [404, { message: 'Not Found' }];
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const method = request.method ?? '';
      const target = new URL(request.url ?? '', url);
      const line = `${method} ${target.pathname}`;
      calls.push(line);
      const refusal = [...refusals].find(
        ([start, { times = 1 }]) => line.startsWith(start) && times > 0,
      )?.[1];
      if (refusal?.times !== undefined) refusal.times -= 1;
      const isKnown = request.headers.authorization === `Bearer ${githubToken}`;
      const text = Buffer.concat(parts).toString();
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const done =
        refusal === undefined || refusal.isDone === true ? () => answer(method, target, body) : null;
      const [status, data]: readonly [number, unknown] = !isKnown
        ? [401, { message: 'Bad credentials' }]
        : (done?.() ?? [0, null]);
      if (isKnown && refusal !== undefined && refusal.status === 0) {
        request.socket.destroy();
        return;
      }
      const isRefused = isKnown && refusal !== undefined;
      response.writeHead(isRefused ? refusal.status : status, {
        'content-type': 'application/json',
        ...(isRefused ? refusal.headers : {}),
      });
      response.end(JSON.stringify(isRefused ? { message: refusal.message } : data));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    comments,
    pulls,
    merged,
    calls,
    refusals,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
