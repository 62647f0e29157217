import type { Canon, Paragraph, Picture, Table } from '../meaning/canon.ts';

type Line = Paragraph | Picture;

/** Prints a table with pipes, or gives `null` when pipes cannot say all that is in it. */
export function printPipeTable(
  table: Table,
  printLine: (line: Line) => string,
  mayPad: boolean,
): string | null {
  const width = table.rows[0]?.length ?? 0;
  const lines: (Line | null)[][] = [];
  for (const row of table.rows) {
    if (row.length !== width) return null;
    const cells: (Line | null)[] = [];
    for (const { blocks, tint, colspan, rowspan } of row) {
      const [only = null] = blocks;
      if (blocks.length > 1 || tint !== null || colspan > 1 || rowspan > 1) return null;
      if (only !== null && !isLine(only)) return null;
      cells.push(only);
    }
    lines.push(cells);
  }
  const aligns = Array.from({ length: width }, (_, column) =>
    alignOf(lines.map((row) => row[column] ?? null)),
  );
  if (aligns.includes(undefined)) return null;
  const texts = lines.map((row) =>
    row.map((cell) => (cell === null ? '' : printLine(cell).replaceAll('|', '\\|'))),
  );
  const note = table.header === null ? '' : `<!-- table header: ${table.header} -->\n`;
  return note + layOut(texts, aligns as readonly (string | null)[], mayPad);
}

/** What a cell with pipes around it can hold: one line of text, or one image. */
function isLine(block: Canon): block is Line {
  return block.kind === 'paragraph' ? block.attributes.length === 0 : block.kind === 'image';
}

/** How a column is aligned; `undefined` when its cells disagree or pipes cannot say it. */
function alignOf(cells: readonly (Line | null)[]): string | null | undefined {
  const filled = cells.filter((cell) => cell !== null);
  const align = filled[0]?.align ?? null;
  return align === 'justify' || filled.some((cell) => cell.align !== align) ? undefined : align;
}

/** Pads the columns when the table stays narrow enough to be read that way. */
function layOut(
  rows: readonly (readonly string[])[],
  aligns: readonly (string | null)[],
  mayPad: boolean,
): string {
  const widths = aligns.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 3),
  );
  const padded = mayPad && widths.reduce((sum, width) => sum + width + 3, 1) <= 120;
  const rule = aligns.map((align, column) => {
    const width = padded ? (widths[column] ?? 3) : 3;
    const colons = (align === 'center' ? 1 : 0) + (align === null ? 0 : 1);
    return `${align === 'center' ? ':' : ''}${'-'.repeat(width - colons)}${align === null ? '' : ':'}`;
  });
  const line = (row: readonly string[]): string =>
    `| ${row.map((text, column) => (padded ? text + ' '.repeat((widths[column] ?? 0) - widthOf(text)) : text)).join(' | ')} |`;
  const [first = [], ...rest] = rows;
  return [line(first), line(rule), ...rest.map(line)].join('\n');
}

/** Columns that a text takes on a screen, wide letters counted twice. */
function widthOf(text: string): number {
  let width = text.length;
  for (const { 0: sign } of text.matchAll(unusual)) width += (isWide.test(sign) ? 2 : 1) - sign.length;
  return width;
}

/** Letters that may be wide, or are two in memory. */
const unusual = /[^\u0000-\u10ff]/gu;

const isWide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
