import type { BlockContent, List, ListItem, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { attribute, isBlank, parseHtml, textOf } from '../../look/html.ts';
import type { SourceElement, SourceNode } from '../../look/html.ts';

/**
 * A stored body as `body_markdown`. Intercom does not describe its dialect: this is GitHub's, in which callouts
 * are their contents, collapsible sections follow their title, and videos and buttons are links.
 */
export function markdownOf(body: string): string {
  const children = blocksOf(parseHtml(body));
  return children.length === 0
    ? ''
    : toMarkdown({ type: 'root', children }, { bullet: '-', rule: '-', extensions: [gfmToMarkdown()] });
}

function blocksOf(nodes: readonly SourceNode[]): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    if (node.type === 'text') return isBlank(node.value) ? [] : [paragraphOf([node])];
    return node.type === 'element' ? blockOf(node) : [];
  });
}

function blockOf(node: SourceElement): RootContent[] {
  const heading = /^h([1-6])$/.exec(node.tagName)?.[1];
  if (heading !== undefined) {
    return [{ type: 'heading', depth: depthOf(heading), children: phrasesOf(node.children) }];
  }
  switch (node.tagName) {
    case 'p': {
      const paragraph = paragraphOf(node.children);
      return paragraph.children.length === 0 ? [] : [paragraph];
    }
    case 'ul':
    case 'ol':
      return [listOf(node)];
    case 'pre':
      return [{ type: 'code', value: textOf(node).replace(/\n$/, '') }];
    case 'hr':
      return [{ type: 'thematicBreak' }];
    case 'table':
      return [tableOf(node)];
    case 'blockquote':
      return [{ type: 'blockquote', children: blocksOf(node.children).filter(isBlock) }];
    case 'img':
    case 'a':
      return [paragraphOf([node])];
    case 'iframe':
      return [linkTo(attribute(node, 'src') ?? '')];
    default:
      return blocksOf(node.children);
  }
}

function listOf(node: SourceElement): List {
  const items = node.children
    .filter((one): one is SourceElement => one.type === 'element')
    .map((one): ListItem => ({
      type: 'listItem',
      spread: false,
      children: blocksOf(one.children).filter(isBlock),
    }));
  return { type: 'list', ordered: node.tagName === 'ol', spread: false, children: items };
}

function tableOf(node: SourceElement): Table {
  const rows = elementsWithin(node, 'tr').map((row): TableRow => ({
    type: 'tableRow',
    children: elementsWithin(row, 'td').map((cell) => ({
      type: 'tableCell',
      children: phrasesOf(cell.children),
    })),
  }));
  return { type: 'table', children: rows };
}

function elementsWithin(node: SourceElement, tag: string): SourceElement[] {
  return node.children.flatMap((one) => {
    if (one.type !== 'element') return [];
    return one.tagName === tag ? [one] : elementsWithin(one, tag);
  });
}

function paragraphOf(nodes: readonly SourceNode[]): { type: 'paragraph'; children: PhrasingContent[] } {
  return { type: 'paragraph', children: phrasesOf(nodes) };
}

function phrasesOf(nodes: readonly SourceNode[]): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    if (node.type === 'text') return [{ type: 'text', value: node.value }];
    if (node.type !== 'element') return [];
    const children = phrasesOf(node.children);
    switch (node.tagName) {
      case 'b':
        return [{ type: 'strong', children }];
      case 'i':
        return [{ type: 'emphasis', children }];
      case 'code':
        return [{ type: 'inlineCode', value: textOf(node) }];
      case 'br':
        return [{ type: 'break' }];
      case 'a':
        return [{ type: 'link', url: attribute(node, 'href') ?? '', children }];
      case 'img':
        return [{ type: 'image', url: attribute(node, 'src') ?? '', alt: attribute(node, 'alt') ?? '' }];
      default:
        return children;
    }
  });
}

function linkTo(url: string): RootContent {
  return { type: 'paragraph', children: [{ type: 'link', url, children: [{ type: 'text', value: url }] }] };
}

function isBlock(node: RootContent): node is BlockContent {
  return !/^(?:text|strong|emphasis|inlineCode|break|link|image|definition|listItem|tableRow|tableCell)$/.test(
    node.type,
  );
}

function depthOf(digit: string): 1 | 2 | 3 | 4 | 5 | 6 {
  const depths = [1, 2, 3, 4, 5, 6] as const;
  return depths[Number(digit) - 1] ?? 6;
}
