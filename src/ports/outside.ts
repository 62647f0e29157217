import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Files } from './files.ts';

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
  readonly process: {
    readonly id: number;
    /** Names the machine, or the container, whose numbers of processes these are. */
    readonly host: string;
    /** Whether the process that had this number at a moment, in milliseconds since 1970, is still at work. */
    isAlive(id: number, moment: number): boolean;
  };
}
