import { alignEqual } from './align.ts';
import { fingerprintsOf, isSameMeaning, type Block, type Body, type Fingerprint } from '../meaning/body.ts';
import { fingerprintOfCopied, storedBlocks } from '../meaning/as-stored.ts';
import { quickHash } from '../meaning/quick-hash.ts';
import { standingFor } from './stand-for.ts';

/** What both sides last agreed on, without the text: runs of blocks as either side holds them. */
export interface BodyBase {
  readonly segments: readonly Segment[];
  /** Hash of the local text when they agreed; empty when that text is not known. */
  readonly localQuick: string;
  readonly remoteQuick: string;
}

/** Blocks that stand for each other; the halves differ where the remote stored something else than was sent. */
export interface Segment {
  readonly local: readonly Fingerprint[];
  readonly remote: readonly Fingerprint[];
}

/** The base after both sides have just agreed, such as after a push: the second is the remote's answer. */
export function baseOf(local: Body, remote: Body): BodyBase {
  const segments: Segment[] = [];
  let [l, r] = [0, 0];
  const pairs = alignEqual(fingerprintsOf(local.blocks), fingerprintsOf(remote.blocks));
  for (const [left, right] of [...pairs, [local.blocks.length, remote.blocks.length] as const]) {
    addRun(segments, local.blocks.slice(l, left), remote.blocks.slice(r, right));
    const block = local.blocks[left];
    if (block !== undefined) segments.push({ local: [block.fingerprint], remote: [block.fingerprint] });
    [l, r] = [left + 1, right + 1];
  }
  return {
    segments: withoutEmptyHalves(segments),
    localQuick: quickHash(local.text, 'markdown'),
    remoteQuick: quickHash(remote.text, 'html'),
  };
}

/**
 * The base moved to the remote's present; what the remote left alone keeps its pair. `local` is the body after the
 * pull: what it holds that the remote would store as what it has stands for that.
 */
export function pulledBase(base: BodyBase, remote: Body, local?: Body): BodyBase {
  const fingerprints = fingerprintsOf(remote.blocks);
  const own = local === undefined ? null : ownBlocks(local, remote);
  const kept = keptSegments(base.segments, 'remote', fingerprints);
  const segments: Segment[] = [];
  let at = 0;
  const addNew = (until: number): void => {
    while (at < until) {
      const one = fingerprints[at] ?? '';
      const size = own?.sizes.get(at) ?? 1;
      segments.push({ local: [own?.fingerprints.get(at) ?? one], remote: fingerprints.slice(at, at + size) });
      at += size;
    }
  };
  for (const [index, from] of kept) {
    const segment = base.segments[index];
    if (segment === undefined) continue;
    addNew(from);
    segments.push(segment);
    at = from + segment.remote.length;
  }
  addNew(fingerprints.length);
  const unchanged =
    segments.length === base.segments.length && segments.every((one, i) => one === base.segments[i]);
  return {
    segments,
    localQuick: unchanged ? base.localQuick : '',
    remoteQuick: quickHash(remote.text, 'html'),
  };
}

/** Blocks of a file that the remote holds as something else: by the place of what it holds, and how many that are. */
function ownBlocks(
  local: Body,
  remote: Body,
): { readonly fingerprints: ReadonlyMap<number, Fingerprint>; readonly sizes: ReadonlyMap<number, number> } {
  const [fingerprints, sizes] = [new Map<number, Fingerprint>(), new Map<number, number>()];
  const there = remote.blocks.map(({ content }) => fingerprintOfCopied(content));
  const shared = new Map(
    alignEqual(fingerprintsOf(local.blocks), fingerprintsOf(remote.blocks)).map(([left, right]) => [
      left,
      right,
    ]),
  );
  const borders: number[] = [];
  for (let index = local.blocks.length - 1; index >= 0; index -= 1)
    borders[index] = shared.get(index + 1) ?? borders[index + 1] ?? there.length;
  let at = 0;
  for (const [index, block] of local.blocks.entries()) {
    const same = shared.get(index);
    if (same !== undefined) {
      at = same + 1;
      continue;
    }
    const views = block.content.flatMap((one) => storedBlocks(one));
    const until = borders[index] ?? there.length;
    // The remote holds it in one piece, or each part of it by itself.
    const forms = [[fingerprintOfCopied(views)], views.map((one) => fingerprintOfCopied([one]))];
    for (let from = at; from < until; from += 1) {
      const stored = forms.find(
        (form) =>
          form.length > 0 &&
          from + form.length <= until &&
          form.every((one, offset) => there[from + offset] === one),
      );
      if (stored === undefined) continue;
      fingerprints.set(from, block.fingerprint);
      sizes.set(from, stored.length);
      at = from + stored.length;
      break;
    }
  }
  return { fingerprints, sizes };
}

/** The base of a file that was put back to an earlier text: what it says of its own was agreed on once. */
export function putBackBase(base: BodyBase, local: Body): BodyBase {
  const fingerprints = fingerprintsOf(local.blocks);
  const segments: Segment[] = [];
  let at = 0;
  const addOld = (until: number): void => {
    for (const one of fingerprints.slice(at, until)) segments.push({ local: [one], remote: [one] });
  };
  for (const [index, from] of keptSegments(base.segments, 'local', fingerprints)) {
    const segment = base.segments[index];
    if (segment === undefined || segment.local.length === 0) continue;
    addOld(from);
    segments.push(segment);
    at = from + segment.local.length;
  }
  addOld(fingerprints.length);
  return { segments, localQuick: '', remoteQuick: '' };
}

/** Tells whether a body differs from its half of the base. */
export function isBodyChanged(base: BodyBase, body: Body): boolean {
  const half = body.format === 'markdown' ? 'local' : 'remote';
  const held = base.segments.flatMap((segment) => segment[half]);
  return !isSameMeaning(held, body.blocks);
}

/** Finds the segments that a side still holds whole and together: pairs of segment and position, rising. */
export function keptSegments(
  segments: readonly Segment[],
  half: 'local' | 'remote',
  fingerprints: readonly Fingerprint[],
): readonly (readonly [segment: number, position: number])[] {
  const flat = segments.flatMap((segment) => segment[half]);
  const matched = new Map(alignEqual(flat, fingerprints));
  const kept: (readonly [number, number])[] = [];
  let offset = 0;
  for (const [index, segment] of segments.entries()) {
    const row = segment[half];
    const first = matched.get(offset);
    const start = offset;
    if (first !== undefined && row.every((_, at) => matched.get(start + at) === first + at))
      kept.push([index, first]);
    offset += row.length;
  }
  return kept;
}

/** Spells a base on one line of letters, digits and `-_.~|()`, which need no escapes in JSON. */
export function encodeBodyBase(base: BodyBase): string {
  return `${base.localQuick}.${base.remoteQuick}.${spellings.get(base) ?? spell(base.segments)}`;
}

/** Reads what `encodeBodyBase` wrote; throws a RangeError on anything else. */
export function decodeBodyBase(text: string): BodyBase {
  const parts = /^([\w~-]*)\.([\w-]*)\.((?:[\w-]{8}|\((?:[\w-]{8})*\|(?:[\w-]{8})*\))*)$/u.exec(text);
  if (parts === null) throw new RangeError(`Not the base of a body: "${text.slice(0, 40)}"`);
  const [, localQuick = '', remoteQuick = '', spelling = ''] = parts;
  let segments: readonly Segment[] | null = null;
  const base: BodyBase = {
    localQuick,
    remoteQuick,
    // Taken apart only for those who look, which is for few of ten thousand.
    get segments() {
      return (segments ??= readSegments(spelling));
    },
  };
  spellings.set(base, spelling);
  return base;
}

/** The segments of a base that was read, as they were spelled. */
const spellings = new WeakMap<BodyBase, string>();

function spell(segments: readonly Segment[]): string {
  return segments
    .map(({ local, remote }) =>
      local.length === 1 && remote.length === 1 && local[0] === remote[0]
        ? (local[0] ?? '')
        : `(${local.join('')}|${remote.join('')})`,
    )
    .join('');
}

function readSegments(spelling: string): readonly Segment[] {
  return [...spelling.matchAll(/\(([\w-]*)\|([\w-]*)\)|([\w-]{8})/gu)].map((one): Segment => {
    const same = one[3];
    if (same !== undefined) return { local: [same], remote: [same] };
    return { local: cut(one[1] ?? ''), remote: cut(one[2] ?? '') };
  });
}

/** Pairs a run one by one where nothing speaks against it, for merges as fine as can be. */
function addRun(segments: Segment[], local: readonly Block[], remote: readonly Block[]): void {
  if (local.length === 0 && remote.length === 0) return;
  if (local.length === remote.length && local.every(({ type }, at) => type === remote[at]?.type)) {
    for (const [at, block] of local.entries()) {
      segments.push({ local: [block.fingerprint], remote: [remote[at]?.fingerprint ?? ''] });
    }
    return;
  }
  const stand = standingFor(local, remote);
  if (stand === null) segments.push({ local: fingerprintsOf(local), remote: fingerprintsOf(remote) });
  else
    for (const [at, block] of local.entries())
      segments.push({ local: [block.fingerprint], remote: fingerprintsOf(stand[at] ?? []) });
}

/** A half without blocks has no place of its own, so such a segment joins its neighbour. */
function withoutEmptyHalves(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const empty = segment.local.length === 0 || segment.remote.length === 0;
    if (last !== undefined && (empty || last.local.length === 0 || last.remote.length === 0)) {
      joined[joined.length - 1] = {
        local: [...last.local, ...segment.local],
        remote: [...last.remote, ...segment.remote],
      };
    } else {
      joined.push(segment);
    }
  }
  return joined;
}

function cut(row: string): readonly Fingerprint[] {
  return row.match(/.{8}/gu) ?? [];
}
