import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { type DomNode, noAttributes } from './dom.ts';
import { parseStoredHtml } from './stored-html.ts';

/** Parses HTML as a browser would; comments and the like are left out. Check its size and depth first. */
export function parseDom(html: string): readonly DomNode[] {
  return parseStoredHtml(html) ?? parseAnyHtml(html);
}

/** Parses any HTML at all. */
export function parseAnyHtml(html: string): readonly DomNode[] {
  return readNodes(parseFragment(html, { sourceCodeLocationInfo: true }).childNodes);
}

function readNodes(nodes: readonly DefaultTreeAdapterMap['childNode'][]): readonly DomNode[] {
  const read: DomNode[] = [];
  for (const node of nodes) {
    const start = node.sourceCodeLocation?.startOffset ?? -1;
    const end = node.sourceCodeLocation?.endOffset ?? -1;
    if ('tagName' in node) {
      // The parser keeps what is in a template apart from its children; it is inert either way.
      const children = node.tagName === 'template' ? [] : readNodes(node.childNodes);
      const attributes =
        node.attrs.length === 0 ? noAttributes : new Map(node.attrs.map(({ name, value }) => [name, value]));
      read.push({ type: 'element', tag: node.tagName, attributes, children, start, end });
    } else if (node.nodeName === '#text' && 'value' in node) {
      read.push({ type: 'text', text: node.value, start, end });
    }
  }
  return read;
}
