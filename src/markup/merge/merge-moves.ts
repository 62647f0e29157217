import type { Block } from '../meaning/body.ts';
import type { Chunk } from './merge-chunk.ts';

/**
 * Follows moves: where one side took a block away and put it elsewhere unchanged while the other side edited
 * it in place, the edit goes to the new place. Only for blocks that occur once wherever they occur.
 */
export function followMoves(chunks: readonly Chunk[]): readonly Chunk[] {
  return followSide(followSide(chunks, 'local', 'remote'), 'remote', 'local');
}

function followSide(
  chunks: readonly Chunk[],
  mover: 'local' | 'remote',
  editor: 'local' | 'remote',
): readonly Chunk[] {
  const moved = new Map<number, Block>();
  const edits = new Map<string, Block>();
  const places = placesOf(chunks, mover);
  for (const [at, { base, ...sides }] of chunks.entries()) {
    const [held] = base?.[mover] ?? [];
    const [edit] = sides[editor];
    if (base === null || held === undefined || edit === undefined || edits.has(held)) continue;
    const alone = base.local.length === 1 && base.remote.length === 1 && sides[editor].length === 1;
    if (!alone || sides[mover].length > 0 || edit.fingerprint === base[editor][0]) continue;
    const target = places.get(held);
    const home = target === undefined ? undefined : chunks[target];
    // The new place must be one that only the mover touched.
    if (target === undefined || home === undefined || home.base === null) continue;
    if (home[editor].some((block, i) => block.fingerprint !== home.base?.[editor][i])) continue;
    if (home[editor].length !== home.base[editor].length) continue;
    moved.set(at, edit);
    edits.set(held, edit);
  }
  if (moved.size === 0) return chunks;
  return chunks.map((chunk, at): Chunk => {
    if (moved.has(at)) return { ...chunk, settled: [] };
    const holdsMoved = chunk[mover].some(
      (block) => edits.has(block.fingerprint) && places.get(block.fingerprint) === at,
    );
    if (!holdsMoved) return chunk;
    return { ...chunk, settled: chunk[mover].map((block) => edits.get(block.fingerprint) ?? block) };
  });
}

/** Where each block is now that the base does not have there; blocks that occur twice are left out. */
function placesOf(chunks: readonly Chunk[], side: 'local' | 'remote'): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, chunk] of chunks.entries()) {
    for (const { fingerprint } of chunk[side]) {
      if (places.has(fingerprint)) twice.add(fingerprint);
      places.set(fingerprint, at);
    }
  }
  for (const one of twice) places.delete(one);
  const seen = new Set<string>();
  for (const { base } of chunks) {
    for (const one of base?.[side] ?? []) {
      if (seen.has(one)) places.delete(one);
      seen.add(one);
    }
  }
  return places;
}
