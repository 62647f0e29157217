import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from '../../../src/engine/remote/lanes.ts';

const items = Array.from({ length: 20 }, (_, index) => index);

test('as many jobs run at once as there are lanes, also when their number changes on the way', async () => {
  let lanes = 2;
  let running = 0;
  const seen: number[] = [];
  await inLanes(
    items,
    () => lanes,
    async (item) => {
      running += 1;
      seen.push(running);
      await sleep(1);
      running -= 1;
      if (item === 9) lanes = 5;
    },
  );
  expect(Math.max(...seen.slice(0, 9))).toBe(2);
  expect(Math.max(...seen)).toBe(5);
  expect(seen).toHaveLength(20);
});

test('jobs start in order, and one at a time where there is no lane at all', async () => {
  const started: number[] = [];
  await inLanes(
    items,
    () => 0,
    async (item) => {
      started.push(item);
      await Promise.resolve();
    },
  );
  expect(started).toEqual(items);
});

test('after an error nothing is started, and what is under way ends before it is thrown', async () => {
  const ended: number[] = [];
  const run = inLanes(
    items,
    () => 3,
    async (item) => {
      if (item === 4) throw new Error('the disk is full');
      await sleep(5);
      ended.push(item);
    },
  );
  await expect(run).rejects.toThrow('the disk is full');
  const atTheError = ended.length;
  await sleep(20);
  expect(ended).toHaveLength(atTheError);
  expect(ended.every((item) => item < 8)).toBe(true);
});
