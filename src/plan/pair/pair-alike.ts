import type { BaseArticle } from '../../model/base.ts';
import type { LocalArticle } from '../../model/entry.ts';
import { byText } from '../../model/identity.ts';

export interface PairedArticle {
  readonly row: BaseArticle;
  readonly local: LocalArticle;
}

/** How files that appeared are compared with rows of the base whose files vanished. */
export interface Likeness {
  /** Those with the very same title and text, where there is only one way to pair them. */
  same(rows: readonly BaseArticle[], locals: readonly LocalArticle[]): readonly PairedArticle[];
  hasSameTitle(row: BaseArticle, local: LocalArticle): boolean;
  /** The title and the fingerprints of the blocks, of either. */
  signsOfRow(row: BaseArticle): Signs;
  signsOfLocal(local: LocalArticle): Signs;
}

export interface Signs {
  readonly title: string;
  readonly blocks: readonly string[];
}

interface Doubt {
  readonly local: LocalArticle;
  readonly rows: readonly BaseArticle[];
}

// Half of the content in common is the least that counts; a second candidate as close as this makes it a doubt.
const least = 0.5;
const margin = 0.15;
// A block that is in very many articles says nothing about any of them.
const tooCommon = 50;

/** Pairs vanished and appeared articles that have most of their content in common, where the winner is clear. */
export function pairAlike(
  rows: readonly BaseArticle[],
  locals: readonly LocalArticle[],
  likeness: Likeness,
): { readonly pairs: readonly PairedArticle[]; readonly doubts: readonly Doubt[] } {
  if (rows.length === 0 || locals.length === 0) return { pairs: [], doubts: [] };
  const signsOfRows = rows.map((row) => ({ row, signs: likeness.signsOfRow(row) }));
  const rowsOfSign = new Map<string, number[]>();
  for (const [index, { signs }] of signsOfRows.entries()) {
    for (const sign of new Set([...signs.blocks, `title ${signs.title}`])) {
      rowsOfSign.set(sign, [...(rowsOfSign.get(sign) ?? []), index]);
    }
  }
  const scores: { row: BaseArticle; local: LocalArticle; score: number }[] = [];
  for (const local of locals) {
    const signs = likeness.signsOfLocal(local);
    const candidates = new Set<number>();
    for (const sign of new Set([...signs.blocks, `title ${signs.title}`])) {
      const found = rowsOfSign.get(sign) ?? [];
      if (found.length <= tooCommon) for (const index of found) candidates.add(index);
    }
    for (const index of [...candidates].toSorted((left, right) => left - right)) {
      const candidate = signsOfRows[index];
      if (candidate === undefined) continue;
      const score = shareAlike(candidate.signs, signs);
      if (score >= least) scores.push({ row: candidate.row, local, score });
    }
  }
  scores.sort(
    (left, right) =>
      right.score - left.score ||
      byText(left.row.path, right.row.path) ||
      byText(left.local.path, right.local.path),
  );

  const pairs: PairedArticle[] = [];
  const doubts = new Map<LocalArticle, Set<BaseArticle>>();
  const used = new Set<BaseArticle | LocalArticle>();
  for (const best of scores) {
    if (used.has(best.row) || used.has(best.local)) continue;
    const rivals = scores.filter(
      (other) =>
        other !== best &&
        (other.row === best.row || other.local === best.local) &&
        !used.has(other.row) &&
        !used.has(other.local) &&
        best.score - other.score < margin,
    );
    if (rivals.length === 0) pairs.push({ row: best.row, local: best.local });
    else {
      for (const one of [best, ...rivals]) {
        doubts.set(one.local, (doubts.get(one.local) ?? new Set()).add(one.row));
        used.add(one.local);
      }
    }
    used.add(best.row);
    used.add(best.local);
  }
  return {
    pairs,
    doubts: [...doubts].map(([local, some]) => ({
      local,
      rows: [...some].toSorted((left, right) => byText(left.path, right.path)),
    })),
  };
}

/** From 0 (nothing in common) to 1: four fifths for the blocks, one fifth for the title. */
function shareAlike(left: Signs, right: Signs): number {
  const title = left.title === right.title ? 1 : 0;
  if (left.blocks.length === 0 && right.blocks.length === 0) return title;
  const counts = new Map<string, number>();
  for (const block of left.blocks) counts.set(block, (counts.get(block) ?? 0) + 1);
  let shared = 0;
  for (const block of right.blocks) {
    const count = counts.get(block) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(block, count - 1);
  }
  return 0.8 * ((2 * shared) / (left.blocks.length + right.blocks.length)) + 0.2 * title;
}
