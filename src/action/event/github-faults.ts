/* What GitHub means when it does not do what it was asked for, and whether to ask again. */
import { HTTPError, RequestError } from 'got';
import * as z from 'zod';
import { ShelfmarkError } from '../../model/error.ts';

/**
 * Why GitHub did not do it.
 *
 * - `limit`: it was asked too often; nothing was done.
 * - `locked`: nobody may write in this conversation.
 * - `permission`: the token may not do this.
 * - `fault`: an error of GitHub's own, or no answer; it may have been done.
 * - `refused`: anything else that it said no to.
 */
export type FaultKind = 'limit' | 'locked' | 'permission' | 'fault' | 'refused';

export interface Fault {
  readonly kind: FaultKind;
  /** Null where no answer came. */
  readonly status: number | null;
  /** GitHub's own words. */
  readonly said: string;
  /** Seconds until it is worth asking again, where GitHub says so. */
  readonly again: number | null;
}

/** GitHub did not do what it was asked for. */
export class GitHubFailed extends ShelfmarkError {
  readonly fault: Fault;

  /** @param what such as `take the comment` */
  constructor(fault: Fault, what: string) {
    const { kind, status, said, again } = fault;
    super('GITHUB_FAILED', {
      message: `GitHub did not ${what}${status === null ? '' : ` (${status})`}: ${said.replace(/[.\s]+$/, '')}.`,
      hint:
        kind === 'limit' && again !== null
          ? `The token has made too many calls. Run the job again in ${again < 120 ? `${again} seconds` : `${Math.ceil(again / 60)} minutes`}.`
          : hints[kind],
    });
    this.fault = fault;
  }
}

const hints: Readonly<Record<FaultKind, string>> = {
  limit: 'The token has made too many calls. Run the job again later.',
  locked: 'Unlock the conversation, or look into the summary of the run: it holds the same.',
  permission:
    'Give the job the permissions that docs/ci.md names, or a token that has them as "github-token".',
  fault: 'Run the job again; if that does not help, look at the status page of GitHub.',
  refused: 'Run the job again; if that does not help, what GitHub says is the reason.',
};

/**
 * Reads a failed call. What is reported is made of what is known to be harmless: got's own errors hold the request with its token.
 *
 * @param now milliseconds since 1970
 */
export function faultOf(error: unknown, now: number): Fault {
  if (!(error instanceof HTTPError)) {
    const why = error instanceof RequestError ? ` (${error.code})` : '';
    return { kind: 'fault', status: null, said: `no good answer came${why}`, again: null };
  }
  const { statusCode: status, body, headers } = error.response;
  const said = messageOf(body);
  const again = secondsUntil(headers, now);
  const isLimit =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit|abuse detection/i.test(said)));
  const kind: FaultKind = isLimit
    ? 'limit'
    : status >= 500
      ? 'fault'
      : /\b(?:is|been) locked\b|issue is locked|\blocked\b/i.test(said)
        ? 'locked'
        : status === 401 || status === 403 || status === 404
          ? 'permission'
          : 'refused';
  return { kind, status, said, again: kind === 'limit' || kind === 'fault' ? again : null };
}

/** No longer than this is waited for GitHub, in seconds; a job that stands still costs as much as one that works. */
const longestWait = 90;

/** Seconds to wait before one more try; null where that is no use. */
export function waitFor({ kind, again }: Fault, tries: number): number | null {
  if (tries >= 4 || (kind !== 'limit' && kind !== 'fault')) return null;
  // A limit that does not say how long is one of a minute, as GitHub's documentation has it.
  const wait = again ?? (kind === 'limit' ? 60 : 2 ** tries / 2);
  return wait <= longestWait ? wait : null;
}

function secondsUntil(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | null {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after) && after >= 0) return Math.ceil(after);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (headers['x-ratelimit-remaining'] !== '0' || !Number.isFinite(reset)) return null;
  return Math.max(1, Math.ceil(reset - now / 1000) + 1);
}

function messageOf(body: unknown): string {
  try {
    const data = z.object({ message: z.string() }).safeParse(JSON.parse(String(body)));
    return data.success ? data.data.message.slice(0, 300) : 'it did not say why';
  } catch {
    return 'it did not say why';
  }
}
