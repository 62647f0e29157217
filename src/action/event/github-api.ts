import type { Agent } from 'node:https';
import { got } from 'got';
import * as z from 'zod';
import { ShelfmarkError } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import { faultOf, GitHubFailed, waitFor } from './github-faults.ts';

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
  /** The pull requests that brought a commit into a branch, by their numbers. */
  mergedInto(branch: string, commit: string): Promise<readonly number[]>;
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
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called for each wait, with a sentence. */
  readonly tell: (text: string) => void;
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

const mergedPull = z.object({
  number: z.number().int(),
  merged_at: z.string().nullable(),
  base: z.object({ ref: z.string() }),
});

/** Milliseconds. */
export const githubPatience = 20_000;

/** So many comments are searched; a pull request with more has other problems. */
const mostPages = 30;

type Method = 'GET' | 'POST' | 'PATCH';

export function openGitHubApi(options: GitHubApiOptions): GitHubApi {
  const { url, repository, token, agent, clock, signal, tell } = options;
  const base = checkedUrl(url);
  const [owner = ''] = repository.split('/');
  const callOnce = async (
    method: Method,
    path: string,
    body: Readonly<Record<string, unknown>> | undefined,
  ): Promise<unknown> =>
    got(`${base}${path}`, {
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
      retry: { limit: 0 },
    }).json();
  /** Asks, and asks again where that may help; `find` looks for what a call may have made although it failed. */
  const call = async <Schema extends z.ZodType>(
    method: Method,
    path: string,
    what: string,
    schema: Schema,
    body?: Readonly<Record<string, unknown>>,
    find?: () => Promise<z.infer<Schema> | null>,
  ): Promise<z.infer<Schema>> => {
    let answer: unknown;
    for (let tries = 1; ; tries += 1) {
      try {
        answer = await callOnce(method, path, body);
        break;
      } catch (error) {
        const fault = faultOf(error, clock.now());
        const seconds = waitFor(fault, tries);
        // Made a second time, a comment would be there twice.
        const isSafe = method !== 'POST' || fault.kind === 'limit' || find !== undefined;
        if (seconds === null || !isSafe) throw new GitHubFailed(fault, what);
        tell(`GitHub did not ${what} (${fault.said}); asking again in ${Math.ceil(seconds)} s.`);
        await clock.sleep(seconds * 1000, signal);
        const made = method === 'POST' && fault.kind === 'fault' ? ((await find?.()) ?? null) : null;
        if (made !== null) return made;
      }
    }
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const said = 'the answer does not have the form that it should';
    throw new GitHubFailed({ kind: 'fault', status: null, said, again: null }, what);
  };
  const inRepository = `/repos/${repository}`;
  const findOpen = async (head: string, into: string): Promise<z.infer<typeof pullRequest> | null> => {
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
  };
  const api: GitHubApi = {
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
      const path = `${inRepository}/issues/${number}/comments`;
      // A comment of ours begins with a line of its own, so its text is enough to know it again.
      const find = (): Promise<IssueComment | null> =>
        api.findComment(number, (one) => one.body.trim() === body.trim());
      await call('POST', path, 'take the comment', comment, { body }, find);
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
        if (error instanceof GitHubFailed && error.fault.kind === 'permission') return null;
        throw error;
      }
    },
    async mergedInto(branch, commit) {
      const path = `${inRepository}/commits/${commit}/pulls?per_page=20`;
      const found = await call('GET', path, 'say what was merged', z.array(mergedPull));
      return found.flatMap((one) => (one.merged_at !== null && one.base.ref === branch ? [one.number] : []));
    },
    findPullRequest: findOpen,
    createPullRequest: (pull) =>
      call('POST', `${inRepository}/pulls`, 'open the pull request', pullRequest, pull, () =>
        findOpen(pull.head, pull.base),
      ),
    async updatePullRequest(number, change) {
      await call('PATCH', `${inRepository}/pulls/${number}`, 'change the pull request', z.unknown(), change);
    },
  };
  return api;
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
