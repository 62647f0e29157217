import type { LocalSide } from '../engine/ports.ts';
import type { ArticleReading } from '../local/article-text.ts';
import type { CollectionReading } from '../local/collection-text.ts';
import type { Readings } from '../local/scan.ts';
import { mapBounded, onDisk } from '../local/walk.ts';
import type { Config } from '../config/read-config.ts';
import { ownText, packed } from '../model/packed.ts';
import type { FileStat } from '../ports/files.ts';
import { localSideOf } from './deps.ts';
import type { Outside } from './world.ts';

/** The folder for somebody who reads it again and again: what did not change is not read from the disk twice. */
export interface RememberingSide {
  /** A side for one run. */
  side(): LocalSide;
  /** Forgets a file that was touched, whatever its stamps say; absolute. */
  forget(path: string): void;
}

/** Stamps as young as this say little: the next write may carry the same one; milliseconds. */
const settled = 2000;

export function rememberingSide(config: Config, outside: Outside): RememberingSide {
  const { files, clock } = outside;
  const isSettled = ({ modifiedAt }: FileStat): boolean => Math.abs(clock.now() - modifiedAt) > settled;
  const articles = stamped<ArticleReading>(isSettled, smaller);
  const collections = stamped<CollectionReading>(isSettled);
  const digests = stamped<string>(isSettled);
  return {
    side() {
      const plain = localSideOf(config, outside, { articles, collections });
      return {
        ...plain,
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
    forget(path) {
      for (const one of [articles, collections, digests]) one.forget(path);
    },
  };
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
