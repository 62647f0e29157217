import type { LocalSide } from '../engine/ports.ts';
import { mapBounded, onDisk } from '../local/walk.ts';
import type { Config } from '../config/read-config.ts';
import type { FileStat, Files } from '../ports/files.ts';
import { localSideOf } from './deps.ts';
import type { Outside } from './world.ts';

/** The folder for somebody who reads it again and again: what did not change is not read from the disk twice. */
export interface RememberingSide {
  /** A side for one run. */
  side(): LocalSide;
  /** Forgets a file that was touched, whatever its stamps say; absolute. */
  forget(path: string): void;
}

interface Seen {
  readonly size: number;
  readonly modifiedAt: number;
  readonly bytes: Uint8Array;
}

/** Stamps as young as this say little: the next write may carry the same one; milliseconds. */
const settled = 2000;

export function rememberingSide(config: Config, outside: Outside): RememberingSide {
  const { files, clock } = outside;
  const seen = new Map<string, Seen>();
  const digests = new Map<
    string,
    { readonly size: number; readonly modifiedAt: number; readonly digest: string }
  >();
  // A scan looks at each file before it reads it; what it saw then decides.
  const looked = new Map<string, FileStat>();
  const remembering: Files = {
    ...files,
    async stat(path) {
      const found = await files.stat(path);
      if (found?.kind === 'file') looked.set(path, found);
      return found;
    },
    async read(path) {
      const now = looked.get(path);
      looked.delete(path);
      const known = seen.get(path);
      if (now !== undefined && known !== undefined && isSame(now, known)) return known.bytes;
      const bytes = await files.read(path);
      seen.delete(path);
      if (now !== undefined && isSettled(now) && now.size === bytes.byteLength)
        seen.set(path, { size: now.size, modifiedAt: now.modifiedAt, bytes });
      return bytes;
    },
  };
  const isSettled = ({ modifiedAt }: FileStat): boolean => Math.abs(clock.now() - modifiedAt) > settled;
  return {
    side() {
      const plain = localSideOf(config, outside);
      const reader = localSideOf(config, { ...outside, files: remembering });
      return {
        ...plain,
        async read(signal) {
          looked.clear();
          return reader.read(signal);
        },
        async digest(paths, signal) {
          const found = await mapBounded([...paths], signal, async (path) => {
            const place = onDisk(config.content, path);
            const now = await files.stat(place);
            const known = digests.get(place);
            if (now !== null && known !== undefined && isSame(now, known))
              return [path, known.digest] as const;
            const digest = (await plain.digest(new Set([path]), signal)).get(path) ?? '';
            if (now !== null && isSettled(now))
              digests.set(place, { size: now.size, modifiedAt: now.modifiedAt, digest });
            return [path, digest] as const;
          });
          return new Map(found);
        },
      };
    },
    forget(path) {
      seen.delete(path);
      digests.delete(path);
    },
  };
}

const isSame = (now: FileStat, known: Pick<FileStat, 'size' | 'modifiedAt'>): boolean =>
  now.size === known.size && now.modifiedAt === known.modifiedAt;
