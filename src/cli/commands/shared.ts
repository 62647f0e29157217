import { findConfig } from '../../config/find-config.ts';
import type { Config } from '../../config/read-config.ts';
import type { RunOptions } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Direction } from '../../model/plan.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openProgress } from './progress.ts';

export interface StrictFlags extends CommonFlags {
  readonly strict?: boolean;
}

export interface GuardFlags extends StrictFlags {
  readonly allowDeletes?: number;
  readonly allowEmptied?: boolean;
  readonly takeBack?: boolean;
}

export interface RunFlags extends GuardFlags {
  /** As somebody typed them; none for all. */
  readonly paths?: readonly string[];
}

export function openConfig(outside: Outside, flags: CommonFlags): Promise<Config> {
  return findConfig(outside.files, outside.folder, {
    file: flags.config ?? null,
    target: flags.target ?? null,
  });
}

/** The options of a run, with progress on standard error and, when asked for, every call. */
export function runOptions(
  config: Config,
  direction: Direction,
  { output, clock }: { readonly output: Output; readonly clock: Clock },
  flags: RunFlags,
): RunOptions {
  return {
    config,
    direction,
    allowDeletes: flags.allowDeletes ?? null,
    allowEmptied: flags.allowEmptied === true,
    takeBack: flags.takeBack === true,
    isStrict: flags.strict === true,
    paths: flags.paths ?? [],
    ...openProgress(output, clock),
  };
}
