import { storedBlocks } from '../meaning/as-stored.ts';
import type { Block } from '../meaning/body.ts';

/**
 * For each block of a file, the blocks of the remote that were made from it: one, several where the remote has no word
 * for what holds them, or none. Null where the two do not fit.
 */
export function standingFor(
  local: readonly Block[],
  remote: readonly Block[],
): readonly (readonly Block[])[] | null {
  let at = 0;
  const found: (readonly Block[])[] = [];
  for (const { content } of local) {
    const kinds = content.flatMap((one) => storedBlocks(one)).map(({ kind }) => kind);
    const from = at;
    for (let open = kinds; open.length > 0;) {
      const there = remote[at]?.content ?? [];
      if (there.length === 0 || there.some(({ kind }, index) => kind !== open[index])) return null;
      open = open.slice(there.length);
      at += 1;
    }
    found.push(remote.slice(from, at));
  }
  return at === remote.length ? found : null;
}
