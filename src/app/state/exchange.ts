import type { Config } from '../../config/read-config.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import { exchangeFile, incomingOf, type Incoming } from '../../translations/exchange/exchange.ts';
import type { ExchangeFile } from '../../translations/exchange/file.ts';
import { printJson, readJson } from '../../translations/exchange/json.ts';
import { takeRunLock } from '../adapters/run-lock.ts';
import { localSideOf } from '../project/deps.ts';
import { ignoreStateFolder } from '../project/state-folder.ts';
import { runLockOf } from '../project/store-options.ts';
import { chosenBy } from './chosen.ts';
import { noteFresh } from './mark-fresh.ts';
import { readStandings } from './translations.ts';
import { withFolder } from './with-folder.ts';

export interface ExportOptions {
  readonly locale: Locale;
  readonly paths: readonly string[];
  /** Only what is behind; else what is missing as well. */
  readonly isBehindOnly: boolean;
  readonly format: 'xliff' | 'json';
}

export interface Exported {
  readonly text: string;
  readonly entries: number;
  readonly units: number;
}

/** What is missing or behind in one language, as a file for a translator. Writes nothing. */
export const exportRun = (config: Config, outside: Outside, options: ExportOptions): Promise<Exported> =>
  withFolder(config, outside, async (folder) => {
    const { locale, paths, isBehindOnly, format } = options;
    const chosen = chosenBy(folder, config, outside, paths);
    const standings = (await readStandings(folder, config, outside, [locale])).filter(
      (one) =>
        one.locale === locale &&
        (one.state === 'behind' || (one.state === 'missing' && !isBehindOnly)) &&
        (chosen(one.path) || chosen(one.file)),
    );
    const file = exchangeFile(standings, locale, folder);
    const units = file.entries.reduce((sum, one) => sum + one.units.length, 0);
    return { text: await printed(file, format), entries: file.entries.length, units };
  });

async function printed(file: ExchangeFile, format: ExportOptions['format']): Promise<string> {
  if (format === 'json') return printJson(file);
  const { printXliff } = await import('../../translations/exchange/xliff.ts');
  return printXliff(file);
}

export interface Imported {
  readonly locale: Locale;
  readonly incoming: readonly Incoming[];
  /** What was written; null where nobody agreed. */
  readonly written: readonly Incoming[] | null;
}

/** Puts what a translator gave back into the folder, once somebody has agreed to it. */
export async function importRun(
  text: string,
  config: Config,
  around: Outside,
  confirm: (found: Omit<Imported, 'written'>) => Promise<boolean>,
): Promise<Imported> {
  const file = await readFile(text, config);
  const found = await withFolder(config, around, (folder) => incomingIn(file, folder, config, around));
  const { locale } = file;
  if (!(await confirm({ locale, incoming: found }))) return { locale, incoming: found, written: null };
  await ignoreStateFolder(config, around);
  await using lock = await takeRunLock(runLockOf(config), around);
  const outside = { ...around, signal: AbortSignal.any([around.signal, lock.lost]) };
  const side = localSideOf(config, outside);
  const written: Incoming[] = [];
  for (const one of found) {
    if ('why' in one) continue;
    outside.signal.throwIfAborted();
    const { status } = await side.carryOut(one.step);
    written.push(status === 'done' ? one : { path: one.path, why: 'its file was changed just now' });
  }
  const paths = new Set(written.flatMap((one) => ('why' in one ? [] : [one.path])));
  // What says what its source says now is fresh, also where the translator had nothing to change.
  await noteFresh(config, outside, (one) => one.locale === locale && paths.has(one.path));
  return { locale, incoming: found, written };
}

async function incomingIn(
  file: ExchangeFile,
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
): Promise<readonly Incoming[]> {
  return incomingOf(file, await readStandings(folder, config, outside, [file.locale]), folder);
}

/** Far more than any help center. */
const largest = 64 * 1024 * 1024;

async function readFile(text: string, { defaultLocale }: Config): Promise<ExchangeFile> {
  if (text.length > largest) throw unreadable('it is larger than 64 MB');
  const isJson = /^\s*\{/.test(text);
  const { readXliff } = await import('../../translations/exchange/xliff.ts');
  const file = isJson ? readJson(text) : await readXliff(text);
  if (file === null)
    throw unreadable(isJson ? 'it is not the JSON that an export writes' : 'it is not XLIFF 2');
  if (file.source !== defaultLocale)
    throw unreadable(
      `it is a translation of ${file.source}, and the default language here is ${defaultLocale}`,
    );
  if (!isLocale(file.locale) || file.locale === defaultLocale)
    throw unreadable(`it is a translation into ${file.locale}`);
  return file;
}

const unreadable = (why: string): ShelfmarkError =>
  new ShelfmarkError('IMPORT_UNREADABLE', {
    message: `The file cannot be imported: ${why}. Nothing was changed.`,
    hint: 'Take a file that "shelfmark translations export" wrote, with the translations filled in.',
  });
