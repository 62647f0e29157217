/* Runs the command line inside the test's process: everything but the start of the program is the real thing. */
import { PassThrough } from 'node:stream';
import { isAlive } from '../../src/app/adapters/node-outside.ts';
import { shelfmark } from '../../src/cli/shelfmark.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { hearCommand } from './no-token.ts';
import { heard, outsideOf } from './outside.ts';

/** What became of a command. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Both, for what must be in neither. */
  readonly all: string;
}

export interface CommandOptions {
  /** The folder to call it in, absolute. */
  readonly folder: string;
  /** Its whole environment: nothing comes from that of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * What somebody types at a terminal, question by question, with Enter after each; `down` is the arrow key. Without it
   * there is nobody, and output goes to a pipe.
   */
  readonly typed?: readonly string[];
  /** The real one by default; a virtual one spares waiting for attempts to be made again. */
  readonly clock?: Clock;
}

/** Keys as a terminal sends them. */
export const keys = {
  down: '\u001b[B',
  clear: '\u0015',
  interrupt: '\u0003',
  end: '\u0004',
  escape: '\u001b',
} as const;

/** A command that goes on until it is stopped, such as a watch. */
export interface Started {
  out(): string;
  err(): string;
  /** Waits until it has printed something, on either stream. */
  until(text: string): Promise<void>;
  /** Presses Ctrl-C. */
  interrupt(): void;
  /** Presses a key at the terminal. */
  press(key: string): void;
  /** What was opened in the browser. */
  readonly opened: readonly string[];
  readonly ended: Promise<Ended>;
}

/** Runs a command to its end, such as `runCommand(['push', '--yes'], { folder })`. */
export function runCommand(args: readonly string[], options: CommandOptions): Promise<Ended> {
  return startCommand(args, options).ended;
}

// Beyond what any system gives out, so that each command counts as a process of its own.
let lastId = 10_000_000;
const running = new Set<number>();

export function startCommand(args: readonly string[], options: CommandOptions): Started {
  const { folder, env = {}, typed } = options;
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new DOMException('Stopped by a signal', 'AbortError'));
  const told = { out: '', err: '' };
  const opened: string[] = [];
  const id = (lastId += 1);
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined, setRawMode: () => stdin });
  const lines = [...(typed ?? [])];
  let answered = 0;
  let isOver = false;
  let listening: (() => void)[] = [];
  const hear = (stream: 'out' | 'err') => (text: string) => {
    told[stream] += text;
    // A question that waits is drawn with a full diamond, one whose answer does not fit with a full triangle.
    if (typed !== undefined && /[◆▲]/.test(told.out.slice(answered))) {
      answered = told.out.length;
      const line = lines.shift() ?? '';
      // Keys are heard one after the other, as from a keyboard.
      queueMicrotask(() => {
        for (const key of line.match(/\u001b\[[A-D]|[^]/gu) ?? []) stdin.write(key);
        stdin.write('\r');
      });
    }
    wake();
  };
  const wake = (): void => {
    for (const one of listening.splice(0)) one();
  };
  const terminal = { isTTY: typed !== undefined, columns: 100 };
  const outside = outsideOf(folder, {
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    env,
    // Whoever sits at a terminal has a browser.
    ...(typed === undefined ? {} : { openPage: async (url: string) => opened.push(url) > 0 }),
    signal: stop.signal,
    stdin,
    stdout: Object.assign(heard(hear('out')), terminal),
    stderr: Object.assign(heard(hear('err')), terminal),
    process: {
      id,
      isAlive: (other, moment) => running.has(other) || isAlive(other, moment),
      interrupt,
    },
  });
  running.add(id);
  const check = hearCommand(args, folder, env);
  const run = async (): Promise<Ended> => {
    const code = await shelfmark(args, outside);
    running.delete(id);
    isOver = true;
    wake();
    const all = `${told.out}\n${told.err}`;
    check(all);
    return { code, ...told, all };
  };
  return {
    out: () => told.out,
    err: () => told.err,
    async until(text) {
      while (!`${told.out}\n${told.err}`.includes(text)) {
        if (isOver) throw new Error(`"${text}" was never printed, but: ${told.out}\n${told.err}`);
        await new Promise<void>((done) => listening.push(done));
      }
    },
    interrupt,
    press: (key) => stdin.write(key),
    opened,
    ended: run(),
  };
}
