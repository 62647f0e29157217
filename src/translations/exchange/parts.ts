/*
 * A stretch of Markdown as a translator gets it: its words, and placeholders for what has to stay as it is, such as code,
 * addresses, pictures and the marks around words.
 */
import type { MdBlock, MdInline, Placed } from '../../markup/markdown/markdown-tree.ts';

/** Words, something that stays as it is, or words within marks that stay as they are. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'single'; readonly id: string; readonly source: string; readonly start: number }
  | {
      readonly kind: 'pair';
      readonly id: string;
      readonly open: string;
      readonly close: string;
      readonly parts: readonly Part[];
    };

/** A stretch of a body that is translated by itself: a paragraph, a heading, a cell, the text of a picture. */
export interface Leaf extends Placed {
  readonly parts: readonly Part[];
  /** What it is, for whoever translates it. */
  readonly what: 'paragraph' | 'heading' | 'cell' | 'picture' | 'html';
}

/** The stretches of some blocks that have words, in the order of the text. */
export function leavesOf(blocks: readonly MdBlock[], text: string): readonly Leaf[] {
  const found: Leaf[] = [];
  const inline = (nodes: readonly MdInline[], what: Leaf['what']): void => {
    const [first, last] = [nodes[0], nodes.at(-1)];
    if (first === undefined || last === undefined) return;
    const place = { start: first.start, end: last.end };
    found.push({ ...place, what, parts: partsOf(nodes, text, { next: 1 }) });
    found.push(...picturesIn(nodes, text));
  };
  const visit = (block: MdBlock): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return inline(block.children, block.type);
      case 'quote': {
        const [first, ...rest] = block.children;
        if (first?.type !== 'paragraph') return block.children.forEach(visit);
        for (const nodes of withoutMark(first.children, text)) inline(nodes, 'paragraph');
        return rest.forEach(visit);
      }
      case 'footnote':
        return block.children.forEach(visit);
      case 'list':
        return block.items.forEach((item) => item.children.forEach(visit));
      case 'table':
        return block.rows.forEach((row) => row.forEach((cell) => inline(cell, 'cell')));
      case 'html':
        found.push(...htmlLeaves(block, text));
        return undefined;
      case 'rule':
      case 'code':
        return undefined;
    }
  };
  blocks.forEach(visit);
  return found.filter(({ parts }) => /\p{L}/u.test(plainOf(parts)));
}

/** A paragraph at the head of a callout without the mark of its kind, such as `[!TIP]`; a title beside it by itself. */
function withoutMark(nodes: readonly MdInline[], text: string): readonly (readonly MdInline[])[] {
  const [first, ...rest] = nodes;
  if (first?.type !== 'text') return [nodes];
  const [mark, title = '', gap = ''] =
    /^\[![\w-]+\][+-]?[ \t]*([^\r\n]*)(\r?\n[ \t>]*)?/.exec(text.slice(first.start, first.end)) ?? [];
  if (mark === undefined) return [nodes];
  const start = first.start + mark.length - title.length - gap.length;
  if (gap === '') return [[{ ...first, start, text: title }, ...rest]];
  const below = {
    ...first,
    start: first.start + mark.length,
    text: first.text.slice(first.text.indexOf('\n') + 1),
  };
  const titled = title === '' ? [] : [[{ ...first, start, end: start + title.length, text: title }]];
  return [...titled, [below, ...rest]];
}

/** The words alone. */
export const plainOf = (parts: readonly Part[]): string =>
  parts
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'pair' ? plainOf(part.parts) : ' '))
    .join('');

interface Count {
  next: number;
}

function partsOf(nodes: readonly MdInline[], text: string, count: Count): readonly Part[] {
  const parts = nodes.map((node): Part => {
    switch (node.type) {
      case 'text':
        return { kind: 'text', text: node.text.replaceAll(/\s+/g, ' ') };
      case 'strong':
      case 'emphasis':
      case 'strike':
        return pairOf(node, text, count);
      case 'link':
        // An address that stands for itself has no words.
        return node.children.length === 0 || plain(node.children) === node.url
          ? single(node, text, count)
          : linkOf(node, text, count);
      case 'code':
      case 'break':
      case 'html':
      case 'image':
      case 'footnote':
        return single(node, text, count);
    }
  });
  return joined(parts);
}

const plain = (nodes: readonly MdInline[]): string =>
  nodes.map((node) => (node.type === 'text' ? node.text : '')).join('');

function single({ start, end }: Placed, text: string, count: Count): Part {
  const id = String(count.next++);
  return { kind: 'single', id, source: text.slice(start, end), start };
}

type WithChildren = Extract<MdInline, { readonly children: readonly MdInline[] }>;

function pairOf(node: WithChildren, text: string, count: Count): Part {
  const [first, last] = [node.children[0], node.children.at(-1)];
  if (first === undefined || last === undefined) return single(node, text, count);
  const id = String(count.next++);
  return {
    kind: 'pair',
    id,
    open: text.slice(node.start, first.start),
    close: text.slice(last.end, node.end),
    parts: partsOf(node.children, text, count),
  };
}

function linkOf(node: Extract<MdInline, { type: 'link' }>, text: string, count: Count): Part {
  const part = pairOf(node, text, count);
  const isWithin = node.address.start >= node.start && node.address.end <= node.end;
  if (part.kind !== 'pair' || isWithin) return part;
  // The place that names the address may not be there in the other file.
  const title = node.title === null ? '' : ` ${JSON.stringify(node.title)}`;
  return { ...part, open: '[', close: `](<${node.url}>${title})` };
}

/** Neighbouring words as one. */
function joined(parts: readonly Part[]): readonly Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      found.splice(-1, 1, { kind: 'text', text: last.text + part.text });
    else found.push(part);
  }
  return found;
}

/** The texts of pictures, which are within what stays as it is for the words around them. */
function picturesIn(nodes: readonly MdInline[], text: string): readonly Leaf[] {
  return nodes.flatMap((node): readonly Leaf[] => {
    if ('children' in node) return picturesIn(node.children, text);
    if (node.type !== 'image' || node.alt === '') return [];
    const start = node.start + 2;
    // Only where it is spelled as it reads.
    if (!text.startsWith(`${node.alt}]`, start)) return [];
    return [
      { start, end: start + node.alt.length, what: 'picture', parts: [{ kind: 'text', text: node.alt }] },
    ];
  });
}

/** The words between the tags of raw HTML. */
function htmlLeaves({ start, end }: Placed, text: string): readonly Leaf[] {
  const raw = text.slice(start, end);
  if (/<(?:!--|pre|script|style|code)/i.test(raw)) return [];
  return [...raw.matchAll(/>([^<>]*\p{L}[^<>]*)(?=<)/gu)].map((match): Leaf => {
    const words = match[1] ?? '';
    const at = start + match.index + 1 + (words.length - words.trimStart().length);
    const trimmed = words.trim();
    return {
      start: at,
      end: at + trimmed.length,
      what: 'html',
      parts: [{ kind: 'text', text: trimmed.replaceAll(/\s+/g, ' ') }],
    };
  });
}
