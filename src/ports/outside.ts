import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Files } from './files.ts';
import type { Git } from './git.ts';

/** Everything outside the program that a command may reach. */
export interface Outside {
  /** The folder that the command was called in, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Files;
  /** Missing where no git is to be asked. */
  readonly git?: Git;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Ends with Ctrl-C: nothing new is begun, what is under way is finished. */
  readonly signal: AbortSignal;
  readonly process: {
    readonly id: number;
    /** Names the machine, or the container, for people. */
    readonly host: string;
    /** The same for all processes that can see each other's numbers, and for no others. */
    readonly place: string;
    /** Whether the process that had this number at a moment, in milliseconds since 1970, is still at work. */
    isAlive(id: number, moment: number): boolean;
    /**
     * Does what Ctrl-C does.
     *
     * @param isIdle nothing is being done that has to end first, so nothing is said about it
     */
    interrupt(isIdle?: boolean): void;
  };
  /** Shows a page to whoever sits here; false, or missing, where nothing can. */
  readonly openPage?: (address: string) => Promise<boolean>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  /** Where results go; everything else goes to `stderr`. */
  readonly stdout: Stream;
  readonly stderr: Stream;
}

/** Takes text for a person or a program. Node has no `isTTY` on what is not a terminal. */
export interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  /** How many characters fit on a line of a terminal. */
  readonly columns?: number;
}
