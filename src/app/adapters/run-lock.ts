import { nodeCode } from '../../ports/node-error.ts';
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import * as z from 'zod';
import { ShelfmarkError } from '../../model/error.ts';
import { replaceFile } from '../../ports/atomic.ts';
import type { Outside } from '../../ports/outside.ts';

const owner = z.object({
  process: z.number(),
  host: z.string().max(255).optional(),
  place: z.string().max(255).optional(),
  since: z.number(),
  beat: z.number().optional(),
});

/** A lock without a readable owner that is younger than this is one that is being written, in milliseconds. */
const writingTime = 10_000;

/** How often a run says in its lock that it is still at work, in milliseconds. */
export const beatEvery = 10_000;

/** A run elsewhere that has said nothing for this long may be dead, in milliseconds. It is watched before that counts. */
const silence = 120_000;

/** How long it is watched: two beats and a half, so that no clock but our own has to be right. */
const watchFor = 2.5 * beatEvery;

/** Nobody takes longer than this to clear away the lock of a dead run. */
const clearingTime = 60_000;

/** The one place there is for a run that writes. */
export interface RunLock extends AsyncDisposable {
  /** Aborts where another run has taken the place, such as after this machine slept: nothing more may be written then. */
  readonly lost: AbortSignal;
}

/**
 * Takes the one place there is in a folder for a run that writes, and gives it back when disposed of. A run that died
 * without doing so is recognised by its process; where that cannot be seen, as in another container, by its silence.
 * Throws a ShelfmarkError `ALREADY_RUNNING`.
 *
 * @param onWait called before a silent run is watched, with milliseconds
 */
export async function takeRunLock(
  file: string,
  outside: Outside,
  onWait: (milliseconds: number) => void = () => undefined,
): Promise<RunLock> {
  const { files, clock } = outside;
  const { id, host, place } = outside.process;
  const since = clock.now();
  const textAt = (beat: number): string => `${JSON.stringify({ process: id, host, place, since, beat })}\n`;
  const text = textAt(since);
  for (let tries = 0; ; tries += 1) {
    try {
      await files.makeFolder(dirname(file));
      await files.writeNew(file, new TextEncoder().encode(text), 0o600);
      return holdLock(file, text, textAt, outside);
    } catch (error) {
      const code = nodeCode(error);
      if (code === null) throw error;
      if (code !== 'EEXIST') throw lockFailed(file, code, error);
    }
    const found = await readLock(file, outside);
    if (found === null) continue;
    if (tries >= 4 || isHeld(found, outside)) throw alreadyRunning(file, found.owner, host);
    if (found.owner !== null && found.owner.place !== place) {
      onWait(watchFor);
      await clock.sleep(watchFor, outside.signal);
      const later = await readLock(file, outside);
      if (later === null) continue;
      if (later.text !== found.text) throw alreadyRunning(file, later.owner, host);
    }
    if (!(await clearAway(file, found.text, outside))) throw alreadyRunning(file, found.owner, host);
  }
}

interface Lock {
  readonly text: string;
  /** Null where it does not say. */
  readonly owner: z.infer<typeof owner> | null;
  /** Milliseconds since it was written. */
  readonly age: number;
}

function isHeld(lock: Lock, { process, clock }: Outside): boolean {
  const { owner: by, age } = lock;
  if (by === null) return age < writingTime;
  if (by.place === process.place) return by.process !== process.id && process.isAlive(by.process, by.since);
  return Math.abs(clock.now() - (by.beat ?? by.since)) < silence;
}

/** Says from time to time that the run is still at work, for those who cannot see its process. */
function holdLock(file: string, taken: string, textAt: (beat: number) => string, outside: Outside): RunLock {
  const { files, clock, chance } = outside;
  const lost = new AbortController();
  const done = new AbortController();
  let text = taken;
  const beat = async (): Promise<void> => {
    const found = await readLock(file, outside);
    if (done.signal.aborted) return;
    if (found !== null && found.text !== text) {
      lost.abort(new DOMException('Another run has taken over', 'AbortError'));
      return;
    }
    const next = textAt(clock.now());
    await replaceFile(files, file, new TextEncoder().encode(next), { chance, mode: 0o600 });
    text = next;
  };
  const beating = (async () => {
    while (!lost.signal.aborted) {
      try {
        await clock.sleep(beatEvery, done.signal);
      } catch {
        return;
      }
      // A beat that fails, as on a full disk, is made up for by the next.
      await beat().catch(() => undefined);
    }
  })();
  return {
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      done.abort();
      await beating;
      await giveBack(file, text, outside);
    },
  };
}

/**
 * Removes the lock of a dead run. Of several who found it dead only the one with the claim may do so: another could
 * otherwise remove the lock that the first has just taken.
 */
async function clearAway(file: string, dead: string, outside: Outside): Promise<boolean> {
  const { files } = outside;
  const claim = `${file}.${createHash('sha256').update(dead).digest('hex').slice(0, 12)}`;
  try {
    await files.writeNew(claim, new Uint8Array(), 0o600);
  } catch (error) {
    const code = nodeCode(error);
    if (code === null) throw error;
    if (code !== 'EEXIST') throw lockFailed(file, code, error);
    const other = await readLock(claim, outside);
    if (other === null || other.age < clearingTime) return false;
    await files.remove(claim).catch(() => undefined);
    return true;
  }
  try {
    const found = await readLock(file, outside);
    if (found?.text === dead) await files.remove(file);
    return true;
  } catch (error) {
    const code = nodeCode(error);
    throw code === null ? error : lockFailed(file, code, error);
  } finally {
    await files.remove(claim).catch(() => undefined);
  }
}

/** Removes the lock if it is still the one that was taken. One that stays behind is recognised as dead. */
async function giveBack(file: string, text: string, outside: Outside): Promise<void> {
  try {
    const found = await readLock(file, outside);
    if (found?.text === text) await outside.files.remove(file);
  } catch {
    // What the run did stays, and is reported.
  }
}

/** Null where there is none. */
async function readLock(file: string, { files, clock }: Outside): Promise<Lock | null> {
  try {
    const text = new TextDecoder().decode(await files.read(file));
    const found = await files.stat(file);
    const age = clock.now() - (found?.modifiedAt ?? 0);
    return { text, owner: readOwner(text), age };
  } catch (error) {
    const code = nodeCode(error);
    if (code === 'ENOENT') return null;
    throw code === null ? error : lockFailed(file, code, error);
  }
}

function readOwner(text: string): z.infer<typeof owner> | null {
  try {
    const parsed = owner.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function lockFailed(file: string, code: string, cause: unknown): ShelfmarkError {
  return new ShelfmarkError('RUN_LOCK_FAILED', {
    message: `The file that keeps a second run out, ${file}, could not be written (${code}). Nothing was changed.`,
    hint: ['EACCES', 'EPERM', 'EROFS'].includes(code)
      ? 'Give yourself the right to write there, or work in a copy that is yours. "shelfmark plan", "status" and "validate" work without it.'
      : 'Check free space, and that it is a plain file; then run the command again.',
    cause,
  });
}

function alreadyRunning(file: string, by: z.infer<typeof owner> | null, here: string): ShelfmarkError {
  const isElsewhere = by?.host !== undefined && by.host !== here;
  const who = by === null ? '' : ` (process ${by.process}${isElsewhere ? ` on ${by.host}` : ''})`;
  return new ShelfmarkError('ALREADY_RUNNING', {
    message: `Another run is at work in this folder${who}. Nothing was changed.`,
    hint: `Wait until it has ended, then run the command again. Where there is no such run any more, its mark (${file}) counts for nothing after two minutes of silence.`,
  });
}
