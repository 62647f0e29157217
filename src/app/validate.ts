import { openBaseStore } from '../base/store.ts';
import type { Config } from '../config/read-config.ts';
import { emptyBase } from '../model/base.ts';
import type { Problem } from '../model/problem.ts';
import { checkContent } from '../plan/check-content.ts';
import { localSideOf, names, policyOf } from './project/deps.ts';
import { storeOptions } from './project/store-options.ts';
import type { Outside } from '../ports/outside.ts';

export interface Validated {
  readonly problems: readonly Problem[];
  readonly articles: number;
  readonly collections: number;
}

/** Checks the content folder offline: every file, every text, every link and image. Writes nothing. */
export async function validateRun(config: Config, outside: Outside): Promise<Validated> {
  const local = localSideOf(config, outside);
  const snapshot = await local.read(outside.signal);
  const assetDigests = await local.digest(snapshot.assets, outside.signal);
  // The lock only helps to know what links mean; without one everything can be checked all the same.
  const { base } = await openBaseStore(outside.files, storeOptions(config, outside))
    .read()
    .catch(() => ({ base: emptyBase }));
  const problems = checkContent({
    base,
    local: snapshot,
    assetDigests,
    policy: policyOf({ config, allowDeletes: null, allowEmptied: false }),
    names,
  });
  return { problems, articles: snapshot.articles.length, collections: snapshot.collections.length };
}
