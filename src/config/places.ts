import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { ShelfmarkError } from '../model/error.ts';
import type { Files } from '../ports/files.ts';
import type { Config } from './read-config.ts';

/**
 * Throws unless what the config file names lies in its own project: a config file comes with a repository, and
 * nobody who clones one expects it to read or write anywhere else. The project is the folder of the config file, the
 * folder that the command was called in, and the repository around the config file; where there is none, nobody cloned
 * anything, and what is beside the config file's folder belongs to it as well. Links are followed to where they
 * lead; the private folder must not be one.
 */
export async function checkPlaces(
  config: Pick<Config, 'content' | 'contentName' | 'folder' | 'lockFile' | 'lockName' | 'stateFolder'>,
  calledIn: string,
  files: Files,
): Promise<void> {
  const { content, contentName, folder, lockFile, lockName, stateFolder } = config;
  const around = (await repositoryAround(folder, files)) ?? dirname(folder);
  const roots = await Promise.all([folder, calledIn, around].map((one) => realPlace(one, files)));
  for (const [key, path, shown] of [
    ['content', content, contentName],
    ['lock', lockFile, lockName],
  ] as const) {
    const place = await placeOf(path, files);
    const parts = roots.flatMap((root) => partsWithin(root, place) ?? []).map((one) => one.toLowerCase());
    if (!roots.some((root) => partsWithin(root, place) !== null)) throw outside(key, shown);
    if (key === 'lock' && !isLockFile(nearest(roots, place))) throw notLock(shown);
    if (parts.includes('.git') || (key === 'content' && parts.includes(basename(stateFolder))))
      throw reserved(key, shown);
  }
  for (const path of [stateFolder, join(stateFolder, 'trash')]) {
    const found = await files.stat(path);
    if (found !== null && found.kind !== 'folder') throw notOwn(relative(folder, path));
  }
}

/** Whether a folder given to `init` stays below the project and out of what is reserved. */
export function isOwnFolder(name: string): boolean {
  const parts = name.split(/[\\/]/);
  return (
    !isAbsolute(name) &&
    !/^[A-Za-z]:/.test(name) &&
    !parts.some((part) => /^(?:\.\.|\.git|\.shelfmark)$/i.test(part))
  );
}

/** The folders between a root and a place below it; null for a place elsewhere. */
function partsWithin(root: string, place: string): readonly string[] | null {
  const way = relative(root, place);
  const parts = way.split(/[\\/]/);
  return isAbsolute(way) || parts[0] === '..' ? null : parts;
}

/** Where something really is; whether it is a link itself is for others to judge. */
async function placeOf(path: string, files: Files): Promise<string> {
  return dirname(path) === path ? path : join(await realPlace(dirname(path), files), basename(path));
}

/** A path with its links followed, as far as there is anything. */
async function realPlace(path: string, files: Files): Promise<string> {
  try {
    return await files.realPath(path);
  } catch {
    return dirname(path) === path ? path : join(await realPlace(dirname(path), files), basename(path));
  }
}

async function repositoryAround(folder: string, files: Files): Promise<string | null> {
  for (let place = folder; ; place = dirname(place)) {
    if ((await files.stat(join(place, '.git'))) !== null) return place;
    if (dirname(place) === place) return null;
  }
}

function outside(key: string, shown: string): ShelfmarkError {
  return new ShelfmarkError('OUTSIDE_PROJECT', {
    message: `"${key}" in the config file leads out of the project, to ${JSON.stringify(shown)}. Nothing was read or changed.`,
    hint: 'Put the config file into the folder that holds both, or call the command from there.',
  });
}

function reserved(key: string, shown: string): ShelfmarkError {
  return new ShelfmarkError('OUTSIDE_PROJECT', {
    message: `"${key}" in the config file leads into a folder that is not for content, to ${JSON.stringify(shown)}. Nothing was read or changed.`,
    hint: 'Name a folder of its own.',
  });
}

/** The way to a place from the nearest of several roots. */
const nearest = (roots: readonly string[], place: string): readonly string[] =>
  roots
    .flatMap((root) => [partsWithin(root, place) ?? []])
    .filter((parts) => parts.length > 0)
    .toSorted((left, right) => left.length - right.length)[0] ?? [];

/** The name says what it is, and no folder is one in which other programs look for what they run. */
function isLockFile(parts: readonly string[]): boolean {
  const folders = parts.slice(0, -1);
  return (
    /lock.*\.json$/i.test(parts.join('/')) &&
    !/^(?:package-lock|npm-shrinkwrap)\.json$/.test(parts.at(-1) ?? '') &&
    folders.every((one) => !one.startsWith('.') || one === '.shelfmark')
  );
}

function notLock(shown: string): ShelfmarkError {
  return new ShelfmarkError('OUTSIDE_PROJECT', {
    message: `"lock" in the config file names ${JSON.stringify(shown)}, which is not the name of a lock file. Nothing was read or changed.`,
    hint: 'Name a .json file with "lock" in its name, outside of hidden folders, such as sync.lock.staging.json.',
  });
}

function notOwn(shown: string): ShelfmarkError {
  return new ShelfmarkError('STATE_FOLDER_ODD', {
    message: `${shown} is a link or a file. It holds what is private to this machine and must be a folder of its own. Nothing was changed.`,
    hint: `Remove ${shown}; it is made anew when it is needed.`,
  });
}
