import { dirname } from 'node:path';
import { z } from 'zod';
import { ShelfmarkError } from '../model/error.ts';
import type { Outside } from './world.ts';

const owner = z.object({ process: z.number(), since: z.number() });

/**
 * Takes the one place there is for a run that writes, and gives it back when disposed of. A run that died without
 * doing so is recognised by its process. Throws a ShelfmarkError `ALREADY_RUNNING`.
 */
export async function takeRunLock(file: string, outside: Outside): Promise<AsyncDisposable> {
  const { files, clock } = outside;
  const content = new TextEncoder().encode(
    `${JSON.stringify({ process: outside.process.id, since: clock.now() })}\n`,
  );
  await files.makeFolder(dirname(file));
  for (let tries = 0; ; tries += 1) {
    try {
      await files.writeNew(file, content, 0o600);
      return { [Symbol.asyncDispose]: () => files.remove(file) };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken) throw error;
      const found = await readOwner(file, outside);
      const isAlive =
        found !== null && found.process !== outside.process.id && outside.process.isAlive(found.process);
      if (isAlive || tries >= 2) throw alreadyRunning(file, found?.process ?? null);
      // Its owner is gone; whoever makes the file next has the place.
      await files.remove(file);
    }
  }
}

async function readOwner(file: string, { files }: Outside): Promise<z.infer<typeof owner> | null> {
  try {
    const parsed = owner.safeParse(JSON.parse(new TextDecoder().decode(await files.read(file))));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function alreadyRunning(file: string, process: number | null): ShelfmarkError {
  return new ShelfmarkError('ALREADY_RUNNING', {
    message: `Another run is at work in this folder${process === null ? '' : ` (process ${process})`}. Nothing was changed.`,
    hint: `Wait until it has ended. If there is none, remove ${file}.`,
  });
}
