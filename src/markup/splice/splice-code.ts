import type { CodeBlock, RawElement } from '../meaning/canon.ts';
import { type DomNode, type Placed, isElement } from '../html/dom.ts';
import { alignEqual } from '../merge/align.ts';
import { escapeHtml } from '../print/print-html.ts';
import { type Char, charsOf, prefixAt } from './chars.ts';
import { type Edit, type Splicing, reaches } from './edit.ts';
import { isHtmlAt } from './place.ts';

/** The edits that change the lines of a block of code; null where it has to be reprinted. */
export function spliceCode(held: Code, wanted: Code, splicing: Splicing): readonly Edit[] | null {
  return spliceLines(held, [textOf(held), textOf(wanted)], splicing);
}

/** Code with marks in it is an element of its own. */
export type Code = CodeBlock | RawElement;

function textOf(code: Code): string {
  if (code.kind === 'code') return code.text;
  const runs = code.blocks.flatMap((block) => ('runs' in block ? block.runs : []));
  return runs.map((run) => (run.kind === 'text' ? run.text : '\n')).join('');
}

function spliceLines(
  code: Code,
  [own, wanted]: readonly [own: string, wanted: string],
  splicing: Splicing,
): readonly Edit[] | null {
  const { source, placed } = splicing;
  const place = placed.placeOf(code);
  if (place === undefined || place.start < 0 || own === '' || wanted === '') return null;
  const isHtml = isHtmlAt(code, splicing);
  const chars = isHtml ? charsInHtml(place.nodes, source) : charsInLines(own, place, source);
  const text = chars?.map((char) => char.text).join('') ?? null;
  if (chars === null || (text !== own && text !== `${own}\n`)) return null;
  const isBroken =
    isHtml && chars.some(({ text, start, end }) => text === '\n' && source.slice(start, end).startsWith('<'));
  const prefix = isHtml ? '' : prefixAt(source, place.start);
  const spell = (words: string): string => {
    if (!isHtml) return words.replaceAll('\n', `\n${prefix}`);
    const escaped = escapeHtml(words);
    return isBroken
      ? escaped.replaceAll('\n', '<br>')
      : splicing.format === 'html'
        ? escaped
        : escaped.replaceAll('\n', '&#10;');
  };
  const [before, after] = [wordsOf(own), wordsOf(wanted)];
  const edits: Edit[] = [];
  let [from, at, to] = [0, 0, 0];
  let index = 0;
  const lengthOf = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + [...word].length, 0);
  for (const [left, right] of [...alignEqual(before, after), [before.length, after.length] as const]) {
    const gone = lengthOf(before.slice(from, left));
    const fresh = after.slice(to, right).join('');
    if (gone > 0 || fresh !== '') {
      const [behind, next] = [chars[index - 1]?.end, chars[index]?.start];
      // At the edge of a mark it may belong to either side.
      const nearest = reaches(splicing, 'escaped') ? (next ?? behind) : (behind ?? next);
      const start = gone > 0 ? next : nearest;
      const end = gone > 0 ? chars[index + gone - 1]?.end : start;
      if (start === undefined || end === undefined) return null;
      edits.push({ start, end, text: spell(fresh) });
    }
    index += gone + [...(before[left] ?? '')].length;
    [from, to] = [left + 1, right + 1];
    at = left;
  }
  return at === before.length ? edits : null;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]+|\n|[^\S\n]+|./gsu) ?? [];
}

/** Each line of the code ends as a line of the block does. */
function charsInLines(text: string, { start, end }: Placed, source: string): readonly Char[] | null {
  const lines = text.split('\n');
  const isFenced = /^(?:`{3}|~{3})/u.test(source.slice(start, start + 3));
  const chars: Char[] = [];
  let from = source.lastIndexOf('\n', start - 1) + 1;
  const endOf = (line: number): number => {
    const next = source.indexOf('\n', line);
    return next === -1 || next > end ? end : next;
  };
  if (isFenced) from = endOf(from) + 1;
  for (const [at, line] of lines.entries()) {
    if (from > end) return null;
    const next = endOf(from);
    const to = source[next - 1] === '\r' ? next - 1 : next;
    if (!source.slice(from, to).endsWith(line)) return null;
    let place = to - line.length;
    for (const char of line) {
      chars.push({ text: char, start: place, end: place + char.length });
      place += char.length;
    }
    if (at < lines.length - 1) {
      const following = source.slice(next + 1, endOf(next + 1)).replace(/\r$/u, '');
      const own = lines[at + 1] ?? '';
      chars.push({ text: '\n', start: to, end: next + 1 + Math.max(0, following.length - own.length) });
    }
    from = next + 1;
  }
  return chars;
}

function charsInHtml(nodes: readonly DomNode[], source: string): readonly Char[] | null {
  const chars: Char[] = [];
  for (const node of nodes) {
    if (isElement(node)) {
      const inner =
        node.tag === 'br'
          ? [{ text: '\n', start: node.start, end: node.end }]
          : charsInHtml(node.children, source);
      if (inner === null) return null;
      chars.push(...inner);
    } else {
      const own = charsOf(node, source);
      if (own === null) return null;
      chars.push(...own);
    }
  }
  return chars;
}
