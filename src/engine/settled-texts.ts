/* Most texts stay in their files until a decision needs them, and by then somebody may have changed one. */
import type { Planned } from '../plan/make-plan.ts';
import { keepBody } from '../model/packed.ts';
import { TextChanged } from '../model/text-changed.ts';

/** Somebody who saves more often than this is not waited for. */
const mostTimes = 5;

/** Reads and decides, once more where a text was changed in between. Nothing may have been carried out by then. */
export async function withSettledTexts<Made>(attempt: () => Promise<Made>): Promise<Made> {
  for (let times = 1; ; times += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TextChanged) || times === mostTimes) throw error;
    }
  }
}

/** Takes the texts of all entries that a plan says something about into memory, since carrying it out may need them. */
export function keepTexts({ plan, pairing }: Pick<Planned, 'plan' | 'pairing'>): void {
  const keys = new Set(
    [plan.operations, plan.baseEdits, plan.statuses, plan.conflicts, plan.behind].flatMap((some) =>
      some.map(({ key }) => key),
    ),
  );
  for (const { key, local } of pairing.articles)
    if (keys.has(key)) for (const content of local?.locales.values() ?? []) keepBody(content);
}
