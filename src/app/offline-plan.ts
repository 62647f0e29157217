import { openBaseStore } from '../base/store.ts';
import type { Config } from '../config/read-config.ts';
import type { LocalSide } from '../engine/ports.ts';
import { withSettledTexts } from '../engine/settled-texts.ts';
import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { checkContent } from '../plan/check-content.ts';
import { planOffline } from '../plan/offline.ts';
import { names, policyOf } from './project/deps.ts';
import { indexedSide } from './project/indexed-side.ts';
import { storeOptions } from './project/store-options.ts';
import type { Outside } from '../ports/outside.ts';

/**
 * What a push would do, as far as the folder and the lock file tell: without a token nobody can ask the help center.
 * The problems are those of `validate`. Writes nothing.
 */
export async function offlinePlanRun(
  config: Config,
  allowDeletes: number | null,
  outside: Outside,
): Promise<Plan> {
  const local = indexedSide(config, outside);
  const plan = await withSettledTexts(() => planOnce(config, allowDeletes, local.side, outside));
  await local.save();
  return plan;
}

async function planOnce(
  config: Config,
  allowDeletes: number | null,
  local: LocalSide,
  outside: Outside,
): Promise<Plan> {
  const [snapshot, { base }] = await Promise.all([
    local.read(outside.signal),
    openBaseStore(outside.files, storeOptions(config, outside)).read(),
  ]);
  const assetDigests = await local.digest(snapshot.assets, outside.signal);
  const policy = policyOf({ config, allowDeletes, allowEmptied: false });
  const plan = planOffline({ base, local: snapshot, assetDigests, policy, names });
  const problems = checkContent({ base, local: snapshot, assetDigests, policy, names });
  return { ...plan, problems: together(problems, plan.problems) };
}

/** Reports what only the plan finds as well. */
function together(problems: readonly Problem[], more: readonly Problem[]): readonly Problem[] {
  const told = new Set(problems.map((one) => JSON.stringify(one)));
  return [...problems, ...more.filter((one) => !told.has(JSON.stringify(one)))];
}
