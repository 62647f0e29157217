import type { LocalSide } from '../../engine/ports.ts';
import type { Classified } from '../../local/classify.ts';
import type { ScanMemory } from '../../local/scan.ts';
import { digestOf } from '../../local/text-file.ts';
import { onDisk, type Walk } from '../../local/walk.ts';
import type { Config } from '../../config/read-config.ts';
import { localSideOf } from '../project/deps.ts';
import { indexOf } from '../project/indexed-side.ts';
import type { Outside } from '../../ports/outside.ts';

/**
 * The folder for somebody who reads it again and again: what did not change is not read from the disk twice. Disposing of
 * it remembers for the next command what was read.
 */
export interface RememberingSide extends AsyncDisposable {
  /** A side for one run. */
  side(): LocalSide;
  /**
   * Forgets what a file said that was touched, whatever its stamps say. False where it says, byte for byte, what the
   * last run wrote into it: that is no news.
   *
   * @param path absolute
   */
  touched(path: string): Promise<boolean>;
}

/**
 * A file is looked at again this long after it was found as it was written: of two changes that follow each other within
 * 50 ms the system reports one. Milliseconds.
 */
const lookAgain = 150;

export function rememberingSide(config: Config, outside: Outside): RememberingSide {
  const { files, clock } = outside;
  const index = indexOf(config, outside);
  const classified = openClassified();
  // What the last run wrote or is about to, by the absolute path; null where it wrote nothing.
  const own = new Map<string, Promise<string | null>>();
  return {
    side() {
      own.clear();
      const plain = localSideOf(config, outside, { ...index, classified });
      return {
        ...plain,
        async carryOut(step) {
          const doing = plain.carryOut(step);
          const written = doing.then((done) => (done.status === 'done' ? done.digest : null));
          // Noted at once: the event may come before the write is done.
          own.set(
            onDisk(config.content, step.path),
            written.catch(() => null),
          );
          return doing;
        },
        async read(signal) {
          await index.load();
          return plain.read(signal);
        },
      };
    },
    async touched(path) {
      index.forget(path);
      const writing = own.get(path);
      const written = (await writing) ?? null;
      if (writing === undefined || written === null) return true;
      const isOwn = async (): Promise<boolean> => {
        const found = await files.read(path).catch(() => null);
        return found !== null && digestOf(found) === written;
      };
      if (await isOwn()) {
        await clock.sleep(lookAgain, outside.signal).catch(() => undefined);
        if (await isOwn()) return false;
      }
      // Should it come back to what it was, then that is news as well.
      if (own.get(path) === writing) own.delete(path);
      return true;
    },
    [Symbol.asyncDispose]: () => index.save(),
  };
}

/** Saving a file changes no name, so what the names mean is mostly known. */
function openClassified(): NonNullable<ScanMemory['classified']> {
  let last: { readonly walk: Walk; readonly classified: Classified } | null = null;
  return (walk, make) => {
    if (last === null || !isSameWalk(last.walk, walk)) last = { walk, classified: make() };
    return last.classified;
  };
}

function isSameWalk(left: Walk, right: Walk): boolean {
  const isPlain = [left, right].every(({ failed, impossible }) => failed.size + impossible.length === 0);
  const isSame = ({ path, kind }: Walk['found'][number], at: number): boolean =>
    right.found[at]?.path === path && right.found[at].kind === kind;
  return isPlain && left.found.length === right.found.length && left.found.every(isSame);
}
