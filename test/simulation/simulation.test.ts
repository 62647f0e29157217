/* Short forms of `npm run soak`, `faults` and `planted`; docs/reliability.md tells how to run the long ones. */
import { describe, expect, test } from 'vitest';
import { measures } from './measures.ts';
import { catchFault } from './catch-fault.ts';
import { playScenario } from './scenario.ts';
import { shrink } from './shrink.ts';
import { faultsOf, makeScene, playFault, printFault } from './systematic.ts';
import { tries } from '../helpers/long.ts';

test('Whatever people and machines do, no word is lost, nothing is doubled and all comes to agree', async () => {
  for (let seed = 1; seed <= tries(30, 120); seed += 1) {
    const verdict = await playScenario(seed);
    if (verdict.broken.length > 0) expect.fail(await shrink(verdict));
  }
}, 120_000);

test('A seed tells the same story every time', async () => {
  for (const seed of [3, 25, 1912]) {
    const [first, again] = [await playScenario(seed), await playScenario(seed)];
    expect(again.trace).toBe(first.trace);
    expect(again.story).toEqual(first.story);
  }
}, 60_000);

test('Whatever step of a run fails, the next runs end as if nothing had happened', async () => {
  const scene = await makeScene();
  const plain = await playFault(scene, null);
  expect(plain.broken).toEqual([]);
  let number = 0;
  for (const step of plain.steps) {
    for (const fault of faultsOf(step)) {
      number += 1;
      // A prime, so that no kind of step meets one kind of fault only.
      if (number % tries(173, 43) !== 0) continue;
      const after = await playFault(scene, { step: step.number, fault });
      expect(after.broken, printFault(step, fault)).toEqual([]);
      expect(after.outcome, printFault(step, fault)).toBe(plain.outcome);
    }
  }
}, 120_000);

describe('Somebody notices when this is left out:', () => {
  test.each(measures.filter((one) => one.by === 'story'))('$name', async (measure) => {
    expect(await catchFault(measure, 1)).not.toBeNull();
  });
});
