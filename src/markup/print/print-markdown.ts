import type { Callout, Canon, CodeBlock, List, Paragraph, Picture, Section } from '../meaning/canon.ts';
import { calloutColors } from '../meaning/colors.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { printHtml, printSummary } from './print-html.ts';
import { type InlineStyle, htmlStyleOf, imageTag, printImage, printInline } from './print-inline.ts';
import { printPipeTable } from './print-table.ts';
import { readContent } from '../read/read-content.ts';
import { type Refs, canonicalRefs } from '../meaning/refs.ts';
import { shiftHeadings } from '../meaning/walk.ts';

/** How Markdown is wanted. */
export interface MarkdownStyle {
  readonly refs: Refs;
  /** Added to heading levels, which count from 1. */
  readonly shift: number;
  /** `compact` leaves out the spaces that line up columns, so that a change in one cell is one in that cell only. */
  readonly tables?: 'compact';
  /** Whether they are to be within a list or the like, where a line of dashes means something else. */
  readonly nested?: boolean;
}

/**
 * Prints blocks as a person would write them. Each is read again; one that would mean something else is
 * written with more escapes, and at last as HTML.
 */
export function printMarkdown(blocks: readonly Canon[], style: MarkdownStyle): string {
  return joinBlocks(
    blocks.map((block) => ({ block, text: printChecked(block, style) })),
    '\n\n',
  );
}

/** Prints blocks with few escapes, unread: for a caller that reads the outcome, and prints it checked if it must. */
export function printUnchecked(blocks: readonly Canon[], style: MarkdownStyle): string {
  const [light] = attempts;
  const full: BlockStyle = { ...style, ...light, lines: true, bullet: '-', nested: style.nested ?? false };
  return joinBlocks(
    blocks.map((block) => ({ block, text: printBlock(block, full) ?? printRaw(block, style) })),
    '\n\n',
  );
}

function printChecked(block: Canon, style: MarkdownStyle): string {
  const wanted = fingerprintOf(shiftHeadings([block], style.shift));
  for (const attempt of attempts) {
    const print = (refs: Refs): string | null =>
      printBlock(block, {
        ...style,
        ...attempt,
        refs,
        lines: true,
        bullet: '-',
        nested: style.nested ?? false,
      });
    const printed = print(canonicalRefs);
    const meant = printed === null ? [] : readContent(printed, canonicalRefs);
    // Text with more signs than anybody reads has no better spelling either.
    if (meant === null) break;
    if (printed === null || fingerprintOf(meant) !== wanted) continue;
    return style.refs === canonicalRefs ? printed : (print(style.refs) ?? printed);
  }
  return printRaw(block, style);
}

type Attempt = Pick<InlineStyle, 'care' | 'tags'> & { readonly leaves: boolean };

const attempts: readonly [Attempt, ...Attempt[]] = [
  { care: 'light', tags: false, leaves: false },
  { care: 'light', tags: false, leaves: true },
  { care: 'careful', tags: true, leaves: false },
];

interface BlockStyle extends InlineStyle {
  readonly tables?: 'compact';
  readonly shift: number;
  readonly bullet: '-' | '*';
  /** Whether it is in a list item, where dashes could be taken for marks. */
  readonly nested: boolean;
  /** Whether each line of text is checked on its own, and gets its own escapes. */
  readonly leaves: boolean;
}

function printBlock(block: Canon, style: BlockStyle): string | null {
  switch (block.kind) {
    case 'paragraph':
      return block.attributes.length > 0
        ? printRaw(block, style)
        : aligned(block.align, printLine(block, style));
    case 'heading': {
      if (block.attributes.length > 0) return printRaw(block, style);
      const level = Math.min(6, Math.max(1, block.level + style.shift));
      const text = printLeaf(block.runs, { ...style, lines: false }, '# ').replace(/(^|\s)(#+)$/u, '$1\\$2');
      return aligned(block.align, `${'#'.repeat(level)} ${text}`);
    }
    case 'image':
      return printPicture(block, style);
    case 'code':
      // In an item a line of blanks would be an empty one.
      return style.nested && /^[ \t]+$/mu.test(block.text) ? printRaw(block, style) : printCode(block);
    case 'list':
      return printList(block, style);
    case 'table':
      return (
        printPipeTable(
          block,
          (line) => {
            const single = { ...style, lines: false };
            return line.kind === 'image'
              ? printImage(line.image, single, true)
              : printLeaf(line.runs, single, '');
          },
          style.tables !== 'compact',
        ) ?? printRaw(block, style)
      );
    case 'rule':
      return style.nested ? '***' : '---';
    case 'callout':
      return printCallout(block, style);
    case 'section':
      return printSection(block, style);
    case 'button': {
      const link = { ref: block.ref, title: null };
      const text = printLeaf(
        block.runs.map((run) => ({ ...run, link })),
        { ...style, lines: false },
        '',
      );
      return `<!-- button${block.align === null ? '' : ` align: ${block.align}`} -->\n${text}`;
    }
    case 'video':
    case 'element':
      return printRaw(block, style);
  }
}

function printLine(block: Paragraph, style: BlockStyle): string {
  return printLeaf(block.runs, style, '');
}

/** Prints one line of text, with as many escapes as it takes when lines are checked one by one. */
function printLeaf(runs: Paragraph['runs'], style: BlockStyle, prefix: string): string {
  const plain = printInline(runs, style);
  if (!style.leaves) return plain;
  const content: Canon =
    prefix === ''
      ? { kind: 'paragraph', align: null, runs, attributes: [] }
      : { kind: 'heading', level: 1, align: null, runs, attributes: [], id: null };
  const wanted = fingerprintOf([content]);
  for (const care of ['light', 'careful'] as const) {
    for (const tags of [false, true]) {
      const printed = printInline(runs, { ...style, care, tags, refs: canonicalRefs });
      if (fingerprintOf(readContent(prefix + printed, canonicalRefs) ?? []) === wanted)
        return printInline(runs, { ...style, care, tags });
    }
  }
  return plain;
}

function aligned(align: string | null, text: string): string {
  return align === null ? text : `<!-- align: ${align} -->\n${text}`;
}

function printPicture(block: Picture, style: BlockStyle): string {
  if (block.image.width === null) return aligned(block.align, printImage(block.image, style, true));
  if (block.image.link !== null || block.align !== null) return printRaw(block, style);
  return imageTag(block.image, style.refs);
}

function printCode({ text, language }: CodeBlock): string {
  const info = language ?? '';
  const sign = info.includes('`') ? '~' : '`';
  const runs = text.match(sign === '`' ? /`{3,}/gu : /~{3,}/gu) ?? [];
  const fence = sign.repeat(runs.reduce((most, { length }) => Math.max(most, length + 1), 3));
  const escaped = info.replace(/\\(?=[!-/:-@[-`{-~])/gu, '\\\\').replace(/&(?=#?\w+;)/gu, '&amp;');
  return text === '' ? `${fence}${escaped}\n${fence}` : `${fence}${escaped}\n${text}\n${fence}`;
}

function printList(list: List, style: BlockStyle): string | null {
  const loose = list.items.some(({ blocks }) => blocks.slice(1).some(({ kind }) => kind !== 'list'));
  const items = list.items.map((item, at) => {
    const marker = list.ordered
      ? `${String(list.start + at)}${style.bullet === '-' ? '.' : ')'}`
      : style.bullet;
    const inner = { ...style, bullet: '-' as const, nested: true };
    const printed = item.blocks.map((block) => ({ block, text: printBlock(block, inner) }));
    if (printed.some(({ text }) => text === null)) return null;
    const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
    const text =
      box +
      joinBlocks(
        printed.map((one) => ({ block: one.block, text: one.text ?? '' })),
        loose ? '\n\n' : '\n',
      );
    return text === '' ? marker : `${marker} ${indent(text, ' '.repeat(marker.length + 1))}`;
  });
  return items.includes(null) ? null : items.join(loose ? '\n\n' : '\n');
}

function printCallout(block: Callout, style: BlockStyle): string | null {
  const printed = printAll(block.blocks, style);
  if (printed === null) return null;
  const alert = calloutColors.find(({ color }) => color === block.color)?.alert ?? 'IMPORTANT';
  const text = block.quote && block.color === 'grey' ? printed : `[!${alert}]\n${printed}`;
  return text.replace(/^/gmu, '> ').replace(/^> $/gmu, '>');
}

function printSection(block: Section, style: BlockStyle): string | null {
  const printed = printAll(block.blocks, style);
  if (printed === null) return null;
  const summary = printSummary(block.summary, htmlStyleOf(style.refs, style.shift)).replace(/\n\s*/gu, ' ');
  return `<details>\n<summary>${summary}</summary>\n\n${printed}${printed === '' ? '' : '\n\n'}</details>`;
}

function printAll(blocks: readonly Canon[], style: BlockStyle): string | null {
  const printed = blocks.map((block) => ({ block, text: printBlock(block, { ...style, bullet: '-' }) }));
  if (printed.some(({ text }) => text === null)) return null;
  return joinBlocks(
    printed.map(({ block, text }) => ({ block, text: text ?? '' })),
    '\n\n',
  );
}

/** Prints a block as HTML that Markdown takes for one piece: no empty lines, and a first tag that starts a block. */
function printRaw(block: Canon, { refs, shift }: MarkdownStyle): string {
  const html = printHtml([block], htmlStyleOf(refs, shift)).replace(/\n(?=[ \t]*\n)/gu, '&#10;');
  const name = /^<([a-z][a-z0-9-]*)/u.exec(html)?.[1];
  return name !== undefined && blockNames.has(name) ? html : `<div>${html}</div>`;
}

/** Puts blocks under each other; lists of one kind get other marks, or Markdown would join them. */
function joinBlocks(
  printed: readonly { readonly block: Canon; readonly text: string }[],
  separator: string,
): string {
  let out = '';
  let before: Canon | null = null;
  let swapped = false;
  for (const { block, text } of printed) {
    const clash = before?.kind === 'list' && block.kind === 'list' && before.ordered === block.ordered;
    swapped = clash && !swapped;
    const shown = swapped && block.kind === 'list' ? withOtherMarks(text, block.ordered) : text;
    out += before === null ? shown : `${clash ? '\n\n' : separator}${shown}`;
    before = block;
  }
  return out;
}

/** Writes a list with another mark of its kind. */
export function withOtherMarks(text: string, ordered: boolean): string {
  if (ordered) {
    const isDot = /^\d+\./u.test(text);
    return text.replace(isDot ? /^(\d+)\./gmu : /^(\d+)\)/gmu, isDot ? '$1)' : '$1.');
  }
  const other = text.startsWith('-') ? '*' : '-';
  return text.replace(/^[-*+](?=\s|$)/gmu, other);
}

function indent(text: string, by: string): string {
  return text.replace(/\n(?!\n|$)/gu, `\n${by}`);
}

const blockNames: ReadonlySet<string> = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'center',
  'details',
  'dialog',
  'dir',
  'div',
  'dl',
  'fieldset',
  'pre',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'iframe',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'p',
  'search',
  'section',
  'table',
  'ul',
]);
