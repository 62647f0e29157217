import type { GitHubEvent } from './event.ts';
import { wrongUsage, type CommandInput } from './inputs.ts';

export type ActionCommand = Exclude<CommandInput, 'auto'>;

/** What a run does: what the workflow says, else what goes with the event. */
export function chooseCommand(given: CommandInput, event: GitHubEvent): ActionCommand {
  if (given !== 'auto') return given;
  switch (event.name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'merge_group':
      return 'plan';
    case 'push':
      // Only what is merged is published; what is pushed anywhere else is only planned.
      return event.branch !== null && event.branch === event.defaultBranch ? 'push' : 'plan';
    case 'schedule':
    case 'workflow_dispatch':
    case 'repository_dispatch':
      return 'pull';
    default:
      throw wrongUsage(
        `With the event "${event.name}", "command: auto" does not know what to do.`,
        'Say it: command: plan, push, pull, apply or validate.',
      );
  }
}
