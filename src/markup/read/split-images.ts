import type { Draft } from './drafts.ts';
import type { Canon } from '../meaning/canon.ts';
import type { MdInline, MdParagraph } from '../markdown/markdown-tree.ts';

/** Cuts a paragraph into slices for its texts and its images, or gives `null` where they do not fit its meaning. */
export function splitAtImages(
  text: string,
  paragraph: MdParagraph,
  content: readonly Canon[],
): readonly Draft[] | null {
  const pieces = piecesOf(paragraph.children);
  if (pieces === null) return null;
  const slices = pieces.flatMap(({ image, nodes }) => {
    const held = image ? nodes : withoutOuterBreaks(nodes);
    const start = held[0]?.start ?? 0;
    const source = text.slice(start, held.at(-1)?.end ?? start);
    const trimmed = source.trim();
    if (trimmed === '') return [];
    const from = start + source.indexOf(trimmed);
    return [{ image, start: from, end: from + trimmed.length }];
  });
  if (slices.length !== content.length) return null;
  if (slices.some(({ image }, at) => image !== (content[at]?.kind === 'image'))) return null;
  return slices.map(({ start, end }, at) => ({ start, end, content: content.slice(at, at + 1) }));
}

interface Piece {
  readonly image: boolean;
  readonly nodes: MdInline[];
}

/** Images and what is between them; `null` where an image is within tags, so that no cut leaves them whole. */
function piecesOf(nodes: readonly MdInline[]): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let open = 0;
  for (let at = 0; at < nodes.length; at += 1) {
    const length = imageLength(nodes, at);
    const held = nodes.slice(at, at + Math.max(1, length));
    if (length > 0 && open > 0) return null;
    if (length === 0) open += held.reduce((sum, node) => sum + opens(node), 0);
    const last = pieces.at(-1);
    if (length > 0 || last === undefined || last.image) pieces.push({ image: length > 0, nodes: held });
    else last.nodes.push(...held);
    at += held.length - 1;
  }
  return pieces;
}

/** How many nodes make up the image that begins at a place, 0 where none does. */
function imageLength(nodes: readonly MdInline[], at: number): number {
  const node = nodes[at];
  if (node === undefined) return 0;
  if (isImage(node)) return 1;
  const linked = tagOf(node) === 'a' && tagOf(nodes[at + 1]) === 'img' && tagOf(nodes[at + 2]) === '/a';
  return linked ? 3 : 0;
}

/** The name in a tag, with the slash of a closing one. */
function tagOf(node: MdInline | undefined): string | null {
  if (node?.type !== 'html') return null;
  return /^<(\/?[a-z][a-z0-9-]*)/iu.exec(node.html)?.[1]?.toLowerCase() ?? null;
}

function opens(node: MdInline): number {
  const tag = tagOf(node);
  if (tag === null || tag === 'br' || tag === 'wbr') return 0;
  return tag.startsWith('/') ? -1 : 1;
}

function isImage(node: MdInline): boolean {
  if (node.type === 'image' || tagOf(node) === 'img') return true;
  const only = node.type === 'link' && node.children.length === 1 ? node.children[0] : undefined;
  return only !== undefined && (only.type === 'image' || tagOf(only) === 'img');
}

function withoutOuterBreaks(nodes: readonly MdInline[]): readonly MdInline[] {
  const blank = (node: MdInline | undefined): boolean =>
    node?.type === 'break' || (node?.type === 'text' && node.text.trim() === '');
  let start = 0;
  let end = nodes.length;
  while (start < end && blank(nodes[start])) start += 1;
  while (end > start && blank(nodes[end - 1])) end -= 1;
  return nodes.slice(start, end);
}
