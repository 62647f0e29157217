import type { Image, Link, Mark, Run } from '../meaning/canon.ts';
import { type DomElement, type DomNode, isElement, textOf } from './dom.ts';
import { type Reading, extraAttributes, hasClass } from './reading.ts';
import { linkBehind, tidyRuns } from '../meaning/tidy-runs.ts';

/** Reads inline content: white space collapsed and trimmed, neighbours alike joined, marks in one order. */
export function readRuns(nodes: readonly DomNode[], reading: Reading): readonly Run[] {
  const loose: Run[] = [];
  collect(nodes, noMarks, null, reading, loose);
  return tidyRuns(loose);
}

/** Tells whether a node belongs into a line of text, with all that is in it. */
export function isPhrasing(node: DomNode): boolean {
  if (!isElement(node)) return true;
  if (blockTags.has(node.tag) || (node.tag === 'a' && hasClass(node, 'intercom-h2b-button'))) return false;
  return node.children.every(isPhrasing);
}

/** Tells whether an element of that name is never in a line of text. */
export function isBlockTag(tag: string): boolean {
  return blockTags.has(tag);
}

/** The letters of some runs, as a reader hears them. */
export function plainText(runs: readonly Run[]): string {
  return runs.map((run) => (run.kind === 'text' ? run.text : run.kind === 'break' ? ' ' : '')).join('');
}

/** The name in a mark's tag. */
export function markName(mark: Mark): string {
  const end = mark.indexOf(' ');
  return end === -1 ? mark : mark.slice(0, end);
}

export function readImage(node: DomElement, reading: Reading): Image | null {
  const src = node.attributes.get('src')?.trim() ?? '';
  if (src === '') {
    reading.report('IMAGE_WITHOUT_ADDRESS', node);
    return null;
  }
  const width = node.attributes.get('width')?.trim() ?? '';
  const height = node.attributes.get('height')?.trim() ?? '';
  return {
    ref: reading.refs.read(src, 'image'),
    alt: tidyAlt(node.attributes.get('alt') ?? ''),
    width: width !== '' && height === '' && /^\d+(?:px|%)?$/u.test(width) ? width.replace(/px$/u, '') : null,
    link: null,
    title: node.attributes.get('title') ?? null,
  };
}

/** An alternative text with its white space as a reader of the page hears it. */
export function tidyAlt(alt: string): string {
  return alt.replace(/[ \t\r\n\f]+/gu, ' ').trim();
}

/** Resolves an address of a link; fragments name headings of the same body. */
export function readLinkRef(url: string, reading: Reading): string {
  const trimmed = url.trim();
  if (!trimmed.startsWith('#')) return reading.refs.read(trimmed, 'link');
  const name = trimmed.slice(1);
  const slug = reading.slugs.get(name);
  if (slug !== undefined) return `#${slug}`;
  try {
    return reading.refs.read(`#${decodeURIComponent(name)}`, 'link');
  } catch {
    return trimmed;
  }
}

/** A run before white space is tidied, the node that it was read from, and the elements of the line around it. */
export interface LooseRun {
  readonly run: Run;
  readonly node: DomNode;
  readonly within: readonly DomElement[];
}

/** Reads the runs of a line of nodes, each with where it comes from. */
export function looseRuns(nodes: readonly DomNode[], reading: Reading): readonly LooseRun[] {
  const found: LooseRun[] = [];
  const out: Run[] = [];
  collect(nodes, noMarks, null, reading, out, (node, within) => {
    const run = out[found.length];
    if (run !== undefined) found.push({ run, node, within });
  });
  return found;
}

type Tell = (node: DomNode, within: readonly DomElement[]) => void;

function collect(
  nodes: readonly DomNode[],
  marks: readonly Mark[],
  link: Link | null,
  reading: Reading,
  out: Run[],
  tell?: Tell,
): void {
  for (const node of nodes) {
    const inner: Tell | undefined =
      tell === undefined || !isElement(node)
        ? undefined
        : (child, within): void => {
            tell(child, [node, ...within]);
          };
    if (!isElement(node)) {
      out.push({ kind: 'text', text: node.text, marks, link });
      tell?.(node, []);
    } else if (node.tag === 'br') {
      out.push({ kind: 'break', marks, link });
      tell?.(node, []);
    } else if (node.tag === 'img') {
      const image = readImage(node, reading);
      if (image === null) continue;
      out.push({ kind: 'image', image: { ...image, link }, marks, link });
      tell?.(node, []);
    } else if (node.tag === 'a' && (node.attributes.get('href') ?? '').trim() !== '') {
      const ref = readLinkRef(node.attributes.get('href') ?? '', reading);
      const own = linkBehind(out, { ref, title: node.attributes.get('title') ?? null });
      collect(node.children, marks, own, reading, out, inner);
    } else if (blockTags.has(node.tag)) {
      out.push({ kind: 'text', text: ' ', marks, link });
      tell?.(node, []);
      collect(node.children, marks, link, reading, out, inner);
      out.push({ kind: 'text', text: ' ', marks, link });
      tell?.(node, []);
    } else if (node.tag !== 'wbr') {
      const mark = markOf(node, reading);
      const held = mark === null ? marks : withMark(marks, mark);
      collect(node.children, held, link, reading, out, inner);
    }
  }
}

function markOf(node: DomElement, reading: Reading): Mark | null {
  const plain = plainMarks.get(node.tag);
  if (plain !== undefined) {
    if (plain === 's') reading.report('UNKNOWN_ELEMENT', node, `<${node.tag}>`);
    return plain;
  }
  // A link without an address is all that is left of one whose scheme was refused.
  if (node.tag === 'a')
    return node.attributes.has('href') || textOf(node.children).trim() !== '' ? 'a' : null;
  const attributes = extraAttributes(node, ignoredAttributes);
  if (node.tag === 'span' && attributes.length === 0) return null;
  reading.report('UNKNOWN_ELEMENT', node, `<${node.tag}>`);
  return [
    node.tag,
    ...attributes.map(
      ([name, value]) => `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
    ),
  ].join(' ');
}

/** Adds a mark in its place: how they are nested does not count, so all have one order. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  if (marks.length === 0) return [mark];
  if (marks.includes(mark)) return marks;
  const rank = rankOf(mark);
  const at = marks.findIndex((other) => rankOf(other) > rank || (rankOf(other) === rank && other > mark));
  return at === -1 ? [...marks, mark] : marks.toSpliced(at, 0, mark);
}

function rankOf(mark: Mark): number {
  return ranks.get(mark) ?? 5;
}

const noMarks: readonly Mark[] = [];

const plainMarks: ReadonlyMap<string, Mark> = new Map([
  ['b', 'b'],
  ['strong', 'b'],
  ['i', 'i'],
  ['em', 'i'],
  ['s', 's'],
  ['strike', 's'],
  ['del', 's'],
  ['code', 'code'],
  ['tt', 'code'],
]);

const ranks: ReadonlyMap<Mark, number> = new Map([
  ['a', 0],
  ['b', 1],
  ['i', 2],
  ['s', 3],
  ['code', 9],
]);

const ignoredAttributes: ReadonlySet<string> = new Set(['id', 'title']);

const blockTags: ReadonlySet<string> = new Set([
  'address',
  'article',
  'aside',
  'audio',
  'blockquote',
  'canvas',
  'caption',
  'center',
  'col',
  'colgroup',
  'dd',
  'details',
  'dir',
  'div',
  'dl',
  'dt',
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
  'hgroup',
  'hr',
  'iframe',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'p',
  'picture',
  'pre',
  'search',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
  'video',
  'dialog',
  'fieldset',
  'legend',
]);
