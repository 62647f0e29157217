import { join } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import type { Files } from '../../ports/files.ts';
import type { GitWork } from '../git/git.ts';

/**
 * Takes out of the project's private folder what must not count. That is what a run leaves to keep others out, since a
 * workspace belongs to one job; and all of it where a commit holds any of it: a journal that comes with a repository
 * could say which article is which, and nobody who reviews a lock file would see it.
 *
 * Call it each time that another commit was checked out.
 */
export async function clearPrivateFolder(
  { config, git }: { readonly config: Pick<Config, 'stateFolder'>; readonly git: Pick<GitWork, 'tracked'> },
  files: Files,
  tell: (text: string) => void,
): Promise<void> {
  const { stateFolder } = config;
  if ((await files.stat(stateFolder))?.kind !== 'folder') return;
  // Where names differ in more than capitals, other files have them.
  const committed = (await git.tracked()).filter((path) => /^\.shelfmark(?:\/|$)/i.test(path));
  if (committed.length > 0) {
    tell(
      'The repository holds files of .shelfmark, which is private to one machine: they count for nothing.',
    );
    await clear(stateFolder, files);
    return;
  }
  for (const { name, kind } of await files.list(stateFolder))
    if (kind === 'file' && /^run\b.*\.lock/.test(name)) await files.remove(join(stateFolder, name));
}

/** Links are removed and never followed. */
async function clear(folder: string, files: Files): Promise<void> {
  for (const { name, kind } of await files.list(folder)) {
    const path = join(folder, name);
    if (kind !== 'folder') await files.remove(path);
    else {
      await clear(path, files);
      await files.removeFolder(path);
    }
  }
}
