import { relative } from 'node:path';
import { listTrash, restoreFile } from '../../app/restore.ts';
import type { Outside } from '../../ports/outside.ts';
import { safeLine } from '../../report/safe.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export async function restoreCommand(
  path: string | undefined,
  outside: Outside,
  output: Output,
  flags: CommonFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  if (path === undefined) {
    const found = await listTrash(config, outside);
    for (const one of found)
      output.text(
        `${safeLine(one.path)}  ${output.style.dim(`${one.run}  ${safeLine(relative(outside.folder, one.file))}`)}\n`,
      );
    output.text(
      found.length === 0
        ? 'The trash is empty.\n'
        : '\nBring one back with "shelfmark restore PATH". What lies under remote/ was deleted in the help center; it is kept as JSON with its HTML.\n',
    );
    output.json({ version: 1, trash: found });
    return exitCodes.done;
  }
  const restored = await restoreFile(path, config, outside);
  output.text(
    `${output.style.add('✓')} ${safeLine(restored.path)} is back in ${safeLine(config.contentName)}/. The next push brings it to the help center.\n`,
  );
  output.json({ version: 1, restored });
  return exitCodes.done;
}
