import type { Canon, Run } from '../meaning/canon.ts';
import { alignEqual } from './align.ts';
import { childrenOf } from '../meaning/walk.ts';

/** A step from a row of things to another: keep, change, remove (`wanted` missing) or insert (`held` missing). */
export interface PairStep {
  readonly held?: number;
  readonly wanted?: number;
  readonly same: boolean;
}

/** What two rows are compared by. */
export interface Comparable {
  /** Equal for what means the same. */
  readonly key: string;
  /** What only may stand for each other: the kind of a block. */
  readonly kind: string;
  readonly text: string;
}

/** With more pairs to compare, changed blocks are paired in their order. */
const mostPairs = 40_000;

/** Pairs what is there with what is wanted: equals first, then what changed with what is most like it. */
export function pairUp(held: readonly Comparable[], wanted: readonly Comparable[]): readonly PairStep[] {
  const steps: PairStep[] = [];
  let [h, w] = [0, 0];
  const equal = alignEqual(
    held.map(({ key }) => key),
    wanted.map(({ key }) => key),
  );
  for (const [left, right] of [...equal, [held.length, wanted.length] as const]) {
    const [from, to] = [h, w];
    for (const step of between(held.slice(h, left), wanted.slice(w, right)))
      steps.push({
        ...(step.held === undefined ? {} : { held: from + step.held }),
        ...(step.wanted === undefined ? {} : { wanted: to + step.wanted }),
        same: false,
      });
    if (left < held.length) steps.push({ held: left, wanted: right, same: true });
    [h, w] = [left + 1, right + 1];
  }
  return steps;
}

/** For each of the wanted, which of those held stands for it. */
export function pairedWith(
  held: readonly Comparable[],
  wanted: readonly Comparable[],
): ReadonlyMap<number, number> {
  return new Map(
    pairUp(held, wanted).flatMap((step) =>
      step.held === undefined || step.wanted === undefined ? [] : [[step.wanted, step.held]],
    ),
  );
}

function between(held: readonly Comparable[], wanted: readonly Comparable[]): readonly PairStep[] {
  const [rows, columns] = [held.length, wanted.length];
  if (
    rows === columns &&
    held.every(({ kind }, at) => kind === wanted[at]?.kind) &&
    (rows === 1 || rows * columns > mostPairs)
  )
    return held.map((_, at) => ({ held: at, wanted: at, same: false }));
  if (rows * columns > mostPairs) {
    return [
      ...held.map((_, at) => ({ held: at, same: false })),
      ...wanted.map((_, at) => ({ wanted: at, same: false })),
    ];
  }
  // The greatest likeness possible from each place on.
  const best: number[][] = Array.from({ length: rows + 1 }, () =>
    Array.from({ length: columns + 1 }, () => 0),
  );
  const bags = wanted.map(({ text }) => wordsOf(text));
  const like = held.map((one) => {
    const own = wordsOf(one.text);
    return wanted.map((other, at) => (one.kind === other.kind ? likeness(own, bags[at] ?? own) : 0));
  });
  const bestAt = (row: number, column: number): number => best[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const one = like[row]?.[column] ?? 0;
      const paired = one === 0 ? 0 : one + bestAt(row + 1, column + 1);
      const line = best[row];
      if (line !== undefined)
        line[column] = Math.max(paired, bestAt(row + 1, column), bestAt(row, column + 1));
    }
  }
  const steps: PairStep[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    const one = like[row]?.[column] ?? 0;
    if (one > 0 && bestAt(row, column) === one + bestAt(row + 1, column + 1)) {
      steps.push({ held: row, wanted: column, same: false });
      [row, column] = [row + 1, column + 1];
    } else if (row < rows && (column === columns || bestAt(row + 1, column) >= bestAt(row, column + 1))) {
      steps.push({ held: row, same: false });
      row += 1;
    } else {
      steps.push({ wanted: column, same: false });
      column += 1;
    }
  }
  return steps;
}

function wordsOf(text: string): ReadonlyMap<string, number> {
  const bag = new Map<string, number>();
  for (const word of text.match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [])
    bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

/** From a little, for two of one kind, to a bit over 1, for two of the same words. */
function likeness(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let [shared, all] = [0, 0];
  for (const [word, count] of left) {
    shared += Math.min(count, right.get(word) ?? 0);
    all += count;
  }
  for (const count of right.values()) all += count;
  return 0.05 + (all === 0 ? 1 : (2 * shared) / all);
}

/** The letters of some blocks, for comparing them. */
export function lettersOf(blocks: readonly Canon[]): string {
  return blocks
    .map((block) => {
      if ('runs' in block) return lettersOfRuns(block.runs);
      if (block.kind === 'code') return block.text;
      if (block.kind === 'image') return `${block.image.alt} ${block.image.ref}`;
      return lettersOf(childrenOf(block));
    })
    .join(' ');
}

function lettersOfRuns(runs: readonly Run[]): string {
  return runs.map((run) => (run.kind === 'text' ? run.text : ' ')).join('');
}
