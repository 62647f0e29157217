import { describe, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make-plan.ts';
import { openScene, settle, stateOf } from '../helpers/settle.ts';
import { shuffled } from '../helpers/shuffled.ts';
import { inputOf } from '../helpers/worlds.ts';
import { some } from '../helpers/long.ts';
import { everyWorld, pairwise, situations, worldOf, type Situation } from './small-scope.ts';

/*
 * `SCOPE=31 npx vitest run test/plan/small-scope` goes through all 29,791 worlds in which any three states meet, and
 * through each of the 161,051 worlds in which every entry is in one of eleven situations. That takes an hour or two.
 */
const bends = Array.from({ length: Number(process.env['SCOPE'] ?? 1) }, (_, index) => index);
const isWhole = bends.length > 1;
const among: readonly Situation[] = isWhole
  ? (Object.keys(situations) as Situation[])
  : ['gone here', 'gone there', 'moved here', 'moved there'];

// The gate takes a part; neither 4 nor 7 nor 5 divides the numbers of states, so that all are met.
const scopes = [
  ['every state of an entry meets every state of every other', some(bends.flatMap(pairwise), 4), 4],
  [`each entry is ${listed(among)}`, some(everyWorld(among), 5), 7],
] as const;

describe.each(scopes)('two articles and three collections, where %s', (_, worlds, apart) => {
  const timeout = 60_000 + worlds.length * 100;

  test(`there is a plan for each of ${worlds.length} worlds, in any order`, { timeout }, () => {
    for (const [index, numbers] of worlds.entries()) {
      const world = worldOf(numbers);
      const sync = inputOf(world);
      const { plan } = makePlan(sync);
      if (index % 2 === 0) expect(makePlan(shuffled(sync, index)).plan).toEqual(plan);
      for (const [direction, side] of [
        ['push', 'local'],
        ['pull', 'remote'],
      ] as const) {
        const { operations } = makePlan({ ...sync, direction }).plan;
        expect(operations.filter((one) => one.side === side)).toEqual([]);
      }
    }
  });

  // Carrying one out takes longer than planning it.
  const played = worlds.filter((_world, index) => index % apart === 0);

  test(
    `${played.length} of them are carried out whole, and come to rest with the second run`,
    { timeout },
    async () => {
      for (const numbers of played) {
        const scene = openScene(worldOf(numbers));
        const before = stateOf(scene);
        const { runs, rounds } = await settle(scene, 'sync', 3);
        const [first] = runs;
        if (first === undefined || first.outcomes === null) expect(stateOf(scene)).toEqual(before);
        else {
          const failed = runs.flatMap((run) => run.outcomes ?? []).filter((one) => one.status !== 'done');
          expect({ numbers, failed, rounds: rounds ?? 'more' }).toEqual({
            numbers,
            failed: [],
            rounds: Math.min(2, rounds ?? 9),
          });
        }
      }
    },
  );
});

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
