import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { parseStoredHtml } from './stored-html.ts';

/** What both readers build before the meaning is taken out of it. */
export type DomNode = DomElement | DomText;

export interface DomElement {
  readonly type: 'element';
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly DomNode[];
  /** Where its slice is in the HTML it was parsed from; -1 when it was not parsed, or has no tag there. */
  readonly start: number;
  readonly end: number;
}

export interface DomText {
  readonly type: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function isElement(node: DomNode): node is DomElement {
  return node.type === 'element';
}

export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly DomNode[],
): DomElement {
  const entries = Object.entries(attributes);
  return {
    type: 'element',
    tag,
    attributes: entries.length === 0 ? noAttributes : new Map(entries),
    children,
    start: -1,
    end: -1,
  };
}

export function text(value: string): DomText {
  return { type: 'text', text: value, start: -1, end: -1 };
}

/** Parses HTML as a browser would; comments and the like are left out. Check its size and depth first. */
export function parseDom(html: string): readonly DomNode[] {
  return parseStoredHtml(html) ?? parseAnyHtml(html);
}

/** Parses any HTML at all. */
export function parseAnyHtml(html: string): readonly DomNode[] {
  return readNodes(parseFragment(html, { sourceCodeLocationInfo: true }).childNodes);
}

/** All text below some nodes, as it stands. */
export function textOf(nodes: readonly DomNode[]): string {
  return nodes.map((node) => (isElement(node) ? textOf(node.children) : node.text)).join('');
}

function readNodes(nodes: readonly DefaultTreeAdapterMap['childNode'][]): readonly DomNode[] {
  const read: DomNode[] = [];
  for (const node of nodes) {
    const start = node.sourceCodeLocation?.startOffset ?? -1;
    const end = node.sourceCodeLocation?.endOffset ?? -1;
    if ('tagName' in node) {
      // The parser keeps what is in a template apart from its children; it is inert either way.
      const children = node.tagName === 'template' ? [] : readNodes(node.childNodes);
      const attributes =
        node.attrs.length === 0 ? noAttributes : new Map(node.attrs.map(({ name, value }) => [name, value]));
      read.push({ type: 'element', tag: node.tagName, attributes, children, start, end });
    } else if (node.nodeName === '#text' && 'value' in node) {
      read.push({ type: 'text', text: node.value, start, end });
    }
  }
  return read;
}

const noAttributes: ReadonlyMap<string, string> = new Map();
