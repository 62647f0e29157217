import type { Canon, Cell, Table } from '../meaning/canon.ts';
import { backgroundOf, tintOf, usualHeader } from '../meaning/colors.ts';
import { type DomElement, type DomNode, isElement } from './dom.ts';
import type { Reading, Setting } from './reading.ts';

type ReadFlow = (nodes: readonly DomNode[], reading: Reading, setting: Setting) => readonly Canon[];

/** Reads a table: all its rows alike, the first one standing out only by its tint. */
export function readTable(
  node: DomElement,
  reading: Reading,
  setting: Setting,
  readFlow: ReadFlow,
): readonly Canon[] {
  if (setting.inList) reading.report('TABLE_IN_LIST', node);
  if (setting.inTable) reading.report('TABLE_IN_TABLE', node);
  const found = rowsOf(node);
  const rows = found.map((row) =>
    row.children
      .filter(isElement)
      .filter(({ tag }) => tag === 'td' || tag === 'th')
      .map((cell) => readCell(cell, reading, setting, readFlow)),
  );

  const filled = rows.filter((row) => row.length > 0);
  const caption = node.children.filter((child) => isElement(child) && child.tag === 'caption');
  const before = readFlow(caption, reading, setting);
  if (filled.length === 0) {
    reading.report('EMPTY_TABLE', node);
    return before;
  }
  const table = withHeader(filled);
  const rowNodes = found.filter((_, at) => (rows[at] ?? []).length > 0);
  for (const [at, row] of table.rows.entries()) reading.place?.(row, rowNodes.slice(at, at + 1));
  return [...before, table];
}

function rowsOf(node: DomElement): readonly DomElement[] {
  return node.children.filter(isElement).flatMap((child) => {
    if (child.tag === 'tr') return [child];
    return child.tag === 'tbody' || child.tag === 'thead' || child.tag === 'tfoot' ? rowsOf(child) : [];
  });
}

function readCell(cell: DomElement, reading: Reading, around: Setting, readFlow: ReadFlow): Cell {
  const style = cell.attributes.get('style') ?? null;
  const background =
    backgroundOf(style ?? '') ?? backgroundOf(`background: ${cell.attributes.get('bgcolor') ?? ''}`);
  const align = /^(center|right)$/iu.exec(cell.attributes.get('align') ?? '')?.[1]?.toLowerCase();
  const blocks = readFlow(cell.children, reading, {
    align: align === 'center' || align === 'right' ? align : null,
    inside: 'table',
    inList: around.inList,
    inTable: true,
  });
  reading.place?.(blocks, [cell]);
  return {
    blocks,
    tint: background === null ? null : tintOf(background),
    colspan: spanOf(cell.attributes.get('colspan')),
    rowspan: spanOf(cell.attributes.get('rowspan')),
    style,
  };
}

function spanOf(value: string | undefined): number {
  const count = Number(value ?? '1');
  return Number.isInteger(count) && count > 1 && count <= 1000 ? count : 1;
}

/** Takes the tint of a first row that is tinted throughout from its cells to the table. */
function withHeader(rows: readonly (readonly Cell[])[]): Table {
  const [first = [], ...rest] = rows;
  const tint = first[0]?.tint ?? null;
  if (first.some((cell) => cell.tint !== tint)) return { kind: 'table', header: null, rows };
  const header = tint === usualHeader ? null : tint;
  return { kind: 'table', header, rows: [first.map((cell) => ({ ...cell, tint: null })), ...rest] };
}
