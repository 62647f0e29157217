import type { BlockNode, ListMark } from './block-node.ts';
import type { BlockParser } from './block-parser.ts';
import { boxHead } from './boxes.ts';
import { htmlKindAt } from './html-starts.ts';
import { holdsOnlyDefinitions } from './link-definitions.ts';
import { alignsOf, cellsOf } from './pipe-rows.ts';

/** Opens all blocks that start on the line at hand, and tells which one its text belongs to; `null` when none is left. */
export function tryStarts(
  parser: BlockParser,
  matched: BlockNode,
): { container: BlockNode; leaf: boolean } | null {
  let container = matched;
  if (container.type === 'code' || container.type === 'html') return { container, leaf: true };
  for (;;) {
    parser.lookAhead();
    if (parser.blank) return { container, leaf: false };
    const started = start(parser, container);
    if (started === 'none') {
      parser.advanceToNext();
      return { container, leaf: false };
    }
    if (started === 'line') return null;
    container = parser.tip;
    if (started === 'leaf') return { container, leaf: true };
  }
}

/** What the line at hand has opened: nothing, something that holds blocks, a block for its text, or all of it is used up. */
type Started = 'none' | 'container' | 'leaf' | 'line';

function start(parser: BlockParser, container: BlockNode): Started {
  const sign = parser.text[parser.next] ?? '';
  if (parser.indent >= 4) return startIndentedCode(parser, container);
  switch (sign) {
    case '>':
      return startQuote(parser);
    case '#':
      return startHeading(parser);
    case '`':
    case '~':
      return startFence(parser, sign);
    case '<':
      return startHtml(parser, container);
    case '[':
      return startFootnote(parser);
    case '!':
    case '{':
      return startBox(parser, container);
    case '=':
    case '-':
    case '*':
    case '_':
    case '+':
      return startByLine(parser, container, sign);
    default:
      if (sign >= '0' && sign <= '9') return startItem(parser, container);
      if (sign === ':' && parser.text.startsWith(':::', parser.next)) return startBox(parser, container);
      return sign === '|' || sign === ':' ? startTable(parser, container) : 'none';
  }
}

function startByLine(parser: BlockParser, container: BlockNode, sign: string): Started {
  if ((sign === '=' || sign === '-') && container.type === 'paragraph') {
    const line = parser.text.slice(parser.next, parser.lineEnd);
    if (/^(?:=+|-+)[ \t]*$/u.test(line) && startSetext(parser, container, sign)) return 'line';
  }
  if (sign !== '=' && sign !== '+' && isRule(parser.text, parser.next, parser.lineEnd, sign)) {
    parser.closeUnmatched();
    const node = parser.add('rule', parser.next);
    node.end = parser.lineEnd;
    parser.finish(node);
    return 'line';
  }
  if (sign === '-' || sign === '*' || sign === '+') {
    const item = startItem(parser, container);
    if (item !== 'none') return item;
  }
  return sign === '-' ? startTable(parser, container) : 'none';
}

function startQuote(parser: BlockParser): Started {
  parser.closeUnmatched();
  parser.add('quote', parser.next);
  parser.advanceToNext();
  parser.advanceColumns(1);
  const code = parser.text.charCodeAt(parser.offset);
  if (parser.offset < parser.lineEnd && (code === 32 || code === 9)) parser.advanceColumns(1);
  return 'container';
}

function startHeading(parser: BlockParser): Started {
  const { text, next, lineEnd } = parser;
  let at = next;
  while (text[at] === '#') at += 1;
  const level = at - next;
  if (level > 6 || (at < lineEnd && text[at] !== ' ' && text[at] !== '\t')) return 'none';
  parser.closeUnmatched();
  const node = parser.add('heading', next);
  node.level = level;
  const [from, to] = trimmed(text, at, lineEnd);
  let end = to;
  while (end > from && text[end - 1] === '#') end -= 1;
  // Closing signs count only after white space.
  if (end === from || text[end - 1] === ' ' || text[end - 1] === '\t') [, end] = trimmed(text, from, end);
  else end = to;
  node.segments.push({ start: from, end, pad: 0 });
  node.end = Math.max(to, at);
  parser.finish(node);
  return 'line';
}

function startFence(parser: BlockParser, sign: string): Started {
  const { text, next, lineEnd } = parser;
  let at = next;
  while (text[at] === sign) at += 1;
  if (at - next < 3) return 'none';
  const info = text.slice(at, lineEnd);
  if (sign === '`' && info.includes('`')) return 'none';
  parser.closeUnmatched();
  const node = parser.add('code', next);
  node.fence = { sign, length: at - next, offset: parser.indent };
  node.info = info.trim();
  node.end = lineEnd;
  return 'line';
}

function startHtml(parser: BlockParser, container: BlockNode): Started {
  const lazy = !parser.allMatched && parser.tip.type === 'paragraph';
  const mayInterrupt = container.type !== 'paragraph' && !lazy;
  const kind = htmlKindAt(parser.text, parser.next, parser.lineEnd, mayInterrupt);
  if (kind === 0) return 'none';
  parser.closeUnmatched();
  const node = parser.add('html', parser.next);
  node.htmlKind = kind;
  return 'leaf';
}

function startFootnote(parser: BlockParser): Started {
  const found = /^\[\^([^\]\s[]{1,999})\]:/u.exec(
    parser.text.slice(parser.next, Math.min(parser.lineEnd, parser.next + 1010)),
  );
  if (found === null) return 'none';
  parser.closeUnmatched();
  const node = parser.add('footnote', parser.next);
  node.label = found[1] ?? '';
  parser.advanceToNext();
  parser.offset += found[0].length;
  parser.column += found[0].length;
  node.end = parser.offset;
  return 'container';
}

/** A box of another tool takes its whole first line; one that nothing ends is text. */
function startBox(parser: BlockParser, container: BlockNode): Started {
  const { text, next, lineEnd } = parser;
  const head = boxHead(text.slice(next, lineEnd));
  if (head === null) return 'none';
  const isInText = container.type === 'paragraph' || (!parser.allMatched && parser.tip.type === 'paragraph');
  if (head.kind === 'indent' ? isInText || !isIndentedBelow(text, lineEnd) : !parser.endsLater(head))
    return 'none';
  parser.closeUnmatched();
  const node = parser.add('box', next);
  node.box = head;
  if (head.title !== null) {
    const { from, to } = head.title;
    node.segments.push({ start: next + from, end: next + to, pad: 0 });
  }
  node.end = lineEnd;
  return 'line';
}

/** Whether what follows a line is indented, blank lines aside; more of them than anybody writes end the search. */
function isIndentedBelow(text: string, lineEnd: number): boolean {
  const lines = text
    .slice(lineEnd, lineEnd + 500)
    .split('\n', 20)
    .slice(1);
  return /^(?: {4}|\t)/u.test(lines.find((line) => line.trim() !== '') ?? '');
}

function startSetext(parser: BlockParser, container: BlockNode, sign: string): boolean {
  if (!parser.allMatched || holdsOnlyDefinitions(parser.text, container, parser.definitions)) return false;
  const { parent } = container;
  if (parent === null) return false;
  parent.children.pop();
  parser.tip = parent;
  const node = parser.add('heading', container.start);
  node.level = sign === '=' ? 1 : 2;
  node.segments = container.segments;
  const last = node.segments.at(-1);
  if (last !== undefined) {
    node.segments[node.segments.length - 1] = { ...last, end: trimmed(parser.text, last.start, last.end)[1] };
  }
  node.end = parser.lineEnd;
  parser.finish(node);
  return true;
}

function startItem(parser: BlockParser, container: BlockNode): Started {
  const mark = markAt(parser, container);
  if (mark === null) return 'none';
  parser.closeUnmatched();
  const start = parser.next;
  parser.advanceToNext();
  const length = mark.ordered ? mark.padding : 1;
  parser.advanceColumns(length);
  const padding = length + skipMarkSpace(parser);
  const own: ListMark = { ...mark, padding };
  if (
    parser.tip.type !== 'list' ||
    parser.tip.mark?.sign !== own.sign ||
    parser.tip.mark.ordered !== own.ordered
  ) {
    parser.add('list', start).mark = own;
  }
  const item = parser.add('item', start);
  item.mark = own;
  item.end = Math.min(parser.lineEnd, start + length);
  return 'container';
}

/** The mark at hand, its `padding` still only its own length. */
function markAt(parser: BlockParser, container: BlockNode): ListMark | null {
  const { text, next, lineEnd, indent } = parser;
  const number = /^(\d{1,9})([.)])/u.exec(text.slice(next, next + 10));
  const sign = number === null ? (text[next] ?? '') : (number[2] ?? '');
  const length = number === null ? 1 : number[0].length;
  const after = text[next + length];
  if (next + length < lineEnd && after !== ' ' && after !== '\t') return null;
  if (number === null && sign !== '-' && sign !== '*' && sign !== '+') return null;
  const interrupts = container.type === 'paragraph';
  if (interrupts && number !== null && Number(number[1]) !== 1) return null;
  if (interrupts && text.slice(next + length, lineEnd).trim() === '') return null;
  return {
    ordered: number !== null,
    sign,
    first: Number(number?.[1] ?? '1'),
    offset: indent,
    padding: length,
  };
}

/** Skips the white space behind a mark, and tells how many columns of it belong to the mark. */
function skipMarkSpace(parser: BlockParser): number {
  const { offset, column, rest } = parser;
  parser.lookAhead();
  const width = parser.indent;
  if (parser.blank || width >= 5 || width < 1) {
    [parser.offset, parser.column, parser.rest] = [offset, column, rest];
    if (width > 0) parser.advanceColumns(1);
    return 1;
  }
  parser.advanceToNext();
  return width;
}

function startIndentedCode(parser: BlockParser, container: BlockNode): Started {
  if (parser.tip.type === 'paragraph' || container.type === 'table') return 'none';
  parser.closeUnmatched();
  parser.advanceColumns(4);
  parser.add('code', parser.lineStart);
  return 'leaf';
}

/** A row of dashes and pipes under a line with as many cells makes that line the head of a table. */
function startTable(parser: BlockParser, container: BlockNode): Started {
  if (container.type !== 'paragraph' || !parser.allMatched || container.parent === null) return 'none';
  const head = container.segments.at(-1);
  const aligns = alignsOf(parser.text.slice(parser.next, parser.lineEnd));
  if (aligns === null || head === undefined) return 'none';
  if (aligns.length === 1 && !/[|:]/u.test(parser.text.slice(parser.next, parser.lineEnd))) return 'none';
  if (cellsOf(parser.text, head).length !== aligns.length) return 'none';
  container.segments.pop();
  const before = container.segments.at(-1);
  if (before === undefined) {
    container.parent.children.pop();
    parser.tip = container.parent;
  } else {
    container.end = before.end;
    parser.finish(container);
  }
  const node = parser.add('table', head.start);
  node.aligns = aligns;
  node.segments.push(head);
  node.end = parser.lineEnd;
  return 'line';
}

function isRule(text: string, from: number, to: number, sign: string): boolean {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (text[at] === sign) count += 1;
    else if (text[at] !== ' ' && text[at] !== '\t') return false;
  }
  return count >= 3;
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
  let [start, end] = [from, to];
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start += 1;
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return [start, end];
}
