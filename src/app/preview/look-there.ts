import { ShelfmarkError } from '../../model/error.ts';
import type { RemoteArticle } from '../../model/entry.ts';
import type { LocalPath, RemoteId } from '../../model/identity.ts';
import type { Conflict, Plan } from '../../model/plan.ts';
import { makePlan } from '../../plan/make-plan.ts';
import { planOffline } from '../../plan/offline.ts';
import type { PlanInput, Policy } from '../../plan/terms/input.ts';
import { noStanding, standingOf, type Standing } from '../../preview/marks.ts';
import type { There } from '../../preview/views.ts';
import { names } from '../project/deps.ts';

/** How folder and help center stand to each other, as far as is known. */
export interface Looking {
  readonly standing: Standing;
  readonly conflicts: readonly Conflict[];
  readonly there: There | string | null;
  readonly sites: readonly string[];
}

export interface LookThere {
  /** Asks the help center anew; what it cannot answer is part of the next `present`. */
  ask(): Promise<void>;
  /** From the folder as it is now and from the last answer; from the lock file alone where there is none. */
  present(local: Pick<PlanInput, 'base' | 'local' | 'assetDigests'>): Looking;
}

/** @param plan reads both sides and plans, as `shelfmark plan` does */
export function openLookThere(policy: Policy, plan: () => Promise<{ readonly input: PlanInput }>): LookThere {
  let known: PlanInput | null = null;
  let failure: string | null = null;
  return {
    async ask() {
      try {
        known = (await plan()).input;
        failure = null;
      } catch (error) {
        if (!(error instanceof ShelfmarkError)) throw error;
        failure = `${error.message} ${error.hint}`;
      }
    },
    present(local) {
      // Before the first sync everything is ahead, and nothing is to be said of it.
      const planned = local.base.entries.length === 0 ? null : planWith(known, local, policy);
      const answer = known === null ? null : thereOf(known, planned);
      return {
        standing: planned === null ? noStanding : standingOf(planned),
        conflicts: planned?.conflicts ?? [],
        there: answer ?? failure,
        sites: known?.remote.sites ?? [],
      };
    },
  };
}

/** Null where the folder is such that nothing can be planned; the pages are shown all the same. */
function planWith(
  known: PlanInput | null,
  local: Pick<PlanInput, 'base' | 'local' | 'assetDigests'>,
  policy: Policy,
): Plan | null {
  try {
    if (known === null) return planOffline({ ...local, policy, names });
    return makePlan({ ...known, ...local, direction: 'sync' }).plan;
  } catch (error) {
    if (error instanceof ShelfmarkError || error instanceof RangeError) return null;
    throw error;
  }
}

function thereOf({ remote, base }: PlanInput, plan: Plan | null): There {
  const ids = new Map<LocalPath, RemoteId>(base.entries.map((one) => [one.path, one.id]));
  for (const { path, id } of [
    ...(plan?.baseEdits ?? []),
    ...(plan?.operations ?? []),
    ...(plan?.statuses ?? []),
  ])
    if (path !== null && id !== null) ids.set(path, id);
  const articles = new Map<RemoteId, RemoteArticle>(remote.articles.map((one) => [one.id, one]));
  return (path, locale) => {
    const id = ids.get(path);
    return (id === undefined ? undefined : articles.get(id))?.locales.get(locale) ?? null;
  };
}
