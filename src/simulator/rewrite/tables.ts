import type { Flow } from './flow.ts';
import { attribute, element } from '../../look/html.ts';
import type { Attribute, HtmlElement, SourceElement } from '../../look/html.ts';
import { refuseBody } from './parts.ts';
import type { Around } from './parts.ts';
import { tableStyle } from './styles.ts';

/** A table without a header: its head becomes a row like any other. */
export function buildTable(flow: Flow, node: SourceElement, around: Around): boolean {
  if (flow.place.inItem) return refuseBody('Tables inside lists are not supported');
  if (flow.place.inTable) return refuseBody('Tables inside tables are not supported');
  flow.interrupt();
  for (const caption of elementsOf(node, /^caption$/)) flow.transparent(caption, around);
  const rows = rowsOf(node)
    .map((row) => elementsOf(row, /^t[dh]$/).map((cell) => buildCell(flow, cell, around)))
    .filter((cells) => cells.length > 0)
    .map((cells) => element('tr', [], cells));
  if (rows.length === 0) return refuseBody('Tables must have at least one row and one cell');
  const attributes: Attribute[] = [['role', 'presentation']];
  const style = tableStyle(attribute(node, 'style') ?? '');
  if (style !== '') attributes.push(['style', style]);
  const table = element('table', attributes, [element('tbody', [], rows)]);
  flow.push(element('div', [['class', 'intercom-interblocks-table-container']], [table]));
  return true;
}

function rowsOf(table: SourceElement): SourceElement[] {
  return elementsOf(table, /^(?:thead|tbody|tfoot|tr)$/).flatMap((part) =>
    part.tagName === 'tr' ? [part] : elementsOf(part, /^tr$/),
  );
}

function buildCell(flow: Flow, cell: SourceElement, around: Around): HtmlElement {
  const attributes: Attribute[] = [];
  for (const name of ['colspan', 'rowspan']) {
    const span = /^\d{1,4}$/.exec(attribute(cell, name) ?? '')?.[0];
    if (span !== undefined && Number(span) > 1) attributes.push([name, String(Number(span))]);
  }
  const style = tableStyle(attribute(cell, 'style') ?? '');
  if (style !== '') attributes.push(['style', style]);
  const inner = flow.inner({ at: 'cell', inTable: true });
  inner.walk(cell.children, around);
  return element('td', attributes, inner.finish(true));
}

function elementsOf(node: SourceElement, tags: RegExp): SourceElement[] {
  return node.children.filter(
    (child): child is SourceElement => child.type === 'element' && tags.test(child.tagName),
  );
}
