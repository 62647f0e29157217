import { nodeCode } from '../ports/node-error.ts';
import { dirname } from 'node:path';
import type { Base, BaseEntry } from '../model/base.ts';
import { emptyBase } from '../model/base.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { EntryKey } from '../model/identity.ts';
import { replaceFile } from '../ports/atomic.ts';
import type { Chance } from '../ports/chance.ts';
import type { Files } from '../ports/files.ts';
import { parseBase, printBase, type RowMemory } from './codec.ts';
import { parseNote, printNote } from './note-codec.ts';
import type { BaseNote, OpenIntent, OpenMove, OpenRemoval } from './notes.ts';

export interface BaseStore {
  /** The lock file with the notes of a run that was cut off; creates without a known end besides. */
  read(): Promise<{
    readonly base: Base;
    /** What of it the lock file says, and what the run noted after that: its rows count only where the files show them. */
    readonly lock?: Base;
    readonly notes?: readonly BaseNote[];
    readonly intents: readonly OpenIntent[];
    readonly moves?: readonly OpenMove[];
    readonly removals?: readonly OpenRemoval[];
  }>;
  /**
   * What the lock file of the last commit says. Null where there is none, or where lock file and journal say nothing
   * beyond it, unless that is wanted as well.
   */
  readCommitted?(isSameWanted?: boolean): Promise<Base | null>;
  /** What the lock files of the other targets of the folder say, and their journals; those that cannot be read say nothing. */
  readElsewhere?(): Promise<readonly BaseEntry[]>;
  /** Adds to the journal, flushed to the disk before it resolves. */
  note(notes: readonly BaseNote[]): Promise<void>;
  /**
   * Replaces the lock file where its content changed, then empties the journal but for what is still open. `moved`:
   * somebody changed the lock file since it was read, such as git with another branch. Then it is left as it is, and
   * so is the journal, which knows all that the run did.
   */
  write(
    base: Base,
    intents: readonly OpenIntent[],
    removals?: readonly OpenRemoval[],
  ): Promise<'written' | 'unchanged' | 'moved'>;
}

export interface BaseStoreOptions {
  /** The lock file, absolute, and how messages name it. */
  readonly lockFile: string;
  readonly lockName: string;
  /** The journal, absolute; private to this machine. */
  readonly journal: string;
  readonly chance: Chance;
  /** For a lock file that is read again and again. */
  readonly memory?: RowMemory;
  /** The lock file as the last commit has it; null where it has none. */
  readonly committed?: () => Promise<string | null>;
  /** Of the other targets, absolute. */
  readonly others?: readonly Pick<BaseStoreOptions, 'lockFile' | 'journal'>[];
}

export function openBaseStore(files: Files, options: BaseStoreOptions): BaseStore {
  const { lockFile, lockName, journal, chance, memory } = options;
  // What a crash tore off must not be before the first line of this run.
  let isTailWhole = false;
  let last: Promise<void> = Promise.resolve();
  /** The lock file as it was read; undefined before that. */
  let seen: string | null | undefined;
  const mendTail = async (): Promise<void> => {
    const text = await readText(files, journal, 'the journal');
    if (text === null || text === '') return files.makeFolder(dirname(journal));
    if (text.endsWith('\n')) return;
    const notes = parseJournal(text, journal);
    await replaceFile(files, journal, encode(printNotes(notes)), { chance, mode: 0o600 });
  };
  return {
    async read() {
      const text = await readText(files, lockFile, lockName);
      seen = text;
      const base = text === null ? emptyBase : parseBase(text, lockName, memory);
      const notes = parseJournal(await readText(files, journal, 'the journal'), journal);
      const moves = notes.flatMap((note) => (note.note === 'moving' ? note.moves : []));
      const removals = notes.filter((note) => note.note === 'removing');
      return {
        base: applyNotes(base, notes),
        lock: base,
        notes,
        intents: openIntents(notes),
        moves,
        removals,
      };
    },
    async readCommitted(isSameWanted = false) {
      const [text, now, notes] = await Promise.all([
        options.committed?.() ?? null,
        readText(files, lockFile, lockName),
        readText(files, journal, 'the journal'),
      ]);
      // The journal is ahead of the lock file, as where git put that back during a run.
      const isAhead = notes !== null && notes !== '';
      if (text === null || (text === now && !isAhead && !isSameWanted)) return null;
      try {
        return parseBase(text, lockName);
      } catch {
        // Of another version, or in conflict: it is of no use here.
        return null;
      }
    },
    async readElsewhere() {
      const found = await Promise.all((options.others ?? []).map((one) => rowsOf(files, one)));
      return found.flat();
    },
    async note(notes) {
      if (notes.length === 0) return;
      // One after the other: what a failure takes back of one record must not be a part of the next.
      const turn = last.then(() =>
        tellingFailures(journalFailed, async () => {
          if (!isTailWhole) await mendTail();
          isTailWhole = false;
          await files.append(journal, encode(printNotes(notes)));
          isTailWhole = true;
        }),
      );
      last = turn.catch(() => undefined);
      await turn;
    },
    async write(base, intents, removals = []) {
      const text = printBase(base);
      const before = await readText(files, lockFile, lockName);
      // Read by nobody in this run: then it is as good as the one that is there.
      const expected = seen === undefined ? before : seen;
      if (before !== expected) return 'moved';
      const isChanged = text !== '' && text !== before;
      let isMoved = false;
      await tellingFailures(lockFailed(lockName), async () => {
        if (isChanged) {
          await files.makeFolder(dirname(lockFile));
          const written = await replaceFile(files, lockFile, encode(text), {
            chance,
            mode: 0o644,
            isExpected: (bytes) => (bytes === null ? null : new TextDecoder().decode(bytes)) === expected,
          });
          isMoved = written === 'stale';
          if (isMoved) return;
          seen = text;
        }
        // Only now: until the lock file is written, only the journal knows.
        if (intents.length + removals.length > 0) {
          const kept: BaseNote[] = [
            ...removals.map((removal) => ({ note: 'removing', ...removal }) as const),
            ...intents.map((intent) => ({ note: 'intent', ...intent }) as const),
          ];
          const notes = printNotes(kept);
          if (notes === (await readText(files, journal, 'the journal'))) return;
          await files.makeFolder(dirname(journal));
          await replaceFile(files, journal, encode(notes), { chance, mode: 0o600 });
        } else if ((await files.stat(journal)) !== null) {
          await files.remove(journal);
          // Else a power loss could bring it back after another lock file was checked out.
          await files.syncFolder(dirname(journal));
        }
      });
      return isMoved ? 'moved' : isChanged ? 'written' : 'unchanged';
    },
  };
}

/** Turns what the disk says into a sentence for people. */
async function tellingFailures(
  failure: (code: string, cause: unknown) => ShelfmarkError,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    const code = nodeCode(error);
    if (code === null) throw error;
    throw failure(code, error);
  }
}

const journalFailed = (code: string, cause: unknown): ShelfmarkError =>
  new ShelfmarkError('JOURNAL_UNWRITABLE', {
    message: `The journal in .shelfmark could not be written (${code}), so nothing more was done. What was done until then is found again by the next run.`,
    hint: 'Check free space and permissions, then run the command again.',
    cause,
  });

const lockFailed =
  (lockName: string) =>
  (code: string, cause: unknown): ShelfmarkError =>
    new ShelfmarkError('LOCK_UNWRITABLE', {
      message: `${lockName} could not be written (${code}). What this run did is kept in the journal in .shelfmark and counts with the next run.`,
      hint: 'Check free space and permissions, then run the command again.',
      cause,
    });

/** The base after notes, later ones standing over earlier ones. */
export function applyNotes(base: Base, notes: readonly BaseNote[]): Base {
  const rows = new Map(base.entries.map((row) => [`${row.kind} ${row.id}`, row]));
  const images = new Map(base.images.map((image) => [image.address, image]));
  let pinned = base.pinned;
  for (const note of notes) {
    switch (note.note) {
      case 'row':
        rows.set(`${note.row.kind} ${note.row.id}`, note.row);
        break;
      case 'drop':
        rows.delete(`${note.kind} ${note.id}`);
        break;
      case 'image':
        images.set(note.image.address, note.image);
        break;
      case 'pinned':
        pinned = note.pinned;
        break;
      case 'moving':
      case 'removing':
      case 'intent':
      case 'ended':
        break;
    }
  }
  return { pinned, entries: [...rows.values()], images: [...images.values()] };
}

function openIntents(notes: readonly BaseNote[]): readonly OpenIntent[] {
  const open = new Map<EntryKey, OpenIntent>();
  for (const note of notes) {
    if (note.note === 'intent') {
      const { note: _, ...intent } = note;
      open.set(note.key, intent);
    }
    if (note.note === 'ended') open.delete(note.key);
  }
  return [...open.values()];
}

const printNotes = (notes: readonly BaseNote[]): string => notes.map(printNote).join('');

function parseJournal(text: string | null, file: string): readonly BaseNote[] {
  if (text === null) return [];
  const lines = text.split('\n');
  // A line that a crash tore off has no line end, so it is the one after the last.
  const torn = lines.pop() ?? '';
  const notes = lines.filter((line) => line !== '').map((line) => parseNote(line));
  if (notes.includes(null)) {
    throw new ShelfmarkError('JOURNAL_UNREADABLE', {
      message: `The journal of an earlier run, ${file}, is damaged. Nothing was changed.`,
      hint: 'Move that file away and run "shelfmark plan": what the earlier run did is found and linked again.',
    });
  }
  const last = torn === '' ? null : parseNote(torn);
  return [...notes, last].filter((note): note is BaseNote => note !== null);
}

async function readText(files: Files, path: string, shown: string): Promise<string | null> {
  let bytes: Uint8Array;
  try {
    bytes = await files.read(path);
  } catch (error) {
    const code = nodeCode(error);
    if (code === 'ENOENT') return null;
    throw new ShelfmarkError('BASE_UNREADABLE', {
      message: `${shown} cannot be read (${code ?? 'unknown'}). Nothing was changed.`,
      hint: 'Check that it is a plain file that you may read.',
      cause: error,
    });
  }
  return new TextDecoder().decode(bytes);
}

/** What somebody else's lock file says with its journal, where it tells of anything that was replaced. */
async function rowsOf(
  files: Files,
  { lockFile, journal }: Pick<BaseStoreOptions, 'lockFile' | 'journal'>,
): Promise<readonly BaseEntry[]> {
  try {
    const [lock, notes] = await Promise.all([
      readText(files, lockFile, lockFile),
      readText(files, journal, journal),
    ]);
    if (![lock, notes].some((text) => text?.includes('"was":') === true)) return [];
    const base = lock === null ? emptyBase : parseBase(lock, lockFile);
    return applyNotes(base, parseJournal(notes, journal)).entries;
  } catch {
    // It is reported by the runs of that target.
    return [];
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
