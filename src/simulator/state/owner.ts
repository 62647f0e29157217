import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ShelfmarkError } from '../../model/error.ts';

/** Who serves a state: written beside the state file while a simulator runs on it. */
const OwnerSchema = z.object({
  pid: z.int(),
  /** On this machine: the file may have come with a repository, and the content goes to where it says. */
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d{1,5}$/),
  site: z.string(),
  token: z.string(),
  /** Tells this run of a simulator from any other one that may answer at the same address. */
  run: z.string(),
});

export type Owner = z.infer<typeof OwnerSchema>;

/** How long a simulator may take to say that it is there, in milliseconds. */
const patience = 2000;

/** Claims a state; null when a live simulator has it. The result gives it back. */
export async function claimState(stateFile: string, owner: Owner): Promise<(() => Promise<void>) | null> {
  const file = ownerFile(stateFile);
  await makeFolder(stateFile);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await writeNew(file, JSON.stringify(owner), owner.run)) {
      return () => release(stateFile, owner);
    }
    const found = await readOwner(stateFile);
    if (found !== null && (await isServing(found))) return null;
    await removeStale(file, found, owner);
  }
  return null;
}

/** Says under which address and token the claimed state is served. */
export async function confirmState(stateFile: string, owner: Owner): Promise<void> {
  const temporary = `${ownerFile(stateFile)}.${owner.run}`;
  await writeFile(temporary, JSON.stringify(owner), { mode: 0o600 });
  await rename(temporary, ownerFile(stateFile));
}

/** Whether the claim still holds; of several that took a dead simulator's place at once, one keeps it. */
export async function holdsState(stateFile: string, run: string): Promise<boolean> {
  return (await readOwner(stateFile))?.run === run;
}

async function release(stateFile: string, owner: Owner): Promise<void> {
  const found = await readOwner(stateFile);
  if (found?.run === owner.run) await rm(ownerFile(stateFile), { force: true });
}

/**
 * Takes a dead simulator's file out of the way. It is moved aside and checked again, since another starter may
 * have put its own there in the meantime; that one is put back.
 */
async function removeStale(file: string, stale: Owner | null, owner: Owner): Promise<void> {
  const aside = `${file}.${owner.run}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = parseOwner(await readFile(aside, 'utf8').catch(() => ''));
  if (moved?.run === stale?.run) await rm(aside, { force: true });
  else await rename(aside, file);
}

/** Whether that very simulator answers. */
export async function isServing(owner: Owner): Promise<boolean> {
  try {
    const reply = await fetch(`${owner.url}/_operator/alive`, { signal: AbortSignal.timeout(patience) });
    const said: unknown = await reply.json();
    return typeof said === 'object' && said !== null && 'run' in said && said.run === owner.run;
  } catch {
    return false;
  }
}

/** Who wrote itself down as serving a state, dead or alive. */
export async function readOwner(stateFile: string): Promise<Owner | null> {
  return parseOwner(await readFile(ownerFile(stateFile), 'utf8').catch(() => ''));
}

function parseOwner(text: string): Owner | null {
  try {
    return OwnerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Puts a file there in one step, so that nobody reads half of it; false when there is one already. */
async function writeNew(file: string, text: string, run: string): Promise<boolean> {
  const temporary = `${file}.${run}.new`;
  await writeFile(temporary, text, { mode: 0o600 });
  try {
    await link(temporary, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function makeFolder(stateFile: string): Promise<void> {
  try {
    await mkdir(dirname(stateFile), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ShelfmarkError('SIMULATOR_STATE_FOLDER', {
      message: `The folder for the state file of the simulator, ${dirname(stateFile)}, cannot be made. Nothing was started.`,
      hint: 'Name another file, or make room for that folder.',
      cause,
    });
  }
}

function ownerFile(stateFile: string): string {
  return `${stateFile}.owner`;
}
