import type { Alignment, Attributes, Canon, Item, Run } from '../meaning/canon.ts';
import { readCode } from './code.ts';
import { backgroundOf, calloutColorOf } from '../meaning/colors.ts';
import { type DomElement, type DomNode, isElement } from './dom.ts';
import { type Reading, type Setting, alignmentOf, classesOf, extraAttributes, hasClass } from './reading.ts';
import { isBlockTag, isPhrasing, readLinkRef, readRuns } from './runs.ts';
import { tidyRuns } from '../meaning/tidy-runs.ts';
import { showsSomething } from '../meaning/walk.ts';
import { readTable } from './table.ts';
import { videoOf } from './video.ts';

export const page: Setting = { align: null, inside: 'page', inList: false, inTable: false };

/** Reads block content; bare text becomes paragraphs, and paragraphs without anything to see vanish. */
export function readFlow(nodes: readonly DomNode[], reading: Reading, setting: Setting): readonly Canon[] {
  const blocks: Canon[] = [];
  let line: DomNode[] = [];
  const endLine = (): void => {
    if (line.length === 0) return;
    const runs = readRuns(line, reading);
    const held = line;
    line = [];
    for (const block of placed(lineBlocks(runs, setting.align), held, reading)) blocks.push(block);
  };
  for (const node of nodes) {
    if (!isElement(node) || isPhrasing(node)) {
      line.push(node);
    } else {
      endLine();
      const made = readBlock(node, reading, setting);
      if (made.length === 1 && made[0] !== undefined) reading.place?.(made[0], [node]);
      for (const block of made) blocks.push(block);
    }
  }
  endLine();
  return blocks;
}

/** What a line of text outside any paragraph comes to. */
export function lineBlocks(runs: readonly Run[], align: Alignment | null): readonly Canon[] {
  return runs.some((run) => run.kind !== 'break') ? paragraphsOf(runs, align, []) : [];
}

/** Says what blocks were made from; one line of nodes may give several. */
function placed(blocks: readonly Canon[], nodes: readonly DomNode[], { place }: Reading): readonly Canon[] {
  if (place !== undefined)
    for (const [at, block] of blocks.entries())
      if (blocks.length === 1) place(block, nodes);
      else place(block, nodes, at);
  return blocks;
}

function readBlock(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  const align = alignmentOf(node) ?? setting.align;
  const within = { ...setting, align };
  switch (node.tag) {
    case 'p':
      return readParagraph(node, reading, within);
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return readHeading(node, reading, within);
    case 'ul':
    case 'ol':
    case 'menu':
    case 'dir':
      return readList(node, reading, setting);
    case 'table':
      return readTable(node, reading, setting, readFlow);
    case 'pre':
      return [readCode(node, reading)];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'blockquote':
      return readQuote(node, reading, within);
    case 'details':
      return readSection(node, reading, setting);
    case 'iframe':
      return readFrame(node, reading);
    case 'a':
      return hasClass(node, 'intercom-h2b-button')
        ? readButton(node, reading, within)
        : rawElement(node, reading, setting);
    case 'dl':
      reading.report('DEFINITION_LIST', node);
      return rawElement(node, reading, setting);
    default:
      return readBox(node, reading, within);
  }
}

/** Cuts a line at its images: each of them is a block for Intercom. */
function paragraphsOf(
  runs: readonly Run[],
  align: Alignment | null,
  attributes: Attributes,
): readonly Canon[] {
  const blocks: Canon[] = [];
  let line: Run[] = [];
  const endLine = (): void => {
    const tidy = withoutOuterBreaks(tidyRuns(line));
    line = [];
    if (tidy.length > 0) blocks.push({ kind: 'paragraph', align, runs: tidy, attributes });
  };
  if (!runs.some((run) => run.kind === 'image')) {
    return runs.length === 0 ? [] : [{ kind: 'paragraph', align, runs, attributes }];
  }
  for (const run of runs) {
    if (run.kind === 'image') {
      endLine();
      blocks.push({
        kind: 'image',
        align: align === 'justify' ? null : align,
        image: { ...run.image, link: run.link },
      });
    } else {
      line.push(run);
    }
  }
  endLine();
  return blocks;
}

function withoutOuterBreaks(runs: readonly Run[]): readonly Run[] {
  let start = 0;
  let end = runs.length;
  while (start < end && runs[start]?.kind === 'break') start += 1;
  while (end > start && runs[end - 1]?.kind === 'break') end -= 1;
  return runs.slice(start, end);
}

function readParagraph(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  if (!node.children.every(isPhrasing)) return readFlow(node.children, reading, setting);
  const runs = readRuns(node.children, reading);
  const attributes = extraAttributes(node, paragraphKnows);
  reportLook(attributes, node, reading);
  const made = paragraphBlocks(runs, setting.align, attributes);
  return placed(made, node.children, reading);
}

const paragraphKnows: ReadonlySet<string> = new Set(['id', 'title', 'align']);

/** What a paragraph comes to: one, several where images cut it, none where there is nothing to see. */
export function paragraphBlocks(
  runs: readonly Run[],
  align: Alignment | null,
  attributes: Attributes,
): readonly Canon[] {
  // A line left empty on purpose; Intercom stores it with a no-break space.
  if (runs.length > 0 && runs.every((run) => run.kind === 'break'))
    return [{ kind: 'paragraph', align, runs: [blankRun], attributes }];
  return paragraphsOf(runs, align, attributes);
}

const blankRun: Run = { kind: 'text', text: '\u00a0', marks: [], link: null };

function readHeading(node: DomElement, reading: Reading, { align }: Setting): readonly Canon[] {
  const runs = readRuns(node.children, reading);
  if (runs.length === 0) return [];
  const level = Number(node.tag.slice(1));
  const id = node.attributes.get('id') ?? null;
  const attributes = extraAttributes(node, new Set(['id', 'title', 'align']));
  return placed([{ kind: 'heading', level, align, runs, attributes, id }], node.children, reading);
}

function readList(node: DomElement, reading: Reading, around: Setting): readonly Canon[] {
  const items: Item[] = [];
  const setting: Setting = { ...around, align: null, inside: 'list', inList: true };
  for (const child of node.children) {
    if (!isElement(child)) {
      if (child.text.trim() !== '') items.push(itemOf(readFlow([child], reading, setting), null));
      continue;
    }
    if (child.tag === 'li') {
      const box = child.attributes.get('data-task');
      if (box !== undefined) reading.report('TASK_BOX', child, box === 'x' ? '[x]' : '[ ]');
      const blocks = readFlow(child.children, reading, setting);
      reading.place?.(blocks, [child]);
      items.push(itemOf(blocks, box === undefined ? null : box === 'x'));
      continue;
    }
    const blocks = readFlow([child], reading, setting);
    const last = items.at(-1);
    const nested = child.tag === 'ul' || child.tag === 'ol';
    // A list straight in a list belongs to the item before it.
    if (nested && last !== undefined)
      items[items.length - 1] = { ...last, blocks: [...last.blocks, ...blocks] };
    else if (blocks.length > 0) items.push(itemOf(blocks, null));
  }
  return listBlocks(items, node.tag === 'ol', Number(node.attributes.get('start') ?? '1'), reading, node);
}

/** What a list comes to, with what is to be reported about it. */
export function listBlocks(
  items: readonly Item[],
  ordered: boolean,
  first: number,
  reading: Reading,
  node: DomElement,
): readonly Canon[] {
  if (!items.some(({ blocks }) => blocks.some(showsSomething))) reading.report('EMPTY_LIST', node);
  if (items.length === 0) return [];
  const start = ordered && Number.isSafeInteger(first) && first >= 0 && first <= 999_999_999 ? first : 1;
  if (start !== 1) reading.report('LIST_START', node, String(start));
  return [{ kind: 'list', ordered, items, start }];
}

function itemOf(blocks: readonly Canon[], checked: boolean | null): Item {
  return { blocks, checked };
}

function readQuote(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  // Intercom has no quotations. One of its own is shown as a grey callout, one within something as its content.
  if (setting.inside !== 'page') {
    reading.report('BOX_INSIDE', node);
    return readFlow(node.children, reading, setting);
  }
  return quoteBlocks(readFlow(node.children, reading, { ...setting, inside: 'callout' }), reading, node);
}

/** What a quotation of its own comes to. */
export function quoteBlocks(blocks: readonly Canon[], reading: Reading, node: DomElement): readonly Canon[] {
  if (blocks.length === 0) return [];
  reading.report('QUOTE_AS_CALLOUT', node);
  return [{ kind: 'callout', color: 'grey', blocks, quote: true }];
}

function readSection(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  const at = node.children.findIndex((child) => isElement(child) && child.tag === 'summary');
  const title = node.children[at];
  const summary = title !== undefined && isElement(title) ? readFlow(title.children, reading, page) : [];
  const rest = at === -1 ? node.children : node.children.toSpliced(at, 1);
  return [{ kind: 'section', summary, blocks: readFlow(rest, reading, { ...setting, align: null }) }];
}

function readFrame(node: DomElement, reading: Reading): readonly Canon[] {
  const src = node.attributes.get('src') ?? '';
  const video = videoOf(src);
  if (video !== null) return [video];
  reading.report('UNKNOWN_PLAYER', node, src);
  return /^https?:\/\//iu.test(src.trim()) ? rawElement(node, reading, page) : [];
}

function readButton(node: DomElement, reading: Reading, { align }: Setting): readonly Canon[] {
  const runs = readRuns(node.children, reading).map((run) => ({ ...run, link: null }));
  if (runs.length === 0) return [];
  const ref = readLinkRef(node.attributes.get('href') ?? '', reading);
  return placed([{ kind: 'button', align, ref, runs }], node.children, reading);
}

function readBox(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  const style = node.attributes.get('style') ?? '';
  if (hasClass(node, 'intercom-interblocks-callout')) {
    const color = calloutColorOf(style);
    if (color === null && backgroundOf(style) !== null) return rawElement(node, reading, setting);
    if (setting.inside === 'callout') reading.report('BOX_INSIDE', node);
    const blocks = readFlow(node.children, reading, { ...setting, align: null, inside: 'callout' });
    const quote = node.attributes.has('data-quote');
    return blocks.length === 0 ? [] : [{ kind: 'callout', color: color ?? 'grey', blocks, quote }];
  }
  if (classesOf(node).some((name) => ownBox.test(name))) return readFlow(node.children, reading, setting);
  if (node.tag === 'center') return readFlow(node.children, reading, { ...setting, align: 'center' });
  if (transparentTags.has(node.tag) && extraAttributes(node, ignoredOnBoxes).length === 0) {
    return readFlow(node.children, reading, setting);
  }
  if (!transparentTags.has(node.tag)) reading.report('UNKNOWN_ELEMENT', node, `<${node.tag}>`);
  else reportLook(extraAttributes(node, ignoredOnBoxes), node, reading);
  return rawElement(node, reading, setting);
}

/** Tells of what only looks or directions come from; classes of Intercom's own boxes are its own affair. */
function reportLook(attributes: Attributes, node: DomElement, { report }: Reading): void {
  const found = attributes.find(([name, value]) => looks.has(name) && !value.includes('intercom-'));
  if (found !== undefined) report('LOOK_DROPPED', node, `${found[0]}="${found[1]}"`);
}

const looks: ReadonlySet<string> = new Set(['class', 'style', 'dir']);

function rawElement(node: DomElement, reading: Reading, setting: Setting): readonly Canon[] {
  const attributes = [...node.attributes]
    .filter(([name]) => name !== 'id')
    .map(([name, value]): readonly [string, string] => {
      if (name === 'href') return [name, readLinkRef(value, reading)];
      return [name, name === 'src' && node.tag !== 'iframe' ? reading.refs.read(value, 'image') : value];
    })
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const blocks = readFlow(node.children, reading, setting);
  // What is meant to be in a line of text and holds nothing shows nothing.
  return blocks.length === 0 && !isBlockTag(node.tag)
    ? []
    : [{ kind: 'element', tag: node.tag, attributes, blocks }];
}

const ownBox =
  /^(?:intercom-container|intercom-h2b-video|intercom-interblocks-(?!callout).*|collapsible-section-content|intercom-align-(?:left|center|right|justify))$/u;

const transparentTags: ReadonlySet<string> = new Set([
  'div',
  'section',
  'article',
  'main',
  'header',
  'footer',
  'aside',
  'nav',
  'figure',
  'figcaption',
  'hgroup',
  'search',
  'address',
  'picture',
  'li',
  'summary',
  'caption',
  'tbody',
  'thead',
  'tfoot',
  'tr',
  'td',
  'th',
  'dialog',
  'fieldset',
  'legend',
]);

const ignoredOnBoxes: ReadonlySet<string> = new Set(['id', 'title', 'align', 'open', 'height', 'width']);
