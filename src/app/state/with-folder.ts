import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import type { LocalSide } from '../../engine/ports.ts';
import { withSettledTexts } from '../../engine/settled-texts.ts';
import { emptyBase } from '../../model/base.ts';
import { openOffline, type OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import { names, policyOf } from '../project/deps.ts';
import { indexedSide } from '../project/indexed-side.ts';
import { storeOptions } from '../project/store-options.ts';

/**
 * Reads the folder and the lock file once, asks something about them, and remembers for the next command what was found
 * out. Writes nothing else.
 */
export async function withFolder<Answer>(
  config: Config,
  outside: Outside,
  ask: (folder: OfflineFolder) => Answer | Promise<Answer>,
): Promise<Answer> {
  const local = indexedSide(config, outside);
  const answer = await withSettledTexts(async () => ask(await readFolder(config, local.side, outside)));
  await local.save();
  return answer;
}

async function readFolder(config: Config, side: LocalSide, outside: Outside): Promise<OfflineFolder> {
  const local = await side.read(outside.signal);
  const assetDigests = await side.digest(local.assets, outside.signal);
  // The lock only helps to know what links mean; without one everything can be checked all the same.
  const { base } = await openBaseStore(outside.files, storeOptions(config, outside))
    .read()
    .catch(() => ({ base: emptyBase }));
  const policy = policyOf({ config, allowDeletes: null, allowEmptied: false });
  return openOffline({ base, local, assetDigests, policy, names });
}
