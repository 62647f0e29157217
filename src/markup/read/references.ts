import type { Body, Reference } from '../meaning/body.ts';
import type { Lines } from './lines.ts';
import type { MdBlock, MdInline } from '../markdown/markdown-tree.ts';
import type { Refs } from '../meaning/refs.ts';

/** The addresses that a body uses, in order, each with its place: for checks of links and images. */
export function referencesOf(body: Body): readonly Reference[] {
  return body.references;
}

/** Finds the addresses in a Markdown tree, those of raw HTML included. */
export function referencesIn(blocks: readonly MdBlock[], refs: Refs, lines: Lines): readonly Reference[] {
  const found: Reference[] = [];
  const add = (url: string, use: 'link' | 'image', offset: number): void => {
    if (url.trim() === '') return;
    const ref = url.startsWith('#') ? url : refs.read(url, use);
    found.push({ url, ref, use, ...lines.placeOf(offset) });
  };
  const html = (source: string, offset: number): void => {
    for (const tag of source.matchAll(/<(a|img)\s(?:[^<>"']|"[^"]*"|'[^']*')*>/giu)) {
      const use = tag[1]?.toLowerCase() === 'img' ? 'image' : 'link';
      const value = /\s(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/iu.exec(tag[0]);
      const url = value?.[1] ?? value?.[2] ?? value?.[3] ?? '';
      add(url.replaceAll('&amp;', '&').trim(), use, offset + tag.index);
    }
  };
  const inline = (nodes: readonly MdInline[]): void => {
    for (const node of nodes) {
      if (node.type === 'link') add(node.url, 'link', node.start);
      else if (node.type === 'image') add(node.url, 'image', node.start);
      else if (node.type === 'html') html(node.html, node.start);
      if ('children' in node) inline(node.children);
    }
  };
  const visit = (block: MdBlock): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        return inline(block.children);
      case 'quote':
      case 'footnote':
        return block.children.forEach(visit);
      case 'list':
        return block.items.forEach((item) => item.children.forEach(visit));
      case 'table':
        return block.rows.forEach((row) => row.forEach(inline));
      case 'html':
        return html(block.html, block.start);
      case 'rule':
      case 'code':
        return undefined;
    }
  };
  blocks.forEach(visit);
  return found;
}
