import { alignEqual } from './align.ts';

/** Cuts text into words, white space and single signs. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

/** Texts with more words, spaces and signs are not compared word by word: no paragraph comes near. */
const maximumTokens = 20_000;

/**
 * Merges two versions of a text by words; `null` when both changed the same ones, or when the text is too long. With `spacing: 'first'` the first
 * version spells white space its own way, and keeps it wherever the second did not change it.
 */
export function weave(
  base: string,
  first: string,
  second: string,
  spacing: 'strict' | 'first',
): string | null {
  if (Math.max(base.length, first.length, second.length) > 10 * maximumTokens) return null;
  const [before, left, right] = [tokensOf(base), tokensOf(first), tokensOf(second)];
  if (Math.max(before.length, left.length, right.length) > maximumTokens) return null;
  const keys = (tokens: readonly string[]): readonly string[] =>
    spacing === 'first' ? tokens.map(spacingKey) : tokens;
  const inLeft = new Map(alignEqual(keys(before), keys(left)));
  const inRight = new Map(alignEqual(keys(before), keys(right)));
  const woven: string[] = [];
  const add = (was: string, mine: string, theirs: string): boolean => {
    const one =
      mine === theirs || theirs === was
        ? mine
        : mine === was
          ? theirs
          : spacing === 'first'
            ? respaced(was, mine, theirs)
            : null;
    if (one !== null) woven.push(one);
    return one !== null;
  };
  let [b, l, r] = [0, 0, 0];
  for (let at = 0; at <= before.length; at += 1) {
    const leftAt = at === before.length ? left.length : inLeft.get(at);
    const rightAt = at === before.length ? right.length : inRight.get(at);
    if (leftAt === undefined || rightAt === undefined) continue;
    const between = [before.slice(b, at), left.slice(l, leftAt), right.slice(r, rightAt)].map((row) =>
      row.join(''),
    );
    if (!add(between[0] ?? '', between[1] ?? '', between[2] ?? '')) return null;
    if (at < before.length && !add(before[at] ?? '', left[leftAt] ?? '', right[rightAt] ?? '')) return null;
    [b, l, r] = [at + 1, leftAt + 1, rightAt + 1];
  }
  return woven.join('');
}

/** Settles what differs on the first side in white space only: its spaces stay around the other's words. */
function respaced(was: string, mine: string, theirs: string): string | null {
  const bare = (text: string): string => text.replace(/\s+/gu, '');
  if (bare(theirs) === bare(was)) return mine;
  if (bare(mine) !== bare(was)) return null;
  return `${/^\s*/u.exec(mine)?.[0] ?? ''}${theirs.trim()}${/\S(\s*)$/u.exec(mine)?.[1] ?? ''}`;
}

/** A line may be broken where there is a space; only an empty line is something else. */
function spacingKey(token: string): string {
  if (token.trim() !== '') return token;
  return /\n[^\S\n]*\n/u.test(token) ? '\n\n' : ' ';
}
