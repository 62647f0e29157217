import { decodeHTML, decodeHTMLStrict } from 'entities';
import type { DomText, Placed, Spelled } from '../html/dom.ts';

/** A letter of a text, and where its source spells it. */
export interface Char extends Placed {
  readonly text: string;
}

/** Finds where each letter of a text is in its source; null where the two do not fit. */
export function charsOf(node: DomText, source: string): readonly Char[] | null {
  const spelled = node.spelled ?? 'html';
  let { start: at, end } = node;
  if (at < 0 || end < at) return null;
  // The two signs of a line end are one.
  if (source[end - 1] === '\r' && source[end] === '\n') end += 1;
  // The mark of a footnote is one piece.
  if (spelled === 'markdown' && source.startsWith('[^', at) && node.text.startsWith('['))
    return [...node.text].map((char, index) => ({ text: char, start: index === 0 ? at : end, end }));
  if (spelled === 'code') [at, end] = insideTicks(node, source);
  const chars: Char[] = [];
  for (const char of node.text) {
    const next = spellingAt(source, at, end, char, spelled);
    if (next === null) return null;
    chars.push({ text: char, start: next.start, end: next.end });
    at = next.end;
  }
  // Blanks at the end of a line are no part of the text.
  return source.slice(at, end).trim() === '' ? chars : null;
}

function insideTicks({ start, end, text }: DomText, source: string): [number, number] {
  const ticks = /^`*/u.exec(source.slice(start, end))?.[0].length ?? 0;
  const inner = source.slice(start + ticks, end - ticks);
  const isPadded = /^\s[^]*\s$/u.test(inner) && inner.trim() !== '' && inner.length >= text.length + 2;
  return isPadded ? [start + ticks + 1, end - ticks - 1] : [start + ticks, end - ticks];
}

function spellingAt(source: string, at: number, end: number, char: string, spelled: Spelled): Placed | null {
  const sign = source[at];
  if (at >= end || sign === undefined) return null;
  if (char === '\n' || (spelled === 'code' && char === ' ' && (sign === '\n' || sign === '\r'))) {
    // In HTML blanks count, and are tidied later.
    const line = (spelled === 'html' ? /^\r?\n/u : /^[ \t]*\r?\n[ \t]*/u).exec(source.slice(at, end))?.[0];
    if (line !== undefined) return { start: at, end: at + line.length };
  }
  // What begins each line of a quotation is no part of its text.
  if (source[at - 1] === '\n' || isPrefix(source, at)) {
    const prefix = /^[ \t>]+/u.exec(source.slice(at, end))?.[0] ?? '';
    if (prefix !== '' && !source.startsWith(char, at))
      return spellingAt(source, at + prefix.length, end, char, spelled);
  }
  if (spelled !== 'code' && sign === '&') {
    const reference = /^&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});/u.exec(
      source.slice(at, Math.min(end, at + 40)),
    )?.[0];
    const decode = spelled === 'html' ? decodeHTML : decodeHTMLStrict;
    if (reference !== undefined && decode(reference) === char)
      return { start: at, end: at + reference.length };
  }
  const isEscape =
    sign === '\\' &&
    source[at + 1] === char &&
    (spelled === 'markdown' ? /[!-/:-@[-`{-~]/u.test(char) : spelled === 'code' && char === '|');
  if (isEscape) return { start: at, end: at + 2 };
  return source.startsWith(char, at) ? { start: at, end: at + char.length } : null;
}

/** Whether only blanks and signs of quotations come before a place in its line. */
function isPrefix(source: string, at: number): boolean {
  return /^[ \t>]*$/u.test(source.slice(source.lastIndexOf('\n', at - 1) + 1, at));
}

/** What the lines of a block that begins at a place of a Markdown text begin with. */
export function prefixAt(source: string, at: number): string {
  return source
    .slice(source.lastIndexOf('\n', at - 1) + 1, at)
    .replace(/\[[ xX]\][ \t]+$/u, '')
    .replace(/[^>\s]/gu, ' ');
}
