import { expect, test } from 'vitest';
import { watch } from '../../src/engine/watch.ts';
import type { WatchPorts, WatchRound } from '../../src/engine/watch-ports.ts';

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
