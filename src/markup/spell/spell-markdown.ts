import { isSameMeaning, type Block, type Body } from '../meaning/body.ts';
import { asWritten } from '../meaning/as-written.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { carryMarkdownOnly } from './carry-over.ts';
import { htmlStyleOf } from '../print/print-inline.ts';
import {
  type MarkdownStyle,
  printMarkdown,
  printUnchecked,
  withOtherMarks,
} from '../print/print-markdown.ts';
import { readMarkdown } from '../read/read-markdown.ts';
import type { Refs } from '../meaning/refs.ts';
import { withFollowingDefinitions } from './follow-headings.ts';
import { type Step, type Wanted, stepsTo, wantedBlocks } from './steps.ts';
import { headingsIn, shiftHeadings } from '../meaning/walk.ts';
import { levels } from '../splice/edit.ts';
import { type Splicer, openSplicer } from '../splice/splicer.ts';

/**
 * Spells the Markdown of a file that is `held` so that it means `target`, blocks of either format. Blocks that
 * mean the same keep their bytes, and so do the blank lines, comments and definitions between them. Of a block that
 * means something else now only the words change that have to.
 */
export function spellMarkdown(held: Body, target: readonly Block[], refs: Refs): string {
  const exact = wantedBlocks(target);
  if (isSameMeaning(held.blocks, exact)) return held.text;
  const wanted = asPeopleWrite(exact, held);
  const current = withFollowingDefinitions(held, wanted, refs);
  if (isSameMeaning(current.blocks, wanted)) return current.text;
  const eol = /\r\n/u.test(current.text) && !/[^\r]\n/u.test(current.text) ? '\r\n' : '\n';
  const deepest = wanted.flatMap(({ content }) => headingsIn(content).map(({ level }) => level));
  const shift = Math.min(current.topLevel - 1, 6 - deepest.reduce((most, level) => Math.max(most, level), 1));
  const steps = stepsTo(current.blocks, wanted);
  const spelling: Spelling = {
    current,
    moved: new Map(current.blocks.map((block) => [block.fingerprint, block])),
    splicer: openSplicer(current, refs, htmlStyleOf(refs, 0), eol),
    style: { refs, shift },
    eol,
  };
  const attempts = steps.map((step) => firstAttempt(step, spelling));
  for (;;) {
    const texts = attempts.map(({ text }) => text);
    const spelled = splice(current, steps, texts, eol, false);
    const meant = readMarkdown(spelled, refs);
    if (isSameMeaning(meant.blocks, wanted)) return spelled;
    // More than anybody reads; no other spelling makes it less.
    if (meant.blocks[0]?.type === 'refused') break;
    if (!tryHarder(attempts, steps, meant, wanted, spelling)) break;
  }
  const careful = splice(
    current,
    steps,
    attempts.map(({ text }) => text),
    eol,
    true,
  );
  if (isSameMeaning(readMarkdown(careful, refs).blocks, wanted)) return careful;
  // Something around the changed blocks changes what they mean, such as a definition; rewrite all of it.
  const fresh = printMarkdown(
    wanted.flatMap(({ content }) => content),
    { refs, shift },
  );
  return (fresh === '' ? '' : `${fresh}\n`).replaceAll('\n', eol);
}

/** Blocks without what nobody would write in Markdown, for a file that has none of that yet. */
function asPeopleWrite(wanted: readonly Wanted[], current: Body): readonly Wanted[] {
  if (current.blocks.some(({ content }) => asWritten(content) !== content)) return wanted;
  return wanted.map((one) => {
    const content = asWritten(one.content);
    return content === one.content ? one : { ...one, content, fingerprint: fingerprintOf(content) };
  });
}

interface Spelling {
  readonly current: Body;
  readonly moved: ReadonlyMap<string, Block>;
  readonly splicer: Splicer;
  readonly style: MarkdownStyle;
  readonly eol: string;
}

/** From what keeps most of the user's spelling to what is safest: the block reprinted, and each piece read again. */
const ways = [...levels, 'printed', 'checked'] as const;

/** How a block is spelled, and how many ways were tried. */
interface Attempt {
  readonly way: number;
  readonly text: string;
  /** Whether it was to keep its bytes, and could not. */
  readonly isReprinted?: true;
}

function firstAttempt(step: Step, spelling: Spelling): Attempt {
  const { current, moved } = spelling;
  const held = step.held === undefined ? undefined : current.blocks[step.held];
  if (step.wanted === undefined) return { way: ways.length, text: '' };
  if (step.same && held !== undefined) return { way: ways.length, text: held.source };
  // A block that only moved keeps its bytes, too.
  const before = moved.get(step.wanted.fingerprint);
  if (before !== undefined) return { way: ways.length, text: before.source };
  return nextAttempt(step, 0, null, spelling);
}

/** The next way that gives another text than before. */
function nextAttempt(step: Step, from: number, before: string | null, spelling: Spelling): Attempt {
  const { current, splicer, style, eol } = spelling;
  const held = step.held === undefined ? undefined : current.blocks[step.held];
  const { wanted } = step;
  if (wanted === undefined) return { way: ways.length, text: '' };
  const isKind = held !== undefined && held.type === wanted.type;
  const content = isKind ? carryMarkdownOnly(held.content, wanted.content) : wanted.content;
  for (let way = from; way < ways.length; way += 1) {
    const name = ways[way] ?? 'checked';
    let text: string | null;
    if (name === 'printed' || name === 'checked') {
      text = (name === 'printed' ? printUnchecked : printMarkdown)(content, style).replaceAll('\n', eol);
    } else {
      text = isKind ? splicer(held, shiftHeadings(content, style.shift), name) : null;
    }
    if (text !== null && text !== before) return { way, text };
  }
  return { way: ways.length, text: before ?? '' };
}

/** Spells blocks that do not mean yet what they should in their next way; false where there is none. */
function tryHarder(
  attempts: Attempt[],
  steps: readonly Step[],
  meant: Body,
  wanted: readonly Wanted[],
  spelling: Spelling,
): boolean {
  const isRight = (there: number, here: number): boolean =>
    meant.blocks[there]?.fingerprint === wanted[here]?.fingerprint;
  let head = 0;
  while (head < wanted.length && isRight(head, head)) head += 1;
  let tail = 0;
  const [there, here] = [meant.blocks.length, wanted.length];
  while (tail < here - head && isRight(there - 1 - tail, here - 1 - tail)) tail += 1;
  let isTried = false;
  // First those that are wrong, then, where none of them has another way, all.
  for (const isNear of [true, false]) {
    let at = -1;
    for (const [index, step] of steps.entries()) {
      if (step.wanted === undefined) continue;
      at += 1;
      const attempt = attempts[index];
      if (attempt === undefined || attempt.way >= ways.length - 1) continue;
      if (isNear && (at < head - 1 || at > here - tail)) continue;
      if (isNear && at >= head && at < here - tail && there === here && isRight(at, at)) continue;
      const next = nextAttempt(step, attempt.way + 1, attempt.text, spelling);
      isTried ||= next.text !== attempt.text;
      attempts[index] = next;
    }
    if (isTried) return true;
  }
  // What was to stay as it is may mean something else without what it refers to.
  let at = -1;
  for (const [index, step] of steps.entries()) {
    if (step.wanted === undefined) continue;
    at += 1;
    const attempt = attempts[index];
    const isLost = attempt?.way === ways.length && there === here && !isRight(at, at);
    if (!isLost || attempt.isReprinted === true) continue;
    const next = nextAttempt(step, 0, attempt.text, spelling);
    isTried ||= next.text !== attempt.text;
    attempts[index] = { ...next, isReprinted: true };
  }
  return isTried;
}

/** Puts the texts together with what was between the blocks. */
function splice(
  current: Body,
  steps: readonly Step[],
  texts: readonly string[],
  eol: string,
  careful: boolean,
): string {
  const gaps = gapsOf(current);
  let out = '';
  let before: (Spelled & { readonly held: number | undefined; readonly same: boolean }) | null = null;
  // What was before blocks that were removed since the last one that was written.
  let pending: string | null = null;
  for (const [at, { held, wanted, same }] of steps.entries()) {
    const gap: string | null =
      held === undefined || (held === 0 && before !== null) ? null : (gaps[held] ?? '');
    if (wanted === undefined) {
      pending = joinGaps(pending, gap, eol);
      continue;
    }
    let text = texts[at] ?? '';
    if (before === null) {
      out += leadingGap(joinGaps(pending, gap ?? gaps[0] ?? '', eol) ?? '', held !== 0, eol);
    } else {
      const adjacent: boolean = pending === null && held !== undefined && before.held === held - 1;
      const between: string = joinGaps(pending, gap, eol) ?? `${eol}${eol}`;
      // Text and image of one paragraph stay in one line; so does anything else that was apart by a line end.
      const isNear = between.includes('\n') || between.trim() === '';
      const asIs = adjacent && ((before.same && same) || (!careful && isNear));
      out += asIs ? between : withBlankLine(between, eol);
      // What was together before is read as before.
      const isNew = !(adjacent && before.same && same);
      if (isNew && !between.includes('<!--') && listClash(before, { text, type: wanted.type })) {
        // The user's own lists stay as they are, so something has to be between them.
        if (same) out += `<!-- -->${eol}${eol}`;
        else text = withOtherMarks(text, /^\d/u.test(text));
      }
    }
    pending = null;
    out += text;
    before = { held, same, text, type: wanted.type };
  }
  return out + tailOf(current, gaps.at(-1) ?? '', { pending, empty: before === null }, eol);
}

/** What is left of two gaps when the block between them goes: comments and definitions, and one blank line. */
function joinGaps(first: string | null, second: string | null, eol: string): string | null {
  if (first === null || second === null) return first ?? second;
  const [noteBefore, noteAfter] = [first.trim() !== '', second.trim() !== ''];
  if (noteBefore && noteAfter) return `${first.trimEnd()}${eol}${eol}${second.trimStart()}`;
  // Text that a comment or a definition follows at once would take it for its own.
  const lead =
    first.trim() === '' && /^[ \t]*\r?\n[ \t]*\r?\n/u.test(second) ? withBlankLine(first, eol) : first;
  if (noteAfter) return first === '' ? second.trimStart() : lead + second.trimStart();
  if (noteBefore) return first.trimEnd() + second;
  return first;
}

/** What ends the file. */
function tailOf(
  current: Body,
  tail: string,
  { pending, empty }: { readonly pending: string | null; readonly empty: boolean },
  eol: string,
): string {
  if (current.blocks.length === 0) return empty ? tail : eol;
  const note = pending?.trim() ?? '';
  if (empty) return `${note}${note === '' ? '' : eol + eol}${tail.trimStart()}`;
  return note === '' ? tail : `${eol}${eol}${note}${tail}`;
}

/** What comes before each block, and after the last. */
function gapsOf({ text, blocks }: Body): readonly string[] {
  const gaps: string[] = [];
  let at = 0;
  for (const { start, end } of blocks) {
    gaps.push(text.slice(at, start));
    at = end;
  }
  return [...gaps, text.slice(at)];
}

/** The start of a file; notes there stay apart from a block that is new after them. */
function leadingGap(gap: string, isNew: boolean, eol: string): string {
  if (!isNew || gap.trim() === '') return gap;
  return `${gap.trimEnd()}${eol}${eol}`;
}

function withBlankLine(gap: string, eol: string): string {
  if (/\n[ \t]*\r?\n/u.test(gap)) return gap;
  if (gap.includes('\n')) return gap.replace('\n', `\n${eol}`);
  return `${gap.trimEnd()}${eol}${eol}`;
}

interface Spelled {
  readonly text: string;
  /** What kind of block it is. */
  readonly type: string;
}

/** Tells whether Markdown would take two lists for one. */
function listClash(before: Spelled, after: Spelled): boolean {
  if (before.type !== 'list' || after.type !== 'list') return false;
  const left = listMark(before.text);
  return left !== null && left === listMark(after.text);
}

function listMark(text: string): string | null {
  return /^ {0,3}([-*+]|\d{1,9}[.)])(?:[ \t\r\n]|$)/u.exec(text)?.[1]?.replace(/\d+/u, '') ?? null;
}
