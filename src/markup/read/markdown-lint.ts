import type { Draft } from './drafts.ts';
import type { Findings } from './findings.ts';
import { anchorsOf, isAnchor, nameOf } from '../find/anchors.ts';
import { type BlockNote, readNote } from './markdown-dom.ts';
import type { MdBlock, MdInline } from '../markdown/markdown-tree.ts';
import type { UnclosedTag } from './markdown-units.ts';

/** What a text was parsed to. */
interface Parsed {
  readonly tree: readonly MdBlock[];
  readonly drafts: readonly Draft[];
  readonly unclosed: readonly UnclosedTag[];
}

/** Looks for what only the text shows: conflict markers, footnotes, images in text, links to missing headings. */
export function lintMarkdown(text: string, { tree, drafts, unclosed }: Parsed, findings: Findings): void {
  let known: ReadonlyMap<string, string> | null = null;
  const hasHeading = (fragment: string): boolean => isAnchor(fragment, (known ??= anchorsOf(drafts)));
  const line = (nodes: readonly MdInline[]): void => {
    const hasText = nodes.some(isVisible);
    for (const node of nodes) {
      if (node.type === 'footnote') findings.add('FOOTNOTE', node.start, `[${node.label}]`);
      if (node.type === 'link' && /^#./u.test(node.url) && !hasHeading(node.url))
        findings.add('ANCHOR_UNKNOWN', node.start, node.url);
      const isImage = node.type === 'image' || (node.type === 'html' && /^<img\s/iu.test(node.html));
      if (isImage && hasText) findings.add('IMAGE_IN_TEXT', node.start, '');
      if ('children' in node) line(node.children);
    }
  };
  for (const { name, offset } of unclosed) {
    if (!optionalTags.has(name)) findings.add('UNCLOSED_TAG', offset, `<${name}>`);
  }
  const visit = (block: MdBlock): void => {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        markers(text.slice(block.start, block.end), block.start, findings);
        if (block.type === 'heading') headingName(text, block.children, findings);
        return line(block.children);
      case 'quote':
        if (text.startsWith('>>>>>>>', block.start))
          markers(text.slice(block.start, block.end), block.start, findings);
        return visitAll(block.children);
      case 'footnote':
        return visitAll(block.children);
      case 'list':
        return block.items.forEach((item) => visitAll(item.children));
      case 'table':
        return block.rows.forEach((row) => row.forEach(line));
      case 'rule':
      case 'code':
      case 'html':
        return undefined;
    }
  };
  const visitAll = (blocks: readonly MdBlock[]): void => {
    for (const [at, block] of blocks.entries()) {
      const note = block.type === 'html' ? readNote(block.html) : null;
      if (block.type === 'html' && note !== null && !applies(note, blocks[at + 1])) {
        findings.add('NOTE_UNUSED', block.start, block.html.trim());
      }
      visit(block);
    }
  };
  visitAll(tree);
}

/** The `{#name}` at the end of a heading, which other tools take for its name. */
function headingName(text: string, nodes: readonly MdInline[], findings: Findings): void {
  const end = nodes.at(-1)?.end;
  // A sign that means nothing, such as the `_` of `{#set_up}`, may be a node of its own.
  const first = nodes[nodes.findLastIndex(({ type }) => type !== 'text') + 1];
  if (first === undefined || end === undefined) return;
  const name = nameOf(text.slice(first.start, end));
  if (name === null) return;
  const written = `{#${name}}`;
  findings.add('HEADING_NAME', text.lastIndexOf(written, end), written);
}

/** Tells whether a comment says something about the block after it. */
function applies(note: BlockNote, next: MdBlock | undefined): boolean {
  if (note.header !== null) return next?.type === 'table';
  if (note.button)
    return next?.type === 'paragraph' && next.children.length === 1 && next.children[0]?.type === 'link';
  return next?.type === 'paragraph' || next?.type === 'heading';
}

// Browsers close these without being told.
const optionalTags: ReadonlySet<string> = new Set([
  'td',
  'th',
  'tr',
  'tbody',
  'thead',
  'tfoot',
  'dt',
  'dd',
  'option',
]);

function markers(source: string, offset: number, findings: Findings): void {
  const found = /^(?:<{7}|>{7})(?= |\r?\n|$)/mu.exec(source);
  if (found !== null) findings.add('CONFLICT_MARKERS', offset + found.index, found[0]);
}

function isVisible(node: MdInline): boolean {
  return node.type === 'text' ? node.text.trim() !== '' : node.type !== 'break' && node.type !== 'image';
}
