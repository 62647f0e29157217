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

/** Bytes in use up to which there is no need to be sparing. */
const roomy = 64 * 1024 * 1024;

/**
 * Lets the heap grow by little at a time, or as it likes. Left to itself it takes about twice of what is in use before
 * it looks for what is not, and room for what is young as if it were to answer thousands of calls a second.
 */
export function growSlowly(isSlow: boolean): void {
  setFlagsFromString(`--semi-space-growth-factor=${isSlow ? 1 : 2}`);
  setFlagsFromString(`--heap-growing-percent=${isSlow ? 25 : 0}`);
}

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
    growSlowly(held > roomy);
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
