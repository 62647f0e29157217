import type { Config } from '../../config/read-config.ts';
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
  const { name, earlierRun: earlier } = event;
  if (name === 'pull_request_target') {
    if (!(await isBaseCheckout(event, git, paths)))
      throw untrusted(
        'The event is pull_request_target, which has the secrets of this repository, and what is checked out is not its own branch but the pull request, or cannot be told.',
        'Use the event pull_request instead: without secrets, as from forks, Shelfmark checks the files and plans against the lock file.',
      );
    return;
  }
  const setOff = name === 'workflow_run' && earlier?.isForeign === false ? earlier.event : name;
  if (isByMembers(setOff, name) || (await isUntouched(event.sha, git, paths))) return;
  throw untrusted(
    `The event is ${name}, which has the secrets of this repository and which others can set off, and what is checked out is not the commit of the event.`,
    'Leave "ref" out of the step with actions/checkout, and let no step change files; or plan with the event pull_request.',
  );
}

/**
 * Whether only members of the repository set an event off, or whoever did gets no secrets. A comment, for one, can be
 * anybody's; a run that another run set off has the secrets that one for a pull request had not.
 */
const isByMembers = (setOff: string, name: string): boolean =>
  /^(?:push|schedule|workflow_dispatch|repository_dispatch|merge_group)$/.test(setOff) ||
  name === 'pull_request';

async function isUntouched(sha: string, git: GitWork, paths: readonly string[]): Promise<boolean> {
  return (await git.head()) === sha && (await git.changed(paths)).length === 0;
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
  return (head === event.sha || head === pull.baseSha) && (await isUntouched(head, git, paths));
}

/**
 * Refuses to publish where no reader will ever see it: a simulator lives inside the job and ends with it. Throws a
 * ShelfmarkError `SIMULATOR_IN_JOB`.
 */
export function refuseSimulator({
  command,
  config,
  inputs,
}: {
  readonly command: ActionCommand;
  readonly config: Pick<Config, 'provider' | 'target'>;
  readonly inputs: Pick<Inputs, 'allowSimulator'>;
}): void {
  if (config.provider !== 'simulator' || command === 'validate' || inputs.allowSimulator) return;
  const where = config.target === null ? '' : ` for the target ${config.target}`;
  throw new ShelfmarkError('SIMULATOR_IN_JOB', {
    kind: 'refused',
    message: `The config file says "provider: simulator"${where}. In a job that is a help center which nobody sees and which ends with the job. Nothing was changed.`,
    hint: 'Write "provider: intercom" there, and add the token as a secret; or say "allow-simulator: true" in the workflow if a trial is what you want.',
  });
}

/**
 * The token of the help center: what the workflow hands over, else what the config's variable holds. A pull request
 * brings its own config file and names no variable: whatever it names would be sent to the help center. Empty where
 * there is none.
 */
export function tokenOf(
  inputs: Pick<Inputs, 'token'>,
  event: Pick<GitHubEvent, 'name'>,
  config: Pick<Config, 'tokenVariable'>,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (inputs.token !== null) return inputs.token;
  const isProposed = !/^(?:push|schedule|workflow_dispatch|repository_dispatch)$/.test(event.name);
  const name = isProposed ? usualVariable : config.tokenVariable;
  return name === config.tokenVariable ? (env[name]?.trim() ?? '') : '';
}

/** The variable that a config file need not name. */
const usualVariable = 'INTERCOM_TOKEN';

const untrusted = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('UNTRUSTED_CHECKOUT', {
    kind: 'refused',
    message: `${message} Nothing was read or sent.`,
    hint,
  });
