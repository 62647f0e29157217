/* A watch runs all day beside an editor and a browser, so what a round has left behind is given back to the system. */
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '../../ports/clock.ts';

/** Bytes that a round may leave behind, beyond what was in use after the last tidying. */
const mostLeft = 24 * 1024 * 1024;
/** Milliseconds without a round until there is time for it. */
const quietFor = 2000;
/** It takes a few times until the system has all of it: pages of memory are let go of one step behind. */
const times = 4;

/**
 * Lets the heap grow by little at a time. Left to itself it takes about twice of what is in use before it looks for what
 * is not, and room for what is young as if it were to answer thousands of calls a second.
 */
export function growSlowly(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=25');
}

export interface Tidying {
  /** Something was done just now. */
  worked(): void;
  /** Gives back what is not in use any more, if that is much and nobody seems to be at work. */
  idle(): void;
}

export function openTidying(clock: Clock): Tidying {
  const collect = collector();
  let held: number | null = null;
  let left = 0;
  let busyAt = 0;
  const tidy = (): void => {
    collect();
    held = inUse();
  };
  return {
    worked() {
      busyAt = clock.now();
      // The first reading leaves by far the most, and only then does it show how much will be in use.
      if (held !== null) return;
      tidy();
      left = times - 1;
    },
    idle() {
      // Whoever saves again and again is not to wait for it; and the system has its turn between two times.
      if (clock.now() - busyAt < quietFor) return;
      if (inUse() - (held ?? 0) > mostLeft) left = times;
      if (left === 0) return;
      tidy();
      left -= 1;
    },
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
