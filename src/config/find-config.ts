import { dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { ShelfmarkError } from '../model/error.ts';
import type { Files } from '../ports/files.ts';
import { checkPlaces } from './places.ts';
import { readConfig, type Config } from './read-config.ts';

export const configName = 'sync.config.yaml';

/** Reads the config file that a flag names, else the one of the project that one is in. */
export async function findConfig(
  files: Files,
  folder: string,
  options: { readonly file: string | null; readonly target: string | null },
): Promise<Config> {
  const file = resolve(
    folder,
    options.file ?? (await nearestConfig(files, folder).catch(() => null)) ?? configName,
  );
  const shown = relative(folder, file).split('\\').join('/') || configName;
  let bytes: Uint8Array;
  try {
    bytes = await files.read(file);
  } catch (cause) {
    throw new ShelfmarkError('CONFIG_MISSING', {
      message: `There is no readable config file ${shown}. Nothing was changed.`,
      hint: 'Run "shelfmark init" to write one, or name it with --config FILE.',
      cause,
    });
  }
  let source: string;
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ShelfmarkError('CONFIG_INVALID', {
      message: `${shown}: the file is not UTF-8 text. Nothing was changed.`,
      hint: 'Save it as UTF-8.',
      cause,
    });
  }
  const config = readConfig(source, file, shown, options.target);
  await checkPlaces(config, folder, files);
  return config;
}

/**
 * Checks what a config file would say that is not there, given as a value: the same keys, with paths relative to the folder.
 *
 * @param folder absolute
 */
export async function configFrom(
  files: Files,
  folder: string,
  given: Readonly<Record<string, unknown>>,
  target: string | null,
): Promise<Config> {
  const config = readConfig(stringify(given), join(folder, configName), 'config', target);
  await checkPlaces(config, folder, files);
  return config;
}

/**
 * The config file of the project that a folder belongs to: its own, or that of the nearest folder above it, up to the
 * repository's. Null where there is none.
 */
export async function nearestConfig(files: Files, folder: string): Promise<string | null> {
  for (let place = resolve(folder); ; place = dirname(place)) {
    if ((await files.stat(join(place, configName))) !== null) return join(place, configName);
    const isTop = dirname(place) === place || (await files.stat(join(place, '.git'))) !== null;
    if (isTop) return null;
  }
}
