import type { LocalSide } from '../../engine/ports.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import type { Files } from '../../ports/files.ts';

/** The folder as it was read before this run was the only one. */
export interface ReadAhead {
  readonly snapshot: LocalSnapshot;
  /**
   * Called once this run is the only one: a side that need not read the folder again, unless another run has ended in
   * between. What that one wrote would look as if somebody had taken it back.
   */
  side(): Promise<LocalSide>;
}

/** @param books the files that every run which changes the folder changes too, absolute */
export async function readAhead(
  local: LocalSide,
  books: readonly string[],
  files: Files,
  signal: AbortSignal,
): Promise<ReadAhead> {
  const before = await Promise.all(books.map((file) => textOf(files, file)));
  const snapshot = await local.read(signal);
  return {
    snapshot,
    async side() {
      const now = await Promise.all(books.map((file) => textOf(files, file)));
      return now.every((text, index) => text === before[index]) ? readFirst(local, snapshot) : local;
    },
  };
}

/** A side whose first reading has been made already. */
function readFirst(side: LocalSide, snapshot: LocalSnapshot): LocalSide {
  let first: LocalSnapshot | null = snapshot;
  return {
    ...side,
    async read(signal) {
      const known = first;
      first = null;
      return known ?? side.read(signal);
    },
  };
}

/** Null for a file that is not there or cannot be read: whoever needs it says so. */
async function textOf(files: Files, file: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await files.read(file));
  } catch {
    return null;
  }
}
