import { join, relative } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { openWriter } from '../local/write.ts';
import { ShelfmarkError } from '../model/error.ts';
import { localPath, type LocalPath } from '../model/identity.ts';
import type { Files } from '../ports/files.ts';
import { namedPaths } from './project/named-path.ts';
import type { Outside } from '../ports/outside.ts';

/** One thing in the trash. */
export interface Trashed {
  /** When it went there, as the folder of that run is named. */
  readonly run: string;
  /** Where it stood below the content folder; for what was deleted in the help center, the name of the saved copy. */
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
        (await filesBelow(files, join(root, run))).map((file) => ({
          run,
          path: relative(join(root, run), file).split('\\').join('/'),
          file,
        })),
      ),
  );
  return found.flat();
}

/** Brings the newest file that stood at a path back to it; never over a file that is there. */
export async function restoreFile(path: string, config: Config, outside: Outside): Promise<Trashed> {
  const { files } = outside;
  const names = namedPaths(path, config, outside);
  const all = await listTrash(config, outside);
  const found = names
    .map((name) => all.find((one) => one.path === name && !one.path.startsWith('remote/')))
    .find((one) => one !== undefined);
  if (found === undefined) {
    throw new ShelfmarkError('NOT_IN_TRASH', {
      message: `There is no ${names[0] ?? path} in the trash. Nothing was changed.`,
      hint: 'Run "shelfmark restore" without a path to see what is there.',
    });
  }
  const place = placeOf(found.path, config);
  const writer = openWriter(files, {
    root: config.content,
    trash: join(config.stateFolder, 'trash'),
    chance: outside.chance,
  });
  await files.makeFolder(config.content);
  if ((await writer.writeFile(place, await files.read(found.file), { digest: null })) === 'stale') {
    throw new ShelfmarkError('RESTORE_IN_THE_WAY', {
      message: `There is a file at ${config.contentName}/${found.path} already. Nothing was changed.`,
      hint: `Move it away first, or copy the old one by hand from ${found.file}.`,
    });
  }
  await files.remove(found.file);
  await removeEmptied(files, join(found.file, '..'), join(config.stateFolder, 'trash'));
  return found;
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
