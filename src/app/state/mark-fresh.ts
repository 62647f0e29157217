import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import type { BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import { markedFresh } from '../../plan/compare/remember-source.ts';
import { signsOf } from '../../plan/compare/sign.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Standing } from '../../translations/terms.ts';
import { takeRunLock } from '../adapters/run-lock.ts';
import { runLockOf, storeOptions } from '../project/store-options.ts';
import { ignoreStateFolder } from '../project/state-folder.ts';
import { chosenBy } from './chosen.ts';
import { readStandings } from './translations.ts';
import { withFolder } from './with-folder.ts';

export interface Marked {
  readonly marked: readonly Standing[];
  /** Of these the lock file knows nothing yet. */
  readonly unsent: readonly Standing[];
}

/** Notes in the lock file that some translations say what their sources say now. Changes no text on either side. */
export async function markFreshRun(
  config: Config,
  around: Outside,
  { paths, locales }: { readonly paths: readonly string[]; readonly locales: readonly Locale[] },
  onWait: (milliseconds: number) => void,
): Promise<Marked> {
  await ignoreStateFolder(config, around);
  await using lock = await takeRunLock(runLockOf(config), around, onWait);
  const outside = { ...around, signal: AbortSignal.any([around.signal, lock.lost]) };
  return withFolder(config, outside, async (folder) => {
    const chosen = chosenBy(folder, config, outside, paths);
    const isMeant = (one: Standing): boolean =>
      one.state !== 'missing' &&
      (locales.length === 0 || locales.includes(one.locale)) &&
      (chosen(one.path) || chosen(one.file));
    return markIn(folder, config, outside, isMeant);
  });
}

/** The same for whoever is the only one who writes already. */
export const noteFresh = (
  config: Config,
  outside: Outside,
  isMeant: (one: Standing) => boolean,
): Promise<Marked> => withFolder(config, outside, (folder) => markIn(folder, config, outside, isMeant));

async function markIn(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
  isMeant: (one: Standing) => boolean,
): Promise<Marked> {
  const standings = (await readStandings(folder, config, outside, [])).filter(isMeant);
  const marked: Standing[] = [];
  const unsent: Standing[] = [];
  const rows = new Map<BaseEntry, Fresh>();
  const triples = [...folder.pairing.articles, ...folder.pairing.collections];
  for (const standing of standings) {
    const triple = triples.find((one) => one.kind === standing.kind && one.local?.path === standing.path);
    const { base = null, local: here = null } = triple ?? {};
    const row = base === null ? null : (rows.get(base)?.row ?? base);
    const fresh =
      row === null || here === null
        ? null
        : markedFresh(row, here, standing.locale, folder.policy.defaultLocale, folder.bodies);
    if (base === null || here === null || fresh === null) unsent.push(standing);
    else {
      rows.set(base, { row: fresh, here });
      marked.push(standing);
    }
  }
  if (rows.size > 0) await writeRows(rows, config, outside);
  return { marked, unsent };
}

interface Fresh {
  readonly row: BaseEntry;
  readonly here: LocalArticle | LocalCollection;
}

async function writeRows(
  rows: ReadonlyMap<BaseEntry, Fresh>,
  config: Config,
  outside: Outside,
): Promise<void> {
  const store = openBaseStore(outside.files, storeOptions(config, outside));
  const { base, notes = [], intents, removals = [] } = await store.read();
  const byId = new Map([...rows.values()].map((one) => [`${one.row.kind} ${one.row.id}`, one]));
  // After a run that was cut off, the next one decides what of its journal counts; until then these rows wait there, too.
  if (notes.length > 0) {
    await store.note([...byId.values()].map(({ row, here }) => ({ note: 'row', row, signs: signsOf(here) })));
    return;
  }
  const entries = base.entries.map((row) => byId.get(`${row.kind} ${row.id}`)?.row ?? row);
  await store.write({ ...base, entries }, intents, removals);
}
