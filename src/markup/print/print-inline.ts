import type { Image, Run } from '../meaning/canon.ts';
import {
  type Care,
  type Surroundings,
  escapeLineStarts,
  escapeText,
  hasUnseen,
  pairedSigns,
} from './escape-markdown.ts';
import { type InlineNode, inlineTree } from './inline-tree.ts';
import { type HtmlStyle, escapeAttribute, escapeHtml, markTags } from './print-html.ts';
import { addressSafety } from '../html/safety.ts';
import { canFlank, edgeSign, isPunctuation } from '../meaning/flanks.ts';
import type { Refs } from '../meaning/refs.ts';

export interface InlineStyle {
  readonly refs: Refs;
  readonly care: Care;
  /** Whether bold and italics are written as tags, for what asterisks cannot say. */
  readonly tags: boolean;
  /** Whether the text may have several lines; a heading and a cell may not. */
  readonly lines: boolean;
}

/** Prints text as Markdown: one line, broken only where the text is. */
export function printInline(runs: readonly Run[], style: InlineStyle): string {
  const around: Surroundings = { care: style.care, paired: pairedSigns(runs), linked: false };
  const text = printNodes(inlineTree(runs, 'bare'), style, around, ' ', ' ');
  return style.lines ? escapeLineStarts(text) : text;
}

/** Prints an image, with the link that it is, if any. */
export function printImage(image: Image, style: InlineStyle, linked: boolean): string {
  const around: Surroundings = { care: style.care, paired: new Set('*_~`['), linked: true };
  const alt = escapeText(image.alt, around);
  const text =
    image.width === null
      ? `![${alt}](${destination(safeAddress(style.refs.write(image.ref, 'image')))}${titlePart(image.title)})`
      : imageTag(image, style.refs);
  if (!linked || image.link === null) return text;
  return `[${text}](${destination(writeLink(image.link.ref, style.refs))}${titlePart(image.link.title)})`;
}

/** Prints an image as a tag, for what Markdown's own form cannot say. */
export function imageTag(image: Image, refs: Refs): string {
  const width = image.width === null ? '' : ` width="${escapeAttribute(image.width)}"`;
  const title = image.title === null ? '' : ` title="${escapeAttribute(image.title)}"`;
  const src = escapeAttribute(safeAddress(refs.write(image.ref, 'image')));
  return `<img src="${src}" alt="${escapeAttribute(image.alt)}"${title}${width}>`;
}

function printNodes(
  nodes: readonly InlineNode[],
  style: InlineStyle,
  around: Surroundings,
  before: string,
  after: string,
): string {
  const pieces: string[] = [];
  let last = before;
  for (const [at, node] of nodes.entries()) {
    const next = nodes[at + 1];
    const following = next === undefined ? after : firstSign(next, style, around);
    const edge = { first: pieces.length === 0 && before === ' ', last: next === undefined };
    const piece = printNode(node, style, around, last, following, edge);
    if (piece === '') continue;
    pieces.push(piece);
    last = lastSign(piece) ?? before;
  }
  return pieces.join('');
}

function printNode(
  node: InlineNode,
  style: InlineStyle,
  around: Surroundings,
  before: string,
  after: string,
  edge: { readonly first: boolean; readonly last: boolean },
): string {
  switch (node.type) {
    case 'text': {
      const escaped = escapeText(node.text, around);
      // An exclamation mark matters only before a bracket.
      return escaped.endsWith('\\!') && after !== '[' && style.care === 'light'
        ? `${escaped.slice(0, -2)}!`
        : escaped;
    }
    case 'break':
      return style.lines && !edge.last && !edge.first ? '\\\n' : '<br>';
    case 'image':
      return printImage(node.image, style, false);
    case 'link':
      return printLink(node, style, around);
    case 'mark':
      return printMark(node, style, around, before, after);
  }
}

function printLink(node: InlineNode & { type: 'link' }, style: InlineStyle, around: Surroundings): string {
  const url = writeLink(node.link.ref, style.refs);
  const [only] = node.children;
  if (node.children.length === 1 && only?.type === 'text' && node.link.title === null) {
    const plain = only.text;
    const auto = plain === url && /^[a-z][a-z0-9+.-]{1,31}:[^\s<>\\\u0000-\u0020]*$/iu.test(url);
    const mail =
      `mailto:${plain}` === url && /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu.test(plain);
    if (auto || mail) return `<${plain}>`;
  }
  const text = printNodes(node.children, style, { ...around, linked: true }, '[', ']');
  return `[${text}](${destination(url)}${titlePart(node.link.title)})`;
}

function printMark(
  node: InlineNode & { type: 'mark' },
  style: InlineStyle,
  around: Surroundings,
  before: string,
  after: string,
): string {
  if (node.mark === 'code') return printCode(node, style);
  if (!style.tags) {
    for (const delimiter of delimiters[node.mark] ?? []) {
      const inner = printNodes(node.children, style, around, edgeSign, edgeSign);
      // A space of two marks that overlap belongs to neither.
      const [, head = '', core = '', tail = ''] = /^( *)(.*?)( *)$/su.exec(inner) ?? [];
      const fits = canStand(delimiter, core, head === '' ? before : ' ', tail === '' ? after : ' ');
      if (fits && !core.endsWith('\\\n')) return `${head}${delimiter}${core}${delimiter}${tail}`;
    }
  }
  const [open, close] = markTags(node.mark);
  return `${open}${printNodes(node.children, style, around, '>', '<')}${close}`;
}

function canStand(delimiter: string, inner: string, before: string, after: string): boolean {
  const sign = delimiter[0] ?? '';
  if (before === sign || after === sign) return false;
  if (!canFlank(before, firstOf(inner)) || !canFlank(after, lastSign(inner) ?? ' ')) return false;
  // Underscores are no marks beside letters, nor beside others of their kind.
  const isApart = (outer: string): boolean => /^\s/u.test(outer) || isPunctuation(outer);
  return sign !== '_' || (isApart(before) && isApart(after) && !/^_|_$/u.test(inner));
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 32);
}

function printCode(node: InlineNode & { type: 'mark' }, style: InlineStyle): string {
  const text = node.children.map((child) => (child.type === 'text' ? child.text : '')).join('');
  const plain = node.children.every((child) => child.type === 'text');
  if (!plain || hasUnseen(text) || style.tags) return `<code>${escapeCode(text)}</code>`;
  const longest = (text.match(/`+/gu) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
  let fence = '`'.repeat(longest + 1);
  if (longest > 0 && !/(?:^|[^`])`(?:[^`]|$)/u.test(text)) fence = '`';
  const pad = /^`|`$/u.test(text) || (/^ .* $/u.test(text) && text.trim() !== '') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** Code written as a tag: its signs must not act as Markdown. */
function escapeCode(text: string): string {
  return escapeHtml(text).replace(/[\\`*_[\]~!@:.|]/gu, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

function firstSign(node: InlineNode, style: InlineStyle, around: Surroundings): string {
  switch (node.type) {
    case 'text':
      return String.fromCodePoint(escapeText(node.text.slice(0, 8), around).codePointAt(0) ?? 32);
    case 'break':
      return style.lines ? '\\' : '<';
    case 'image':
      return '!';
    case 'link':
      return '[';
    case 'mark':
      if (node.mark === 'code') return '`';
      return beginsWithSpace(node) ? ' ' : (delimiters[node.mark]?.[0]?.[0] ?? '<');
  }
}

function beginsWithSpace(node: InlineNode): boolean {
  if (node.type === 'text') return node.text.startsWith(' ');
  const [first] = node.type === 'mark' ? node.children : [];
  return first !== undefined && beginsWithSpace(first);
}

function lastSign(text: string): string | undefined {
  const end = text.at(-1);
  if (end === undefined) return undefined;
  return end >= '\udc00' && end <= '\udfff' ? text.slice(-2) : end;
}

function writeLink(ref: string, refs: Refs): string {
  return ref.startsWith('#') ? ref : safeAddress(refs.write(ref, 'link'));
}

/** An address that could run something leads nowhere, whoever wrote it. */
function safeAddress(url: string): string {
  return addressSafety(url) === 'unsafe' ? '' : url;
}

/** Spells an address so that Markdown takes all of it, and nothing else, for the address. */
function destination(url: string): string {
  const escaped = url
    .replace(/\\(?=[!-/:-@[-`{-~])/gu, '\\\\')
    .replace(/&(?=#?\w+;)/gu, '&amp;')
    .replace(/[\r\n]+/gu, '%0A');
  if (url === '' || /[\s<>\u0000-\u0020\u007f]/u.test(url) || !isBalanced(url)) {
    return `<${escaped.replace(/[<>]/gu, '\\$&')}>`;
  }
  return escaped;
}

function isBalanced(url: string): boolean {
  let depth = 0;
  for (const sign of url) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth < 0 || depth > 5) return false;
  }
  return depth === 0;
}

function titlePart(title: string | null): string {
  if (title === null || title.trim() === '') return '';
  const line = title
    .replace(/\s+/gu, ' ')
    .replace(/\\(?=[!-/:-@[-`{-~])|\\$/gu, '\\\\')
    .replace(/&(?=#?\w+;)/gu, '&amp;');
  return line.includes('"') && !line.includes("'") ? ` '${line}'` : ` "${line.replaceAll('"', '\\"')}"`;
}

/** The part of a style that raw HTML within Markdown needs. */
export function htmlStyleOf(refs: Refs, shift: number): HtmlStyle {
  return { refs, shift, dialect: 'markdown', ids: new Map() };
}

/** How a mark is written; the second way is for where the first would run into its neighbour. */
const delimiters: Readonly<Record<string, readonly string[]>> = {
  b: ['**', '__'],
  i: ['*', '_'],
  s: ['~~'],
};
