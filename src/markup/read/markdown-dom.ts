import { calloutColors, usualHeader } from '../meaning/colors.ts';
import { type DomNode, type Placed, element, isElement, text } from '../html/dom.ts';
import { type Loose, type Piece, withPlaces } from './printed-places.ts';
import { parseDom } from '../html/parse-dom.ts';
import { alertOf } from './alert.ts';
import { checkHtml } from '../find/limits.ts';
import type { MdBlock, MdFootnote, MdInline, MdItem, MdQuote, MdTable } from '../markdown/markdown-tree.ts';
import { TooComplex } from '../markdown/work.ts';

/**
 * Builds the tree that HTML of the same meaning has; raw HTML is parsed together with what is around it. Throws
 * `TooComplex` where that would take too long.
 */
export function buildDom(blocks: readonly MdBlock[]): readonly DomNode[] {
  if (!holdsHtml(blocks)) return flow(blocks).filter((node) => node !== null) as readonly DomNode[];
  return parsePrinted(printLoose(flow(blocks)), blocks[0]?.start ?? 0);
}

/** The same with the place in the text of each node, for changing words in place. */
export function buildPlacedDom(blocks: readonly MdBlock[]): readonly DomNode[] {
  if (!holdsHtml(blocks)) return buildDom(blocks);
  const pieces: Piece[] = [];
  const printed = printLoose(flow(blocks), pieces);
  return withPlaces(parsePrinted(printed, blocks[0]?.start ?? 0), pieces);
}

function parsePrinted(html: string, offset: number): readonly DomNode[] {
  const tooMuch = checkHtml(html);
  if (tooMuch !== null) throw new TooComplex(tooMuch.detail, offset);
  return parseDom(html);
}

/** What an attribute comment says about the block after it; `null` for any other HTML. */
export interface BlockNote {
  readonly align: string | null;
  readonly button: boolean;
  readonly header: string | null;
}

export function readNote(html: string): BlockNote | null {
  if (html.length > 200 || !html.startsWith('<!--')) return null;
  const words = /^<!--\s*(.*?)\s*-->\s*$/su.exec(html)?.[1];
  const found =
    /^(?:(?:(button)\s*)?(?:align:\s*(left|center|right|justify))?|table header:\s*(#[0-9a-f]{3,8}|none|[a-z]+|rgba?\([\d\s.,%]+\)))$/iu.exec(
      words ?? '',
    );
  if (words === undefined || words === '' || found === null) return null;
  return { align: found[2]?.toLowerCase() ?? null, button: found[1] !== undefined, header: found[3] ?? null };
}

function holdsHtml(blocks: readonly MdBlock[]): boolean {
  return blocks.some((block) => {
    switch (block.type) {
      case 'html':
        return readNote(block.html) === null;
      case 'paragraph':
      case 'heading':
        return inlineHtml(block.children);
      case 'quote':
      case 'footnote':
        return holdsHtml(block.children);
      case 'list':
        return block.items.some((item) => holdsHtml(item.children));
      case 'table':
        return block.rows.some((row) => row.some(inlineHtml));
      case 'rule':
      case 'code':
        return false;
    }
  });
}

function inlineHtml(nodes: readonly MdInline[]): boolean {
  return nodes.some((node) => node.type === 'html' || ('children' in node && inlineHtml(node.children)));
}

function flow(blocks: readonly MdBlock[]): readonly Loose[] {
  const built: Loose[] = [];
  let note: BlockNote | null = null;
  for (const block of blocks) {
    const said: BlockNote | null = block.type === 'html' ? readNote(block.html) : null;
    if (said === null) for (const node of noted(block, note)) built.push(node);
    note = said;
  }
  return built;
}

function noted(block: MdBlock, note: BlockNote | null): readonly Loose[] {
  const built = blockNodes(block, note);
  if (note === null || note.header !== null) return built;
  if (note.button) return [buttonOf(built, note.align)];
  if (note.align === null) return built;
  const align = `intercom-align-${note.align}`;
  return built.map((node) => {
    if (node.type !== 'element') return node;
    return { ...node, attributes: new Map([...node.attributes, ['class', align]]) };
  });
}

function buttonOf(built: readonly Loose[], align: string | null): Loose {
  const only = built[0];
  const link =
    only?.type === 'element' && only.tag === 'p' && only.children.length === 1 ? only.children[0] : undefined;
  if (built.length !== 1 || link === undefined || !isElement(link) || link.tag !== 'a') {
    return loose('div', {}, built);
  }
  const button = { ...link, attributes: new Map([...link.attributes, ['class', 'intercom-h2b-button']]) };
  const around = align === null ? 'intercom-container' : `intercom-container intercom-align-${align}`;
  return loose('div', { class: around }, [button]);
}

function blockNodes(block: MdBlock, note: BlockNote | null): readonly Loose[] {
  switch (block.type) {
    case 'paragraph':
      return [loose('p', {}, inline(block.children), block)];
    case 'heading':
      return [loose(`h${String(block.level)}`, {}, inline(block.children), block)];
    case 'rule':
      return [element('hr', {}, [], block)];
    case 'quote':
      return [quoteNode(block)];
    case 'list':
      return [
        loose(
          block.ordered ? 'ol' : 'ul',
          block.ordered ? { start: String(block.first) } : {},
          block.items.map(itemNode),
          block,
        ),
      ];
    case 'code': {
      const info: Readonly<Record<string, string>> = block.info === null ? {} : { 'data-info': block.info };
      return [element('pre', {}, [element('code', info, [text(`${block.text}\n`)])], block)];
    }
    case 'html':
      return [block];
    case 'table':
      return [tableNode(block, note?.header ?? null)];
    case 'footnote':
      return footnoteNodes(block, flow(block.children));
  }
}

function itemNode(item: MdItem): Loose {
  const box: Readonly<Record<string, string>> =
    item.checked === null ? {} : { 'data-task': item.checked ? 'x' : '' };
  return loose('li', box, flow(item.children), item);
}

function quoteNode(block: MdQuote): Loose {
  const alert = alertOf(block);
  if (alert === null) return loose('blockquote', {}, flow(block.children), block);
  const known = calloutColors.find(({ color }) => color === alert.color);
  const style = `background-color: ${known?.background ?? ''}; border-color: ${known?.border ?? ''};`;
  return loose('div', { class: 'intercom-interblocks-callout', style }, flow(alert.children), block);
}

function tableNode(block: MdTable, header: string | null): Loose {
  const tint =
    header === null || header === 'none'
      ? ''
      : (calloutColors.find((one) => one.color === header)?.background ?? header);
  const rows = block.rows.map((row, at) =>
    loose(
      'tr',
      {},
      block.align.map((align, column) => {
        const content = inline(row[column] ?? []);
        const style =
          at === 0 && tint !== '' && tint !== usualHeader ? { style: `background-color: ${tint}` } : {};
        const aligned = align === 'center' || align === 'right';
        return loose(
          'td',
          style,
          aligned ? [loose('p', { class: `intercom-align-${align}` }, content)] : content,
        );
      }),
      block.lines[at],
    ),
  );
  return loose('table', {}, [loose('tbody', {}, rows)], block);
}

/** Intercom has no footnotes: the mark and the note are plain text. */
function footnoteNodes(block: MdFootnote, content: readonly Loose[]): readonly Loose[] {
  const [first, ...rest] = content;
  const { start } = block;
  const mark = text(`[${block.label}] `, { start, end: first?.start ?? block.end }, 'markdown');
  if (first?.type !== 'element' || first.tag !== 'p') return [loose('p', {}, [mark]), ...content];
  return [{ ...first, children: [mark, ...first.children] }, ...rest];
}

function inline(nodes: readonly MdInline[]): readonly Loose[] {
  return nodes.map((node): Loose => {
    switch (node.type) {
      case 'text':
        return text(node.text, node, 'markdown');
      case 'strong':
        return loose('b', {}, inline(node.children), node);
      case 'emphasis':
        return loose('i', {}, inline(node.children), node);
      case 'strike':
        return loose('s', {}, inline(node.children), node);
      case 'code':
        return element('code', {}, [text(node.text, node, 'code')], node);
      case 'break':
        return element('br', {}, [], node);
      case 'html':
        return node;
      case 'link':
        return loose('a', { href: node.url, ...titleOf(node.title) }, inline(node.children), node);
      case 'image':
        return element('img', { src: node.url, alt: node.alt, ...titleOf(node.title) }, [], node);
      case 'footnote':
        return text(`[${node.label}]`, node, 'markdown');
    }
  });
}

function titleOf(title: string | null): Readonly<Record<string, string>> {
  return title === null ? {} : { title };
}

/** An element that may hold HTML which is not parsed yet; whoever asks for it prints and parses it then. */
function loose(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly Loose[],
  place?: Placed,
): DomNode {
  return element(tag, attributes, children as readonly DomNode[], place);
}

function printLoose(nodes: readonly Loose[], pieces?: Piece[]): string {
  let out = '';
  const add = (html: string, kind: Piece['kind'], node: Loose): void => {
    pieces?.push({
      at: out.length,
      to: out.length + html.length,
      kind,
      node,
      start: node.start,
      end: node.end,
    });
    out += html;
  };
  const print = (node: Loose): void => {
    if (node.type === 'html') return add(node.html, 'html', node);
    if (node.type === 'text')
      return add(node.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), 'text', node);
    const attributes = [...node.attributes].map(
      ([name, value]) => ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
    );
    add(`<${node.tag}${attributes.join('')}>`, 'open', node);
    if (node.tag === 'br' || node.tag === 'hr' || node.tag === 'img') return undefined;
    for (const child of node.children as readonly Loose[]) print(child);
    return add(`</${node.tag}>`, 'close', node);
  };
  for (const node of nodes) print(node);
  return out;
}
