import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { tries } from '../helpers/long.ts';
import { randomWorlds } from '../helpers/random-worlds.ts';
import { shuffled } from '../helpers/shuffled.ts';
import { inputOf } from '../helpers/worlds.ts';

/* `LAW_RUNS=5000 npx vitest run test/plan/laws` searches for longer. */
const numRuns = Number(process.env['LAW_RUNS'] ?? tries(40, 400));
const timeout = 20_000 + numRuns * 100;
const directions = fc.constantFrom<Direction>('push', 'pull', 'sync');
const policies = fc.record({
  conflicts: fc.constantFrom('hold' as const, 'local' as const, 'remote' as const),
  deletions: fc.constantFrom('unpublish' as const, 'delete' as const, 'keep' as const),
});
const worlds = randomWorlds({ policy: policies });

test('law 1: there is a plan for every world', { timeout }, () => {
  fc.assert(
    fc.property(worlds, directions, fc.nat(3), (world, direction, broken) => {
      const unreadable = Object.keys(world.local ?? {}).filter((_, index) => index % 4 === broken);
      expect(makePlan(inputOf({ ...world, unreadable }, direction)).plan.version).toBe(1);
      expect(
        makePlan(inputOf({ local: world.local ?? {}, remote: world.remote ?? {} }, direction)).plan.version,
      ).toBe(1);
    }),
    { numRuns },
  );
});

test('law 2: a plan does not depend on the order in which anything comes', { timeout }, () => {
  fc.assert(
    fc.property(worlds, directions, fc.nat(), (world, direction, seed) => {
      const input = inputOf(world, direction);
      expect(makePlan(shuffled(input, seed)).plan).toEqual(makePlan(input).plan);
    }),
    { numRuns },
  );
});

test('law 3: a push writes nothing here, a pull nothing there', { timeout }, () => {
  fc.assert(
    fc.property(worlds, (world) => {
      for (const [direction, side] of [
        ['push', 'local'],
        ['pull', 'remote'],
      ] as const)
        expect(
          makePlan(inputOf(world, direction)).plan.operations.filter((one) => one.side === side),
        ).toEqual([]);
    }),
    { numRuns },
  );
});

test('law 4: an entry in conflict is written on neither side, and nor is its row', { timeout }, () => {
  fc.assert(
    fc.property(worlds, directions, (world, direction) => {
      const { plan } = makePlan(inputOf(world, direction));
      const held = new Set(plan.conflicts.map((one) => one.key));
      expect(plan.operations.filter((one) => held.has(one.key))).toEqual([]);
      const rows = plan.baseEdits.filter((one) => held.has(one.key));
      // Where its file is called otherwise is known all the same.
      expect(rows.filter((one) => one.edit !== 'path')).toEqual([]);
    }),
    { numRuns },
  );
});

test('law 5: what the help center has of its own is not in the operations of a push', { timeout }, () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { plan, pairing } = makePlan(inputOf(world, 'push'));
      const own = new Set(
        [...pairing.articles, ...pairing.collections]
          .filter((one) => one.base === null && one.local === null)
          .map((one) => one.key),
      );
      expect(plan.operations.filter((one) => own.has(one.key))).toEqual([]);
      expect(plan.baseEdits.filter((one) => own.has(one.key))).toEqual([]);
    }),
    { numRuns },
  );
});

test('law 6: nothing is created for a rename or a move', { timeout }, () => {
  fc.assert(
    fc.property(randomWorlds({ does: ['rename', 'move'], isNamed: true }), directions, (world, direction) => {
      const { plan } = makePlan(inputOf(world, direction));
      expect(plan.operations.filter((one) => one.action === 'create' || one.action === 'delete')).toEqual([]);
    }),
    { numRuns },
  );
});
