import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files below a folder; null removes one. */
export async function changeFiles(
  folder: string,
  changes: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [name, text] of Object.entries(changes)) {
    const path = join(folder, name);
    if (text === null) await rm(path, { recursive: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }
}
