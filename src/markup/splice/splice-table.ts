import type { Canon, Cell, Table } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import type { Placed } from '../html/dom.ts';
import { cellsOf } from '../markdown/pipe-rows.ts';
import { printHtml } from '../print/print-html.ts';
import { printUnchecked } from '../print/print-markdown.ts';
import type { SpliceBlocks, Splicing } from './edit.ts';
import { lettersOf, pairUp, type Comparable } from '../merge/pair-up.ts';
import { isHtmlAt, rangeOf } from './place.ts';
import { tagEnd } from './splice-tag.ts';

type Row = readonly Cell[];

/** Changes, adds and removes rows of a table, each by itself; false where the table has to be reprinted. */
export function spliceTable(
  held: Table,
  wanted: Table,
  splicing: Splicing,
  spliceBlocks: SpliceBlocks,
): boolean {
  if (held.header !== wanted.header) return false;
  const places = held.rows.map((row) => rangeOf(row, splicing));
  const isHtml = isHtmlAt(held, splicing);
  let last: number | null = null;
  for (const step of pairUp(held.rows.map(comparable), wanted.rows.map(comparable))) {
    const before = step.held === undefined ? undefined : held.rows[step.held];
    const after = step.wanted === undefined ? undefined : wanted.rows[step.wanted];
    if (step.held === 0 ? step.wanted !== 0 : last === null && step.held === undefined) return false;
    if (before !== undefined && after !== undefined) {
      if (!step.same && !changeRow(before, after, { splicing, spliceBlocks, isHtml })) return false;
    } else if (before !== undefined && step.held !== undefined) {
      const place = places[step.held];
      const previous = places[step.held - 1];
      if (place === null || place === undefined) return false;
      if (isHtml) splicing.edits.push({ ...place, text: '' });
      else if (previous === null || previous === undefined || step.held === 1) {
        // The row under the head stays; the line goes with the end of the one before.
        const start = splicing.source.lastIndexOf('\n', place.start - 1);
        splicing.edits.push({ start, end: place.end, text: '' });
      } else splicing.edits.push({ start: previous.end, end: place.end, text: '' });
    } else if (after !== undefined && last !== null) {
      if (!insertRow(last, after, held, { splicing, isHtml })) return false;
    }
    last = step.held ?? last;
  }
  return true;
}

function comparable(row: Row): Comparable {
  const table: Table = { kind: 'table', header: null, rows: [row] };
  return {
    key: fingerprintOf([table]),
    kind: '',
    text: row.map(({ blocks }) => lettersOf(blocks)).join(' '),
  };
}

interface Work {
  readonly splicing: Splicing;
  readonly isHtml: boolean;
}

function changeRow(held: Row, wanted: Row, work: Work & { readonly spliceBlocks: SpliceBlocks }): boolean {
  const { splicing, isHtml, spliceBlocks } = work;
  if (held.length !== wanted.length) return false;
  if (!isHtml && held[0]?.blocks.length !== 0 && wanted[0]?.blocks.length === 0) {
    // Without a pipe before it, an empty first cell would be none.
    const row = rangeOf(held, splicing);
    if (row === null) return false;
    if (splicing.source[row.start] !== '|')
      splicing.edits.push({ start: row.start, end: row.start, text: '| ' });
  }
  return held.every((cell, column) => {
    const after = wanted[column];
    if (after === undefined || cell.tint !== after.tint) return false;
    if (cell.colspan !== after.colspan || cell.rowspan !== after.rowspan) return false;
    if (fingerprintOf(cell.blocks) === fingerprintOf(after.blocks)) return true;
    if (cell.blocks.length > 0 && (after.blocks.length > 0 || !isHtml))
      return spliceBlocks(cell.blocks, after.blocks, splicing, !isHtml);
    return fill(held, column, after, work);
  });
}

/** Puts something into an empty cell, or empties one. */
function fill(row: Row, column: number, wanted: Cell, { splicing, isHtml }: Work): boolean {
  const { source } = splicing;
  const place = rangeOf(isHtml ? (row[column]?.blocks ?? []) : row, splicing);
  if (place === null) return false;
  if (isHtml) {
    const start = tagEnd(source, place.start);
    const close = /<\/t[dh]\s*>$/iu.exec(source.slice(start, place.end));
    if (close === null) return false;
    const inner =
      wanted.blocks.length === 0 ? '<p class="no-margin"></p>' : printHtml(wanted.blocks, splicing.html);
    splicing.edits.push({ start, end: place.end - close[0].length, text: inner });
    return true;
  }
  const segment = cellsOf(source, { ...place, pad: 0 })[column]?.[0];
  const text = cellText(wanted, splicing);
  if (segment === undefined || text === null) return false;
  let { start, end } = segment;
  while (source[start - 1] === ' ' && start > place.start) start -= 1;
  while (source[end] === ' ' && end < place.end) end += 1;
  const left = source[start - 1] === '|' ? ' ' : '';
  splicing.edits.push({ start, end, text: `${left}${text} ` });
  return true;
}

/** What a cell says between its pipes; null where pipes cannot say it. */
function cellText({ blocks }: Cell, { refs }: Splicing): string | null {
  const [only] = blocks;
  if (only === undefined) return '';
  const isLine = only.kind === 'paragraph' || only.kind === 'image';
  if (blocks.length > 1 || !isLine) return null;
  const table: Canon = {
    kind: 'table',
    header: null,
    rows: [[{ blocks, tint: null, colspan: 1, rowspan: 1, style: null }]],
  };
  const printed = printUnchecked([table], { refs, shift: 0, tables: 'compact' });
  return /^\| (.*) \|\n/u.exec(printed)?.[1] ?? null;
}

function insertRow(behind: number, wanted: Row, held: Table, { splicing, isHtml }: Work): boolean {
  const previous = held.rows[behind];
  const place: Placed | null = previous === undefined ? null : rangeOf(previous, splicing);
  if (place === null || previous === undefined) return false;
  const { source } = splicing;
  if (isHtml) {
    // A new row looks like the one before it, but never like the head.
    const like = behind > 0 ? previous : undefined;
    const cells = wanted.map((cell, column): Cell => ({
      ...cell,
      style: like === undefined || like[column]?.tint !== cell.tint ? null : (like[column]?.style ?? ''),
    }));
    const table: Canon = { kind: 'table', header: null, rows: [[], cells] };
    const printed = /<tr>(?:<\/tr>)?[^]*?(<tr>[^]*<\/tr>)/u.exec(printHtml([table], splicing.html))?.[1];
    if (printed === undefined) return false;
    splicing.edits.push({ start: place.end, end: place.end, text: printed });
    return true;
  }
  const texts = wanted.map((cell) => cellText(cell, splicing));
  if (texts.includes(null) || wanted.length !== previous.length) return false;
  const line = source.slice(place.start, place.end).trim();
  const [open, close] = [line.startsWith('|') ? '| ' : '', line.endsWith('|') ? ' |' : ''];
  const prefix = source.slice(source.lastIndexOf('\n', place.start - 1) + 1, place.start);
  // Behind the head comes the line under it.
  const at = behind === 0 ? endOfLine(source, endOfLine(source, place.end) + 1) : place.end;
  splicing.edits.push({ start: at, end: at, text: `\n${prefix}${open}${texts.join(' | ')}${close}` });
  return true;
}

function endOfLine(source: string, at: number): number {
  const next = source.indexOf('\n', at);
  if (next === -1) return source.length;
  return source[next - 1] === '\r' ? next - 1 : next;
}
