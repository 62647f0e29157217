import { join } from 'node:path';
import { joinPath } from '../model/identity.ts';
import type { LocalPath } from '../model/identity.ts';
import type { FileKind, Files } from '../ports/files.ts';
import { isIgnored } from './names.ts';

/** What is below the content folder, hidden names and `node_modules` left out. */
export interface Walk {
  readonly found: readonly { readonly path: LocalPath; readonly kind: FileKind }[];
  /** Folders whose names could not be listed. */
  readonly failed: ReadonlyMap<LocalPath, unknown>;
  /** Paths that no system but this one can have; they have no LocalPath. */
  readonly impossible: readonly string[];
}

/** Open folders and files at a time: enough to keep a disk busy, far below what systems allow. */
export const parallelReads = 32;

/** Lists every folder below the root; throws only where the root itself cannot be listed. */
export async function walkFolder(
  files: Files,
  root: string,
  top: LocalPath,
  signal: AbortSignal,
): Promise<Walk> {
  const found: { path: LocalPath; kind: FileKind }[] = [];
  const failed = new Map<LocalPath, unknown>();
  const impossible: string[] = [];
  for (let level: LocalPath[] = [top]; level.length > 0;) {
    const next: LocalPath[] = [];
    await mapBounded(level, signal, async (folder) => {
      const names = await files.list(onDisk(root, folder)).catch((error: unknown) => {
        if (folder === top) throw error;
        failed.set(folder, error);
        return [];
      });
      for (const { name, kind } of names) {
        if (isIgnored(name)) continue;
        if (name.includes('\\')) {
          impossible.push(folder === '' ? name : `${folder}/${name}`);
          continue;
        }
        const path = joinPath(folder, name);
        found.push({ path, kind });
        if (kind === 'folder') next.push(path);
      }
    });
    level = next;
  }
  return { found, failed, impossible };
}

export function onDisk(root: string, path: LocalPath): string {
  return path === '' ? root : join(root, ...path.split('/'));
}

/** Does one thing for each item, some at a time; the answers come in the order of the items. */
export async function mapBounded<Item, Value>(
  items: readonly Item[],
  signal: AbortSignal,
  use: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) {
      signal.throwIfAborted();
      values[index] = await use(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, items.length) }, work));
  return values;
}
