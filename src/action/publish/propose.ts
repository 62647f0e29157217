import { ShelfmarkError } from '../../model/error.ts';
import type { ActionContext } from '../event/context.ts';
import type { PullRequest } from '../event/github-api.ts';
import { GitHubFailed } from '../event/github-faults.ts';

/** What is put before the maintainers of a branch. */
export interface Proposal {
  /** The branch that it is for, and its newest commit. */
  readonly base: string;
  readonly tip: string;
  /** The branch that is ours. */
  readonly branch: string;
  /** What is proposed, relative to the folder of the config file. */
  readonly paths: readonly string[];
  readonly message: string;
  readonly title: string;
  /** Made once the commit is known. */
  readonly body: (commit: string) => Promise<string>;
}

/** As often as somebody else may be faster at our own branch. */
const mostTries = 5;

/**
 * Commits what is in the checkout on a branch of our own and keeps its one pull request. The branch only ever
 * grows: each commit builds on the newest of the base, and on what was proposed before.
 */
export async function propose(
  context: ActionContext,
  proposal: Proposal,
): Promise<{ readonly commit: string; readonly pullRequest: PullRequest }> {
  const { github } = context;
  const commit = await pushProposal(context, proposal);
  if (github === null)
    throw notSaved(
      `${proposal.branch} was pushed, but without "github-token" no pull request can be opened.`,
      `Open one into ${proposal.base} by hand.`,
    );
  const { base, branch: head, title } = proposal;
  const body = context.runner.hide(await proposal.body(commit));
  const found = await github.findPullRequest(head, base);
  if (found === null) return { commit, pullRequest: await openOne(context, { head, base, title, body }) };
  if (found.title !== title || found.body.trim() !== body.trim())
    await github.updatePullRequest(found.number, { title, body });
  return { commit, pullRequest: found };
}

async function pushProposal(
  { git }: ActionContext,
  { base, tip, branch, paths, message }: Proposal,
): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const before = await git.fetch(branch);
    if (before !== null) await git.deepen([base, branch]);
    const isNews = before !== null && !(await git.isAncestor(before, tip));
    const alsoParent = isNews ? before : null;
    const commit = await git.commit({ paths, onto: tip, alsoParent, message });
    const isSame =
      before !== null &&
      (await git.treeOf(before)) === (await git.treeOf(commit)) &&
      (await git.isAncestor(tip, before));
    if (isSame) return before;
    const pushed = await git.push(commit, branch);
    if (pushed.push === 'done') return commit;
    if (pushed.push === 'raced' && tries < mostTries) continue;
    const said = pushed.push === 'raced' ? 'somebody else was faster each time' : pushed.said;
    throw notSaved(
      `The branch ${branch} could not be pushed: ${said}.`,
      'Give the job the permission "contents: write", and make sure that no rule of the repository protects that branch.',
    );
  }
}

async function openOne(
  { github }: ActionContext,
  pull: { readonly head: string; readonly base: string; readonly title: string; readonly body: string },
): Promise<PullRequest> {
  try {
    if (github === null) throw new RangeError('There is no token for GitHub');
    return await github.createPullRequest(pull);
  } catch (error) {
    if (!(error instanceof ShelfmarkError)) throw error;
    const isRule = !(error instanceof GitHubFailed) || ['permission', 'refused'].includes(error.fault.kind);
    throw notSaved(
      `${pull.head} was pushed, but no pull request could be opened: ${error.message}`,
      !isRule
        ? `${error.hint} Or open it by hand.`
        : 'Give the job the permission "pull-requests: write", and let GitHub Actions create pull requests (Settings, Actions, General); or open it by hand.',
    );
  }
}

/** What was done remains, but is not noted where the next run looks. */
export const notSaved = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('LOCK_NOT_SAVED', {
    message: `${message} What was done until then stays; the next run finds it again.`,
    hint,
  });
