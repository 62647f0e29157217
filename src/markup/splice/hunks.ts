import { alignEqual } from '../merge/align.ts';
import type { DomElement } from '../html/dom.ts';
import { sameLink } from '../meaning/tidy-runs.ts';
import type { Token } from '../merge/line-tokens.ts';
import type { PlacedToken } from './placed-tokens.ts';

/** A stretch of the tokens that are there, and of those that are wanted in its place. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly wantedFrom: number;
  readonly wantedTo: number;
}

/** Finds what differs between the tokens that are there and those that are wanted. */
export function hunksOf(held: readonly PlacedToken[], wanted: readonly Token[]): readonly Hunk[] {
  const keys = (tokens: readonly Token[]): readonly string[] => tokens.map(({ key }) => key);
  const hunks: Hunk[] = [];
  let [from, wantedFrom] = [0, 0];
  const equal = alignEqual(keys(held), keys(wanted));
  const pairs = equal.filter((pair, at) => !isStraySpace(pair, equal[at - 1], equal[at + 1], held, wanted));
  for (const [left, right] of [...pairs, [held.length, wanted.length] as const]) {
    if (from < left || wantedFrom < right)
      hunks.push(withItsSpace({ from, to: left, wantedFrom, wantedTo: right }, held));
    [from, wantedFrom] = [left + 1, right + 1];
  }
  return hunks;
}

type Pair = readonly [held: number, wanted: number];

/** A space between words that all changed, within a mark or a link on one side only, is not the same space. */
function isStraySpace(
  [left, right]: Pair,
  before: Pair | undefined,
  after: Pair | undefined,
  held: readonly PlacedToken[],
  wanted: readonly Token[],
): boolean {
  const [there, here] = [held[left], wanted[right]];
  if (there?.text !== ' ' || here === undefined || isAlike(there, here)) return false;
  const isBeside = ([h, w]: Pair, by: number): boolean => h === left + by && w === right + by;
  return !(before !== undefined && isBeside(before, -1)) && !(after !== undefined && isBeside(after, 1));
}

/** Of the two spaces around words that go, the one that stands with them goes as well, and not the one beyond. */
function withItsSpace(hunk: Hunk, held: readonly PlacedToken[]): Hunk {
  const { from, to, wantedFrom, wantedTo } = hunk;
  const [before, first, last] = [held[from - 1], held[from], held[to - 1]];
  const isSpaceOnly = wantedFrom === wantedTo && before?.text === ' ' && last?.text === ' ' && to - from > 1;
  if (!isSpaceOnly || first === undefined) return hunk;
  const inner = first.within.at(-1);
  if (before.within.at(-1) !== inner || last.within.at(-1) === inner) return hunk;
  return { from: from - 1, to: to - 1, wantedFrom: wantedFrom - 1, wantedTo: wantedTo - 1 };
}

/** A hunk made longer, so that it holds all the tokens from `from` to `to`; hunks that it meets become part of it. */
export function widened(hunks: readonly Hunk[], hunk: Hunk, from: number, to: number): readonly Hunk[] {
  let wide: Hunk = {
    from,
    to,
    wantedFrom: hunk.wantedFrom - (hunk.from - from),
    wantedTo: hunk.wantedTo + (to - hunk.to),
  };
  const apart: Hunk[] = [];
  // From right to left for those before, from left to right for those behind: each moves the border on the wanted side.
  for (const other of hunks.filter((one) => one.from < hunk.from).toReversed()) {
    if (other.to < wide.from) apart.push(other);
    else {
      const start = Math.min(other.from, wide.from);
      wide = { ...wide, from: start, wantedFrom: other.wantedFrom - (other.from - start) };
    }
  }
  for (const other of hunks.filter(
    (one) => one.from > hunk.from || (one.from === hunk.from && one !== hunk),
  )) {
    if (other.from > wide.to) apart.push(other);
    else {
      const end = Math.max(other.to, wide.to);
      wide = { ...wide, to: end, wantedTo: other.wantedTo + (end - other.to) };
    }
  }
  return [...apart, wide].toSorted((left, right) => left.from - right.from);
}

/** Tells whether the same applies to two tokens. */
export function isAlike(left: Token, right: Token): boolean {
  return left.run.marks.join('>') === right.run.marks.join('>') && sameLink(left.run.link, right.run.link);
}

/** Cuts tokens into stretches within which the same applies; a space goes with what is before it. */
export function alikes<One extends Token>(
  tokens: readonly One[],
  isOne: (left: One, right: One) => boolean = isAlike,
): readonly (readonly One[])[] {
  const groups: One[][] = [];
  let sample: One | null = null;
  for (const token of tokens) {
    const group = groups.at(-1);
    if (group !== undefined && (token.text === ' ' || sample === null || isOne(sample, token)))
      group.push(token);
    else groups.push([token]);
    if (token.text !== ' ') sample = token;
  }
  return groups;
}

/** For each element of a line, the first of its tokens, and the place after the last. */
export type Spans = ReadonlyMap<DomElement, readonly [from: number, to: number]>;

export function spansOf(tokens: readonly PlacedToken[]): Spans {
  const spans = new Map<DomElement, readonly [number, number]>();
  for (const [at, { within }] of tokens.entries()) {
    for (const element of within) spans.set(element, [spans.get(element)?.[0] ?? at, at + 1]);
  }
  return spans;
}
