import { dirname, join } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import { temporaryPrefix } from '../../ports/atomic.ts';
import type { Files } from '../../ports/files.ts';
import type { Outside } from '../../ports/outside.ts';

/** A temporary file lives for a moment; what is older was left by a run that died, in milliseconds. */
const shortLife = 60_000;

const isTemporary = (name: string): boolean => name.startsWith(temporaryPrefix) && name.endsWith('.tmp');

/** Removes the temporary files of runs that died. What cannot be removed does no harm and stays. */
export async function removeLeftovers(
  { content, lockFile, stateFolder }: Pick<Config, 'content' | 'lockFile' | 'stateFolder'>,
  { files, clock }: Pick<Outside, 'files' | 'clock'>,
): Promise<void> {
  const before = clock.now() - shortLife;
  await clearFolder(files, dirname(lockFile), before);
  await clearFolder(files, stateFolder, before);
  for (let level = [content]; level.length > 0;) {
    const next = await Promise.all(level.map((folder) => clearFolder(files, folder, before)));
    level = next.flat();
  }
}

/** Resolves with the folders in it, hidden ones left out. */
async function clearFolder(files: Files, folder: string, before: number): Promise<string[]> {
  const names = await files.list(folder).catch(() => []);
  for (const { name, kind } of names) {
    if (kind !== 'file' || !isTemporary(name)) continue;
    try {
      const path = join(folder, name);
      const found = await files.stat(path);
      if (found !== null && found.modifiedAt < before) await files.remove(path);
    } catch {
      // The next run tries again.
    }
  }
  return names
    .filter(({ name, kind }) => kind === 'folder' && !name.startsWith('.') && name !== 'node_modules')
    .map(({ name }) => join(folder, name));
}
