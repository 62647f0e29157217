/* A watch runs all day beside an editor and a browser, so what a round has left behind is given back to the system. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../ports/clock.ts';

/** Bytes that a round may leave behind, beyond what was in use after the last tidying. */
const mostLeft = 24 * 1024 * 1024;
/** Not more often; milliseconds. */
const tidyEvery = 1000;
/** It takes a few times until the system has all of it: pages of memory are let go of one step behind. */
const times = 4;

/** Gives back what is not in use any more, if that is much; to be called whenever there is time. */
export function openTidying(clock: Clock): () => void {
  const collect = collector();
  let held = 0;
  let left = 0;
  let tidiedAt = 0;
  return () => {
    const now = clock.now();
    if (now - tidiedAt < tidyEvery) return;
    if (inUse() - held > mostLeft) left = times;
    if (left === 0) return;
    collect();
    left -= 1;
    tidiedAt = now;
    held = inUse();
  };
}

function inUse(): number {
  const { used_heap_size: used, external_memory: outside } = getHeapStatistics();
  return used + outside;
}

/** Node gives its collector away only to those who ask for it by a flag. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return typeof collect === 'function' ? () => void collect() : () => undefined;
}
