import { findConfig } from '../../config/find-config.ts';
import type { Config } from '../../config/read-config.ts';
import type { RunOptions } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Direction } from '../../model/plan.ts';
import { safeLine } from '../../report/safe.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';

export interface StrictFlags extends CommonFlags {
  readonly strict?: boolean;
}

export interface GuardFlags extends StrictFlags {
  readonly allowDeletes?: number;
  readonly allowEmptied?: boolean;
}

export function openConfig(outside: Outside, flags: CommonFlags): Promise<Config> {
  return findConfig(outside.files, outside.folder, {
    file: flags.config ?? null,
    target: flags.target ?? null,
  });
}

/** The options of a run, with progress on a terminal and, when asked for, every call on standard error. */
export function runOptions(
  config: Config,
  direction: Direction,
  output: Output,
  flags: GuardFlags,
): RunOptions {
  return {
    config,
    direction,
    allowDeletes: flags.allowDeletes ?? null,
    allowEmptied: flags.allowEmptied === true,
    isStrict: flags.strict === true,
    tell(event) {
      if (event.event === 'reading') output.progress('Reading the folder and the help center …');
      if (event.event === 'settling')
        output.note(
          `Waiting ${Math.ceil(event.milliseconds / 1000)} s: an earlier run was cut off, and what it sent may still appear.`,
        );
      if (event.event === 'watching')
        output.note(
          `Waiting ${Math.ceil(event.milliseconds / 1000)} s: another run left its mark in this folder, and may still be at work.`,
        );
      if (event.event === 'outcome') {
        const { operation } = event.outcome;
        output.progress(`${event.done}/${event.total} ${operation.action} ${safeLine(operation.path)}`);
      }
    },
    onCall: callsShown(output),
  };
}

/** How calls to the remote are shown while they are made. */
export function callsShown(output: Output): RunOptions['onCall'] {
  return (event) => {
    if (event.event === 'listed')
      output.progress(`Reading the help center: ${event.count} of ${event.total} ${event.kind}s …`);
    if (event.event === 'waiting')
      output.progress(`Waiting ${Math.ceil(event.milliseconds / 1000)} s (${event.reason}) …`);
    if (output.options.isVerbose && event.event === 'call')
      output.note(`${event.method} ${safeLine(event.path)} ${event.status} ${event.ms} ms`);
    if (output.options.isVerbose && event.event === 'retry') output.note(`again: ${JSON.stringify(event)}`);
  };
}
