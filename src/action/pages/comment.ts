import { configPathOf, type Desk } from '../event/context.ts';
import type { IssueComment } from '../event/github-api.ts';
import { GitHubFailed } from '../event/github-faults.ts';

/** GitHub refuses longer comments and descriptions, in characters; some room is left for what counts otherwise. */
export const longestComment = 65_000;

/** The first line of a comment: not shown, and says whose it is. One for each config file and target. */
export function markerOf({ config, event }: Pick<Desk, 'config' | 'event'>, what: string): string {
  const name = [configPathOf({ config, event }), config.target ?? ''].map(encodeURIComponent).join(' ');
  return `<!-- shelfmark:${what} ${name} -->`;
}

/**
 * Keeps the one comment of this target on the pull request: makes it, changes it in place, or leaves it where it says
 * the same already. A comment that cannot be written fails nothing; the summary of the run holds the same.
 */
export async function keepComment(context: Desk, text: CommentText): Promise<void> {
  const { pullRequest, name } = context.event;
  if (pullRequest === null || !name.startsWith('pull_request')) return;
  await keepCommentOn(context, pullRequest, text);
}

export interface CommentText {
  readonly marker: string;
  readonly body: string;
  /** Whether there is something to say. */
  readonly isWorthIt: boolean;
  /** Whether a comment that is there is to stay as it is; missing: never. */
  readonly isLeft?: (body: string) => boolean;
}

/** The same on a pull request that the event is not about, such as one that was merged. */
export async function keepCommentOn(
  context: Desk,
  pullRequest: { readonly number: number; readonly isFork: boolean },
  text: CommentText,
): Promise<void> {
  const { github, inputs, runner } = context;
  if (inputs.comment === 'off') return;
  if (github === null) {
    runner.log('No comment: there is no "github-token". The plan is in the summary of this run.');
    return;
  }
  const body = runner.hide(`${text.marker}\n${text.body}`);
  try {
    const found = await findOwn(context, github, pullRequest.number, text.marker);
    if (found !== null) {
      if (text.isLeft?.(found.body) === true) return;
      if (found.body.trim() !== body.trim()) await github.updateComment(found.id, body);
    } else if (inputs.comment === 'auto' || text.isWorthIt)
      await github.createComment(pullRequest.number, body);
  } catch (error) {
    if (!(error instanceof GitHubFailed)) throw error;
    const { kind } = error.fault;
    const why =
      kind === 'locked'
        ? 'the conversation is locked'
        : kind === 'permission' && pullRequest.isFork
          ? 'a run for a pull request from a fork may not write any'
          : kind === 'permission'
            ? `the job lacks the permission "pull-requests: write" (GitHub says: ${error.fault.said})`
            : `${error.message.replace(/\.$/, '')}. ${error.hint.replace(/\.$/, '')}`;
    runner.annotate({
      level: pullRequest.isFork ? 'notice' : 'warning',
      title: 'No comment',
      message: `The plan could not be written as a comment: ${why}. It is in the summary of this run.`,
    });
  }
}

/** Anybody can write the marker into a comment of their own, and could change that one afterwards: it is not taken. */
async function findOwn(
  { runner }: Desk,
  github: NonNullable<Desk['github']>,
  number: number,
  marker: string,
): Promise<IssueComment | null> {
  const isMarked = (comment: IssueComment): boolean => comment.body.startsWith(marker);
  const byBot = await github.findComment(number, (one) => isMarked(one) && one.isByBot);
  if (byBot !== null) return byBot;
  let hasMarked = false;
  await github.findComment(number, (one) => (hasMarked ||= isMarked(one)));
  if (!hasMarked) return null;
  const login = await github.login();
  if (login === null) {
    runner.log('A comment of somebody else carries the mark of this plan; it is left alone.');
    return null;
  }
  return github.findComment(number, (one) => isMarked(one) && one.login === login);
}
