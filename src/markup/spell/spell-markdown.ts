import { isSameMeaning, type Block, type Body } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import { carryMarkdownOnly } from './carry-over.ts';
import {
  type MarkdownStyle,
  printMarkdown,
  printUnchecked,
  withOtherMarks,
} from '../print/print-markdown.ts';
import { readMarkdown } from '../read/read-markdown.ts';
import type { Refs } from '../meaning/refs.ts';
import { type Step, stepsTo, wantedBlocks } from './target.ts';
import { headingsIn } from '../meaning/walk.ts';
import { weave } from '../merge/words.ts';

/**
 * Spells the Markdown of a file that holds `current` so that it means `target`, blocks of either format. Blocks that
 * mean the same keep their bytes, and so do the blank lines, comments and definitions between them.
 */
export function spellMarkdown(current: Body, target: readonly Block[], refs: Refs): string {
  const wanted = wantedBlocks(target);
  if (isSameMeaning(current.blocks, wanted)) return current.text;
  const eol = /\r\n/u.test(current.text) && !/[^\r]\n/u.test(current.text) ? '\r\n' : '\n';
  const levels = wanted.flatMap(({ content }) => headingsIn(content).map(({ level }) => level));
  const shift = Math.min(current.topLevel - 1, 6 - levels.reduce((most, level) => Math.max(most, level), 1));
  const steps = stepsTo(current.blocks, wanted);
  const moved = new Map(current.blocks.map((block) => [block.fingerprint, block]));
  let texts: readonly string[] = [];
  for (const attempt of attempts) {
    if (attempt !== 'careful') {
      texts = steps.map((step) => textOf(step, current, moved, { refs, shift, attempt, eol }));
    }
    const spelled = splice(current, steps, texts, eol, attempt === 'careful');
    const meant = readMarkdown(spelled, refs);
    if (isSameMeaning(meant.blocks, wanted)) return spelled;
    // More than anybody reads; no other spelling makes it less.
    if (meant.blocks[0]?.type === 'refused') break;
  }
  // Something around the changed blocks changes what they mean, such as a definition; write all of it anew.
  const fresh = printMarkdown(
    wanted.flatMap(({ content }) => content),
    { refs, shift },
  );
  return (fresh === '' ? '' : `${fresh}\n`).replaceAll('\n', eol);
}

/**
 * From what keeps most of the user's spelling to what is safest: changes woven into the words of the old block, the
 * block printed anew, each printed block read again, and blank lines wherever something changed.
 */
const attempts = ['woven', 'printed', 'checked', 'careful'] as const;

interface TextStyle extends MarkdownStyle {
  readonly attempt: (typeof attempts)[number];
  readonly eol: string;
}

function textOf(step: Step, current: Body, moved: ReadonlyMap<string, Block>, style: TextStyle): string {
  const held = step.held === undefined ? undefined : current.blocks[step.held];
  if (step.wanted === undefined) return '';
  if (step.same && held !== undefined) return held.source;
  // A block that only moved keeps its bytes, too.
  const before = moved.get(step.wanted.fingerprint);
  if (before !== undefined) return before.source;
  const { eol } = style;
  if (held === undefined || held.type !== step.wanted.type) {
    return printed(step.wanted.content, style).replaceAll('\n', eol);
  }
  const content = carryMarkdownOnly(held.content, step.wanted.content);
  const woven = style.attempt === 'woven' ? wovenText(held, content, style) : null;
  return (woven ?? printed(content, style)).replaceAll('\n', eol);
}

function printed(content: readonly Canon[], { attempt, refs, shift }: TextStyle): string {
  const print = attempt === 'woven' || attempt === 'printed' ? printUnchecked : printMarkdown;
  return print(content, { refs, shift });
}

/** The old block with only the words changed that mean something else now; its line breaks and marks stay. */
function wovenText(held: Block, content: readonly Canon[], { refs, shift }: TextStyle): string | null {
  const style: MarkdownStyle = { refs, shift, tables: 'compact' };
  const source = held.source.replaceAll('\r\n', '\n');
  return weave(printUnchecked(held.content, style), source, printUnchecked(content, style), 'first');
}

/** Puts the texts together with what stood between the blocks. */
function splice(
  current: Body,
  steps: readonly Step[],
  texts: readonly string[],
  eol: string,
  careful: boolean,
): string {
  const gaps = gapsOf(current);
  let out = '';
  let before: { readonly held: number | undefined; readonly same: boolean; readonly text: string } | null =
    null;
  // What stood before blocks that were removed since the last one that was written.
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
      if (!between.includes('<!--') && listClash(before.text, text)) {
        // The user's own lists stay as they are, so something has to stand between them.
        if (same) out += `<!-- -->${eol}${eol}`;
        else text = withOtherMarks(text, /^\d/u.test(text));
      }
    }
    pending = null;
    out += text;
    before = { held, same, text };
  }
  return out + tailOf(current, gaps.at(-1) ?? '', { pending, empty: before === null }, eol);
}

/** What is left of two gaps when the block between them goes: comments and definitions, and one blank line. */
function joinGaps(first: string | null, second: string | null, eol: string): string | null {
  if (first === null || second === null) return first ?? second;
  const [noteBefore, noteAfter] = [first.trim() !== '', second.trim() !== ''];
  if (noteBefore && noteAfter) return `${first.trimEnd()}${eol}${eol}${second.trimStart()}`;
  if (noteAfter) return first === '' ? second.trimStart() : first + second.trimStart();
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

/** What stands before each block, and after the last. */
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

/** Tells whether Markdown would take two lists for one. */
function listClash(before: string, after: string): boolean {
  const left = lastListMark(before);
  return (
    left !== null &&
    left === /^ {0,3}([-*+]|\d{1,9}[.)])(?:[ \t\r\n]|$)/u.exec(after)?.[1]?.replace(/\d+/u, '')
  );
}

function lastListMark(text: string): string | null {
  return /^ {0,3}([-*+]|\d{1,9}[.)])(?:[ \t\r\n]|$)/u.exec(text)?.[1]?.replace(/\d+/u, '') ?? null;
}
