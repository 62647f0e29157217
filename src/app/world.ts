import type { Chance } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';

/** Everything outside the program that a command may reach. */
export interface Outside {
  /** The folder that the command was called in, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Ends with Ctrl-C: nothing new is begun, what is under way is finished. */
  readonly signal: AbortSignal;
  /** The number of this process, and whether another one of this machine is alive. */
  readonly process: { readonly id: number; isAlive(id: number): boolean };
}
