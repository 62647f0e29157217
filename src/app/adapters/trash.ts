/*
 * `.shelfmark/trash`: a folder for each moment, with what a run removed below its own path, and in two hidden folders,
 * which content cannot have, what it replaced in files (`.replaced`) and in the help center (`.remote`).
 */
import { dirname, join } from 'node:path';
import type { Trash } from '../../engine/remote/kept-entry.ts';
import { nodeCode } from '../../ports/node-error.ts';
import type { Files } from '../../ports/files.ts';
import type { Outside } from '../../ports/outside.ts';

export const replacedFolder = '.replaced';
export const remoteFolder = '.remote';

/** For so long everything is kept, in milliseconds. */
const longest = 30 * 86_400_000;

/** Beyond this the oldest goes first, in bytes. */
const largest = 100 * 1024 * 1024;

/** @param folder of this run, absolute; made when first needed */
export function openTrash(files: Files, folder: string): Trash {
  return {
    keep: (name, text) => keepCopy(files, join(folder, remoteFolder, name), new TextEncoder().encode(text)),
  };
}

/** Writes a copy, flushed to the disk, beside those that are there already. */
export async function keepCopy(files: Files, path: string, bytes: Uint8Array): Promise<void> {
  await files.makeFolder(dirname(path));
  for (let number = 1; ; number += 1) {
    try {
      await files.writeNew(number === 1 ? path : numbered(path, number), bytes, 0o600);
      break;
    } catch (error) {
      if (nodeCode(error) !== 'EEXIST' || number === 50) throw error;
    }
  }
  await files.syncFolder(dirname(path));
}

/** `a.md` and 2 give `a (2).md`. */
const numbered = (path: string, number: number): string =>
  path.replace(/((?:\.[a-z]+)*)$/u, (ending) => ` (${number})${ending}`);

/** Removes what is older than 30 days, and then the oldest until 100 MB are left. What cannot be removed stays. */
export async function pruneTrash(
  root: string,
  { files, clock }: Pick<Outside, 'files' | 'clock'>,
): Promise<void> {
  const runs = (await files.list(root).catch(() => []))
    .filter(({ name, kind }) => kind === 'folder' && momentOf(name) !== null)
    .toSorted((left, right) => (left.name < right.name ? 1 : -1));
  let size = 0;
  for (const [index, { name }] of runs.entries()) {
    const found = await filesBelow(files, join(root, name));
    size += found.reduce((sum, one) => sum + one.size, 0);
    const isOld = clock.now() - (momentOf(name) ?? 0) > longest;
    if (!isOld && (index === 0 || size <= largest)) continue;
    try {
      for (const { path } of found) await files.remove(path);
      await removeFolders(files, join(root, name));
    } catch {
      // The next run tries again.
    }
  }
}

/** When a run began, in milliseconds since 1970, by the name of its folder; null for what is none. */
export function momentOf(name: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3}Z)$/.exec(name);
  return parts === null ? null : Date.parse(`${parts[1]}:${parts[2]}:${parts[3]}.${parts[4]}`);
}

async function filesBelow(
  files: Files,
  folder: string,
): Promise<readonly { readonly path: string; readonly size: number }[]> {
  const found: { path: string; size: number }[] = [];
  for (const { name, kind } of await files.list(folder).catch(() => [])) {
    const path = join(folder, name);
    if (kind === 'folder') found.push(...(await filesBelow(files, path)));
    else found.push({ path, size: (await files.stat(path))?.size ?? 0 });
  }
  return found;
}

async function removeFolders(files: Files, folder: string): Promise<void> {
  for (const { name } of await files.list(folder)) await removeFolders(files, join(folder, name));
  await files.removeFolder(folder);
}
