import { hostname } from 'node:os';
import { PassThrough, Writable } from 'node:stream';
import type { Outside } from '../../ports/outside.ts';
import { nodeChance } from '../../ports/node-chance.ts';
import { nodeClock } from '../../ports/node-clock.ts';
import { nodeFiles } from '../../ports/node-files.ts';
import { nodeGit } from '../../ports/node-git.ts';
import { isAlive, placeOf } from './node-outside.ts';

/**
 * The real world for a program that Shelfmark is a part of: without the terminal, the signals and the end of the
 * process, which are the program's own.
 */
export function embeddedOutside(
  folder: string,
  env: Outside['env'],
  signal: AbortSignal = new AbortController().signal,
): Outside {
  const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
  return {
    folder,
    env,
    files: nodeFiles,
    git: nodeGit,
    clock: nodeClock,
    chance: nodeChance,
    signal,
    process: {
      id: process.pid,
      host: hostname(),
      place: placeOf(),
      isAlive,
      interrupt: () => undefined,
    },
    stdin: new PassThrough(),
    stdout: nowhere(),
    stderr: nowhere(),
  };
}
