import { alignOf, isFed, linkAddress, paragraph } from './parts.ts';
import type { Align, Around } from './parts.ts';
import { isBlank } from '../../look/html.ts';
import type { Attribute, Html, HtmlElement, SourceElement, SourceNode } from '../../look/html.ts';
import { isBlankRun, isBreakRun, nest, trimRun, withMark } from './inline.ts';
import type { Mark, Token } from './inline.ts';
import type { Switches } from '../state/switches.ts';

export interface RewriteOptions {
  readonly switches: Switches;
  /**
   * `api`: levels of headings move up and line breaks between blocks become empty paragraphs. `editor`: a person
   * works in the web editor, which does neither.
   */
  readonly origin: 'api' | 'editor';
  /** Ten hex digits, never the same twice. */
  newHeadingDigits(): string;
  /** The address under which an image is stored; null where it cannot be fetched. */
  storeImage(source: string): string | null;
}

/** What becomes of one element; false where it stays inline. */
export type Builder = (flow: Flow, node: SourceElement, around: Around) => boolean;

/** What one rewriting collects on its way. */
export interface Session extends RewriteOptions {
  /** By tag: what becomes of an element; all others are inline, transparent or dropped. */
  readonly builders: ReadonlyMap<string, Builder>;
  readonly headings: { readonly level: number; readonly node: HtmlElement }[];
  readonly headingIds: Set<string>;
}

/** Where blocks are, which decides what they may hold. */
export interface Place {
  readonly at: 'top' | 'item' | 'cell' | 'callout' | 'section' | 'heading';
  readonly inItem: boolean;
  readonly inTable: boolean;
  readonly inCallout: boolean;
}

export const topPlace: Place = { at: 'top', inItem: false, inTable: false, inCallout: false };

const nothingAround: Around = { marks: [], align: null };

/**
 * Turns nodes into a row of blocks. Inline text is collected into a run until a block interrupts it; the run then
 * becomes a paragraph.
 */
export class Flow {
  readonly session: Session;
  readonly place: Place;
  readonly #blocks: Html[] = [];
  #run: Token[] = [];
  #align: Align | null = null;
  #inParagraph = false;
  /** A line feed in the source is after an empty paragraph; it is kept before a heading or an image. */
  #lineFeed = false;

  constructor(session: Session, place: Place) {
    this.session = session;
    this.place = place;
  }

  /** A flow for the inside of a block. */
  inner(place: Partial<Place>): Flow {
    return new Flow(this.session, { ...this.place, ...place });
  }

  walk(nodes: readonly SourceNode[], around: Around = nothingAround): void {
    for (const node of nodes) {
      if (node.type === 'text') this.#text(node.value, around);
      else if (node.type === 'element') this.#element(node, around);
    }
  }

  /** The blocks, at least an empty paragraph if `filled` is asked for. */
  finish(filled = false): Html[] {
    this.interrupt();
    if (filled && this.#blocks.length === 0) this.#blocks.push(paragraph([], null));
    return this.#blocks;
  }

  /** What a heading holds: its text in one line, and the blocks that cannot be in it. */
  finishLine(): { readonly line: Html[]; readonly blocks: Html[] } {
    return { line: nest(trimRun(this.#run)), blocks: this.#blocks };
  }

  /** Ends the run, because a block begins or ends. */
  interrupt(): void {
    if (this.place.at === 'heading') {
      if (this.#run.length > 0) this.#run.push({ text: ' ', marks: [] });
      return;
    }
    const run = trimRun(this.#run);
    this.#run = [];
    // Breaks around an image part it from the text; they are no line of their own.
    if (run.length === 0 || (this.#inParagraph && isBreakRun(run))) return;
    this.push(paragraph(isBreakRun(run) ? ['\u00a0'] : nest(run), this.#align));
  }

  push(block: HtmlElement): void {
    const feeds = this.#lineFeed || this.session.origin === 'editor';
    if (feeds && /^(?:h[1-6]|div)$/.test(block.tag) && isFed(block) && this.#endsBlank())
      this.#blocks.push('\n');
    this.#lineFeed = false;
    this.#blocks.push(block);
  }

  /** A block that is nothing but its contents: a `div` vanishes around what it holds. */
  transparent(node: SourceElement, around: Around): void {
    this.interrupt();
    const outer = this.#align;
    this.#align = alignOf(node) ?? around.align;
    this.walk(node.children, { ...around, align: this.#align });
    this.interrupt();
    this.#align = outer;
  }

  paragraph(node: SourceElement, around: Around): void {
    if (this.place.at === 'heading') {
      this.transparent(node, around);
      return;
    }
    this.interrupt();
    const outer = { align: this.#align, inParagraph: this.#inParagraph };
    this.#align = alignOf(node) ?? around.align;
    this.#inParagraph = true;
    const before = this.#blocks.length;
    this.walk(node.children, { ...around, align: this.#align });
    if (this.#blocks.length > before) {
      this.interrupt();
    } else {
      const run = this.#run;
      this.#run = [];
      this.push(paragraph(isBreakRun(run) ? ['\u00a0'] : isBlankRun(run) ? [] : nest(run), this.#align));
    }
    this.#align = outer.align;
    this.#inParagraph = outer.inParagraph;
  }

  #text(text: string, around: Around): void {
    const between = this.#run.length === 0 && !this.#inParagraph && isBlank(text);
    if (between && this.place.at !== 'heading') this.#betweenBlocks(text);
    else if (text !== '') this.#run.push({ text, marks: around.marks });
  }

  /** Intercom takes a line break between two blocks for an empty line. */
  #betweenBlocks(text: string): void {
    if (this.place.at !== 'top' || !text.includes('\n') || this.session.origin === 'editor') return;
    if (this.#endsBlank()) this.#lineFeed = true;
    else this.#blocks.push(paragraph([], null));
  }

  #endsBlank(): boolean {
    const last = this.#blocks.at(-1);
    return typeof last === 'object' && last.tag === 'p' && last.children.length === 0;
  }

  #element(node: SourceElement, around: Around): void {
    const tag = node.tagName;
    if (droppedTags.has(tag)) return;
    if (tag === 'br') {
      this.#run.push({ text: null, marks: around.marks });
      return;
    }
    if (tag === 'p') {
      this.paragraph(node, around);
      return;
    }
    const build = this.session.builders.get(tag);
    if (build !== undefined && build(this, node, around)) return;
    const mark = markOf(node, this.session);
    if (mark !== null) this.walk(node.children, { ...around, marks: withMark(around.marks, mark) });
    else if (blockTags.has(tag)) this.transparent(node, around);
    else this.walk(node.children, around);
  }
}

/** Removed with what is in them. */
const droppedTags: ReadonlySet<string> = new Set([
  'form',
  'input',
  'textarea',
  'script',
  'style',
  'template',
]);

/** Blocks that Intercom has no block for: their text does not run into that of their neighbours. */
const blockTags: ReadonlySet<string> = new Set(
  (
    'address article aside body caption center dd details dialog dir div dt fieldset figcaption figure footer ' +
    'frameset header hgroup html legend li main menu nav noscript optgroup option search section summary'
  ).split(' '),
);

const markTags: ReadonlyMap<string, string> = new Map([
  ['b', 'b'],
  ['strong', 'b'],
  ['i', 'i'],
  ['em', 'i'],
  ['code', 'code'],
]);

const otherMarkTags: ReadonlySet<string> = new Set(['u', 's', 'del', 'sup', 'sub']);

function markOf(node: SourceElement, session: Session): Mark | null {
  const tag = markTags.get(node.tagName);
  if (tag !== undefined) return { tag, attributes: [] };
  if (node.tagName === 'a') {
    const href = linkAddress(node);
    const attributes: Attribute[] = [
      ['target', '_blank'],
      ['class', 'intercom-content-link'],
    ];
    return { tag: 'a', attributes: href === null ? attributes : [['href', href], ...attributes] };
  }
  const kept = session.switches.otherInline === 'keep' && otherMarkTags.has(node.tagName);
  return kept ? { tag: node.tagName, attributes: [] } : null;
}
