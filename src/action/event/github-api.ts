import type { Agent } from 'node:https';
import { got, HTTPError, RequestError } from 'got';
import { z } from 'zod';
import { ShelfmarkError } from '../../model/error.ts';

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  /** Whether an app wrote it. Only users whose account is gone have no name: they can change nothing any more. */
  readonly isByBot: boolean;
  /** Null where it does not tell. */
  readonly login: string | null;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
}

/** The few calls of GitHub's REST API that the action makes, in one repository. */
export interface GitHubApi {
  /** The first comment that the test fits, oldest first; null where there is none. */
  findComment(number: number, isIt: (comment: IssueComment) => boolean): Promise<IssueComment | null>;
  createComment(number: number, body: string): Promise<void>;
  updateComment(id: number, body: string): Promise<void>;
  /** The user whose token this is; null for the token of an app, which is nobody's. */
  login(): Promise<string | null>;
  /** The open pull request from one branch of the repository into another; null where there is none. */
  findPullRequest(head: string, base: string): Promise<PullRequest | null>;
  createPullRequest(pull: { head: string; base: string; title: string; body: string }): Promise<PullRequest>;
  updatePullRequest(
    number: number,
    change: { title?: string; body?: string; state?: 'closed' },
  ): Promise<void>;
}

export interface GitHubApiOptions {
  /** Such as https://api.github.com, without a slash at the end. */
  readonly url: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly token: string;
  /** What calls go through; missing or null: GitHub is reached directly. */
  readonly agent?: Agent | null;
}

/** GitHub did not do what it was asked for. */
export class GitHubFailed extends ShelfmarkError {
  /** Null where no answer came. */
  readonly status: number | null;
  /** GitHub's own words. */
  readonly said: string;

  constructor(status: number | null, said: string, what: string) {
    super('GITHUB_FAILED', {
      message: `GitHub did not ${what}${status === null ? '' : ` (${status})`}: ${said}.`,
      hint:
        status === 403 || status === 404
          ? 'Give the job the permissions that docs/ci.md names, or a token that has them as "github-token".'
          : 'Run the job again; if that does not help, look at the status page of GitHub.',
    });
    this.status = status;
    this.said = said;
  }
}

const comment = z
  .object({
    id: z.number().int(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  })
  .transform(({ id, body, user }): IssueComment => ({
    id,
    body: body ?? '',
    // No user can have a name with brackets.
    isByBot: user === null || user === undefined || user.type === 'Bot' || user.login.endsWith('[bot]'),
    login: user?.login ?? null,
  }));
const pullRequest = z
  .object({
    number: z.number().int(),
    html_url: z.string(),
    title: z.string().default(''),
    body: z.string().nullish(),
    head: z.object({ ref: z.string() }).optional(),
    base: z.object({ ref: z.string() }).optional(),
  })
  .transform(({ number, html_url, title, body, head, base }) => ({
    number,
    url: html_url,
    title,
    body: body ?? '',
    head: head?.ref ?? null,
    base: base?.ref ?? null,
  }));

/** Milliseconds. */
export const githubPatience = 20_000;

/** So many comments are looked through; a pull request with more has other troubles. */
const mostPages = 30;

export function openGitHubApi({ url, repository, token, agent }: GitHubApiOptions): GitHubApi {
  const base = checkedUrl(url);
  const [owner = ''] = repository.split('/');
  const call = async <Schema extends z.ZodType>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    what: string,
    schema: Schema,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<z.infer<Schema>> => {
    let answer: unknown;
    try {
      answer = await got(`${base}${path}`, {
        method,
        ...(agent === null || agent === undefined ? {} : { agent: { https: agent } }),
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'user-agent': 'shelfmark',
          'x-github-api-version': '2022-11-28',
        },
        ...(body === undefined ? {} : { json: { ...body } }),
        followRedirect: false,
        timeout: { request: githubPatience },
        // A POST that got no answer may have been carried out; the next run finds what it made.
        retry: { limit: 2, methods: ['GET', 'PATCH'], backoffLimit: 4000, maxRetryAfter: 10_000 },
      }).json();
    } catch (error) {
      throw failureOf(error, what);
    }
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new GitHubFailed(null, 'the answer does not have the form that it should', what);
  };
  const inRepository = `/repos/${repository}`;
  return {
    async findComment(number, isIt) {
      for (let page = 1; page <= mostPages; page += 1) {
        const found = await call(
          'GET',
          `${inRepository}/issues/${number}/comments?per_page=100&page=${page}`,
          'list the comments',
          z.array(comment),
        );
        const one = found.find(isIt);
        if (one !== undefined) return one;
        if (found.length < 100) return null;
      }
      return null;
    },
    async createComment(number, body) {
      await call('POST', `${inRepository}/issues/${number}/comments`, 'take the comment', z.unknown(), {
        body,
      });
    },
    async updateComment(id, body) {
      await call('PATCH', `${inRepository}/issues/comments/${id}`, 'change the comment', z.unknown(), {
        body,
      });
    },
    async login() {
      try {
        return (await call('GET', '/user', 'say whose token this is', z.object({ login: z.string() }))).login;
      } catch (error) {
        if (error instanceof GitHubFailed && error.status !== null && error.status < 500) return null;
        throw error;
      }
    },
    async findPullRequest(head, into) {
      const query = new URLSearchParams({
        state: 'open',
        head: `${owner}:${head}`,
        base: into,
      });
      const found = await call(
        'GET',
        `${inRepository}/pulls?${query.toString()}`,
        'list the pull requests',
        z.array(pullRequest),
      );
      const one = found.find((pull) => (pull.head ?? head) === head && (pull.base ?? into) === into);
      return one ?? null;
    },
    createPullRequest: (pull) =>
      call('POST', `${inRepository}/pulls`, 'open the pull request', pullRequest, pull),
    async updatePullRequest(number, change) {
      await call('PATCH', `${inRepository}/pulls/${number}`, 'change the pull request', z.unknown(), change);
    },
  };
}

/** The token travels with every call, so only https will do, except on this very machine. */
function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe =
    url !== null &&
    (url.protocol === 'https:' ||
      (url.protocol === 'http:' && /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(url.hostname)));
  if (isSafe) return text.replace(/\/+$/, '');
  throw new ShelfmarkError('WRONG_USAGE', {
    kind: 'usage',
    message: 'GITHUB_API_URL is not an address that a token may be sent to. Nothing was changed.',
    hint: 'Leave the variable as the runner sets it.',
  });
}

/** Made of what is known to be harmless: got's own errors hold the request with its token. */
function failureOf(error: unknown, what: string): GitHubFailed {
  if (error instanceof HTTPError) {
    const { statusCode, body } = error.response;
    return new GitHubFailed(statusCode, messageOf(body), what);
  }
  if (error instanceof RequestError)
    return new GitHubFailed(null, `no good answer came (${error.code})`, what);
  return new GitHubFailed(null, 'no good answer came', what);
}

function messageOf(body: unknown): string {
  try {
    const data = z.object({ message: z.string() }).safeParse(JSON.parse(String(body)));
    return data.success ? data.data.message.slice(0, 300) : 'it did not say why';
  } catch {
    return 'it did not say why';
  }
}
