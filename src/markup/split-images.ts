import type { Draft } from './assemble.ts';
import type { Canon } from './canon.ts';
import type { MdInline, MdParagraph } from './markdown-tree.ts';

/** Cuts a paragraph into slices for its texts and its images, or gives `null` where they do not fit its meaning. */
export function splitAtImages(
  text: string,
  paragraph: MdParagraph,
  content: readonly Canon[],
): readonly Draft[] | null {
  const pieces: { image: boolean; nodes: MdInline[] }[] = [];
  for (const node of paragraph.children) {
    const image = isImage(node);
    const last = pieces.at(-1);
    if (image || last === undefined || last.image) pieces.push({ image, nodes: [node] });
    else last.nodes.push(node);
  }
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

function isImage(node: MdInline): boolean {
  if (node.type === 'image') return true;
  const only = node.type === 'link' && node.children.length === 1 ? node.children[0] : undefined;
  return only?.type === 'image';
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
