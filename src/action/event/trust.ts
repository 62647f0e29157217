import { ShelfmarkError } from '../../model/error.ts';
import type { ActionCommand } from './choose-command.ts';
import type { GitHubEvent } from './event.ts';
import type { GitWork } from '../git/git.ts';
import { wrongUsage, type Inputs } from './inputs.ts';

/**
 * Refuses what would let strangers act with the secrets of the repository, before anything of theirs is read: an event
 * that has them, with files from a pull request. Throws a ShelfmarkError `UNTRUSTED_CHECKOUT`.
 *
 * @param paths the settings and the content, relative to the folder that git works in
 */
export async function refuseUntrusted(
  event: GitHubEvent,
  git: GitWork,
  paths: readonly string[],
): Promise<void> {
  if (event.name === 'pull_request_target' && !(await isBaseCheckout(event, git, paths)))
    throw untrusted(
      'The event is pull_request_target, which has the secrets of this repository, and what is checked out is not its own branch but the pull request, or cannot be told.',
      'Use the event pull_request instead: without secrets, as from forks, Shelfmark checks the files and plans against the lock file.',
    );
  const earlier = event.earlierRun;
  if (event.name === 'workflow_run' && earlier !== null && earlier.event.startsWith('pull_request')) {
    const head = await git.head();
    if (head === null || head === earlier.headSha || earlier.isForeign)
      throw untrusted(
        'The event is workflow_run, which has the secrets of this repository, and it was set off by a pull request.',
        'Plan in the workflow of the pull request itself, with the event pull_request.',
      );
  }
}

/** Only what is merged may be written from, or at least be told to leave the repository alone. */
export function refuseUnmerged(
  event: GitHubEvent,
  command: ActionCommand,
  { commit }: Pick<Inputs, 'commit'>,
): void {
  if (command === 'plan' || command === 'validate' || !event.name.startsWith('pull_request')) return;
  if (event.pullRequest?.isFork !== false || event.name !== 'pull_request')
    throw untrusted(
      `A pull request from another repository must not run "${command}".`,
      'Let pull requests plan, and write when they are merged.',
    );
  if (commit !== 'none')
    throw wrongUsage(
      `A pull request has no branch that "${command}" could write the lock file back to.`,
      'Run it on push, or say "commit: none".',
    );
}

async function isBaseCheckout(event: GitHubEvent, git: GitWork, paths: readonly string[]): Promise<boolean> {
  const head = await git.head();
  const pull = event.pullRequest;
  if (head === null || pull === null || head === pull.headSha) return false;
  const isBase = head === event.sha || head === pull.baseSha;
  return isBase && (await git.changed(paths)).length === 0;
}

const untrusted = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('UNTRUSTED_CHECKOUT', {
    kind: 'refused',
    message: `${message} Nothing was read or sent.`,
    hint,
  });
