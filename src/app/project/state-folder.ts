import { join } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import { ShelfmarkError } from '../../model/error.ts';
import { nodeCode } from '../../ports/node-error.ts';
import type { Outside } from '../../ports/outside.ts';

/** Keeps everything private to this machine out of git, whatever the repository's own rules say, and to its owner. */
export async function ignoreStateFolder({ stateFolder }: Config, { files }: Outside): Promise<void> {
  const file = join(stateFolder, '.gitignore');
  if ((await files.stat(file)) !== null) return;
  try {
    await files.makeFolder(stateFolder, 0o700);
  } catch (cause) {
    const code = nodeCode(cause);
    if (code === null) throw cause;
    throw new ShelfmarkError('STATE_UNWRITABLE', {
      message: `The folder ${stateFolder} cannot be made (${code}), and a run that writes keeps its journal there. Nothing was changed.`,
      hint: 'Give yourself the right to write there, or work in a copy that is yours. "shelfmark plan", "status" and "validate" work without it.',
      cause,
    });
  }
  await files.writeNew(file, new TextEncoder().encode('*\n'), 0o644).catch(() => undefined);
}
