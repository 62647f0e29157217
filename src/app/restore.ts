import { join, relative } from 'node:path';
import { openBaseStore, type BaseStore } from '../base/store.ts';
import type { Config } from '../config/read-config.ts';
import type { BaseEntry } from '../model/base.ts';
import type { LocalArticle, LocalCollection } from '../model/entry.ts';
import { openWriter, type LocalWriter } from '../local/write.ts';
import { ShelfmarkError } from '../model/error.ts';
import { localPath, type LocalPath } from '../model/identity.ts';
import { baseDirectory } from '../plan/links/directory.ts';
import { signsOf } from '../plan/compare/sign.ts';
import { forgetWas, replacedOf } from '../plan/compare/put-back.ts';
import type { Files } from '../ports/files.ts';
import type { Outside } from '../ports/outside.ts';
import { takeRunLock } from './adapters/run-lock.ts';
import { keepCopy, remoteFolder, replacedFolder } from './adapters/trash.ts';
import { filesOfKept, readKept } from './kept-text.ts';
import { localSideOf } from './project/deps.ts';
import { namedPaths } from './project/named-path.ts';
import { runLockOf, storeOptions } from './project/store-options.ts';

/** One thing in the trash. */
export interface Trashed {
  /** When it went there, as the folder of that run is named. */
  readonly run: string;
  /**
   * `removed`: a file that a run removed. `replaced`: what a file said before a run wrote into it. `remote`: what the
   * help center said before a run wrote to it or deleted it there.
   */
  readonly what: 'removed' | 'replaced' | 'remote';
  /** Where it stood below the content folder. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
}

/** What is in the trash, the newest first. */
export async function listTrash(config: Config, { files }: Outside): Promise<readonly Trashed[]> {
  const root = join(config.stateFolder, 'trash');
  if ((await files.stat(root))?.kind !== 'folder') return [];
  const runs = (await files.list(root)).filter((one) => one.kind === 'folder').map((one) => one.name);
  const found = await Promise.all(
    runs
      .toSorted()
      .toReversed()
      .map(async (run) =>
        (await filesBelow(files, join(root, run))).map((file): Trashed => {
          const path = relative(join(root, run), file).split('\\').join('/');
          if (path.startsWith(`${remoteFolder}/`)) {
            const place = path.slice(remoteFolder.length + 1).replace(/\.json$/, '');
            return { run, what: 'remote', path: plainName(place), file };
          }
          if (path.startsWith(`${replacedFolder}/`))
            return { run, what: 'replaced', path: plainName(path.slice(replacedFolder.length + 1)), file };
          return { run, what: 'removed', path, file };
        }),
      ),
  );
  return found.flat();
}

/** A second copy in one run is called `a (2).md`. */
const plainName = (path: string): string => path.replace(/ \(\d+\)((?:\.[a-z]+)*)$/u, '$1');

/**
 * Brings the newest thing that stood at a path back to it, or the one of a moment. A file that a run removed never
 * replaces one that is there; a text that was replaced does, and what it replaces is kept in its turn.
 *
 * @param at a moment as the list names it, or the beginning of one; null for the newest
 */
export async function restoreFile(
  path: string,
  at: string | null,
  config: Config,
  outside: Outside,
): Promise<Trashed> {
  const lock = await takeRunLock(runLockOf(config), outside);
  try {
    return await restoreLocked(path, at, config, outside);
  } finally {
    await lock[Symbol.asyncDispose]();
  }
}

async function restoreLocked(
  path: string,
  at: string | null,
  config: Config,
  outside: Outside,
): Promise<Trashed> {
  const { files } = outside;
  const names = namedPaths(path, config, outside);
  const all = (await listTrash(config, outside)).filter((one) => at === null || one.run.startsWith(at));
  const found = names
    .map((name) => all.find((one) => one.path === name && !one.path.startsWith('remote/')))
    .find((one) => one !== undefined);
  if (found === undefined) {
    throw new ShelfmarkError('NOT_IN_TRASH', {
      message: `There is no ${names[0] ?? path} in the trash${at === null ? '' : ` of ${at}`}. Nothing was changed.`,
      hint: 'Run "shelfmark restore" without a path to see what is there.',
    });
  }
  const place = placeOf(found.path, config);
  const trash = join(config.stateFolder, 'trash');
  const writer = openWriter(files, { root: config.content, trash, chance: outside.chance });
  await files.makeFolder(config.content);
  const bytes = await files.read(found.file);
  if (found.what === 'removed') {
    if ((await writer.writeFile(place, bytes, { digest: null })) === 'stale') throw inTheWay(found, config);
    await files.remove(found.file);
    await removeEmptied(files, join(found.file, '..'), trash);
  } else if (found.what === 'replaced') await replace(place, bytes, { writer, config, outside });
  else await restoreRemote(found, new TextDecoder().decode(bytes), { writer, config, outside });
  await meanIt(place, config, outside);
  return found;
}

interface Desk {
  readonly writer: LocalWriter;
  readonly config: Config;
  readonly outside: Outside;
}

/** Writes a text into a file; what stood there goes to the trash. */
async function replace(
  place: LocalPath,
  bytes: Uint8Array,
  { writer, config, outside }: Desk,
): Promise<void> {
  const { files, clock } = outside;
  const now = await writer.readText(place);
  if (now !== null) {
    const run = new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-');
    const copy = join(config.stateFolder, 'trash', run, replacedFolder, ...place.split('/'));
    await keepCopy(files, copy, new TextEncoder().encode(now.text));
  }
  if ((await writer.writeFile(place, bytes, { digest: now?.digest ?? null })) === 'stale')
    throw inTheWay({ path: place, file: '' }, config);
}

/** Writes what the help center once said into the files, language by language. */
async function restoreRemote(found: Trashed, text: string, desk: Desk): Promise<void> {
  const { config, outside, writer } = desk;
  const kept = readKept(text);
  if (kept === null) {
    throw new ShelfmarkError('NOT_IN_TRASH', {
      message: `The copy of ${found.path} in the trash cannot be read. Nothing was changed.`,
      hint: `Look at it by hand: ${found.file}.`,
    });
  }
  const [snapshot, { base }] = await Promise.all([
    localSideOf(config, outside).read(outside.signal),
    openBaseStore(outside.files, storeOptions(config, outside)).read(),
  ]);
  const directory = baseDirectory({ base, local: snapshot, assetDigests: new Map() });
  const refs = { directory, sites: kept.site === '' ? [] : [kept.site], assetBaseUrl: config.assetBaseUrl };
  const place = placeOf(found.path, config);
  for (const { path, write } of filesOfKept(kept, place, config.defaultLocale, refs)) {
    const now = await writer.readText(path);
    await replace(path, new TextEncoder().encode(write(now?.text ?? null)), desk);
  }
}

/** What somebody brings back is meant, for every target, so it is no file that was put back. */
async function meanIt(place: LocalPath, config: Config, outside: Outside): Promise<void> {
  const { articles, collections } = await localSideOf(config, outside).read(outside.signal);
  const here = [...articles, ...collections].find((one) =>
    one.kind === 'article'
      ? [...one.locales.values()].some(({ file }) => file === place)
      : one.file === place,
  );
  if (here === undefined) return;
  await meanFor(openBaseStore(outside.files, storeOptions(config, outside)), here);
  for (const other of config.otherTargets) {
    const store = openBaseStore(outside.files, storeOptions({ ...config, ...other }, outside));
    // A lock file that cannot be read is reported by the runs of its target.
    await meanFor(store, here).catch(() => undefined);
  }
}

/** The row forgets that what the files say was replaced. */
async function meanFor(store: BaseStore, here: LocalArticle | LocalCollection): Promise<void> {
  const { base } = await store.read();
  const isHere = (one: BaseEntry): boolean => one.kind === here.kind && one.path === here.path;
  const row = base.entries.find(isHere);
  if (row === undefined) {
    // Git may still know the article that it was, and would have it gone again.
    const old = (await store.readCommitted?.())?.entries.find(isHere);
    if (old !== undefined) await store.note([{ note: 'drop', kind: old.kind, id: old.id }]);
    return;
  }
  const signs = signsOf(here);
  const was = replacedOf(row);
  if (!Object.values(signs).some((sign) => was.includes(sign))) return;
  await store.note([{ note: 'row', row: forgetWas(row, here), signs }]);
}

function inTheWay({ path, file }: Pick<Trashed, 'path' | 'file'>, config: Config): ShelfmarkError {
  return new ShelfmarkError('RESTORE_IN_THE_WAY', {
    message: `There is a file at ${config.contentName}/${path} already, or it was changed just now. Nothing was changed.`,
    hint:
      file === ''
        ? 'Run the command again.'
        : `Move it away first, or copy the old one by hand from ${file}.`,
  });
}

/** What lies in the trash may have come with a repository: only what could stand below the content folder goes back. */
function placeOf(path: string, { contentName }: Config): LocalPath {
  try {
    return localPath(path);
  } catch (cause) {
    throw new ShelfmarkError('WRITE_REFUSED', {
      message: `Nothing was written: ${JSON.stringify(path)} is no place below ${contentName}.`,
      hint: 'Copy it by hand to where it belongs.',
      cause,
    });
  }
}

/** Folders of the trash that became empty go; one that does not does no harm. */
async function removeEmptied(files: Files, folder: string, trash: string): Promise<void> {
  for (let at = folder; at.startsWith(join(trash, '/')); at = join(at, '..')) {
    try {
      await files.removeFolder(at);
    } catch {
      return;
    }
  }
}

async function filesBelow(files: Files, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of await files.list(folder)) {
    const path = join(folder, one.name);
    if (one.kind === 'folder') found.push(...(await filesBelow(files, path)));
    else if (one.kind === 'file') found.push(path);
  }
  return found;
}
