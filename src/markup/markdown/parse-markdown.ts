import type { BlockNode, Segment } from './block-node.ts';
import { BlockParser } from './block-parser.ts';
import { tryStarts } from './block-starts.ts';
import { type InlineScope, parseInlines } from './inline-parser.ts';
import { type Definition, normalizeLabel } from './link-definitions.ts';
import { unescapeMarkdown } from './link-parts.ts';
import type { MdBlock, MdItem } from './markdown-tree.ts';
import { cellsOf } from './pipe-rows.ts';
import { Work } from './work.ts';

/** A parsed text: its blocks, and where the names lead that its links may use. */
export interface MarkdownDocument {
  readonly blocks: readonly MdBlock[];
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** The blocks of a text; see `parseDocument`. */
export const parseMarkdown = (text: string): readonly MdBlock[] => parseDocument(text).blocks;

/**
 * Parses CommonMark with GitHub's tables, strikethrough, task boxes, footnotes and bare addresses, in time that
 * grows with the length of the text. Throws `TooComplex` for what no person writes.
 */
export function parseDocument(text: string): MarkdownDocument {
  const work = new Work(text.length);
  const parser = new BlockParser(text, work, tryStarts);
  const document = parser.parse();
  const footnotes = new Set<string>();
  const find = (node: BlockNode): void => {
    if (node.type === 'footnote') footnotes.add(normalizeLabel(node.label));
    node.children.forEach(find);
  };
  find(document);
  const scope: InlineScope = { text, definitions: parser.definitions, footnotes, work };
  const { definitions } = parser;
  return { blocks: document.children.map((node) => blockOf(node, scope)), definitions };
}

function blockOf(node: BlockNode, scope: InlineScope): MdBlock {
  const place = { start: node.start, end: node.end };
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', ...place, children: parseInlines(scope, node.segments, '\n') };
    case 'heading':
      return {
        type: 'heading',
        ...place,
        level: node.level,
        children: parseInlines(scope, node.segments, '\n'),
      };
    case 'rule':
      return { type: 'rule', ...place };
    case 'quote':
      return { type: 'quote', ...place, children: node.children.map((child) => blockOf(child, scope)) };
    case 'box':
      return boxOf(node, scope);
    case 'list':
      return {
        type: 'list',
        ...place,
        ordered: node.mark?.ordered === true,
        first: node.mark?.first ?? 1,
        items: node.children.map((item) => itemOf(item, scope)),
      };
    case 'code': {
      const info = node.fence === null || node.info === '' ? null : unescapeMarkdown(node.info);
      return { type: 'code', ...place, info, text: linesOf(node, scope.text) };
    }
    case 'html':
      return { type: 'html', ...place, html: linesOf(node, scope.text), lines: placesOf(node) };
    case 'table':
      return {
        type: 'table',
        ...place,
        align: node.aligns,
        rows: node.segments.map((row) => rowOf(row, node, scope)),
        lines: node.segments,
      };
    case 'footnote':
      return {
        type: 'footnote',
        ...place,
        label: node.label,
        children: node.children.map((child) => blockOf(child, scope)),
      };
    case 'document':
    case 'item':
      return { type: 'quote', ...place, children: node.children.map((child) => blockOf(child, scope)) };
  }
}

function boxOf(node: BlockNode, scope: InlineScope): MdBlock {
  const children = node.children.map((child) => blockOf(child, scope));
  const box = node.box?.alert ?? '';
  const [line] = node.segments;
  if (line === undefined) return { type: 'quote', start: node.start, end: node.end, box, children };
  const place = { start: line.start, end: line.end };
  const strong = { type: 'strong' as const, ...place, children: parseInlines(scope, node.segments, '\n') };
  const title: MdBlock = { type: 'paragraph', ...place, children: [strong] };
  return { type: 'quote', start: node.start, end: node.end, box, children: [title, ...children] };
}

function itemOf(node: BlockNode, scope: InlineScope): MdItem {
  const [first] = node.children;
  const line = first?.type === 'paragraph' ? first.segments[0] : undefined;
  const box =
    line === undefined ? null : /^\[([ xX])\][ \t]+(?=\S)/u.exec(scope.text.slice(line.start, line.end));
  if (first !== undefined && line !== undefined && box !== null) {
    first.segments[0] = { ...line, start: line.start + box[0].length };
  }
  return {
    start: node.start,
    end: node.end,
    checked: box === null ? null : box[1] !== ' ',
    children: node.children.map((child) => blockOf(child, scope)),
  };
}

function rowOf(
  row: Segment,
  node: BlockNode,
  scope: InlineScope,
): readonly (readonly ReturnType<typeof parseInlines>[number][])[] {
  scope.work.spend('cell', row.start, node.aligns.length);
  const cells = cellsOf(scope.text, row);
  return node.aligns.map((_, column) => parseInlines(scope, cells[column] ?? [], ''));
}

/** Where the lines of a block begin: in what `linesOf` makes of it, and in the text. */
function placesOf(node: BlockNode): readonly { readonly at: number; readonly start: number }[] {
  let at = 0;
  return node.segments.map(({ start, end, pad }) => {
    const line = { at: at + pad, start };
    at += pad + end - start + 1;
    return line;
  });
}

function linesOf(node: BlockNode, text: string): string {
  return node.segments.map(({ start, end, pad }) => ' '.repeat(pad) + text.slice(start, end)).join('\n');
}
