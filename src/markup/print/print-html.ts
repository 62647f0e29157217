import type {
  Alignment,
  Attributes,
  Canon,
  Cell,
  Heading,
  Image,
  List,
  Run,
  Table,
} from '../meaning/canon.ts';
import { calloutColors, usualHeader } from '../meaning/colors.ts';
import { type InlineNode, inlineTree } from './inline-tree.ts';
import type { Refs } from '../meaning/refs.ts';
import { markName } from '../html/runs.ts';
import { addressSafety } from '../html/safety.ts';

/** How HTML is wanted. */
export interface HtmlStyle {
  readonly refs: Refs;
  /** `intercom`: as Intercom stores it. `markdown`: as little as must be said, and no empty lines. */
  readonly dialect: 'intercom' | 'markdown';
  /** Added to heading levels, which count from 1. */
  readonly shift: number;
  /** From fragments to the ids that the headings have on the remote. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Prints blocks as HTML without white space between them. */
export function printHtml(blocks: readonly Canon[], style: HtmlStyle): string {
  return blocks.map((block) => printBlock(block, style)).join('');
}

/** Prints the text of a block as HTML. */
export function printInlineHtml(runs: readonly Run[], style: HtmlStyle): string {
  return printNodes(inlineTree(runs), style);
}

/** The opening tag of a mark's element, and the closing one. */
export function markTags(mark: string): readonly [open: string, close: string] {
  return [`<${mark}>`, `</${markName(mark)}>`];
}

export function escapeHtml(text: string): string {
  // Runs of one sign are spelled at once: a text may be nothing but such signs.
  return text.replace(
    /([&<>\u00a0\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\ufeff])\1*/gu,
    (run, char: string) => entityOf(char).repeat(run.length),
  );
}

export function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\n\r]/gu, (char) => entities[char] ?? char);
}

function printBlock(block: Canon, style: HtmlStyle): string {
  switch (block.kind) {
    case 'paragraph':
      return tag(
        'p',
        classesOf(block.align, style, true),
        block.attributes,
        printInlineHtml(block.runs, style),
      );
    case 'heading':
      return printHeading(block, style);
    case 'image':
      return printPicture(block.image, block.align, style);
    case 'code':
      return printCode(block.text, block.language, style);
    case 'list':
      return printList(block, style);
    case 'table':
      return printTable(block, style);
    case 'rule':
      return '<hr>';
    case 'callout': {
      const color = calloutColors.find((one) => one.color === block.color);
      const colors = `background-color: ${color?.background ?? ''}; border-color: ${color?.border ?? ''};`;
      return `<div class="intercom-interblocks-callout" style="${colors}">${printHtml(block.blocks, style)}</div>`;
    }
    case 'section': {
      const summary = printSummary(block.summary, style);
      const content = printHtml(block.blocks, style);
      const box =
        style.dialect === 'intercom' ? `<div class="collapsible-section-content">${content}</div>` : content;
      return `<details><summary>${summary}</summary>${box}</details>`;
    }
    case 'video': {
      const src = escapeAttribute(block.src);
      if (style.dialect === 'markdown') return `<iframe src="${src}"></iframe>`;
      return `<div class="intercom-h2b-video"><iframe src="${src}" frameborder="0" webkitallowfullscreen="" mozallowfullscreen="" allowfullscreen=""></iframe></div>`;
    }
    case 'button': {
      const href = addressAttribute('href', writeLink(block.ref, style));
      const target = style.dialect === 'intercom' ? ' target="_blank"' : '';
      const link = `<a${href}${target} class="intercom-h2b-button">${printInlineHtml(block.runs, style)}</a>`;
      return `<div class="${['intercom-container', ...alignClass(block.align)].join(' ')}">${link}</div>`;
    }
    case 'element':
      return printElement(block.tag, block.attributes, block.blocks, style);
  }
}

/** A section's title; one that is a line of text alone needs no paragraph. */
export function printSummary(summary: readonly Canon[], style: HtmlStyle): string {
  const [only] = summary;
  if (
    summary.length === 1 &&
    only?.kind === 'paragraph' &&
    only.align === null &&
    only.attributes.length === 0
  ) {
    return printInlineHtml(only.runs, style);
  }
  return printHtml(summary, style);
}

function printHeading(block: Heading, style: HtmlStyle): string {
  const name = `h${String(Math.min(6, Math.max(1, block.level + style.shift)))}`;
  const id: Attributes = style.dialect === 'intercom' && block.id !== null ? [['id', block.id]] : [];
  const attributes = [...id, ...block.attributes];
  return tag(name, alignClass(block.align), attributes, printInlineHtml(block.runs, style));
}

function printPicture(image: Image, align: Alignment | null, style: HtmlStyle): string {
  const inner = printImage(image, style, true);
  // A box of its own keeps it apart from a line of text, such as within a <span>.
  if (style.dialect === 'markdown' && align === null) return `<p>${inner}</p>`;
  return `<div class="${['intercom-container', ...alignClass(align)].join(' ')}">${inner}</div>`;
}

function printImage(image: Image, style: HtmlStyle, linked: boolean): string {
  const title =
    style.dialect === 'markdown' && image.title !== null ? ` title="${escapeAttribute(image.title)}"` : '';
  const width = image.width === null ? '' : ` width="${escapeAttribute(image.width)}"`;
  const src = addressAttribute('src', style.refs.write(image.ref, 'image'));
  const img = `<img${src} alt="${escapeAttribute(image.alt)}"${title}${width}>`;
  if (!linked || image.link === null) return img;
  const target = style.dialect === 'intercom' ? ' target="_blank"' : '';
  return `<a${addressAttribute('href', writeLink(image.link.ref, style))}${target}>${img}</a>`;
}

function printCode(text: string, language: string | null, style: HtmlStyle): string {
  const info =
    style.dialect === 'markdown' && language !== null ? ` class="language-${escapeAttribute(language)}"` : '';
  // One line break at the end is not content; where it is, it takes a second one.
  const content = escapeHtml(text.endsWith('\n') || text === '' ? `${text}\n` : text);
  return `<pre><code${info}>${style.dialect === 'markdown' ? content.replaceAll('\n', '&#10;') : content}</code></pre>`;
}

function printList(list: List, style: HtmlStyle): string {
  const name = list.ordered ? 'ol' : 'ul';
  const start = style.dialect === 'markdown' && list.start !== 1 ? ` start="${String(list.start)}"` : '';
  const items = list.items.map(
    ({ blocks }) =>
      `<li>${style.dialect === 'markdown' ? printCell(blocks, style) : printHtml(blocks, style)}</li>`,
  );
  return `<${name}${start}>${items.join('')}</${name}>`;
}

function printTable(table: Table, style: HtmlStyle): string {
  const sent = style.dialect === 'intercom';
  const rows = table.rows.map((row, at) => {
    const header = at === 0 && row.every(({ tint }) => tint === null);
    const usual = sent ? usualHeader : null;
    const cells = row.map((cell) => printTableCell(cell, header ? (table.header ?? usual) : null, style));
    // In a file a long row is easier to read, and to compare, with a line for each cell.
    const isLong = !sent && cells.length > 1 && cells.join('').length > 120;
    return isLong ? `<tr>\n${cells.join('\n')}\n</tr>` : `<tr>${cells.join('')}</tr>`;
  });
  if (!sent) return `<table>\n${rows.join('\n')}\n</table>`;
  return `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody>${rows.join('')}</tbody></table></div>`;
}

function printTableCell(cell: Cell, header: string | null, style: HtmlStyle): string {
  const tint = cell.tint ?? header;
  const carried = style.dialect === 'intercom' ? cell.style : null;
  const css = carried ?? (tint === null ? null : `background-color: ${tint};`);
  const attributes: (readonly [string, string])[] = [];
  if (cell.colspan > 1) attributes.push(['colspan', String(cell.colspan)]);
  if (cell.rowspan > 1) attributes.push(['rowspan', String(cell.rowspan)]);
  if (css !== null && css !== '') attributes.push(['style', css]);
  return tag(
    'td',
    [],
    attributes,
    style.dialect === 'markdown'
      ? printCell(cell.blocks, style)
      : printHtml(cell.blocks.length === 0 ? [emptyLine] : cell.blocks, style),
  );
}

const emptyLine: Canon = { kind: 'paragraph', align: null, runs: [], attributes: [] };

/** A lone paragraph needs no tag of its own in an item or a cell. */
function printCell(blocks: readonly Canon[], style: HtmlStyle): string {
  const [first, ...rest] = blocks;
  const bare = first?.kind === 'paragraph' && first.align === null && first.attributes.length === 0;
  if (!bare || rest.some(({ kind }) => kind === 'paragraph' || kind === 'image'))
    return printHtml(blocks, style);
  return printInlineHtml(first.runs, style) + printHtml(rest, style);
}

function printElement(
  name: string,
  attributes: Attributes,
  blocks: readonly Canon[],
  style: HtmlStyle,
): string {
  const written = attributes.map(([key, value]): readonly [string, string] => {
    if (key === 'href') return [key, writeLink(value, style)];
    return [key, key === 'src' && name !== 'iframe' ? style.refs.write(value, 'image') : value];
  });
  const safe = written.filter(
    ([key, value]) => (key !== 'href' && key !== 'src') || addressSafety(value) !== 'unsafe',
  );
  if (name === 'pre') {
    const runs = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.runs : []));
    const inner = printInlineHtml(runs, style);
    // Parsers drop the first line break in it, unless it is written as a reference.
    const text = style.dialect === 'intercom' && inner.startsWith('\n') ? `\n${inner}` : inner;
    return tag(name, [], safe, style.dialect === 'markdown' ? text.replaceAll('\n', '&#10;') : text);
  }
  if (voidElements.has(name)) return tag(name, [], safe, '').replace(/<\/[^<]*$/u, '');
  return tag(name, [], safe, printHtml(blocks, style));
}

const voidElements: ReadonlySet<string> = new Set([
  'area',
  'col',
  'hr',
  'source',
  'track',
  'wbr',
  'br',
  'img',
  'param',
]);

function printNodes(nodes: readonly InlineNode[], style: HtmlStyle): string {
  return nodes
    .map((node) => {
      switch (node.type) {
        case 'text':
          return escapeHtml(node.text);
        case 'break':
          return '<br>';
        case 'image':
          return printImage(node.image, style, false);
        case 'mark': {
          const [open, close] = markTags(node.mark);
          return `${open}${printNodes(node.children, style)}${close}`;
        }
        case 'link': {
          const href = addressAttribute('href', writeLink(node.link.ref, style));
          const sent = style.dialect === 'intercom' ? ' target="_blank" class="intercom-content-link"' : '';
          const title =
            style.dialect === 'markdown' && node.link.title !== null
              ? ` title="${escapeAttribute(node.link.title)}"`
              : '';
          return `<a${href}${title}${sent}>${printNodes(node.children, style)}</a>`;
        }
      }
    })
    .join('');
}

/** The address of a link, or the id of the heading of the same body that it leads to. */
export function writeLink(ref: string, style: HtmlStyle): string {
  if (!ref.startsWith('#')) return style.refs.write(ref, 'link');
  const id = style.ids.get(ref.slice(1));
  return id === undefined ? ref : `#${id}`;
}

/** An address as an attribute; one that could run something is left out, whoever wrote it. */
function addressAttribute(name: string, url: string): string {
  return addressSafety(url) === 'unsafe' ? '' : ` ${name}="${escapeAttribute(url)}"`;
}

function classesOf(align: Alignment | null, style: HtmlStyle, paragraph: boolean): readonly string[] {
  return [...alignClass(align), ...(paragraph && style.dialect === 'intercom' ? ['no-margin'] : [])];
}

function alignClass(align: Alignment | null): readonly string[] {
  return align === null ? [] : [`intercom-align-${align}`];
}

function tag(name: string, classes: readonly string[], attributes: Attributes, content: string): string {
  const own = attributes.filter(([key]) => key !== 'class');
  const names = [...classes, ...attributes.filter(([key]) => key === 'class').map(([, value]) => value)].join(
    ' ',
  );
  const all = names === '' ? own : [['class', names] as const, ...own];
  return `<${name}${all.map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join('')}>${content}</${name}>`;
}

/** Spells a sign that nobody can see so that everybody can. */
export function entityOf(char: string): string {
  const known = entities[char];
  return (
    known ?? (char === '\u00ad' ? '&shy;' : `&#x${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()};`)
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
  '\n': '&#10;',
  '\r': '&#13;',
};
