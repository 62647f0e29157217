/** Two rows put side by side: pairs of positions that hold the same, rising in both. */
export type Pairs = readonly (readonly [left: number, right: number])[];

/**
 * Pairs equal members of two rows, as many as can be found in bounded time: shortest edit script where it is
 * short, anchors that occur once in each row where it is not.
 */
export function alignEqual(left: readonly string[], right: readonly string[]): Pairs {
  const pairs: (readonly [number, number])[] = [];
  alignRange({ left, right, pairs }, 0, left.length, 0, right.length);
  return pairs;
}

interface Work {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly pairs: (readonly [number, number])[];
}

function alignRange(work: Work, leftFrom: number, leftTo: number, rightFrom: number, rightTo: number): void {
  const { left, right, pairs } = work;
  let [l, r, lEnd, rEnd] = [leftFrom, rightFrom, leftTo, rightTo];
  while (l < lEnd && r < rEnd && left[l] === right[r]) pairs.push([l++, r++]);
  let tail = 0;
  while (lEnd > l && rEnd > r && left[lEnd - 1] === right[rEnd - 1]) {
    lEnd -= 1;
    rEnd -= 1;
    tail += 1;
  }
  if (l < lEnd && r < rEnd) alignMiddle(work, l, lEnd, r, rEnd);
  for (let at = 0; at < tail; at += 1) pairs.push([lEnd + at, rEnd + at]);
}

function alignMiddle(work: Work, leftFrom: number, leftTo: number, rightFrom: number, rightTo: number): void {
  // What the other row does not hold at all cannot be paired; without it most hard cases are easy.
  const leftAt = positionsIn(work.left, leftFrom, leftTo, new Set(work.right.slice(rightFrom, rightTo)));
  const rightAt = positionsIn(work.right, rightFrom, rightTo, new Set(work.left.slice(leftFrom, leftTo)));
  if (leftAt.length === 0 || rightAt.length === 0) return;
  const found = shortestEdit(
    leftAt.map((at) => work.left[at] ?? ''),
    rightAt.map((at) => work.right[at] ?? ''),
  );
  if (found !== null) {
    for (const [l, r] of found) work.pairs.push([leftAt[l] ?? 0, rightAt[r] ?? 0]);
    return;
  }
  const anchors = anchorsOf(work, leftAt, rightAt);
  if (anchors.length === 0) return greedy(work, leftAt, rightAt);
  let [l, r] = [leftFrom, rightFrom];
  for (const [anchorLeft, anchorRight] of anchors) {
    if (l < anchorLeft && r < anchorRight) alignRange(work, l, anchorLeft, r, anchorRight);
    work.pairs.push([anchorLeft, anchorRight]);
    [l, r] = [anchorLeft + 1, anchorRight + 1];
  }
  if (l < leftTo && r < rightTo) alignRange(work, l, leftTo, r, rightTo);
}

function positionsIn(
  row: readonly string[],
  from: number,
  to: number,
  wanted: ReadonlySet<string>,
): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += 1) if (wanted.has(row[at] ?? '')) found.push(at);
  return found;
}

const maximumEdits = 800;

/** Myers' algorithm, given up after a number of edits. */
function shortestEdit(left: readonly string[], right: readonly string[]): Pairs | null {
  const most = Math.min(maximumEdits, left.length + right.length);
  const furthest = new Int32Array(2 * most + 3);
  const steps: Int32Array[] = [];
  const middle = most + 1;
  for (let edits = 0; edits <= most; edits += 1) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down =
        diagonal === -edits ||
        (diagonal !== edits && at(furthest, middle + diagonal - 1) < at(furthest, middle + diagonal + 1));
      let x = down ? at(furthest, middle + diagonal + 1) : at(furthest, middle + diagonal - 1) + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1;
      furthest[middle + diagonal] = x;
      if (x >= left.length && x - diagonal >= right.length) {
        steps.push(furthest.slice(middle - edits, middle + edits + 1));
        return trace(steps, left.length, right.length);
      }
    }
    steps.push(furthest.slice(middle - edits, middle + edits + 1));
  }
  return null;
}

function trace(steps: readonly Int32Array[], leftLength: number, rightLength: number): Pairs {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [leftLength, rightLength];
  for (let edits = steps.length - 1; edits >= 0; edits -= 1) {
    const diagonal = x - y;
    const before = steps[edits - 1];
    const reach = (other: number): number => (before === undefined ? -1 : at(before, other + edits - 1));
    const down = diagonal === -edits || (diagonal !== edits && reach(diagonal - 1) < reach(diagonal + 1));
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = edits === 0 ? 0 : reach(from);
    const startX = edits === 0 ? 0 : down ? fromX : fromX + 1;
    while (x > startX) pairs.push([--x, --y]);
    [x, y] = [fromX, fromX - from];
  }
  return pairs.reverse();
}

function at(row: Int32Array, index: number): number {
  return row[index] ?? -1;
}

/** Members that occur once in each row and keep their order in both: the longest such chain. */
function anchorsOf(work: Work, leftAt: readonly number[], rightAt: readonly number[]): Pairs {
  const once = new Map<string, number | null>();
  for (const position of rightAt) {
    const value = work.right[position] ?? '';
    once.set(value, once.has(value) ? null : position);
  }
  const counts = new Map<string, number>();
  for (const position of leftAt)
    counts.set(work.left[position] ?? '', (counts.get(work.left[position] ?? '') ?? 0) + 1);
  const chains: { pair: readonly [number, number]; before: number }[] = [];
  const ends: number[] = [];
  for (const position of leftAt) {
    const value = work.left[position] ?? '';
    const other = once.get(value) ?? null;
    if (other === null || counts.get(value) !== 1) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const half = (low + high) >> 1;
      if ((chains[ends[half] ?? 0]?.pair[1] ?? 0) < other) low = half + 1;
      else high = half;
    }
    chains.push({ pair: [position, other], before: low === 0 ? -1 : (ends[low - 1] ?? -1) });
    ends[low] = chains.length - 1;
  }
  const found: (readonly [number, number])[] = [];
  for (let link = chains[ends.at(-1) ?? -1]; link !== undefined; link = chains[link.before])
    found.push(link.pair);
  return found.reverse();
}

/** Pairs each member with the next equal one: rarely the most pairs, but in one pass. */
function greedy(work: Work, leftAt: readonly number[], rightAt: readonly number[]): void {
  const places = new Map<string, number[]>();
  for (const position of rightAt) {
    const row = places.get(work.right[position] ?? '') ?? [];
    row.push(position);
    places.set(work.right[position] ?? '', row);
  }
  const next = new Map<string, number>();
  let reached = -1;
  for (const position of leftAt) {
    const value = work.left[position] ?? '';
    const row = places.get(value) ?? [];
    let index = next.get(value) ?? 0;
    while (index < row.length && (row[index] ?? 0) <= reached) index += 1;
    const other = row[index];
    next.set(value, index + 1);
    // A jump over much of the other row would cost more pairs than it gains.
    if (other === undefined || other - reached > 64) continue;
    work.pairs.push([position, other]);
    reached = other;
  }
}
