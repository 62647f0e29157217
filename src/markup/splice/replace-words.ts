import { escapeLineStart, escapeText, pairedSigns } from '../print/escape-markdown.ts';
import { escapeHtml } from '../print/print-html.ts';
import type { Token } from '../merge/line-tokens.ts';
import { type Edit, reaches } from './edit.ts';
import { type Hunk, alikes, isAlike } from './hunks.ts';
import type { Work } from './line.ts';
import type { PlacedToken } from './placed-tokens.ts';

/** Takes words away; an element whose last words go goes with them. */
export function removed(hunk: Hunk, held: readonly PlacedToken[], { spans }: Work): readonly Edit[] {
  const edits: Edit[] = [];
  for (const token of held) {
    const emptied = token.within.find((element) => {
      const [from, to] = spans.get(element) ?? [0, Infinity];
      return from >= hunk.from && to <= hunk.to;
    });
    const { start, end } = emptied ?? token;
    const last = edits.at(-1);
    if (last?.start === start && last.end === end) continue;
    edits.push({ start, end, text: '' });
  }
  return edits;
}

/** Puts words behind the word before them or in front of the one behind, where the same applies to those. */
export function inserted(
  wanted: readonly Token[],
  before: PlacedToken | undefined,
  after: PlacedToken | undefined,
  work: Work,
): readonly Edit[] | null {
  const groups = alikes(wanted);
  const [group] = groups;
  if (groups.length !== 1 || group === undefined || !isPlain(group)) return null;
  const sample = group.find(({ text }) => text !== ' ') ?? group[0];
  const fits = (token: PlacedToken | undefined): token is PlacedToken =>
    token !== undefined &&
    sample !== undefined &&
    token.chars.length > 0 &&
    (sample.text === ' ' || isAlike(token, sample));
  // A space belongs to neither side of what ends beside it.
  if (fits(before) && before.text !== ' ')
    return [{ start: before.end, end: before.end, text: spelled(group, before, before.end, work) }];
  if (fits(after) && after.text !== ' ')
    return [{ start: after.start, end: after.start, text: spelled(group, after, after.start, work) }];
  const space = [before, after].find((token) => token?.text === ' ' && token.chars.length > 0);
  if (space === undefined || sample === undefined || space.within.length > 0) return null;
  if (sample.run.marks.length > 0 || sample.run.link !== null) return null;
  const at = space === before ? space.end : space.start;
  return [{ start: at, end: at, text: spelled(group, space, at, work) }];
}

/** Replaces words by as many stretches of words to which the same applies. */
export function inPlace(
  held: readonly PlacedToken[],
  wanted: readonly Token[],
  work: Work,
): readonly Edit[] | null {
  const isSameElement = (left: PlacedToken, right: PlacedToken): boolean =>
    isAlike(left, right) && left.within.at(-1) === right.within.at(-1);
  const there = alikes(held, isSameElement);
  const here = alikes(wanted);
  if (there.length !== here.length) return null;
  const edits: Edit[] = [];
  for (const [at, group] of there.entries()) {
    const words = here[at] ?? [];
    const [left, right] = [sampleOf(group), sampleOf(words)];
    if (left === undefined || right === undefined || !isAlike(left, right)) return null;
    if (!isPlain(group) || !isPlain(words) || group.some(({ start }) => start < 0)) return null;
    // A space at the end of a group may be outside of its element.
    const inner = left.within.at(-1);
    if (group.some((token) => token.within.at(-1) !== inner)) return null;
    edits.push(trimmed(group, words, left, work));
  }
  return edits;
}

function sampleOf<One extends Token>(group: readonly One[]): One | undefined {
  return group.find(({ text }) => text !== ' ') ?? group[0];
}

function isPlain(tokens: readonly Token[]): boolean {
  return tokens.every(({ run }) => run.kind === 'text');
}

/** Replaces as few letters as will do. */
function trimmed(held: readonly PlacedToken[], wanted: readonly Token[], at: PlacedToken, work: Work): Edit {
  const chars = held.flatMap((token) => token.chars);
  const letters = [...textOf(wanted)];
  let head = 0;
  while (head < chars.length && head < letters.length && chars[head]?.text === letters[head]) head += 1;
  let tail = 0;
  while (
    tail < chars.length - head &&
    tail < letters.length - head &&
    chars[chars.length - 1 - tail]?.text === letters[letters.length - 1 - tail]
  )
    tail += 1;
  const text = letters.slice(head, letters.length - tail).join('');
  const [first, last] = [chars[head], chars[chars.length - 1 - tail]];
  if (head + tail < chars.length && first !== undefined && last !== undefined)
    return { start: first.start, end: last.end, text: spelledText(text, at, first.start, work) };
  const place = chars[head - 1]?.end ?? first?.start ?? -1;
  return { start: place, end: place, text: spelledText(text, at, place, work) };
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

function spelled(tokens: readonly Token[], like: PlacedToken, at: number, work: Work): string {
  return spelledText(textOf(tokens), like, at, work);
}

/** Spells letters as the source around a token does. */
function spelledText(text: string, like: PlacedToken, at: number, { line, splicing }: Work): string {
  const piped = (out: string): string => (line.inPipes ? out.replaceAll('|', '\\|') : out);
  if (like.spelled === 'code') return piped(text);
  if (like.spelled === 'html' || text === '') return escapeHtml(text);
  const care = reaches(splicing, 'escaped') ? 'careful' : 'light';
  const paired = pairedSigns(line.wanted);
  const out = escapeText(text, { care, paired, linked: like.run.link !== null });
  const { source } = splicing;
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return piped(/^[ \t>]*$/u.test(before) ? escapeLineStart(out, true) : out);
}
