import { setTimeout as sleep } from 'node:timers/promises';
import { isServing, readOwner } from './state/owner.ts';

/** The simulator that serves this state at the moment; null where none does. */
export async function findRunning(
  stateFile: string,
): Promise<{ readonly url: string; readonly site: string; readonly token: string } | null> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const owner = await readOwner(stateFile);
    if (owner === null || !(await isServing(owner))) return null;
    if (owner.token !== '') return { url: owner.url, site: owner.site, token: owner.token };
    // It has only just been started and is still reading its state.
    await sleep(100);
  }
  return null;
}
