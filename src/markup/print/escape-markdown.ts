import type { Run } from '../meaning/canon.ts';
import { boxHead } from '../markdown/boxes.ts';
import { entityOf } from './print-html.ts';

/** How much is escaped: `light` what looks like syntax in its place, `careful` every sign that could be. */
export type Care = 'light' | 'careful';

/** What the text around a piece decides about its escapes. */
export interface Surroundings {
  readonly care: Care;
  /** Signs that could pair up within the paragraph, so that each of them needs an escape. */
  readonly paired: ReadonlySet<string>;
  /** Whether the piece is inside a link or the description of an image. */
  readonly linked: boolean;
}

/** Finds the signs of some text that could act together. */
export function pairedSigns(runs: readonly Run[]): ReadonlySet<string> {
  const literal = runs
    .map((run) =>
      run.kind === 'text' && !run.marks.includes('code')
        ? run.text
        : run.kind === 'image'
          ? run.image.alt
          : ' ',
    )
    .join('');
  const has = (mark: string): boolean => runs.some(({ marks }) => marks.includes(mark));
  const paired = new Set<string>();
  const emphasis = has('b') || has('i');
  if (emphasis || count(literal, '*') > 1) paired.add('*');
  if (count(literal, '_') > 1) paired.add('_');
  if (has('s') || count(literal, '~') > 1) paired.add('~');
  if (has('code') || count(literal, '`') > 1) paired.add('`');
  if (/\][([:]/u.test(literal) || runs.some(({ link }) => link !== null)) paired.add('[');
  return paired;
}

/** Escapes text so that Markdown reads it as it is, line starts aside. */
export function escapeText(text: string, around: Surroundings): string {
  const escaped = escapeSigns(text, around);
  return escaped.replace(unseen, entityOf);
}

/** Escapes what would start a block of another kind at the start of a line. */
export function escapeLineStarts(text: string): string {
  return text
    .split('\n')
    .map((line, at) => escapeLineStart(line, at === 0))
    .join('\n');
}

/** Tells whether a text has signs that nobody sees and that Markdown's code cannot spell. */
export function hasUnseen(text: string): boolean {
  return text.search(unseen) !== -1;
}

function escapeSigns(text: string, { care, paired, linked }: Surroundings): string {
  const careful = care === 'careful';
  return text.replace(special, (sign, at: number) => {
    if (careful && !':@.'.includes(sign)) return `\\${sign}`;
    const before = text[at - 1] ?? ' ';
    const after = text[at + 1] ?? ' ';
    switch (sign) {
      case '\\':
        return at === text.length - 1 || /[!-/:-@[-`{-~]/u.test(after) ? '\\\\' : sign;
      case '*':
      case '~':
        return paired.has(sign) && !(at > 0 && at < text.length - 1 && isSpace(before) && isSpace(after))
          ? `\\${sign}`
          : sign;
      case '_':
        return paired.has('_') && !isInWord(text, at) && !(isSpace(before) && isSpace(after)) ? '\\_' : sign;
      case '`':
        return paired.has('`') ? '\\`' : sign;
      case '[':
        return linked ||
          paired.has('[') ||
          after === '^' ||
          after === '!' ||
          (at === 0 && /^\[[ xX]\]/u.test(text))
          ? '\\['
          : sign;
      case ']':
        return linked || paired.has('[') ? '\\]' : sign;
      case '!':
        return at === text.length - 1 ? '\\!' : sign;
      case '<':
        return /[a-z/!?]/iu.test(after) ? '\\<' : sign;
      case '&':
        return /^&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]*);/iu.test(text.slice(at, at + 40))
          ? '\\&'
          : sign;
      case ':':
        return !linked &&
          /https?$/iu.test(text.slice(Math.max(0, at - 5), at)) &&
          text.startsWith('//', at + 1)
          ? '\\:'
          : sign;
      case '@':
        return !linked && /[\w.+-]/u.test(before) && /[a-z0-9]/iu.test(after) ? '\\@' : sign;
      case '.':
        return !linked && /www$/iu.test(text.slice(Math.max(0, at - 3), at)) && !isSpace(after)
          ? '\\.'
          : sign;
      default:
        return sign;
    }
  });
}

/** Tells whether underscores at a place have letters on both sides, so that they are no emphasis. */
function isInWord(text: string, at: number): boolean {
  let [from, to] = [at, at];
  while (at - from < 16 && text[from] === '_') from -= 1;
  while (to - at < 16 && text[to] === '_') to += 1;
  return isWord(text[from] ?? ' ') && isWord(text[to] ?? ' ');
}

/** What would begin a block of another kind, or be taken for git's sign of a conflict. */
export function escapeLineStart(line: string, first: boolean): string {
  if (/^<{7}(?:\s|$)/u.test(line)) return `\\${line}`;
  if (
    /^(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|=+\s*$|-+\s*$|([-_*])(?:\s*\1){2,}\s*$|```|~~~|\[[^\]]*\]:)/u.test(
      line,
    )
  ) {
    return `\\${line}`;
  }
  if (/^(?::::|!!!|\{%)/u.test(line) && boxHead(line) !== null) return `\\${line}`;
  const number = /^\d{1,9}(?=[.)](?:\s|$))/u.exec(line)?.[0];
  if (number !== undefined) return `${number}\\${line.slice(number.length)}`;
  if (!first && /^[|:\-\s]+$/u.test(line) && line.includes('-')) return `\\${line}`;
  return line;
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function isSpace(char: string): boolean {
  return /\s/u.test(char);
}

function isWord(char: string): boolean {
  return /[\p{L}\p{N}]/u.test(char);
}

const special = /[\\*~_`[\]!<&:@.]/gu;

const unseen = /[\u00a0\u00ad\u200b\u200e\u200f\u2028\u2029\u2060\ufeff]/gu;
