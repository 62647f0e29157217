import type { Element as HastElement, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';

/** A parsed node; templates and document types never reach the rewriter. */
export type SourceNode = RootContent;
export type SourceElement = HastElement;

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
export function parseHtml(html: string): SourceNode[] {
  return fromHtml(html, { fragment: true }).children;
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
  const value = node.properties[name];
  if (value === undefined || value === null || value === false) return null;
  return Array.isArray(value) ? value.join(' ') : String(value);
}

export function hasClass(node: SourceElement, name: string): boolean {
  return classesOf(node).includes(name);
}

export function classesOf(node: SourceElement): readonly string[] {
  return (attribute(node, 'className') ?? '').split(/\s+/).filter((one) => one !== '');
}

/** Text of a node and all below it, line breaks where `br` stands. */
export function textOf(node: SourceNode): string {
  if (node.type === 'text') return node.value;
  if (node.type !== 'element') return '';
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
