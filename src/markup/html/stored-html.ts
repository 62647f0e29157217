import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { type DomElement, type DomNode, noAttributes } from './dom.ts';

/**
 * Parses HTML as Intercom prints it, many times faster than a parser for any HTML: every element closed in its
 * place, and nothing where a browser would move it. Gives `null` for all else, which takes the parser for any HTML;
 * where it gives a tree, it is the same one.
 */
export function parseStoredHtml(html: string): readonly DomNode[] | null {
  if (/[\0\r]/u.test(html)) return null;
  const root: DomNode[] = [];
  const open: Open[] = [];
  const count = { p: 0, a: 0, heading: 0 };
  let inner = root;
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    const textEnd = next === -1 ? html.length : next;
    if (textEnd > at && !addText(html, at, textEnd, inner, open.at(-1))) return null;
    if (next === -1) break;
    if (html.charCodeAt(next + 1) === 47) {
      const last = open.pop();
      const end = next + 3 + (last?.tag.length ?? 0);
      if (last === undefined || !html.startsWith(`</${last.tag}>`, next)) return null;
      leave(count, last.tag);
      const element: DomElement = { type: 'element', ...last, end };
      inner = open.at(-1)?.children ?? root;
      inner.push(element);
      at = end;
      continue;
    }
    startTag.lastIndex = next;
    const found = startTag.exec(html);
    if (found === null) return null;
    at = startTag.lastIndex;
    const tag = found[1] ?? '';
    const kind = kinds.get(tag);
    if (kind === undefined || !fits(tag, kind, open.at(-1)?.tag, count)) return null;
    const attributes = readAttributes(found[2] ?? '');
    if (attributes === null) return null;
    if (kind === 'void') {
      inner.push({ type: 'element', tag, attributes, children: [], start: next, end: at });
      continue;
    }
    // What is in a frame is no HTML, but there is never anything.
    if (tag === 'iframe' && !html.startsWith('</iframe>', at)) return null;
    if (tag === 'pre' && html.charCodeAt(at) === 10) return null;
    enter(count, tag);
    const children: DomNode[] = [];
    open.push({ tag, attributes, children, start: next });
    inner = children;
    if (open.length > 150) return null;
  }
  return open.length === 0 ? root : null;
}

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: DomNode[];
  readonly start: number;
}

/** Open elements that some elements may not be in. */
interface Counts {
  p: number;
  a: number;
  heading: number;
}

type Kind = 'inline' | 'block' | 'table' | 'void';

function addText(
  html: string,
  from: number,
  to: number,
  inner: DomNode[],
  parent: Open | undefined,
): boolean {
  const raw = html.slice(from, to);
  // A parser would move such text out of the table.
  if (parent !== undefined && tableTags.has(parent.tag) && raw.trim() !== '') return false;
  inner.push({ type: 'text', text: raw.includes('&') ? decodeHTML(raw) : raw, start: from, end: to });
  return true;
}

/** Tells whether a start tag opens an element just here, moving and closing nothing. */
function fits(tag: string, kind: Kind, parent: string | undefined, count: Counts): boolean {
  if (kind === 'table') return parent === tableParents.get(tag);
  if (parent !== undefined && tableTags.has(parent)) return false;
  if (tag === 'li') return (parent === 'ul' || parent === 'ol') && count.p === 0;
  if (kind === 'block' || tag === 'hr') {
    return count.p === 0 && (count.heading === 0 || !isHeading(tag));
  }
  return tag !== 'a' || count.a === 0;
}

function enter(count: Counts, tag: string): void {
  if (tag === 'p') count.p += 1;
  else if (tag === 'a') count.a += 1;
  else if (isHeading(tag)) count.heading += 1;
}

function leave(count: Counts, tag: string): void {
  if (tag === 'p') count.p -= 1;
  else if (tag === 'a') count.a -= 1;
  else if (isHeading(tag)) count.heading -= 1;
}

function isHeading(tag: string): boolean {
  return tag.length === 2 && tag.startsWith('h') && tag !== 'hr';
}

function readAttributes(source: string): ReadonlyMap<string, string> | null {
  if (source === '') return noAttributes;
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of source.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/gu)) {
    if (attributes.has(name)) return null;
    attributes.set(name, value.includes('&') ? decodeHTMLAttribute(value) : value);
  }
  return attributes;
}

const startTag = /<([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/uy;

const tableTags: ReadonlySet<string> = new Set(['table', 'tbody', 'tr']);

const tableParents: ReadonlyMap<string, string> = new Map([
  ['tbody', 'table'],
  ['tr', 'tbody'],
  ['td', 'tr'],
]);

const kinds: ReadonlyMap<string, Kind> = new Map([
  ...[
    'p',
    'div',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'li',
    'pre',
    'table',
    'details',
    'summary',
  ].map((tag): [string, Kind] => [tag, 'block']),
  ...['tbody', 'tr', 'td'].map((tag): [string, Kind] => [tag, 'table']),
  ...['br', 'hr', 'img'].map((tag): [string, Kind] => [tag, 'void']),
  ...['a', 'b', 'i', 'strong', 'em', 'code', 'u', 's', 'span', 'sub', 'sup', 'iframe'].map(
    (tag): [string, Kind] => [tag, 'inline'],
  ),
]);
