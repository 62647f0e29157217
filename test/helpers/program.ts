/*
 * Runs the built program as a process of its own. That takes ten times as long as `command.ts`, so it is for what only
 * a process has: its start, signals, pipes that somebody closes, limits of memory, certificates.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { resolve } from 'node:path';

export const program = resolve(import.meta.dirname, '../../dist/shelfmark.js');

export interface ProgramOptions {
  /** The folder to call it in, absolute. */
  readonly folder: string;
  /** Beside PATH and HOME, which come from the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of Node itself. */
  readonly node?: readonly string[];
}

export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  out(): string;
  err(): string;
  /** Waits until it has printed something, on either stream. */
  until(text: string): Promise<void>;
  readonly ended: Promise<ProgramEnd>;
}

export interface ProgramEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Both, for what must be in neither. */
  readonly all: string;
}

export const runProgram = (args: readonly string[], options: ProgramOptions): Promise<ProgramEnd> =>
  startProgram(args, options).ended;

export function startProgram(
  args: readonly string[],
  { folder, env = {}, node = [] }: ProgramOptions,
): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...node, program, ...args], {
    cwd: folder,
    env: { PATH, HOME, ...env },
  });
  const heard: { out: Buffer[]; err: Buffer[] } = { out: [], err: [] };
  const told = (stream: 'out' | 'err'): string => Buffer.concat(heard[stream]).toString();
  child.stdout.on('data', (chunk: Buffer) => heard.out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => heard.err.push(chunk));
  const ended = new Promise<ProgramEnd>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const [out, err] = [told('out'), told('err')];
      done({ code, out, err, all: `${out}\n${err}` });
    });
  });
  return {
    child,
    out: () => told('out'),
    err: () => told('err'),
    async until(text) {
      for (;;) {
        if (`${told('out')}\n${told('err')}`.includes(text)) return;
        const more = new Promise<string>((done) => {
          for (const stream of [child.stdout, child.stderr]) stream.once('data', () => done('more'));
        });
        if ((await Promise.race([more, ended.then(() => 'end')])) === 'end')
          throw new Error(`"${text}" was never printed, but: ${told('out')}\n${told('err')}`);
      }
    },
    ended,
  };
}
