import { relative } from 'node:path';
import { listTrash, restoreFile } from '../../app/restore.ts';
import type { Outside } from '../../ports/outside.ts';
import { safeLine } from '../../report/safe.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig } from './shared.ts';

export interface RestoreFlags extends CommonFlags {
  readonly at?: string;
}

export async function restoreCommand(
  path: string | undefined,
  outside: Outside,
  output: Output,
  flags: RestoreFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  if (path === undefined) {
    const found = await listTrash(config, outside);
    for (const one of found)
      output.text(
        `${safeLine(one.path)}  ${said[one.what]}  ${output.style.dim(`${one.run}  ${safeLine(relative(outside.folder, one.file))}`)}\n`,
      );
    output.text(
      found.length === 0
        ? 'The trash is empty.\n'
        : output.style.said(
            '\nBring the newest copy of a file back with "shelfmark restore PATH", an older one with "--at MOMENT", such as 2026-01-31T09. Copies are kept for 30 days; beyond 100 MB the oldest go first.\n',
          ),
    );
    output.json({ version: 1, trash: found });
    return exitCodes.done;
  }
  const restored = await restoreFile(path, flags.at ?? null, config, outside);
  output.text(
    `${output.style.add('✓')} ${safeLine(restored.path)} is back in ${safeLine(config.contentName)}/ ${back[restored.what]}. The next push brings it to the help center.\n`,
  );
  output.json({ version: 1, restored });
  return exitCodes.done;
}

/** Whose text it is, and what became of it. */
const said = {
  removed: 'your file, removed by a pull',
  replaced: 'your file, before a run wrote into it',
  remote: 'the help center, before a run wrote to it',
} as const;

const back = {
  removed: 'as it was removed',
  replaced: 'as it was before a run wrote into it; what it said until now is in the trash',
  remote: 'as the help center had it; what it said until now is in the trash',
} as const;
