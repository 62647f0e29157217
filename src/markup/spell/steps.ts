import { alignEqual } from '../merge/align.ts';
import { topLevelOf } from '../read/drafts.ts';
import { fingerprintsOf, type Block, type Fingerprint } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { shiftHeadings } from '../meaning/walk.ts';

/** A block that a body is to hold. */
export interface Wanted {
  readonly fingerprint: Fingerprint;
  readonly type: string;
  readonly content: readonly Canon[];
}

/** Takes blocks of any origin as those of one body, whose highest heading is of level 1. */
export function wantedBlocks(target: readonly Block[]): readonly Wanted[] {
  const top = topLevelOf(target.map(({ content }) => content));
  if (top === 1) return target;
  return target.map((block): Wanted => {
    const content = shiftHeadings(block.content, 1 - top);
    return content === block.content ? block : { ...block, content, fingerprint: fingerprintOf(content) };
  });
}

/** One step from a body to what it is to hold: keep, replace, remove (`wanted` missing) or insert (`held` missing). */
export interface Step {
  /** Position among the blocks that the body holds. */
  readonly held?: number;
  readonly wanted?: Wanted;
  readonly same: boolean;
}

/** Finds the steps that leave as much as possible as it is. */
export function stepsTo(held: readonly Block[], wanted: readonly Wanted[]): readonly Step[] {
  const steps: Step[] = [];
  let [h, w] = [0, 0];
  const pairs = alignEqual(fingerprintsOf(held), fingerprintsOf(wanted));
  for (const [left, right] of [...pairs, [held.length, wanted.length] as const]) {
    for (const one of replacements(held, h, left, wanted.slice(w, right))) steps.push(one);
    const block = wanted[right];
    if (block !== undefined) steps.push({ held: left, wanted: block, same: true });
    [h, w] = [left + 1, right + 1];
  }
  return steps;
}

/** Pairs what changed: one by one where the numbers are equal, by type otherwise. */
function replacements(
  held: readonly Block[],
  from: number,
  to: number,
  wanted: readonly Wanted[],
): readonly Step[] {
  const count = to - from;
  if (count === wanted.length)
    return wanted.map((one, at) => ({ held: from + at, wanted: one, same: false }));
  const steps: Step[] = [];
  let [h, w] = [0, 0];
  const types = held.slice(from, to).map(({ type }) => type);
  const pairs = alignEqual(
    types,
    wanted.map(({ type }) => type),
  );
  for (const [left, right] of [...pairs, [count, wanted.length] as const]) {
    for (; h < left && w < right; h += 1, w += 1) steps.push(step(from + h, wanted[w]));
    for (; h < left; h += 1) steps.push({ held: from + h, same: false });
    for (; w < right; w += 1) steps.push(step(undefined, wanted[w]));
    const one = wanted[right];
    if (one !== undefined) steps.push(step(from + left, one));
    [h, w] = [left + 1, right + 1];
  }
  return steps;
}

function step(held: number | undefined, wanted: Wanted | undefined): Step {
  return {
    ...(held === undefined ? {} : { held }),
    ...(wanted === undefined ? {} : { wanted }),
    same: false,
  };
}
