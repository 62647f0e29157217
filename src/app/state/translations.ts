import type { Config } from '../../config/read-config.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Change } from '../../translations/comparison.ts';
import { localesOf, standingsOf } from '../../translations/standings.ts';
import { summariesOf } from '../../translations/summary.ts';
import type { LocaleSummary, Standing } from '../../translations/terms.ts';
import { changesOf } from './compare.ts';
import { chosenBy } from './chosen.ts';
import { historyFor } from './history.ts';
import { withFolder } from './with-folder.ts';

export interface Translations {
  readonly standings: readonly Standing[];
  readonly locales: readonly LocaleSummary[];
  /** What changed in the source, where the question is about one article in one language that is behind; else null. */
  readonly changes: readonly Change[] | null;
}

/** How the translations stand, of what is at or below some paths; offline. Writes nothing. */
export const translationsRun = (
  config: Config,
  outside: Outside,
  { paths, locales }: { readonly paths: readonly string[]; readonly locales: readonly Locale[] },
): Promise<Translations> =>
  withFolder(config, outside, async (folder) => {
    const all = await readStandings(folder, config, outside, locales);
    const chosen = chosenBy(folder, config, outside, paths);
    const standings = all.filter(
      (one) =>
        (locales.length === 0 || locales.includes(one.locale)) && (chosen(one.path) || chosen(one.file)),
    );
    const [only] = standings;
    const isOne = only?.state === 'behind' && only.kind === 'article' && standings.length === 1;
    const changes = isOne ? await changesOf(only, folder, config, outside) : null;
    return { standings, locales: summariesOf(standings), changes };
  });

/** How all translations stand. */
export async function readStandings(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
  wanted: readonly Locale[],
): Promise<readonly Standing[]> {
  const isNeeded = wanted.length > 0 || localesOf(folder.local, config.defaultLocale).length > 0;
  if (!isNeeded) return [];
  return standingsOf({ folder, wanted, history: await historyFor(folder, config, outside) });
}

/** Languages as somebody lists them: `fr,de`. Throws a ShelfmarkError for one that Intercom does not know. */
export function localesIn(lists: readonly string[], { defaultLocale }: Config): readonly Locale[] {
  const typed = lists.flatMap((list) => list.split(',')).map((one) => one.trim());
  return [...new Set(typed.filter((one) => one !== ''))].map((one) => {
    if (!isLocale(one) || one === defaultLocale) throw notALocale(one, one === defaultLocale);
    return one;
  });
}

const notALocale = (typed: string, isDefault: boolean): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', {
    kind: 'usage',
    message: isDefault
      ? `"${typed}" is the language that everything is translated from.`
      : `"${typed}" is not a language that Intercom knows.`,
    hint: 'Name languages as files do, such as fr or pt-BR, with commas between them.',
  });
