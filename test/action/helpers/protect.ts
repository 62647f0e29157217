import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stage } from './stage.ts';

/** Lets origin run a hook for each branch that the action pushes to; people are not concerned. */
export async function hook(stage: Stage, script: string): Promise<void> {
  const file = join(stage.origin, 'hooks/update');
  await writeFile(file, `#!/bin/sh\n[ -n "$GITHUB_ACTIONS" ] || exit 0\n${script}\n`);
  await chmod(file, 0o755);
}

export const protectMain = (stage: Stage): Promise<void> =>
  hook(
    stage,
    '[ "$1" = refs/heads/main ] || exit 0\necho "error: GH006: Protected branch update failed for refs/heads/main." >&2\nexit 1',
  );
