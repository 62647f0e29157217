import type { Canon, Cell, Paragraph, Picture, Table } from '../meaning/canon.ts';

type Line = Paragraph | Picture;

/** Prints a table with pipes, or gives `null` when pipes cannot say all that is in it. */
export function printPipeTable(
  table: Table,
  printLine: (line: Line) => string,
  mayPad: boolean,
): string | null {
  const width = table.rows[0]?.length ?? 0;
  const isPlain = ({ tint, colspan, rowspan }: Cell): boolean =>
    tint === null && colspan === 1 && rowspan === 1;
  if (!table.rows.every((row) => row.length === width && row.every(isPlain))) return null;
  const aligns = Array.from({ length: width }, (_, column) =>
    alignOf(table.rows.map((row) => row[column]?.blocks ?? [])),
  );
  if (aligns.includes(undefined)) return null;
  const texts: string[][] = [];
  for (const row of table.rows) {
    const cells = row.map(({ blocks }) => printCell(blocks, printLine)?.replaceAll('|', '\\|'));
    const isReadable = row.every(({ blocks }) => isOneLine(blocks)) || cells.join(' | ').length <= longest;
    if (!isReadable || cells.includes(undefined)) return null;
    texts.push(cells.map((cell) => cell ?? ''));
  }
  const note = table.header === null ? '' : `<!-- table header: ${table.header} -->\n`;
  return note + layOut(texts, aligns as readonly (string | null)[], mayPad);
}

/** Letters of a row with lists or paragraphs in its cells that can be read in one line. */
const longest = 160;

/** What a cell with pipes around it holds as it is: one line of text, or one image. */
function isLine(block: Canon): block is Line {
  return block.kind === 'paragraph' ? block.attributes.length === 0 : block.kind === 'image';
}

function isOneLine(blocks: readonly Canon[]): boolean {
  return blocks.length < 2 && blocks.every(isLine);
}

/** Prints a cell in one line, lists and paragraphs with tags; undefined for what has no place in a line. */
function printCell(
  blocks: readonly Canon[],
  printLine: (line: Line) => string,
  tags: readonly [string, string] = ['', ''],
): string | undefined {
  const [first, ...rest] = blocks;
  const isBare = !rest.some(isLine);
  const texts = blocks.map((block) => {
    if (isLine(block)) return block === first && isBare ? printLine(block) : `<p>${printLine(block)}</p>`;
    if (block.kind !== 'list' || block.start !== 1) return undefined;
    const name = block.ordered ? 'ol' : 'ul';
    const items = block.items.map((item) =>
      item.checked === null ? printCell(item.blocks, printLine, ['<li>', '</li>']) : undefined,
    );
    return items.includes(undefined) ? undefined : `<${name}>${items.join('')}</${name}>`;
  });
  return texts.includes(undefined) ? undefined : `${tags[0]}${texts.join('')}${tags[1]}`;
}

/** How a column is aligned; `undefined` when its cells disagree or pipes cannot say it. */
function alignOf(cells: readonly (readonly Canon[])[]): string | null | undefined {
  const filled = cells.filter((blocks) => blocks.length > 0);
  const alignIn = (blocks: readonly Canon[]): string | null => {
    const [only] = blocks;
    return blocks.length === 1 && only !== undefined && isLine(only) ? only.align : null;
  };
  const align = alignIn(filled[0] ?? []);
  const isOdd = (blocks: readonly Canon[]): boolean =>
    alignIn(blocks) !== align ||
    (blocks.length > 1 && blocks.some((one) => isLine(one) && one.align !== null));
  return align === 'justify' || filled.some(isOdd) ? undefined : align;
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
