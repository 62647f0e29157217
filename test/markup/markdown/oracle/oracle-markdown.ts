import type { Definition, Nodes, PhrasingContent, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { MdBlock, MdInline, MdItem } from '../../../../src/markup/markdown/markdown-tree.ts';

/** Parses CommonMark with GitHub's tables, strikethrough, task boxes, footnotes and bare addresses. */
export function parseWithOracle(text: string): readonly MdBlock[] {
  const skip = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const root: Root = fromMarkdown(text.slice(skip), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown().map((one) => ({ ...one, transforms: [] }))],
  });
  const defs = new Map<string, Definition>();
  const find = (node: Nodes): void => {
    if (node.type === 'definition' && !defs.has(node.identifier)) defs.set(node.identifier, node);
    if ('children' in node) node.children.forEach(find);
  };
  find(root);
  return root.children.flatMap((node) => block(node, defs, skip));
}

type Defs = ReadonlyMap<string, Definition>;

function at(node: Nodes, skip: number): { start: number; end: number } {
  return { start: (node.position?.start.offset ?? 0) + skip, end: (node.position?.end.offset ?? 0) + skip };
}

function block(node: Nodes, defs: Defs, skip: number): readonly MdBlock[] {
  const place = at(node, skip);
  switch (node.type) {
    case 'paragraph':
      return [{ type: 'paragraph', ...place, children: inlines(node.children, defs, skip) }];
    case 'heading':
      return [{ type: 'heading', ...place, level: node.depth, children: inlines(node.children, defs, skip) }];
    case 'thematicBreak':
      return [{ type: 'rule', ...place }];
    case 'blockquote':
      return [
        { type: 'quote', ...place, children: node.children.flatMap((child) => block(child, defs, skip)) },
      ];
    case 'list':
      return [
        {
          type: 'list',
          ...place,
          ordered: node.ordered === true,
          first: node.start ?? 1,
          items: node.children.map((item): MdItem => ({
            ...at(item, skip),
            checked: item.checked ?? null,
            children: item.children.flatMap((child) => block(child, defs, skip)),
          })),
        },
      ];
    case 'code':
      return [
        {
          type: 'code',
          ...place,
          info: [node.lang, node.meta].filter(Boolean).join(' ') || null,
          text: node.value,
        },
      ];
    case 'html':
      return [{ type: 'html', ...place, html: node.value, lines: [] }];
    case 'table':
      return [
        {
          type: 'table',
          ...place,
          align: node.align ?? [],
          // The tree has the cells as they were written; GitHub shows as many as the head has.
          rows: node.children.map((row) =>
            (node.align ?? []).map((_, column) => inlines(row.children[column]?.children ?? [], defs, skip)),
          ),
          lines: [],
        },
      ];
    case 'footnoteDefinition':
      return [
        {
          type: 'footnote',
          ...place,
          label: node.label ?? '',
          children: node.children.flatMap((child) => block(child, defs, skip)),
        },
      ];
    case 'root':
    case 'definition':
    case 'yaml':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
    case 'text':
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'inlineCode':
    case 'break':
    case 'link':
    case 'linkReference':
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return [];
  }
}

function inlines(nodes: readonly PhrasingContent[], defs: Defs, skip: number): readonly MdInline[] {
  return nodes.flatMap((node): readonly MdInline[] => {
    const place = at(node, skip);
    switch (node.type) {
      case 'text':
        return [{ type: 'text', ...place, text: node.value }];
      case 'strong':
      case 'emphasis':
        return [{ type: node.type, ...place, children: inlines(node.children, defs, skip) }];
      case 'delete':
        return [{ type: 'strike', ...place, children: inlines(node.children, defs, skip) }];
      case 'inlineCode':
        return [{ type: 'code', ...place, text: node.value }];
      case 'break':
        return [{ type: 'break', ...place }];
      case 'html':
        return [{ type: 'html', ...place, html: node.value, lines: [] }];
      case 'link':
        return [
          {
            type: 'link',
            ...place,
            url: node.url,
            address: place,
            title: node.title ?? null,
            children: inlines(node.children, defs, skip),
          },
        ];
      case 'image':
        return [
          {
            type: 'image',
            ...place,
            url: node.url,
            address: place,
            title: node.title ?? null,
            alt: node.alt ?? '',
          },
        ];
      case 'linkReference': {
        const def = defs.get(node.identifier);
        return [
          {
            type: 'link',
            ...place,
            url: def?.url ?? '',
            address: place,
            title: def?.title ?? null,
            children: inlines(node.children, defs, skip),
          },
        ];
      }
      case 'imageReference': {
        const def = defs.get(node.identifier);
        return [
          {
            type: 'image',
            ...place,
            url: def?.url ?? '',
            address: place,
            title: def?.title ?? null,
            alt: node.alt ?? '',
          },
        ];
      }
      case 'footnoteReference':
        return [{ type: 'footnote', ...place, label: node.label ?? '' }];
    }
  });
}
