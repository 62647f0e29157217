/*
 * How much of their words two texts share, without comparing each with each: of all runs of five words the few whose
 * hashes are smallest stand for the text, as in Broder's sketches.
 */
import { hash } from 'node:crypto';

const runLength = 5;
/** Hashes that stand for a text. */
const size = 24;
const signLength = 6;

/** Empty for a text of fewer words than say anything. */
export function sketchOf(prose: string): string {
  const words =
    prose
      .toLowerCase()
      .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const runs = new Set<string>();
  for (let at = 0; at + runLength <= words.length; at += 1)
    runs.add(words.slice(at, at + runLength).join(' '));
  if (runs.size < size) return '';
  return [...runs]
    .map((run) => hash('md5', run, 'base64url').slice(0, signLength))
    .sort()
    .slice(0, size)
    .join('');
}

const signsOf = (sketch: string): readonly string[] => sketch.match(/.{6}/g) ?? [];

/** More texts than these share a run only because it is everywhere, such as a footer. */
const mostSharing = 40;

/** Pairs of texts that share at least a part of their words, by their places in the list; the part is from 0 to 1. */
export function alikePairs(
  sketches: readonly string[],
  least: number,
): readonly (readonly [one: number, other: number, shared: number])[] {
  const having = new Map<string, number[]>();
  for (const [at, sketch] of sketches.entries()) {
    for (const sign of signsOf(sketch)) {
      const some = having.get(sign);
      if (some === undefined) having.set(sign, [at]);
      else some.push(at);
    }
  }
  const common = new Map<number, number>();
  for (const some of having.values()) {
    if (some.length > mostSharing) continue;
    for (const [index, one] of some.entries())
      for (const other of some.slice(index + 1)) {
        const key = one * sketches.length + other;
        common.set(key, (common.get(key) ?? 0) + 1);
      }
  }
  return [...common].flatMap(([key, count]) => {
    if (count < size / 3) return [];
    const [one, other] = [Math.floor(key / sketches.length), key % sketches.length];
    const shared = likeness(sketches[one] ?? '', sketches[other] ?? '');
    return shared >= least ? [[one, other, shared] as const] : [];
  });
}

/** Of the smallest hashes of both together, how many both have. */
function likeness(one: string, other: string): number {
  const [left, right] = [new Set(signsOf(one)), new Set(signsOf(other))];
  const smallest = [...new Set([...left, ...right])].sort().slice(0, size);
  return smallest.filter((sign) => left.has(sign) && right.has(sign)).length / smallest.length;
}
