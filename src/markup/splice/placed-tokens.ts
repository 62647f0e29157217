import type { Run } from '../meaning/canon.ts';
import { type DomElement, type Spelled, isElement } from '../html/dom.ts';
import type { LooseRun } from '../html/runs.ts';
import { type Token, keyOf, lineTokens, tokenPattern } from '../merge/line-tokens.ts';
import { type Char, charsOf } from './chars.ts';

/** A token with its place in a source. */
export interface PlacedToken extends Token {
  readonly start: number;
  readonly end: number;
  /** One for each letter; none for a break or an image. */
  readonly chars: readonly Char[];
  readonly spelled: Spelled;
  /** The elements of the line that it is in, outermost first. */
  readonly within: readonly DomElement[];
}

/**
 * Cuts a line into the same tokens, each with its place; null where they are not those of `runs`, so that
 * places are not known for sure.
 */
export function placedTokens(
  line: readonly LooseRun[],
  runs: readonly Run[],
  source: string,
): readonly PlacedToken[] | null {
  const found: PlacedToken[] = [];
  let space: PlacedToken | null = null;
  const add = (token: PlacedToken): void => {
    const last = found.at(-1);
    if (space !== null && last !== undefined && last.run.kind !== 'break' && token.run.kind !== 'break')
      found.push(space);
    space = null;
    found.push(token);
  };
  for (const loose of line) {
    const { run, node, within } = loose;
    if (run.kind !== 'text') {
      const text = run.kind === 'break' ? '\n' : '';
      const { start, end } = node;
      add({ key: keyOf(run, text), text, run, start, end, chars: [], spelled: 'html', within });
      continue;
    }
    const pieces = piecesOf(loose, source);
    if (pieces === null) return null;
    for (const piece of pieces) {
      const isSpace = /^[ \t\r\n\f]/u.test(piece.text);
      if (isSpace && !run.marks.includes('code')) space ??= piece;
      else add(piece);
    }
  }
  const wanted = lineTokens(runs);
  const isSame = found.length === wanted.length && wanted.every(({ key }, at) => key === found[at]?.key);
  return isSame ? found : null;
}

function piecesOf({ run, node, within }: LooseRun, source: string): readonly PlacedToken[] | null {
  if (run.kind !== 'text') return [];
  if (isElement(node))
    return [{ key: ' ', text: ' ', run, start: -1, end: -1, chars: [], spelled: 'html', within }];
  const chars = charsOf(node, source);
  if (chars === null) return null;
  const tokens: PlacedToken[] = [];
  let at = 0;
  for (const { 0: text } of node.text.matchAll(tokenPattern)) {
    const own = chars.slice(at, at + [...text].length);
    at += own.length;
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) return null;
    const isSpace = /^[ \t\r\n\f]/u.test(text);
    const shown = isSpace ? ' ' : text;
    tokens.push({
      key: keyOf(run, shown),
      text: shown,
      run: { ...run, text: shown },
      start: first.start,
      end: last.end,
      chars: isSpace ? [{ text: ' ', start: first.start, end: last.end }] : own,
      spelled: node.spelled ?? 'html',
      within,
    });
  }
  return tokens;
}
