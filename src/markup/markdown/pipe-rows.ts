import type { Segment } from './block-node.ts';

type Align = 'left' | 'center' | 'right' | null;

/** Reads the row under a table's head; `null` when it is no such row. */
export function alignsOf(line: string): readonly Align[] | null {
  if (!/^[|:-]/u.test(line) || !/^[|:\- \t]*$/u.test(line)) return null;
  let row = line.trim();
  if (row.startsWith('|')) row = row.slice(1);
  if (row.endsWith('|')) row = row.slice(0, -1);
  const aligns: Align[] = [];
  for (const cell of row.split('|')) {
    const dashes = cell.trim();
    if (!/^:?-+:?$/u.test(dashes)) return null;
    const [left, right] = [dashes.startsWith(':'), dashes.endsWith(':')];
    aligns.push(left && right ? 'center' : left ? 'left' : right ? 'right' : null);
  }
  return aligns;
}

/** Cuts a row at its pipes; a pipe behind a backslash is content, so each cell is made of stretches. */
export function cellsOf(text: string, { start, end }: Segment): readonly (readonly Segment[])[] {
  const cells: (readonly Segment[])[] = [];
  let cell: Segment[] = [];
  let at = start;
  let to = end;
  while (at < to && isSpace(text, at)) at += 1;
  while (to > at && isSpace(text, to - 1)) to -= 1;
  if (text[at] === '|') at += 1;
  let from = at;
  for (; at < to; at += 1) {
    if (text[at] === '\\' && text[at + 1] === '|' && at + 1 < to) {
      cell.push({ start: from, end: at, pad: 0 });
      from = at + 1;
      at += 1;
    } else if (text[at] === '|') {
      cell.push({ start: from, end: at, pad: 0 });
      cells.push(trimmedCell(text, cell));
      cell = [];
      from = at + 1;
    }
  }
  if (from < to || cells.length === 0) {
    cell.push({ start: from, end: to, pad: 0 });
    cells.push(trimmedCell(text, cell));
  }
  return cells;
}

function trimmedCell(text: string, cell: readonly Segment[]): readonly Segment[] {
  const [first] = cell;
  const last = cell.at(-1);
  if (first === undefined || last === undefined) return [];
  let { start } = first;
  while (start < first.end && isSpace(text, start)) start += 1;
  const opened = cell.with(0, { ...first, start });
  const low = cell.length === 1 ? start : last.start;
  let { end } = last;
  while (end > low && isSpace(text, end - 1)) end -= 1;
  const closing = opened.at(-1);
  return closing === undefined ? opened : opened.with(opened.length - 1, { ...closing, end });
}

function isSpace(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}
