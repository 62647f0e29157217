import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Direction } from '../../src/model/plan.ts';
import { nothing } from '../../src/plan/decide/decision.ts';
import { isInStep } from '../../src/plan/decide/in-step.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { weighArticle } from '../../src/plan/decide/weigh-article.ts';
import { randomWorlds } from '../helpers/random-worlds.ts';
import { inputOf } from '../helpers/worlds.ts';

const directions = fc.constantFrom<Direction>('push', 'pull', 'sync');

test('what is told to be in step at a glance is left alone by the long way round, too', () => {
  let seen = 0;
  fc.assert(
    fc.property(randomWorlds({}), directions, (world, direction) => {
      const { pairing, context } = makePlan(inputOf(world, direction));
      for (const triple of pairing.articles) {
        const { local, remote } = triple;
        const parent = context.parents.get(triple.key);
        if (!isInStep(triple, context) || local === null || remote === null || parent === undefined) continue;
        seen += 1;
        expect(weighArticle(triple, local, remote, parent, context)).toEqual(nothing);
      }
    }),
    { numRuns: 100 },
  );
  expect(seen).toBeGreaterThan(20);
});
