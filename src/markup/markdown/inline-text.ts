import type { MdInline, PendingSigns } from './markdown-tree.ts';

/** Turns what is left pending into text, and joins pieces of text. */
export function finished(nodes: readonly (MdInline | PendingSigns)[]): readonly MdInline[] {
  const out: MdInline[] = [];
  let pieces: string[] = [];
  const flush = (): void => {
    const last = out.at(-1);
    if (last?.type === 'text' && pieces.length > 1) out[out.length - 1] = { ...last, text: pieces.join('') };
    pieces = [];
  };
  for (const node of nodes) {
    if (node.type !== 'text' && node.type !== 'signs') {
      flush();
      out.push(node);
      continue;
    }
    if (node.text === '') continue;
    const last = out.at(-1);
    if (last?.type === 'text') {
      pieces.push(node.text);
      out[out.length - 1] = { ...last, end: node.end };
    } else {
      pieces = [node.text];
      out.push({ type: 'text', start: node.start, end: node.end, text: node.text });
    }
  }
  flush();
  return out;
}

/** What some nodes say, for those who cannot see an image. */
export function altOf(nodes: readonly MdInline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text' || node.type === 'code') return node.text;
      if (node.type === 'image') return node.alt;
      return 'children' in node ? altOf(node.children) : node.type === 'break' ? '\n' : '';
    })
    .join('');
}
