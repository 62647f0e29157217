import type { Outside } from './world.ts';
import { nodeChance } from '../ports/node-chance.ts';
import { nodeClock } from '../ports/node-clock.ts';
import { nodeFiles } from '../ports/node-files.ts';

/** The real world; `release` lets go of the signals so that the process can end. */
export function nodeOutside(): Outside & { release(): void } {
  const stop = new AbortController();
  let isAsked = false;
  const ask = (): void => {
    // The second time is an order: the journal covers what is under way.
    if (isAsked) process.exit(130);
    isAsked = true;
    if (process.stderr.isTTY)
      process.stderr.write('\nStopping once what is under way has ended; Ctrl-C again stops at once.\n');
    stop.abort(new DOMException('Stopped by a signal', 'AbortError'));
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return {
    folder: process.cwd(),
    env: process.env,
    files: nodeFiles,
    clock: nodeClock,
    chance: nodeChance,
    signal: stop.signal,
    process: { id: process.pid, isAlive },
    release() {
      process.off('SIGINT', ask);
      process.off('SIGTERM', ask);
    },
  };
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
