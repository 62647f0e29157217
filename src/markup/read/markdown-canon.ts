import { element } from '../html/dom.ts';
import { lineBlocks, listBlocks, page, paragraphBlocks, quoteBlocks } from '../html/flow.ts';
import type { Reading, Setting } from '../html/reading.ts';
import { readLinkRef, tidyAlt, withMark } from '../html/runs.ts';
import { addressSafety } from '../html/safety.ts';
import type { MdBlock, MdInline, MdItem, MdQuote, MdTable } from '../markdown/markdown-tree.ts';
import type { Canon, Cell, Item, Link, Mark, Run } from '../meaning/canon.ts';
import { linkBehind, tidyRuns } from '../meaning/tidy-runs.ts';
import { alertOf } from './alert.ts';

/**
 * Takes the meaning of plain Markdown straight from its syntax tree: what `readFlow` makes of the tree that `buildDom`
 * builds, several times faster. Gives `null` where a block holds HTML, a comment about its neighbour or an address that
 * has to be checked; these go the long way. A property test holds that both ways end at the same meaning.
 */
export function readPlain(blocks: readonly MdBlock[], reading: Reading): readonly Canon[] | null {
  return blocks.every(isPlain) ? blocksOf(blocks, reading, page) : null;
}

function isPlain(block: MdBlock): boolean {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.children.every(isPlainInline);
    case 'quote':
      return block.children.every(isPlain);
    case 'list':
      return block.items.every((item) => item.children.every(isPlain));
    case 'table':
      return block.rows.every((row) => row.every((cell) => cell.every(isPlainInline)));
    case 'rule':
    case 'code':
      return true;
    case 'html':
    case 'footnote':
      return false;
  }
}

function isPlainInline(node: MdInline): boolean {
  switch (node.type) {
    case 'text':
    case 'code':
    case 'break':
    case 'footnote':
      return true;
    case 'html':
      return false;
    case 'image':
      return isPlainAddress(node.url);
    case 'link':
      return isPlainAddress(node.url) && node.children.every(isPlainInline);
    case 'strong':
    case 'emphasis':
    case 'strike':
      return node.children.every(isPlainInline);
  }
}

function isPlainAddress(url: string): boolean {
  return url.trim() !== '' && addressSafety(url) === 'safe';
}

function blocksOf(blocks: readonly MdBlock[], reading: Reading, setting: Setting): readonly Canon[] {
  const [only] = blocks;
  if (blocks.length === 1 && only !== undefined) return blockOf(only, reading, setting);
  const all: Canon[] = [];
  for (const block of blocks) for (const one of blockOf(block, reading, setting)) all.push(one);
  return all;
}

function blockOf(block: MdBlock, reading: Reading, setting: Setting): readonly Canon[] {
  switch (block.type) {
    case 'paragraph':
      return paragraphBlocks(runsOf(block.children, reading), setting.align, []);
    case 'heading': {
      const runs = runsOf(block.children, reading);
      if (runs.length === 0) return [];
      return [{ kind: 'heading', level: block.level, align: setting.align, runs, attributes: [], id: null }];
    }
    case 'rule':
      return [{ kind: 'rule' }];
    case 'code':
      return [{ kind: 'code', text: block.text.replace(/\r\n?/gu, '\n'), language: block.info }];
    case 'list':
      return listBlocks(
        block.items.map((item) => itemOf(item, reading, setting)),
        block.ordered,
        block.first,
        reading,
        nowhere,
      );
    case 'table':
      return [tableOf(block, reading, setting)];
    case 'quote':
      return quoteOf(block, reading, setting);
    case 'html':
    case 'footnote':
      return [];
  }
}

function itemOf(item: MdItem, reading: Reading, around: Setting): Item {
  if (item.checked !== null) reading.report('TASK_BOX', nowhere, item.checked ? '[x]' : '[ ]');
  const setting: Setting = { ...around, align: null, inside: 'list', inList: true };
  return { blocks: blocksOf(item.children, reading, setting), checked: item.checked };
}

function quoteOf(block: MdQuote, reading: Reading, setting: Setting): readonly Canon[] {
  const alert = alertOf(block);
  if (setting.inside === 'callout' || (alert === null && setting.inside !== 'page'))
    reading.report('BOX_INSIDE', nowhere);
  if (alert !== null) {
    const blocks = blocksOf(alert.children, reading, { ...setting, align: null, inside: 'callout' });
    return blocks.length === 0 ? [] : [{ kind: 'callout', color: alert.color, blocks, quote: false }];
  }
  if (setting.inside !== 'page') return blocksOf(block.children, reading, setting);
  return quoteBlocks(blocksOf(block.children, reading, { ...setting, inside: 'callout' }), reading, nowhere);
}

function tableOf(block: MdTable, reading: Reading, setting: Setting): Canon {
  if (setting.inList) reading.report('TABLE_IN_LIST', nowhere);
  const rows = block.rows.map((row) =>
    block.align.map((align, column): Cell => {
      const runs = runsOf(row[column] ?? [], reading);
      const isAligned = align === 'center' || align === 'right';
      const blocks = isAligned ? paragraphBlocks(runs, align, []) : lineBlocks(runs, null);
      return { blocks, tint: null, colspan: 1, rowspan: 1, style: null };
    }),
  );
  return { kind: 'table', header: null, rows };
}

function runsOf(nodes: readonly MdInline[], reading: Reading): readonly Run[] {
  const loose: Run[] = [];
  collect(nodes, noMarks, null, reading, loose);
  return tidyRuns(loose);
}

function collect(
  nodes: readonly MdInline[],
  marks: readonly Mark[],
  link: Link | null,
  reading: Reading,
  out: Run[],
): void {
  for (const node of nodes) {
    switch (node.type) {
      case 'text':
        out.push({ kind: 'text', text: node.text, marks, link });
        break;
      case 'footnote':
        out.push({ kind: 'text', text: `[${node.label}]`, marks, link });
        break;
      case 'code':
        out.push({ kind: 'text', text: node.text, marks: withMark(marks, 'code'), link });
        break;
      case 'break':
        out.push({ kind: 'break', marks, link });
        break;
      case 'strong':
        collect(node.children, withMark(marks, 'b'), link, reading, out);
        break;
      case 'emphasis':
        collect(node.children, withMark(marks, 'i'), link, reading, out);
        break;
      case 'strike':
        reading.report('UNKNOWN_ELEMENT', nowhere, '<s>');
        collect(node.children, withMark(marks, 's'), link, reading, out);
        break;
      case 'link': {
        const inner = linkBehind(out, { ref: readLinkRef(node.url, reading), title: node.title });
        collect(node.children, marks, inner, reading, out);
        break;
      }
      case 'image': {
        const ref = reading.refs.read(node.url.trim(), 'image');
        const image = { ref, alt: tidyAlt(node.alt), width: null, link, title: node.title };
        out.push({ kind: 'image', image, marks, link });
        break;
      }
      case 'html':
        break;
    }
  }
}

const noMarks: readonly Mark[] = [];

/** Findings about plain Markdown are placed by where its block is, see `Findings.enter`. */
const nowhere = element('', {}, []);
