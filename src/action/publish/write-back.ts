import type { ActionContext } from '../event/context.ts';
import { lockBranchOf, lockPathOf } from './lock-branch.ts';
import type { CommitInput } from '../event/inputs.ts';
import { notSaved, propose } from './propose.ts';
import { signed, titled } from './project-mark.ts';

/** How the lock file got into the repository. */
export type WrittenBack =
  | { readonly way: 'unchanged' }
  /** The workflow sees to it. */
  | { readonly way: 'left' }
  | { readonly way: 'pushed'; readonly commit: string }
  | { readonly way: 'proposed'; readonly url: string }
  /** Somebody else's commit came first; nothing was pushed. */
  | { readonly way: 'raced' };

/** Writes what a push has learned back onto the branch, and onto a pull request where the branch is protected. */
export async function writeBack(
  context: ActionContext,
  mode: CommitInput,
  branch: string | null,
  tip: string | null,
): Promise<WrittenBack> {
  const { git } = context;
  const path = lockPathOf(context);
  if (mode === 'none' || branch === null || tip === null) return { way: 'left' };
  // A lock file that git ignores has not changed either.
  if ((await git.changed([path])).length === 0) return { way: 'unchanged' };
  if (mode === 'push') {
    const commit = await git.commit({
      paths: [path],
      onto: tip,
      alsoParent: null,
      message: signed(message, context),
    });
    const pushed = await git.push(commit, branch);
    switch (pushed.push) {
      case 'done':
        await git.moveHead(commit);
        return { way: 'pushed', commit };
      case 'raced':
        return { way: 'raced' };
      case 'failed':
        throw notSaved(`The lock file could not be pushed to ${branch}: ${pushed.said}.`, permission);
      case 'protected':
        context.runner.log(`${branch} is protected (${pushed.said}), so the lock file gets a pull request.`);
    }
  }
  const { pullRequest } = await propose(context, {
    base: branch,
    tip,
    branch: lockBranchOf(context),
    paths: [path],
    // Here the checks of the pull request shall run, so nothing tells them not to.
    message: signed(subject, context),
    title: titled('Remember what was published', context),
    body: async () => body,
  });
  return { way: 'proposed', url: pullRequest.url };
}

export const permission = 'Give the job the permission "contents: write" and a checkout of the branch.';

const subject = 'Remember what was published to the help center';

/** GitHub starts no workflow for a commit that says so, whoever's token it was pushed with. */
const message = `${subject}\n\nOnly the lock file: nothing is left to publish. [skip ci]\n`;

const body =
  'A run has published to the help center, and the branch is protected, so it could not write down there what it did.\n\nThis holds the lock file only: ids of what was created, and fingerprints of what both sides agree on. Please merge it; nothing is published by that. Until then the next runs read it from here and add to it.\n';
