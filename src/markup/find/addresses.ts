/* The one reader of addresses: what a body links to and shows, and which of its characters say so. */
import { startTagsOf } from '../html/start-tags.ts';
import {
  eachLeaf,
  type MdInline,
  type MdLeaf,
  type Placed,
  type RawHtml,
} from '../markdown/markdown-tree.ts';
import { type MarkdownDocument, parseDocument } from '../markdown/parse-markdown.ts';
import { TooComplex } from '../markdown/work.ts';
import { checkHtml, checkMarkdown } from './limits.ts';

/** An address in a body; `start` and `end` hold the characters that spell it, without quotes or brackets around them. */
export interface Address extends Placed {
  /** As it reads, without escapes. */
  readonly url: string;
  readonly use: 'link' | 'image';
  /** Where the link, the image or the tag begins. */
  readonly at: number;
}

/**
 * Every address that is spelled in a body, once, in the order of the text: those of links and images, of definitions
 * that links name, and of raw HTML. None of code, comments and plain text, and none of a body that is refused.
 */
export function addressesOf(text: string, format: 'markdown' | 'html'): readonly Address[] {
  if (format === 'html') return checkHtml(text) === null ? addressesInHtml(text) : [];
  if (checkMarkdown(text) !== null) return [];
  try {
    const document = parseDocument(text);
    const spelled = new Map<number, Address>();
    for (const one of addressesIn(document)) if (!spelled.has(one.start)) spelled.set(one.start, one);
    for (const { url, address } of document.definitions.values()) {
      if (!spelled.has(address.start))
        spelled.set(address.start, { url, use: 'link', at: address.start, ...address });
    }
    return [...spelled.values()].toSorted((left, right) => left.start - right.start);
  } catch (error) {
    if (error instanceof TooComplex) return [];
    throw error;
  }
}

/** A text with other addresses in the places of its own; `respell` gives null for those that stay. */
export function replaceAddresses(
  text: string,
  addresses: readonly Address[],
  respell: (address: Address, written: string) => string | null,
): string {
  const pieces: string[] = [];
  let at = 0;
  for (const address of addresses) {
    const written = text.slice(address.start, address.end);
    const spelled = respell(address, written);
    if (spelled === null || spelled === written) continue;
    pieces.push(text.slice(at, address.start), spelled);
    at = address.end;
  }
  return at === 0 ? text : pieces.join('') + text.slice(at);
}

/** The addresses that the links and images of a parsed text use, as often as they do; all within the work it may take. */
export function addressesIn({ blocks }: Pick<MarkdownDocument, 'blocks'>): readonly Address[] {
  const found: Address[] = [];
  const html = (raw: RawHtml, start: number): void => {
    if (checkHtml(raw.html) !== null) throw new TooComplex('HTML that takes too long to read', start);
    for (const one of addressesInHtml(raw.html))
      found.push({
        ...one,
        at: placeIn(raw, one.at),
        start: placeIn(raw, one.start),
        end: placeIn(raw, one.end),
      });
  };
  const inline = (nodes: readonly MdInline[]): void => {
    for (const node of nodes) {
      if (node.type === 'link' || node.type === 'image')
        found.push({ url: node.url, use: node.type, at: node.start, ...node.address });
      else if (node.type === 'html') html(node, node.start);
      if ('children' in node) inline(node.children);
    }
  };
  const visit = (block: MdLeaf): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return inline(block.children);
      case 'table':
        return block.rows.forEach((row) => row.forEach(inline));
      case 'html':
        return html(block, block.start);
      case 'rule':
      case 'code':
        return undefined;
    }
  };
  eachLeaf(blocks, visit);
  return found;
}

/** The addresses in HTML that was printed here, or checked. */
export function addressesInHtml(html: string): readonly Address[] {
  if (!/href|src/iu.test(html)) return [];
  return startTagsOf(html).flatMap((tag): readonly Address[] => {
    const use = tag.name === 'img' ? 'image' : 'link';
    const written = tag.valueOf(use === 'link' ? 'href' : 'src');
    if (written === null || written.value === '') return [];
    return [{ url: written.value, use, at: tag.start, start: written.start, end: written.end }];
  });
}

/** The place in the text of a place in its raw HTML. */
function placeIn({ lines }: RawHtml, at: number): number {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line === undefined ? at : line.start + Math.max(0, at - line.at);
}
