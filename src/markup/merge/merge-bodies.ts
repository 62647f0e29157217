import { alignEqual } from './align.ts';
import { type BodyBase, keptSegments } from './body-base.ts';
import { fingerprintsOf, isSameMeaning, type Block, type Body, type Fingerprint } from '../meaning/body.ts';
import { asStored, keepOwn } from './keep-own.ts';
import type { Chunk } from './merge-chunk.ts';
import { followMoves } from './merge-moves.ts';
import { blockRead, mergeWords } from './merge-words.ts';
import { standingFor } from './stand-for.ts';
import { standIns } from './stand-in.ts';

/** One stretch of a body that both sides changed, each in its own way. */
export interface BodyConflict {
  readonly local: readonly Block[];
  readonly remote: readonly Block[];
}

export type BodyMerge =
  | { readonly kind: 'clean'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'conflict';
      readonly conflicts: readonly BodyConflict[];
      /** The whole body in order, so that both versions can be shown in place. */
      readonly parts: readonly MergePart[];
    };

export type MergePart = { readonly blocks: readonly Block[] } | BodyConflict;

/**
 * Merges two bodies by blocks. Without a base equal blocks agree and anything else is a conflict. `recall` gives
 * a block of the base as `blockMarkdown(block, canonicalRefs)` once printed it, where a cache still has it; then
 * changes to different words of one block are merged, too. Print the result rather than either side's blocks:
 * it knows which remote blocks stand for which local ones.
 */
export function mergeBodies(
  base: BodyBase | null,
  local: Body,
  remote: Body,
  recall?: (fingerprint: Fingerprint) => string | undefined,
): BodyMerge {
  const chunks = followMoves(
    base === null ? chunksWithoutBase(local, remote) : chunksOf(base, local, remote),
  );
  const known = (half: 'local' | 'remote'): ReadonlySet<Fingerprint> =>
    new Set((base?.segments ?? []).flatMap((segment) => segment[half]));
  const elsewhere = { local: known('local'), remote: known('remote') };
  const withStandIns = standIns(base?.segments ?? [], { local, remote });
  const parts: MergePart[] = [];
  let agreed: Block[] = [];
  for (const chunk of chunks) {
    const part = mergeChunk(chunk, elsewhere, recall);
    if (!('blocks' in part)) {
      parts.push(part);
      agreed = [];
      continue;
    }
    const blocks = withStandIns(part.blocks);
    if (agreed.length === 0 && blocks.length > 0) parts.push({ blocks: agreed });
    for (const block of blocks) agreed.push(block);
  }
  const conflicts = parts.filter((part): part is BodyConflict => 'local' in part);
  if (conflicts.length > 0) return { kind: 'conflict', conflicts, parts };
  return { kind: 'clean', blocks: parts.flatMap((part) => ('blocks' in part ? part.blocks : [])) };
}

/** What each side held when they agreed. */
interface Known {
  readonly local: ReadonlySet<Fingerprint>;
  readonly remote: ReadonlySet<Fingerprint>;
}

function mergeChunk(
  chunk: Chunk,
  known: Known,
  recall: ((fingerprint: Fingerprint) => string | undefined) | undefined,
): MergePart {
  const { base, local, remote, settled } = chunk;
  if (settled !== undefined) return { blocks: settled };
  if (isSameMeaning(local, remote)) return { blocks: local };
  if (base === null) return { local, remote };
  const localChanged = !isSameMeaning(local, base.local);
  const remoteChanged = !isSameMeaning(remote, base.remote);
  const isMoved =
    (half: 'local' | 'remote') =>
    ({ fingerprint }: Block): boolean =>
      known[half].has(fingerprint) && !base[half].includes(fingerprint);
  if (!remoteChanged)
    return {
      blocks: localChanged ? toSend(local, base, remote, isMoved('local')) : twinned(local, remote),
    };
  if (!localChanged) return { blocks: keepOwn(local, base.remote, remote, isMoved('remote')) };
  const [mine, theirs] = [local[0], remote[0]];
  if (local.length === 1 && remote.length === 1 && mine !== undefined && theirs !== undefined) {
    const known = [base.local, base.remote].flatMap((half) => (half.length === 1 ? half : []));
    const before = known.map((one) => recall?.(one)).find((text) => text !== undefined);
    // What the remote never held was not taken away there.
    const own = before === undefined ? null : blockRead(before);
    const [kept] = own === null ? [theirs] : keepOwn([own], base.remote, [theirs]);
    const merged = before === undefined ? null : mergeWords(before, mine, kept ?? theirs);
    if (merged !== null) return { blocks: [merged] };
  }
  return { local, remote };
}

/** Marks local blocks with what stands for them on the remote, where that is something else. */
function twinned(local: readonly Block[], remote: readonly Block[]): readonly Block[] {
  if (isSameMeaning(local, remote)) return local;
  return local.map((block, at) => ({ ...block, twin: at === 0 ? remote : [] }));
}

/**
 * Blocks of which some were changed here and none there: what was left alone still stands for what the remote holds,
 * and a block that the remote holds as several is changed in those.
 */
function toSend(
  local: readonly Block[],
  base: NonNullable<Chunk['base']>,
  remote: readonly Block[],
  isMoved: (block: Block) => boolean,
): readonly Block[] {
  const kept = new Map(alignEqual(fingerprintsOf(local), base.local));
  const stand = standingFor(local, remote);
  if (stand !== null)
    return local.map((block, at) => {
      const there = stand[at] ?? [];
      const twin = kept.has(at) ? there : isMoved(block) ? null : asStored(block, there);
      return twin === null || isSameMeaning([block], twin) ? block : { ...block, twin };
    });
  if (base.local.length !== remote.length) return local;
  return local.map((one, at) => {
    const there = remote[kept.get(at) ?? -1];
    return there === undefined || there.fingerprint === one.fingerprint ? one : { ...one, twin: [there] };
  });
}

function chunksWithoutBase(local: Body, remote: Body): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let [l, r] = [0, 0];
  const pairs = alignEqual(fingerprintsOf(local.blocks), fingerprintsOf(remote.blocks));
  for (const [left, right] of [...pairs, [local.blocks.length, remote.blocks.length] as const]) {
    if (l < left || r < right) {
      chunks.push({ base: null, local: local.blocks.slice(l, left), remote: remote.blocks.slice(r, right) });
    }
    const same = local.blocks.slice(left, left + 1);
    if (same.length > 0)
      chunks.push({ base: null, local: same, remote: remote.blocks.slice(right, right + 1) });
    [l, r] = [left + 1, right + 1];
  }
  return chunks;
}

/** Cuts the base where both sides still hold it, so that every change is between two such places. */
function chunksOf({ segments }: BodyBase, local: Body, remote: Body): readonly Chunk[] {
  const inLocal = new Map(keptSegments(segments, 'local', fingerprintsOf(local.blocks)));
  const inRemote = new Map(keptSegments(segments, 'remote', fingerprintsOf(remote.blocks)));
  const chunks: Chunk[] = [];
  let [s, l, r] = [0, 0, 0];
  const addUntil = (segment: number, left: number, right: number): void => {
    if (s === segment && l === left && r === right) return;
    let from: Cut = { segment: s, left: l, right: r };
    const to: Cut = { segment, left, right };
    const byPlace = cutsByPlace(
      segments,
      { from, to },
      { local: local.blocks, remote: remote.blocks },
      { inLocal, inRemote },
    );
    const cuts = [...(byPlace ?? cutsBetween(segments, s, segment, inLocal, inRemote)), to];
    const parts = cuts.map((cut): Chunk => {
      const between = segments.slice(from.segment, cut.segment);
      const chunk = {
        base: { local: between.flatMap((one) => one.local), remote: between.flatMap((one) => one.remote) },
        local: local.blocks.slice(from.left, cut.left),
        remote: remote.blocks.slice(from.right, cut.right),
      };
      from = cut;
      return chunk;
    });
    const kept = parts.length === 1 || !parts.every(addsNothing) ? [joined(parts)] : parts;
    for (const part of kept) chunks.push(part);
    [s, l, r] = [segment, left, right];
  };
  for (const [index, segment] of segments.entries()) {
    const left = inLocal.get(index);
    const right = inRemote.get(index);
    if (left === undefined || right === undefined) continue;
    addUntil(index, left, right);
    addUntil(index + 1, left + segment.local.length, right + segment.remote.length);
  }
  addUntil(segments.length, local.blocks.length, remote.blocks.length);
  return chunks;
}

interface Cut {
  readonly segment: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Places where a stretch that both sides changed can be cut all the same: what one side changed ends there, and what
 * the other changed begins. Two people who edit neighbouring paragraphs then do not meet.
 */
function cutsBetween(
  segments: BodyBase['segments'],
  from: number,
  until: number,
  inLocal: ReadonlyMap<number, number>,
  inRemote: ReadonlyMap<number, number>,
): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let after = from; after < until - 1; after += 1) {
    const left = endOf(after, inLocal, segments[after]?.local.length ?? 0);
    const right = endOf(after, inRemote, segments[after]?.remote.length ?? 0);
    if (left !== undefined && right !== undefined) cuts.push({ segment: after + 1, left, right });
  }
  return cuts;
}

/**
 * Cuts a stretch in which both sides have as many blocks, of the same types, as there were: each block then stands
 * for the one that was in its place. Null where that is not so.
 */
function cutsByPlace(
  segments: BodyBase['segments'],
  stretch: { readonly from: Cut; readonly to: Cut },
  { local, remote }: { readonly local: readonly Block[]; readonly remote: readonly Block[] },
  {
    inLocal,
    inRemote,
  }: { readonly inLocal: ReadonlyMap<number, number>; readonly inRemote: ReadonlyMap<number, number> },
): readonly Cut[] | null {
  const { from, to } = stretch;
  const cuts: Cut[] = [];
  let at: Cut = from;
  for (let index = from.segment; index < to.segment; index += 1) {
    const segment = segments[index];
    if (segment === undefined) return null;
    const isElsewhere =
      (inLocal.get(index) ?? at.left) !== at.left || (inRemote.get(index) ?? at.right) !== at.right;
    if (isElsewhere || local[at.left]?.type !== remote[at.right]?.type) return null;
    at = {
      segment: index + 1,
      left: at.left + segment.local.length,
      right: at.right + segment.remote.length,
    };
    if (index < to.segment - 1) cuts.push(at);
  }
  return at.left === to.left && at.right === to.right ? cuts : null;
}

/** Where a segment ends on one side: behind it where it was kept, else before the next one if that was. */
function endOf(segment: number, kept: ReadonlyMap<number, number>, length: number): number | undefined {
  const start = kept.get(segment);
  return start === undefined ? kept.get(segment + 1) : start + length;
}

/** With something added at a cut nobody could say on which side of it that belongs. */
function addsNothing({ base, local, remote }: Chunk): boolean {
  return base !== null && local.length <= base.local.length && remote.length <= base.remote.length;
}

function joined(chunks: readonly Chunk[]): Chunk {
  return {
    base: {
      local: chunks.flatMap((chunk) => chunk.base?.local ?? []),
      remote: chunks.flatMap((chunk) => chunk.base?.remote ?? []),
    },
    local: chunks.flatMap((chunk) => chunk.local),
    remote: chunks.flatMap((chunk) => chunk.remote),
  };
}
