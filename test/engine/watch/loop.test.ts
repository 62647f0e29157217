import { expect, test } from 'vitest';
import { watch } from '../../../src/engine/watch/watch.ts';
import type { WatchPorts, WatchRound } from '../../../src/engine/watch/watch-ports.ts';

const plan: WatchRound['plan'] = {
  version: 1,
  direction: 'sync',
  summary: { create: 0, update: 0, move: 0, delete: 0, conflict: 0, behind: 0, adopt: 0, unchanged: 0 },
  operations: [],
  conflicts: [],
  behind: [],
  problems: [],
  refusals: [],
  baseEdits: [],
  statuses: [],
};

test('a long round puts off no look at the help center', async () => {
  let now = 0;
  const stop = new AbortController();
  const happened: string[] = [];
  const ports: WatchPorts = {
    clock: {
      now: () => now,
      async sleep(milliseconds) {
        now += milliseconds;
      },
    },
    folder: { onTouch: () => undefined, tend: async () => undefined },
    busy: async () => null,
    async look() {
      happened.push(`look ${now}`);
      if (now >= 4000) stop.abort();
      return now === 1000;
    },
    async round() {
      happened.push(`round ${now}`);
      now += 700;
      return { plan, outcomes: [], drafted: [], avalanche: null };
    },
    confirm: async () => null,
    tell: () => undefined,
    idle: () => undefined,
  };
  await watch(ports, { rest: 200, interval: 1000 }, false, stop.signal);
  expect(happened).toEqual(['round 0', 'look 1000', 'round 1000', 'look 2000', 'look 3000', 'look 4000']);
});

/** Watches until the folder was tended to a hundred times; the machine falls asleep for half an hour at the fifth. */
async function watchWithANap(interval: number | null): Promise<{ happened: string[]; slept: number }> {
  let now = 0;
  let tended = 0;
  let slept = 0;
  const stop = new AbortController();
  const happened: string[] = [];
  const ports: WatchPorts = {
    clock: {
      now: () => now,
      async sleep(milliseconds) {
        slept += 1;
        now += milliseconds;
      },
    },
    folder: {
      onTouch: () => undefined,
      async tend() {
        tended += 1;
        if (tended === 5) now += 1_800_000;
        if (tended === 100) stop.abort();
      },
    },
    busy: async () => null,
    async look() {
      happened.push(`look after ${tended}`);
      // As long as a nap: no reason to look again at once.
      now += 60_000;
      return false;
    },
    async round() {
      happened.push(`round after ${tended}`);
      now += 60_000;
      return { plan, outcomes: [], drafted: [], avalanche: null };
    },
    confirm: async () => null,
    tell: () => undefined,
    idle: () => undefined,
  };
  await watch(ports, { rest: 200, interval }, false, stop.signal);
  return { happened, slept };
}

test('a machine that falls asleep while the folder is tended to looks as soon as it wakes', async () => {
  expect((await watchWithANap(3_600_000)).happened).toEqual(['round after 1', 'look after 6']);
});

test('a watch that never looks at the help center rests as ever after the machine was asleep', async () => {
  const { happened, slept } = await watchWithANap(null);
  expect(happened).toEqual(['round after 1']);
  expect(slept).toBeGreaterThan(97);
});
