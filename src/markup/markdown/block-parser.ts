import { BlockNode, type BlockType } from './block-node.ts';
import { type BoxHead, boxEndsIn, endsBox } from './boxes.ts';
import { endsHtml } from './html-starts.ts';
import { type Definition, takeDefinitions } from './link-definitions.ts';
import { TooComplex, type Work } from './work.ts';

/** Nobody writes documents with blocks nested deeper. */
const maximumNesting = 100;

/** Opens what starts on the line at hand; handed in, since what starts where is known elsewhere. */
export type TryStarts = (
  parser: BlockParser,
  matched: BlockNode,
) => { container: BlockNode; leaf: boolean } | null;

/** Finds the blocks of a Markdown text, line by line, as CommonMark's appendix describes. */
export class BlockParser {
  readonly text: string;
  readonly document = new BlockNode('document', 0, null);
  readonly definitions = new Map<string, Definition>();
  tip: BlockNode = this.document;
  /** The line at hand: its end, the place reached in it, and the column there. */
  lineStart = 0;
  lineEnd = 0;
  offset = 0;
  column = 0;
  /** Spaces left of a tab that was cut in two. */
  rest = 0;
  /** The next sign that is no white space, and the columns up to it. */
  next = 0;
  nextColumn = 0;
  indent = 0;
  blank = false;
  allMatched = true;
  readonly #work: Work;
  readonly #tryStarts: TryStarts;
  /** Made when the first box is found. */
  #boxEnds: ReturnType<typeof boxEndsIn> | null = null;
  #lastMatched: BlockNode = this.document;
  #oldTip: BlockNode = this.document;

  constructor(text: string, work: Work, tryStarts: TryStarts) {
    this.#tryStarts = tryStarts;
    this.text = text;
    this.#work = work;
  }

  parse(): BlockNode {
    const { text } = this;
    const hasReturns = text.includes('\r');
    let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (at < text.length) {
      const end = lineEndFrom(text, at, hasReturns);
      this.#readLine(at, end);
      at = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
    }
    while (this.tip.parent !== null) this.finish(this.tip);
    return this.document;
  }

  /** Looks ahead to the next sign of the line that is no white space. */
  lookAhead(): void {
    const { text, lineEnd } = this;
    let at = this.offset;
    let column = this.column;
    for (; at < lineEnd; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 32) column += 1;
      else if (code === 9) column += 4 - (column % 4);
      else break;
    }
    this.next = at;
    this.nextColumn = column;
    this.indent = column - this.column;
    this.blank = at >= lineEnd;
  }

  advanceToNext(): void {
    this.offset = this.next;
    this.column = this.nextColumn;
    this.rest = 0;
  }

  /** Moves on by some columns; a tab may be cut in two. */
  advanceColumns(count: number): void {
    let left = count;
    while (left > 0 && this.offset < this.lineEnd) {
      if (this.text.charCodeAt(this.offset) === 9) {
        const width = 4 - (this.column % 4);
        const taken = Math.min(width, left);
        this.column += taken;
        left -= taken;
        this.rest = width - taken;
        if (this.rest === 0) this.offset += 1;
      } else {
        this.rest = 0;
        this.offset += 1;
        this.column += 1;
        left -= 1;
      }
    }
  }

  add(type: BlockType, start: number): BlockNode {
    while (!canHold(this.tip.type, type)) this.finish(this.tip);
    const node = new BlockNode(type, start, this.tip);
    if (node.depth > maximumNesting) {
      throw new TooComplex(`blocks nested more than ${String(maximumNesting)} deep`, start);
    }
    this.#work.spend(type === 'item' ? 'sign' : 'block', start);
    this.tip.children.push(node);
    this.tip = node;
    return node;
  }

  closeUnmatched(): void {
    if (this.allMatched) return;
    while (this.#oldTip !== this.#lastMatched) {
      const parent = this.#oldTip.parent ?? this.document;
      this.finish(this.#oldTip);
      this.#oldTip = parent;
    }
    this.allMatched = true;
  }

  finish(node: BlockNode): void {
    node.open = false;
    if (node.type === 'paragraph') this.#finishParagraph(node);
    else if (node.type === 'code' && node.fence === null) {
      const isBlank = (at: number): boolean => {
        const segment = node.segments[at];
        return segment !== undefined && this.text.slice(segment.start, segment.end).trim() === '';
      };
      while (isBlank(node.segments.length - 1)) node.segments.pop();
      node.end = node.segments.at(-1)?.end ?? node.end;
    }
    this.tip = node.parent ?? this.document;
    // What ends with a block ends where that one ends.
    if (node.end > this.tip.end) this.tip.end = node.end;
  }

  addLine(node: BlockNode): void {
    // The tab itself is behind the spaces that are left of it.
    const start = this.rest > 0 ? this.offset + 1 : this.offset;
    node.segments.push({ start: Math.min(start, this.lineEnd), end: this.lineEnd, pad: this.rest });
    node.end = this.lineEnd;
  }

  #readLine(start: number, end: number): void {
    this.lineStart = start;
    this.lineEnd = end;
    this.offset = start;
    this.column = 0;
    this.rest = 0;
    this.#oldTip = this.tip;
    let container = this.document;
    this.allMatched = true;
    for (let last = container.children.at(-1); last?.open === true; last = container.children.at(-1)) {
      this.lookAhead();
      const state = this.#continues(last);
      if (state === 'done') return;
      if (state === 'no') {
        this.allMatched = false;
        // No line goes on with the text of a box that has ended.
        if (last.type === 'box') {
          this.#lastMatched = container;
          this.closeUnmatched();
        }
        break;
      }
      container = last;
    }
    this.#lastMatched = container;
    this.allMatched = container === this.#oldTip;
    const found = this.#tryStarts(this, container);
    if (found !== null) this.#addText(found.container, found.leaf);
  }

  #addText(container: BlockNode, leaf: boolean): void {
    if (!this.allMatched && !this.blank && this.tip.type === 'paragraph' && !leaf) {
      this.addLine(this.tip);
      return;
    }
    this.closeUnmatched();
    switch (container.type) {
      case 'html':
        this.addLine(container);
        if (
          container.htmlKind <= 5 &&
          endsHtml(container.htmlKind, this.text.slice(this.offset, this.lineEnd))
        )
          this.finish(container);
        return;
      case 'code':
      case 'paragraph':
      case 'table':
        if (!this.blank || container.type === 'code') this.addLine(container);
        return;
      case 'document':
      case 'quote':
      case 'box':
      case 'list':
      case 'item':
      case 'footnote':
        if (this.blank) return;
        this.advanceToNext();
        this.addLine(this.add('paragraph', this.offset));
        return;
      case 'heading':
      case 'rule':
        return;
    }
  }

  #continues(node: BlockNode): 'yes' | 'no' | 'done' {
    switch (node.type) {
      case 'document':
      case 'list':
        return 'yes';
      case 'box':
        return this.#continuesBox(node);
      case 'quote':
        if (this.indent >= 4 || this.text[this.next] !== '>' || this.blank) return 'no';
        this.#skipQuoteMark();
        return 'yes';
      case 'item':
        return this.#continuesItem(node);
      case 'footnote':
        if (this.blank) return this.#skipBlank();
        if (this.indent < 4) return 'no';
        this.advanceColumns(4);
        return 'yes';
      case 'code':
        return this.#continuesCode(node);
      case 'html':
        return this.blank && node.htmlKind >= 6 ? 'no' : 'yes';
      case 'paragraph':
      case 'table':
        if (this.blank) return 'no';
        return 'yes';
      case 'heading':
      case 'rule':
        return 'no';
    }
  }

  #continuesBox(node: BlockNode): 'yes' | 'no' | 'done' {
    const { box } = node;
    if (box === null) return 'no';
    if (box.kind === 'indent') {
      if (this.blank) return this.#skipBlank();
      if (this.indent < 4) return 'no';
      this.advanceColumns(4);
      return 'yes';
    }
    if (this.blank || this.indent >= 4 || !this.#ends(node, box)) return 'yes';
    while (this.tip !== node) this.finish(this.tip);
    node.end = this.lineEnd;
    this.finish(node);
    return 'done';
  }

  /** Whether the line at hand ends a box, and not one within it, and is no line of code. */
  #ends(node: BlockNode, box: BoxHead): boolean {
    const line = this.text.slice(this.next, this.lineEnd).trimEnd();
    if (!endsBox(box, line)) return false;
    for (let at = this.tip; at !== node && at.parent !== null; at = at.parent) {
      if (at.type === 'code' && at.fence !== null) return false;
      if (at.box !== null && endsBox(at.box, line)) return false;
    }
    return true;
  }

  /** Whether a line further down could end such a box. */
  endsLater(head: BoxHead): boolean {
    this.#boxEnds ??= boxEndsIn(this.text);
    return this.#boxEnds(head, this.lineEnd);
  }

  #skipQuoteMark(): void {
    this.offset = this.next + 1;
    this.column = this.nextColumn + 1;
    this.rest = 0;
    const code = this.text.charCodeAt(this.offset);
    if (this.offset < this.lineEnd && (code === 32 || code === 9)) this.advanceColumns(1);
  }

  #skipBlank(): 'yes' {
    this.advanceToNext();
    return 'yes';
  }

  #continuesItem(node: BlockNode): 'yes' | 'no' {
    const width = (node.mark?.offset ?? 0) + (node.mark?.padding ?? 0);
    if (this.blank) return node.children.length === 0 ? 'no' : this.#skipBlank();
    if (this.indent < width) return 'no';
    this.advanceColumns(width);
    return 'yes';
  }

  #continuesCode(node: BlockNode): 'yes' | 'no' | 'done' {
    const { fence } = node;
    if (fence === null) {
      if (this.indent >= 4) {
        this.advanceColumns(4);
        return 'yes';
      }
      return this.blank ? this.#skipBlank() : 'no';
    }
    if (this.indent < 4 && this.text[this.next] === fence.sign && this.lineEnd - this.next >= fence.length) {
      let end = this.next;
      while (this.text[end] === fence.sign) end += 1;
      if (end - this.next >= fence.length && this.text.slice(end, this.lineEnd).trim() === '') {
        node.end = end;
        this.finish(node);
        return 'done';
      }
    }
    this.advanceColumns(Math.min(fence.offset, this.indent));
    return 'yes';
  }

  #finishParagraph(node: BlockNode): void {
    takeDefinitions(this.text, node, this.definitions);
    const last = node.segments.at(-1);
    if (last === undefined) {
      const siblings = node.parent?.children ?? [];
      if (siblings.at(-1) === node) siblings.pop();
      return;
    }
    let { end } = last;
    while (end > last.start && (this.text[end - 1] === ' ' || this.text[end - 1] === '\t')) end -= 1;
    node.segments[node.segments.length - 1] = { ...last, end };
    node.end = end;
  }
}

/** The end of the line at an offset; most texts have no `\r`, and are searched at the speed of memory. */
function lineEndFrom(text: string, offset: number, hasReturns: boolean): number {
  if (!hasReturns) {
    const end = text.indexOf('\n', offset);
    return end === -1 ? text.length : end;
  }
  let end = offset;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end += 1;
  return end;
}

function canHold(parent: BlockType, child: BlockType): boolean {
  switch (parent) {
    case 'document':
    case 'quote':
    case 'box':
    case 'item':
    case 'footnote':
      return child !== 'item';
    case 'list':
      return child === 'item';
    case 'paragraph':
    case 'heading':
    case 'code':
    case 'html':
    case 'rule':
    case 'table':
      return false;
  }
}
