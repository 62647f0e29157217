import { lineTokens } from '../merge/line-tokens.ts';
import type { Edit, Splicing } from './edit.ts';
import { type Hunk, hunksOf, spansOf, widened } from './hunks.ts';
import { type Line, type Work, isIndivisible } from './line.ts';
import { placedTokens } from './placed-tokens.ts';
import { printedAnew } from './print-stretch.ts';
import { inPlace, inserted, removed } from './replace-words.ts';

/** Finds the edits that change the words of a line, or gives null where it has to be reprinted. */
export function spliceLine(line: Line, splicing: Splicing): readonly Edit[] | null {
  const held = placedTokens(line.loose, line.runs, splicing.source);
  if (held === null || held.length === 0) return null;
  const work: Work = { line, splicing, held, wanted: lineTokens(line.wanted), spans: spansOf(held) };
  let hunks = hunksOf(held, work.wanted);
  const edits = new Map<Hunk, readonly Edit[]>();
  // Each widening joins tokens that were apart, so there are at most as many as there are tokens.
  for (let round = 0; round <= held.length; round += 1) {
    const open = hunks.find((hunk) => !edits.has(hunk));
    if (open === undefined) break;
    const found = editsOf(open, work);
    if (found === null) return null;
    if ('from' in found) {
      const isWider = found.from < open.from || found.to > open.to;
      if (!isWider) return null;
      hunks = widened(hunks, open, found.from, found.to);
    } else edits.set(open, found);
  }
  if (hunks.some((hunk) => !edits.has(hunk))) return null;
  const words = hunks.flatMap((hunk) => edits.get(hunk) ?? []);
  const all = [...words, ...labels(words, work)];
  return all.some(({ start, end }) => start < 0 || end < start) ? null : all;
}

/** A link that is named by its own text gets the name that it had: `[the docs][docs]`. */
function labels(edits: readonly Edit[], { spans, splicing: { source, format } }: Work): readonly Edit[] {
  if (format === 'html') return [];
  return [...spans.keys()].flatMap((element): readonly Edit[] => {
    const { tag, start, end, children } = element;
    const inner = children.at(-1)?.end ?? -1;
    const isTouched = edits.some((edit) => edit.start > start && edit.end <= inner);
    if (tag !== 'a' || element.raw === true || source[start] !== '[' || inner < 0 || !isTouched) return [];
    const label = source.slice(start + 1, inner);
    const rest = source.slice(inner, end);
    if (rest === ']') return [{ start: end, end, text: `[${label}]` }];
    return rest === '][]' ? [{ start: end - 1, end: end - 1, text: label }] : [];
  });
}

/** The edits for a hunk, or a wider stretch of tokens that has to change together. */
function editsOf(
  hunk: Hunk,
  work: Work,
): readonly Edit[] | { readonly from: number; readonly to: number } | null {
  const held = work.held.slice(hunk.from, hunk.to);
  const wanted = work.wanted.slice(hunk.wantedFrom, hunk.wantedTo);
  const [before, after] = [work.held[hunk.from - 1], work.held[hunk.to]];
  const isWhole = [...held, ...(held.length === 0 ? [before, after] : [])].some(
    (token) => token?.within.some((element) => isIndivisible(element, work)) ?? false,
  );
  if (!isWhole) {
    if (wanted.length === 0) return removed(hunk, held, work);
    const replaced = held.length === 0 ? inserted(wanted, before, after, work) : inPlace(held, wanted, work);
    if (replaced !== null) return replaced;
  }
  return printedAnew(hunk, held, wanted, work);
}
