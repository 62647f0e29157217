import type { Canon, Item, List } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import type { Placed } from '../html/dom.ts';
import { printHtml } from '../print/print-html.ts';
import { printMarkdown, printUnchecked } from '../print/print-markdown.ts';
import { prefixAt } from './chars.ts';
import { type SpliceBlocks, type Splicing, reaches } from './edit.ts';
import { type Comparable, lettersOf, pairUp } from '../merge/pair-up.ts';
import { isHtmlAt, rangeOf } from './place.ts';

/** Changes, adds and removes items of a list, each by itself; false where the list has to be reprinted. */
export function spliceItems(
  held: List,
  wanted: List,
  splicing: Splicing,
  spliceBlocks: SpliceBlocks,
): boolean {
  const ranges = held.items.map(({ blocks }) => rangeOf(blocks, splicing));
  if (ranges.includes(null)) return false;
  const places = ranges.filter((range) => range !== null);
  const work: Work = { held, places, isHtml: isHtmlAt(held, splicing), splicing };
  const removed = new Set<number>();
  let last = -1;
  let waiting: Item[] = [];
  for (const step of pairUp(held.items.map(comparable), wanted.items.map(comparable))) {
    const before = step.held === undefined ? undefined : held.items[step.held];
    const after = step.wanted === undefined ? undefined : wanted.items[step.wanted];
    if (before === undefined && after !== undefined) {
      if (last === -1) waiting.push(after);
      else insert(last, after, work);
      continue;
    }
    if (step.held === undefined) continue;
    if (after === undefined) removed.add(step.held);
    else {
      for (const one of waiting) insertFirst(step.held, one, work);
      waiting = [];
      if (!step.same && !change(step.held, after, work, spliceBlocks)) return false;
    }
    last = step.held;
  }
  if (waiting.length > 0 || removed.size === held.items.length) return false;
  for (const at of removed) remove(at, removed, work);
  return true;
}

interface Work {
  readonly held: List;
  readonly places: readonly Placed[];
  readonly isHtml: boolean;
  readonly splicing: Splicing;
}

function comparable({ blocks }: Item): Comparable {
  return { key: fingerprintOf(blocks), kind: '', text: lettersOf(blocks) };
}

function change(at: number, wanted: Item, work: Work, spliceBlocks: SpliceBlocks): boolean {
  const { held, places, splicing } = work;
  const before = held.items[at];
  const place = places[at];
  if (before === undefined || place === undefined) return false;
  if (!reaches(splicing, 'items') && before.blocks.length > 0) {
    const count = splicing.edits.length;
    if (spliceBlocks(before.blocks, wanted.blocks, splicing)) return true;
    splicing.edits.length = count;
  }
  splicing.edits.push({ ...place, text: printed(wanted, markerAt(place, work), place, work) });
  return true;
}

function insert(behind: number, item: Item, work: Work): void {
  const place = work.places[behind];
  if (place === undefined) return;
  const { splicing, isHtml } = work;
  const text = printed(item, nextMarker(behind, work), place, work);
  const gap = isHtml ? '' : `${gapOf(work)}${linePrefix(place, splicing)}`;
  splicing.edits.push({ start: place.end, end: place.end, text: gap + text });
}

function insertFirst(before: number, item: Item, work: Work): void {
  const place = work.places[before];
  if (place === undefined) return;
  const { splicing, isHtml } = work;
  const text = printed(item, markerAt(place, work), place, work);
  const gap = isHtml ? '' : `${gapOf(work)}${linePrefix(place, splicing)}`;
  splicing.edits.push({ start: place.start, end: place.start, text: text + gap });
}

/** Takes an item away, up to the next one that stays, or else from the end of the one before it. */
function remove(at: number, removed: ReadonlySet<number>, { places, isHtml, splicing }: Work): void {
  const [place, next] = [places[at], places[at + 1]];
  if (place === undefined) return;
  const isLast = places.every((_, index) => index <= at || removed.has(index));
  const before = places[at - 1];
  if (isHtml && splicing.format === 'html') splicing.edits.push({ ...place, text: '' });
  else if (!isLast && next !== undefined)
    splicing.edits.push({ start: place.start, end: next.start, text: '' });
  else splicing.edits.push({ start: before?.end ?? place.start, end: place.end, text: '' });
}

interface Marker {
  readonly sign: string;
  readonly space: string;
}

function markerAt({ start, end }: Placed, { splicing, held }: Work): Marker {
  const found = /^[ \t]*([-*+]|\d{1,9}[.)])([ \t]*)/u.exec(splicing.source.slice(start, end));
  const [, sign = held.ordered ? '1.' : '-', space = ' '] = found ?? [];
  // Code begins behind five spaces; an item with nothing in its first line has none.
  return { sign, space: space === '' || space.length > 4 ? ' ' : space };
}

/** The marker behind another: the same sign, or the next number where the numbers rise. */
function nextMarker(behind: number, work: Work): Marker {
  const place = work.places[behind];
  const own = place === undefined ? { sign: '-', space: ' ' } : markerAt(place, work);
  const number = Number.parseInt(own.sign, 10);
  const before = work.places[behind - 1];
  const isSteady = before !== undefined && Number.parseInt(markerAt(before, work).sign, 10) === number;
  if (Number.isNaN(number) || isSteady) return own;
  return { ...own, sign: `${String(number + 1)}${own.sign.at(-1) ?? '.'}` };
}

/** What is between two items: a line end, and an empty line where the list is loose. */
function gapOf({ places, splicing }: Work): string {
  const [first, second] = places;
  if (first === undefined || second === undefined) return '\n';
  const between = splicing.source.slice(first.end, second.start);
  const prefix = linePrefix(second, splicing).trimEnd();
  return (between.match(/\n/gu) ?? []).length > 1 ? `\n${prefix}\n` : '\n';
}

function linePrefix({ start }: Placed, { source }: Splicing): string {
  return prefixAt(source, start);
}

function printed(item: Item, { sign, space }: Marker, place: Placed, { splicing, isHtml }: Work): string {
  if (isHtml) return `<li>${printHtml(item.blocks, splicing.html)}</li>`;
  const print = reaches(splicing, 'lines') ? printMarkdown : printUnchecked;
  const isTight = item.blocks.slice(1).every(({ kind }) => kind === 'list');
  const text = print(item.blocks, { refs: splicing.refs, shift: 0, nested: true });
  const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
  const prefix = `${linePrefix(place, splicing)}${' '.repeat(sign.length + space.length)}`;
  const tight = isTight ? tightened(item.blocks, text) : text;
  const lines = tight.replace(/\n(.?)/gu, (_, next: string) =>
    next === '' ? `\n${prefix.trimEnd()}` : `\n${prefix}${next}`,
  );
  return `${sign}${space}${box}${lines}`.trimEnd();
}

/** A list follows the text of its item without an empty line. */
function tightened(blocks: readonly Canon[], text: string): string {
  return blocks.length === 2 ? text.replace('\n\n', '\n') : text;
}
