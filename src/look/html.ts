import { defaultTreeAdapter, parseFragment } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';

/** A parsed node; comments, document types and the insides of templates are left out. */
export type SourceNode = SourceText | SourceElement;

export interface SourceText {
  readonly type: 'text';
  readonly value: string;
}

export interface SourceElement {
  readonly type: 'element';
  readonly tagName: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly SourceNode[];
}

/** What the rewriter makes: text, or an element whose attributes keep their order. */
export type Html = string | HtmlElement;

export interface HtmlElement {
  /** Altered once, when the levels of all headings are known. */
  tag: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Html[];
}

export type Attribute = readonly [name: string, value: string];

/** Parses as a browser does: nothing is a syntax error. */
export function parseHtml(html: string): readonly SourceNode[] {
  return convert(parseFragment(html, { scriptingEnabled: false }).childNodes);
}

export function element(
  tag: string,
  attributes: readonly Attribute[] = [],
  children: readonly Html[] = [],
): HtmlElement {
  return { tag, attributes, children };
}

/** Prints with the fewest entities, as Intercom does: quotes are escaped in attributes only. */
export function printHtml(nodes: readonly Html[]): string {
  return nodes.map(printNode).join('');
}

/** An attribute as text; null where it is missing. */
export function attribute(node: SourceElement, name: string): string | null {
  return node.attributes.get(name) ?? null;
}

export function hasClass(node: SourceElement, name: string): boolean {
  return classesOf(node).includes(name);
}

export function classesOf(node: SourceElement): readonly string[] {
  return (attribute(node, 'class') ?? '').split(/\s+/).filter((one) => one !== '');
}

/** Text of a node and all below it, line breaks where `br` is. */
export function textOf(node: SourceNode): string {
  if (node.type === 'text') return node.value;
  return node.tagName === 'br' ? '\n' : node.children.map(textOf).join('');
}

/** An address on the web as it is fetched; null for anything else. */
export function absoluteSource(source: string): string | null {
  const full = source.trim().startsWith('//') ? `https:${source.trim()}` : source.trim();
  return /^https?:\/\//i.test(full) && URL.canParse(full) ? full : null;
}

/** White space as HTML counts it; a no-break space is none. */
export function isBlank(text: string): boolean {
  return /^[ \t\n\f\r]*$/.test(text);
}

function convert(nodes: readonly DefaultTreeAdapterMap['childNode'][]): SourceNode[] {
  const converted: SourceNode[] = [];
  for (const node of nodes) {
    if (defaultTreeAdapter.isTextNode(node)) {
      converted.push({ type: 'text', value: node.value });
    } else if (defaultTreeAdapter.isElementNode(node)) {
      const attributes = new Map(node.attrs.map((one) => [one.name, one.value]));
      converted.push({
        type: 'element',
        tagName: node.tagName,
        attributes,
        children: convert(node.childNodes),
      });
    }
  }
  return converted;
}

const voidTags: ReadonlySet<string> = new Set(['br', 'hr', 'img']);

function printNode(node: Html): string {
  if (typeof node === 'string') return escapeText(node);
  const attributes = node.attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
  const start = `<${node.tag}${attributes}>`;
  return voidTags.has(node.tag) ? start : `${start}${printHtml(node.children)}</${node.tag}>`;
}

function escapeText(text: string): string {
  return unixBreaks(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapeAttribute(text: string): string {
  return unixBreaks(text).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** A carriage return would be read back as a line feed. */
function unixBreaks(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
