import type { LocalSide } from '../../engine/ports.ts';
import type { ArticleReading } from '../../local/article-text.ts';
import type { CollectionReading } from '../../local/collection-text.ts';
import type { Layout } from '../../local/layout.ts';
import type { Readings, ScanMemory } from '../../local/scan.ts';
import { digestOf } from '../../local/text-file.ts';
import { mapBounded, onDisk, type Walk } from '../../local/walk.ts';
import type { Config } from '../../config/read-config.ts';
import { ownText, packed } from '../../model/packed.ts';
import type { FileStat } from '../../ports/files.ts';
import { localSideOf } from '../project/deps.ts';
import type { Outside } from '../../ports/outside.ts';

/** The folder for somebody who reads it again and again: what did not change is not read from the disk twice. */
export interface RememberingSide {
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

/** Stamps as young as this say little: the next write may carry the same one; milliseconds. */
const settled = 2000;

/**
 * A file is looked at again this long after it was found as it was written: of two changes that follow each other within
 * 50 ms the system reports one. Milliseconds.
 */
const lookAgain = 150;

export function rememberingSide(config: Config, outside: Outside): RememberingSide {
  const { files, clock } = outside;
  const isSettled = ({ modifiedAt }: FileStat): boolean => Math.abs(clock.now() - modifiedAt) > settled;
  const articles = stamped<ArticleReading>(isSettled, smaller);
  const collections = stamped<CollectionReading>(isSettled);
  const digests = stamped<string>(isSettled);
  const layout = openLayout();
  // What the last run wrote or is about to, by the absolute path; null where it wrote nothing.
  const own = new Map<string, Promise<string | null>>();
  return {
    side() {
      own.clear();
      const plain = localSideOf(config, outside, { articles, collections, layout });
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
        async digest(paths, signal) {
          const found = await mapBounded([...paths], signal, async (path) => {
            const place = onDisk(config.content, path);
            const now = await files.stat(place);
            const known = now === null ? undefined : digests.recall(place, now);
            if (known !== undefined) return [path, known] as const;
            const digest = (await plain.digest(new Set([path]), signal)).get(path) ?? '';
            if (now !== null) digests.keep(place, now, now.size, digest);
            return [path, digest] as const;
          });
          return new Map(found);
        },
      };
    },
    async touched(path) {
      for (const one of [articles, collections, digests]) one.forget(path);
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
  };
}

/** Saving a file changes no name, so what the names mean is mostly known. */
function openLayout(): ScanMemory['layout'] {
  let last: { readonly walk: Walk; readonly layout: Layout } | null = null;
  return (walk, make) => {
    if (last === null || !isSameWalk(last.walk, walk)) last = { walk, layout: make() };
    return last.layout;
  };
}

function isSameWalk(left: Walk, right: Walk): boolean {
  const isPlain = [left, right].every(({ failed, impossible }) => failed.size + impossible.length === 0);
  const isSame = ({ path, kind }: Walk['found'][number], at: number): boolean =>
    right.found[at]?.path === path && right.found[at].kind === kind;
  return isPlain && left.found.length === right.found.length && left.found.every(isSame);
}

/** Nobody looks at most of the texts again. */
function smaller(reading: ArticleReading): ArticleReading {
  if (!reading.ok) return reading;
  const { content } = reading;
  const [title, description] = [ownText(content.title), ownText(content.description)];
  return { ...reading, content: packed({ ...content, title, description }) };
}

/** Readings that count for as long as the stamps of their files are the same. */
function stamped<Reading>(
  isSettled: (found: FileStat) => boolean,
  shrink: (reading: Reading) => Reading = (reading) => reading,
): Readings<Reading> & { forget(path: string): void } {
  const seen = new Map<string, { size: number; modifiedAt: number; reading: Reading }>();
  return {
    recall(path, found) {
      const known = seen.get(path);
      return known !== undefined && known.size === found.size && known.modifiedAt === found.modifiedAt
        ? known.reading
        : undefined;
    },
    keep(path, found, size, full) {
      const { modifiedAt } = found;
      if (!isSettled(found) || size !== found.size) {
        seen.delete(path);
        return full;
      }
      const reading = shrink(full);
      seen.set(path, { size, modifiedAt, reading });
      return reading;
    },
    forget(path) {
      seen.delete(path);
    },
  };
}
