import { PassThrough, Writable } from 'node:stream';
import type { Outside, Stream } from '../../src/ports/outside.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeClock } from '../../src/ports/node-clock.ts';
import { nodeGit } from '../../src/ports/node-git.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';

type Given = Partial<Omit<Outside, 'process'>> & { readonly process?: Partial<Outside['process']> };

/** A real disk, clock and chance, and nobody at the terminal; a test says what else it wants. */
export function outsideOf(folder: string, given: Given = {}): Outside {
  return {
    folder,
    env: {},
    files: nodeFiles,
    git: nodeGit,
    clock: nodeClock,
    chance: nodeChance,
    signal: new AbortController().signal,
    stdin: new PassThrough().end(),
    stdout: heard(() => undefined),
    stderr: heard(() => undefined),
    ...given,
    process: {
      id: process.pid,
      host: 'here',
      place: 'here',
      isAlive: () => false,
      interrupt: () => undefined,
      ...given.process,
    },
  };
}

/** A stream whose text goes to a test. */
export function heard(hear: (text: string) => void): Stream {
  return new Writable({
    write(chunk: Buffer, _, done) {
      hear(chunk.toString());
      done();
    },
  });
}
