import type { RunOptions } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import { wayWithin } from '../../ports/within.ts';
import { projectKey, projectPlace } from '../../config/project-key.ts';
import type { Config } from '../../config/read-config.ts';
import type { Direction } from '../../model/plan.ts';
import { safeLine } from '../../report/safe.ts';
import type { ActionCommand } from './choose-command.ts';
import type { GitHubEvent } from './event.ts';
import type { GitWork } from '../git/git.ts';
import type { GitHubApi } from './github-api.ts';
import type { Inputs } from './inputs.ts';
import type { Runner } from './runner.ts';

/** Everything that a command of the action works with. */
export interface ActionContext {
  readonly command: ActionCommand;
  readonly inputs: Inputs;
  readonly event: GitHubEvent;
  readonly config: Config;
  /** With the token of the help center in its environment. */
  readonly outside: Outside;
  readonly runner: Runner;
  readonly git: GitWork;
  /** Null without a token of GitHub's. */
  readonly github: GitHubApi | null;
  /** Whether the help center can be reached at all. */
  readonly hasToken: boolean;
}

/** As much of it as a comment takes; there is that much even where the config cannot be read. */
export type Desk = Pick<ActionContext, 'inputs' | 'event' | 'github' | 'runner'> & {
  readonly config: Pick<Config, 'file' | 'target'>;
};

/** The options of a run of the engine, with its progress in the log. */
export function runOptionsOf(
  { config, inputs, runner }: Pick<ActionContext, 'config' | 'inputs' | 'runner'>,
  direction: Direction,
): RunOptions {
  return {
    config,
    direction,
    allowDeletes: inputs.allowDeletes,
    allowEmptied: false,
    // Nobody looks on: half of what was merged is worse than all of it a little later.
    isStrict: true,
    tell(event) {
      if (event.event !== 'outcome') return;
      const { operation, status } = event.outcome;
      runner.log(`${event.done}/${event.total} ${operation.action} ${safeLine(operation.path)}: ${status}`);
    },
    onCall(event) {
      if (event.event === 'waiting')
        runner.log(`Waiting ${Math.ceil(event.milliseconds / 1000)} s (${event.reason}).`);
    },
  };
}

/** The config file from the root of its repository, whatever folder of the job that was checked out into. */
export const configPathOf = ({ config, event }: Pick<Desk, 'config' | 'event'>): string =>
  wayWithin(event.root, config.file) ?? config.file;

/** What tells the files, branches and marks of one project from those of every other one in the repository. */
export const suffixOf = (context: Pick<Desk, 'config' | 'event'>): string =>
  projectKey(configPathOf(context), context.config.target);

/** How people name the project within its repository, as plain text; empty where there is nothing to tell apart. */
export const labelOf = (context: Pick<Desk, 'config' | 'event'>): string =>
  [projectPlace(configPathOf(context)), context.config.target ?? ''].filter((part) => part !== '').join(', ');
