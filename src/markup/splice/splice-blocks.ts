import type { Canon } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import type { Placed } from '../html/dom.ts';
import { prefixAt } from './chars.ts';
import { type Splicing, reaches } from './edit.ts';
import { type Comparable, lettersOf, pairUp } from '../merge/pair-up.ts';
import { isHtmlAt, rangeOf } from './place.ts';
import { printIn } from './print-in.ts';
import { spliceBlock } from './splice-block.ts';

/** Changes blocks in place; false where that cannot be done without printing what is around them. */
export function spliceBlocks(
  held: readonly Canon[],
  wanted: readonly Canon[],
  splicing: Splicing,
  inPipes = false,
): boolean {
  let last: Canon | null = null;
  // What is new before anything that was there.
  let waiting: Canon[] = [];
  for (const step of pairUp(held.map(comparable), wanted.map(comparable))) {
    const before = step.held === undefined ? undefined : held[step.held];
    const after = step.wanted === undefined ? undefined : wanted[step.wanted];
    if (before !== undefined && after === undefined) {
      if (held.length === 1 && !inPipes && splicing.format === 'markdown') return false;
      if (!remove(before, held, splicing)) return false;
    } else if (before === undefined && after !== undefined) {
      if (inPipes) return false;
      if (last === null) waiting.push(after);
      else if (!insertBehind(last, [after], held, splicing)) return false;
      continue;
    } else if (before !== undefined && after !== undefined) {
      if (waiting.length > 0 && !insertBefore(before, waiting, held, splicing)) return false;
      waiting = [];
      if (!step.same && !change(before, after, splicing, inPipes)) return false;
    }
    last = before ?? last;
  }
  if (waiting.length === 0) return true;
  const [first] = held;
  return first !== undefined && insertBefore(first, waiting, held, splicing);
}

function comparable(block: Canon): Comparable {
  return { key: fingerprintOf([block]), kind: block.kind, text: lettersOf([block]) };
}

function change(held: Canon, wanted: Canon, splicing: Splicing, inPipes: boolean): boolean {
  const isLeaf = 'runs' in held || held.kind === 'image' || held.kind === 'code';
  if (!(isLeaf && reaches(splicing, 'blocks'))) {
    const count = splicing.edits.length;
    if (spliceBlock(held, wanted, splicing, inPipes, spliceBlocks)) return true;
    splicing.edits.length = count;
  }
  if (inPipes) return false;
  const range = rangeOf(held, splicing);
  if (range === null) return false;
  const isHtml = isHtmlAt(held, splicing);
  const isAligned = !isHtml && 'align' in held && 'align' in wanted && held.align === wanted.align;
  // The comment that says how it is aligned stays where it is.
  const shown = isAligned ? { ...wanted, align: null } : wanted;
  splicing.edits.push({ ...range, text: printIn([shown], splicing, range.start, isHtml) });
  return true;
}

/** Takes a block away, with what kept it apart from the one before it, or behind it. */
function remove(block: Canon, held: readonly Canon[], splicing: Splicing): boolean {
  const range = rangeOf(block, splicing);
  if (range === null) return false;
  const at = held.indexOf(block);
  const [before, after] = [held[at - 1], held[at + 1]].map((one) =>
    one === undefined ? null : rangeOf(one, splicing),
  );
  const isBlank = (from: number, to: number): boolean => /^[\s>]*$/u.test(splicing.source.slice(from, to));
  let { start, end } = range;
  if (splicing.format === 'markdown') {
    if (before !== null && before !== undefined && isBlank(before.end, start)) start = before.end;
    else if (after !== null && after !== undefined && isBlank(end, after.start)) end = after.start;
  }
  splicing.edits.push({ start, end, text: '' });
  return true;
}

function insertBehind(
  block: Canon,
  fresh: readonly Canon[],
  held: readonly Canon[],
  splicing: Splicing,
): boolean {
  const range = rangeOf(block, splicing);
  if (range === null) return false;
  const isHtml = isHtmlAt(block, splicing);
  const text = printIn(fresh, splicing, startOf(held, range, splicing), isHtml);
  const between = isHtml ? '' : separator(held, range, splicing, fresh[0]?.kind === 'list');
  splicing.edits.push({ start: range.end, end: range.end, text: between + text });
  return true;
}

function insertBefore(
  block: Canon,
  fresh: readonly Canon[],
  held: readonly Canon[],
  splicing: Splicing,
): boolean {
  const range = rangeOf(block, splicing);
  if (range === null) return false;
  const isHtml = isHtmlAt(block, splicing);
  const text = printIn(fresh, splicing, range.start, isHtml);
  const between = isHtml ? '' : separator(held, range, splicing, false);
  splicing.edits.push({ start: range.start, end: range.start, text: text + between });
  return true;
}

/** Where the first of some blocks begins, which says what their lines begin with. */
function startOf(held: readonly Canon[], range: Placed, splicing: Splicing): number {
  // The title of a box stands behind its signs, where no other block can begin.
  const starts = held.flatMap((block) => rangeOf(block, splicing)?.start ?? []);
  return starts.find((start) => !isBehindHead(splicing.source, start)) ?? range.start;
}

const isBehindHead = (source: string, at: number): boolean =>
  /^[\s>]*(?::{3,}|!!!|\[![a-z]+\])/iu.test(source.slice(source.lastIndexOf('\n', at - 1) + 1, at));

/** What keeps blocks apart: an empty line, or none before a list where there is none between others. */
function separator(held: readonly Canon[], range: Placed, splicing: Splicing, isList: boolean): string {
  const prefix = prefixAt(splicing.source, startOf(held, range, splicing));
  const gaps = held.slice(1).flatMap((block, at) => {
    const [left, right] = [held[at], block].map((one) => (one === undefined ? null : rangeOf(one, splicing)));
    return left === null || right === null || left === undefined || right === undefined
      ? []
      : [splicing.source.slice(left.end, right.start)];
  });
  const isTight = isList && gaps.every((gap) => (gap.match(/\n/gu) ?? []).length < 2);
  return isTight ? `\n${prefix}` : `\n${prefix.trimEnd()}\n${prefix}`;
}
