import type { Block, Body, Fingerprint } from '../meaning/body.ts';
import type { Segment } from './body-base.ts';

type Half = 'local' | 'remote';

/**
 * Blocks of a merge, in which what was moved or copied on one side is what the other side has of it: a picture that
 * an author moves keeps its size, and one that a teammate moves keeps its address in the file.
 *
 * @returns for the blocks of each part of the merge; what it looks up is found out once for all of them
 */
export function standIns(
  segments: readonly Segment[],
  bodies: { readonly local: Body; readonly remote: Body },
): (blocks: readonly Block[]) => readonly Block[] {
  const known = new Map<Half, Moved>();
  const sideOf = (half: Half): Moved => {
    const side = known.get(half) ?? {
      half,
      own: new Set(bodies[half].blocks),
      known: segmentsBy(half, segments),
    };
    known.set(half, side);
    return side;
  };
  return (blocks) => {
    const untwinned = blocks.filter((block) => block.twin === undefined);
    if (untwinned.length === 0) return blocks;
    const sides = (['local', 'remote'] as const)
      .map(sideOf)
      .filter(({ own }) => untwinned.some((block) => own.has(block)));
    return sides.length === 0 ? blocks : replaced(blocks, sides, bodies);
  };
}

function replaced(
  blocks: readonly Block[],
  sides: readonly Moved[],
  bodies: { readonly local: Body; readonly remote: Body },
): readonly Block[] {
  const out: Block[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const found = sides.map((side) => standIn(blocks, at, side, bodies)).find((one) => one !== null);
    const block = blocks[at];
    if (found !== undefined) {
      out.push(...found.blocks);
      at += found.size - 1;
    } else if (block !== undefined) out.push(block);
  }
  return out;
}

interface Moved {
  readonly half: Half;
  readonly own: ReadonlySet<Block>;
  readonly known: ReadonlyMap<Fingerprint, Segment>;
}

function standIn(
  blocks: readonly Block[],
  at: number,
  { half, own, known }: Moved,
  bodies: { readonly local: Body; readonly remote: Body },
): { readonly blocks: readonly Block[]; readonly size: number } | null {
  const segment = known.get(blocks[at]?.fingerprint ?? '');
  if (segment === undefined) return null;
  const here = blocks.slice(at, at + segment[half].length);
  const isSame = here.every(
    (block, index) =>
      own.has(block) && block.twin === undefined && block.fingerprint === segment[half][index],
  );
  if (!isSame || here.length < segment[half].length) return null;
  const other = half === 'local' ? 'remote' : 'local';
  const there = rowOf(segment[other], bodies[other]);
  if (there === null) return null;
  const [local, remote] = half === 'local' ? [here, there] : [there, here];
  return {
    blocks: local.map((block, index) => ({ ...block, twin: index === 0 ? remote : [] })),
    size: here.length,
  };
}

/** Where a body holds some blocks side by side. */
function rowOf(row: readonly Fingerprint[], { blocks }: Body): readonly Block[] | null {
  const at = blocks.findIndex((_, from) =>
    row.every((one, index) => blocks[from + index]?.fingerprint === one),
  );
  return at === -1 ? null : blocks.slice(at, at + row.length);
}

/** Segments whose halves differ, by how one of them begins; none that could be another one as well. */
function segmentsBy(half: Half, segments: readonly Segment[]): ReadonlyMap<Fingerprint, Segment> {
  const found = new Map<Fingerprint, Segment>();
  const unclear = new Set<Fingerprint>();
  for (const segment of segments) {
    const { local, remote } = segment;
    const [first] = segment[half];
    if (first === undefined || local.length === 0 || remote.length === 0 || local.join() === remote.join())
      continue;
    const known = found.get(first);
    if (known !== undefined && (known.local.join() !== local.join() || known.remote.join() !== remote.join()))
      unclear.add(first);
    found.set(first, segment);
  }
  for (const one of unclear) found.delete(one);
  return found;
}
