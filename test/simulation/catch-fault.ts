import type { Measure } from './measures.ts';
import { playScenario } from './scenario.ts';
import { faultsOf, makeScene, playFault, printFault } from './systematic.ts';

/** How it came out that a measure is missing; null where nobody noticed. */
export async function catchFault(measure: Measure, first: number): Promise<string | null> {
  const { sabotage } = measure;
  switch (measure.by) {
    case 'scenarios':
      for (let seed = first; seed < first + measure.within; seed += 1) {
        const { broken } = await playScenario(seed, { sabotage, only: measure.only });
        if (broken.length > 0) return `scenario ${seed - first + 1}: ${broken[0]}`;
      }
      return null;
    case 'faults': {
      const scene = await makeScene();
      const { outcome } = await playFault(scene, null);
      const { steps } = await playFault(scene, null, sabotage);
      for (const step of steps) {
        for (const fault of faultsOf(step)) {
          if (fault.fails !== measure.fails) continue;
          const after = await playFault(scene, { step: step.number, fault }, sabotage);
          const broken = after.broken[0] ?? (after.outcome === outcome ? null : 'I7 it ends otherwise');
          if (broken !== null) return `${printFault(step, fault)}: ${broken}`;
        }
      }
      return null;
    }
    case 'story': {
      const plain = await measure.tell();
      if (plain.length > 0) throw new Error(`the story goes wrong by itself: ${plain.join(', ')}`);
      return (await measure.tell(sabotage))[0] ?? null;
    }
  }
}
