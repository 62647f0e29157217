import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ShelfmarkError } from '../../model/error.ts';
import type { Change } from './entities.ts';
import { replay } from './replay.ts';
import { ChangesSchema, JournalHeadSchema, SnapshotSchema } from './state-schema.ts';
import type { WorldContent } from './world.ts';

/** Bytes from which on a journal is folded into the state file, unless the state file is larger. */
const largeJournal = 4_000_000;

/** Where the state is kept. */
export interface Store {
  /** Resolves when the changes will survive the end of this process. */
  save(changes: readonly Change[]): Promise<void>;
  /** Writes everything into one file and lets go of it. */
  close(): Promise<void>;
}

/** For a simulator without a state file. */
export const forgetfulStore: Store = {
  save: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** Reads a state file with its journal; null where there is none yet. */
export async function readState(file: string): Promise<{ content: WorldContent; generation: number } | null> {
  const text = await readText(file);
  if (text === null) return null;
  try {
    const snapshot = SnapshotSchema.parse(JSON.parse(text));
    const changes = readJournal((await readText(journalOf(file))) ?? '', snapshot.generation);
    return { content: replay(snapshot.content, changes), generation: snapshot.generation };
  } catch (cause) {
    throw new ShelfmarkError('SIMULATOR_STATE_UNREADABLE', {
      message: `The state file of the simulator, ${file}, cannot be read. Nothing was changed.`,
      hint: `Restore it from a copy, or remove it together with ${journalOf(file)} to start with an empty help center.`,
      cause,
    });
  }
}

/**
 * Keeps a state as a file and a journal beside it: a write only adds a line to the journal, which is folded into
 * the file at the start, at the end and whenever it has grown large.
 */
export async function openStore(
  file: string,
  generation: number,
  content: () => WorldContent,
): Promise<Store> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const store = new JournalStore(file, generation, content);
  await store.fold();
  return store;
}

class JournalStore implements Store {
  readonly #file: string;
  readonly #content: () => WorldContent;
  #generation: number;
  #journal: FileHandle | null = null;
  #journalBytes = 0;
  #fileBytes = 0;
  #lines: string[] = [];
  /** The write under way, and the one that will carry the lines collected meanwhile. */
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(file: string, generation: number, content: () => WorldContent) {
    this.#file = file;
    this.#generation = generation;
    this.#content = content;
  }

  save(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return this.#next ?? this.#writing.catch(() => undefined);
    this.#lines.push(`${JSON.stringify(changes)}\n`);
    this.#next ??= this.#afterWriting(() => this.#write());
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => null);
    await this.#next?.catch(() => null);
    await this.fold();
    await this.#journal?.close();
    this.#journal = null;
  }

  /** Writes the whole state and begins an empty journal. A crash in between leaves a journal of the past, which is passed over. */
  async fold(): Promise<void> {
    const generation = this.#generation + 1;
    const before = this.#journal;
    this.#journal = null;
    this.#lines = [];
    const text = JSON.stringify({
      format: 'shelfmark-simulator',
      version: 1,
      generation,
      content: this.#content(),
    });
    await writeWhole(this.#file, `${text}\n`);
    this.#generation = generation;
    await before?.close();
    const head = `${JSON.stringify({ generation })}\n`;
    await writeWhole(journalOf(this.#file), head);
    this.#journal = await open(journalOf(this.#file), 'a');
    this.#journalBytes = head.length;
    this.#fileBytes = text.length;
  }

  #afterWriting(step: () => Promise<void>): Promise<void> {
    const ready = this.#writing.catch(() => null);
    const done = ready.then(async () => {
      this.#next = null;
      await step();
    });
    this.#writing = done;
    // Whoever saved sees the failure; the next write must not.
    done.catch(() => null);
    return done;
  }

  async #write(): Promise<void> {
    const large = this.#journalBytes > Math.max(largeJournal, this.#fileBytes);
    if (this.#journal === null || large) {
      await this.fold();
      return;
    }
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    try {
      await this.#journal.appendFile(bytes);
      this.#journalBytes += bytes.length;
    } catch (error) {
      // The last line may be torn now: nothing may come after it in this journal.
      await this.#journal.close().catch(() => null);
      this.#journal = null;
      throw error;
    }
  }
}

/** Changes that came after the state file was written; a last line that was torn by a crash is left out. */
function readJournal(text: string, generation: number): Change[] {
  const [head, ...lines] = text.split('\n');
  if (head === undefined || head === '' || lines.length === 0) return [];
  if (JournalHeadSchema.parse(JSON.parse(head)).generation !== generation) return [];
  return lines.slice(0, -1).flatMap((line) => ChangesSchema.parse(JSON.parse(line)));
}

/** A file is either the old one or the new one, whatever happens meanwhile. It holds a token: for the owner only. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.tmp`;
  // What a crash left, or what somebody put there to be written through, goes first.
  await rm(temporary, { force: true });
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function journalOf(file: string): string {
  return `${file}.journal`;
}
