/*
 * Which block of a translation belongs to which block of its source. As long as the translation has as many blocks with
 * words as its source had, they belong together one by one; blocks without words are the same in every language.
 */
import { alignEqual } from '../markup/merge/align.ts';
import type { Block } from '../markup/meaning/body.ts';
import type { SourceChanges } from '../plan/compare/behind.ts';

/** One block with words; places count those only, from 0. */
export interface MatchedBlock {
  /** In the source as it is now; null where it is gone. */
  readonly now: number | null;
  /** In the source as it was when the translation was last touched; null where it is new. */
  readonly was: number | null;
  /** In the translation; null where it has none for it. */
  readonly translated: number | null;
}

/** Null where nobody can tell which block of the translation belongs to which block of the source. */
export function matchBlocks(
  changes: SourceChanges,
  source: readonly Block[],
  translation: readonly Block[],
): readonly MatchedBlock[] | null {
  const isPaired = translation.length === changes.was;
  const byShape = isPaired ? null : alignedByShape(source, translation);
  if (!isPaired && byShape === null) return null;
  const found: MatchedBlock[] = [];
  let [old, now] = [0, 0];
  for (const [atOld, atNow] of [...changes.same, [changes.was, source.length] as const]) {
    while (old < atOld || now < atNow) {
      const was = old < atOld ? old : null;
      const is = now < atNow ? now : null;
      const translated = isPaired ? was : is === null ? null : (byShape?.get(is) ?? null);
      found.push({ now: is, was, translated });
      old += was === null ? 0 : 1;
      now += is === null ? 0 : 1;
    }
    if (atNow < source.length)
      found.push({ now: atNow, was: atOld, translated: isPaired ? atOld : (byShape?.get(atNow) ?? null) });
    [old, now] = [atOld + 1, atNow + 1];
  }
  return found;
}

/** Where both have blocks of the same kinds in the same order, all of them have a partner; else nobody can tell. */
function alignedByShape(
  source: readonly Block[],
  translation: readonly Block[],
): ReadonlyMap<number, number> | null {
  if (source.length !== translation.length) return null;
  const pairs = alignEqual(source.map(shapeOf), translation.map(shapeOf));
  return pairs.length === source.length ? new Map(pairs) : null;
}

const shapeOf = ({ content }: Block): string =>
  content.map((one) => (one.kind === 'heading' ? `h${one.level}` : one.kind)).join(' ');
