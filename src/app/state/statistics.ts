import { orderFindings } from '../../audit/order-rules.ts';
import { statisticsFindings, type Reception } from '../../audit/statistics-rules.ts';
import type { Found } from '../../audit/terms.ts';
import type { Config } from '../../config/read-config.ts';
import type { RemoteListener } from '../../intercom/http/events.ts';
import { mapBounded } from '../../local/walk.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import { openRemote } from '../project/remote.ts';

export interface StatisticsOptions {
  readonly staleDays: number | null;
  readonly onCall: RemoteListener;
  readonly tell: (done: number, all: number) => void;
}

export interface Statistics {
  readonly receptions: readonly Reception[];
  readonly findings: readonly Found[];
}

/** Asks the help center, one call an article, how often what readers see was read, and how it was liked. */
export async function readStatistics(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
  { staleDays, onCall, tell }: StatisticsOptions,
): Promise<Statistics> {
  const { pairing, policy } = folder;
  await using remote = await openRemote(config, outside, onCall, true);
  const wanted = pairing.articles.flatMap(({ local, base }) => {
    const isSeen = base?.locales.get(policy.defaultLocale)?.state.remote === 'published';
    return local === null || base === null || !isSeen ? [] : [{ path: local.path, id: base.id }];
  });
  let done = 0;
  const found = await mapBounded(wanted, outside.signal, async ({ path, id }) => {
    const statistics = await remote.side.statistics(id, outside.signal);
    done += 1;
    tell(done, wanted.length);
    return statistics === null ? [] : [{ path, ...statistics }];
  });
  const receptions = found.flat();
  const findings = [
    ...statisticsFindings(receptions, outside.clock.now(), staleDays),
    ...orderFindings(folder, await remote.side.orders(outside.signal)),
  ];
  return { receptions, findings };
}
