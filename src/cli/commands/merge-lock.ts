import { exitCodes } from '../../app/exit-codes.ts';
import { mergeMarked, mergeVersions } from '../../app/merge-lock.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Outside } from '../../ports/outside.ts';
import { safeLine } from '../../report/safe.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';
import { openConfig } from './shared.ts';

export async function mergeLockCommand(
  versions: readonly string[],
  outside: Outside,
  output: Output,
  flags: CommonFlags,
): Promise<number> {
  const [before, ours, theirs] = versions;
  if (before === undefined) {
    const config = await openConfig(outside, flags);
    const isMerged = await mergeMarked(config, outside);
    output.text(
      isMerged
        ? `${output.style.add('✓')} Both versions of ${safeLine(config.lockName)} are merged, row by row. ${output.style.said('Look with "shelfmark plan", then commit.')}\n`
        : `${safeLine(config.lockName)} holds no conflict.\n`,
    );
    output.json({ version: 1, merged: isMerged });
    return exitCodes.done;
  }
  if (ours === undefined || theirs === undefined || versions.length > 3) {
    throw new ShelfmarkError('WRONG_USAGE', {
      kind: 'usage',
      message: 'As a merge driver it takes three files. Nothing was changed.',
      hint: 'Call it without any, or as git does: shelfmark merge-lock %O %A %B.',
    });
  }
  await mergeVersions({ before, ours, theirs }, outside);
  output.json({ version: 1, merged: true });
  return exitCodes.done;
}
