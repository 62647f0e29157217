import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import type { PlanInput } from '../../src/plan/input.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { randomWorlds } from '../helpers/random-worlds.ts';
import { inputOf } from '../helpers/worlds.ts';

const directions = fc.constantFrom<Direction>('push', 'pull', 'sync');
const policies = fc.record({
  conflicts: fc.constantFrom('hold' as const, 'local' as const, 'remote' as const),
  deletions: fc.constantFrom('unpublish' as const, 'delete' as const, 'keep' as const),
});
const worlds = randomWorlds({ policy: policies });

test('law 1: there is a plan for every world', () => {
  fc.assert(
    fc.property(worlds, directions, fc.nat(3), (world, direction, broken) => {
      const unreadable = Object.keys(world.local ?? {}).filter((_, index) => index % 4 === broken);
      expect(makePlan(inputOf({ ...world, unreadable }, direction)).plan.version).toBe(1);
      expect(
        makePlan(inputOf({ local: world.local ?? {}, remote: world.remote ?? {} }, direction)).plan.version,
      ).toBe(1);
    }),
    { numRuns: 150 },
  );
});

test('law 2: a plan does not depend on the order in which anything comes', () => {
  fc.assert(
    fc.property(worlds, directions, fc.nat(), (world, direction, seed) => {
      const input = inputOf(world, direction);
      expect(makePlan(shuffled(input, seed)).plan).toEqual(makePlan(input).plan);
    }),
    { numRuns: 150 },
  );
});

test('law 3: a push writes nothing here, a pull nothing there', () => {
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
    { numRuns: 150 },
  );
});

test('law 4: an entry in conflict is written on neither side, and nor is its row', () => {
  fc.assert(
    fc.property(worlds, directions, (world, direction) => {
      const { plan } = makePlan(inputOf(world, direction));
      const held = new Set(plan.conflicts.map((one) => one.key));
      expect(plan.operations.filter((one) => held.has(one.key))).toEqual([]);
      const rows = plan.baseEdits.filter((one) => held.has(one.key));
      // Where its file is called otherwise is known all the same.
      expect(rows.filter((one) => one.edit !== 'path')).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('law 5: what the help center has of its own is not in the operations of a push', () => {
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
    { numRuns: 100 },
  );
});

test('law 6: nothing is created for a rename or a move', () => {
  fc.assert(
    fc.property(randomWorlds({ does: ['rename', 'move'], isNamed: true }), directions, (world, direction) => {
      const { plan } = makePlan(inputOf(world, direction));
      expect(plan.operations.filter((one) => one.action === 'create' || one.action === 'delete')).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** The same input with all lists and maps in another order. */
function shuffled(input: PlanInput, seed: number): PlanInput {
  let state = seed;
  const mix = <One>(list: readonly One[]): One[] =>
    list
      .map((one) => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        return [state, one] as const;
      })
      .toSorted(([left], [right]) => left - right)
      .map(([, one]) => one);
  const mixMap = <Key, Value>(map: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> =>
    new Map(mix([...map]));
  const { base, local, remote } = input;
  return {
    ...input,
    base: {
      ...base,
      entries: mix(base.entries).map((row) =>
        row.kind === 'article'
          ? { ...row, locales: mixMap(row.locales) }
          : { ...row, translations: mixMap(row.translations) },
      ),
    },
    local: {
      ...local,
      articles: mix(local.articles).map((one) => ({ ...one, locales: mixMap(one.locales) })),
      collections: mix(local.collections).map((one) => ({ ...one, translations: mixMap(one.translations) })),
    },
    remote: {
      ...remote,
      articles: mix(remote.articles).map((one) => ({ ...one, locales: mixMap(one.locales) })),
      collections: mix(remote.collections).map((one) => ({ ...one, translations: mixMap(one.translations) })),
    },
  };
}
