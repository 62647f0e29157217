import type { Block, Body } from './body.ts';
import { carryMarkdownOnly } from './carry-over.ts';
import { printMarkdown, withOtherMarks } from './print-markdown.ts';
import { readMarkdown } from './read-markdown.ts';
import type { Refs } from './refs.ts';
import { type Step, type Wanted, stepsTo, wantedBlocks } from './target.ts';
import { headingsIn } from './walk.ts';

/**
 * Spells the Markdown of a file that holds `current` so that it means `target`, blocks of either format. Blocks that
 * mean the same keep their bytes, and so do the blank lines, comments and definitions between them.
 */
export function spellMarkdown(current: Body, target: readonly Block[], refs: Refs): string {
  const wanted = wantedBlocks(target);
  if (holds(current, wanted)) return current.text;
  const eol = /\r\n/u.test(current.text) && !/[^\r]\n/u.test(current.text) ? '\r\n' : '\n';
  const levels = wanted.flatMap(({ content }) => headingsIn(content).map(({ level }) => level));
  const shift = Math.min(current.topLevel - 1, 6 - levels.reduce((most, level) => Math.max(most, level), 1));
  const steps = stepsTo(current.blocks, wanted);
  const texts = steps.map((step) => textOf(step, current, refs, shift, eol));
  for (const careful of [false, true]) {
    const spelled = splice(current, steps, texts, eol, careful);
    if (holds(readMarkdown(spelled, refs), wanted)) return spelled;
  }
  // Something around the changed blocks changes what they mean, such as a definition; write all of it anew.
  const fresh = printMarkdown(
    wanted.flatMap(({ content }) => content),
    { refs, shift },
  );
  return (fresh === '' ? '' : `${fresh}\n`).replaceAll('\n', eol);
}

function holds(body: Body, wanted: readonly Wanted[]): boolean {
  return (
    body.blocks.length === wanted.length &&
    body.blocks.every(({ fingerprint }, at) => fingerprint === wanted[at]?.fingerprint)
  );
}

function textOf(step: Step, current: Body, refs: Refs, shift: number, eol: string): string {
  const held = step.held === undefined ? undefined : current.blocks[step.held];
  if (step.wanted === undefined) return '';
  if (step.same && held !== undefined) return held.source;
  // A block that only moved keeps its bytes, too.
  const moved = current.blocks.find(({ fingerprint }) => fingerprint === step.wanted?.fingerprint);
  if (moved !== undefined) return moved.source;
  const content =
    held?.type === step.wanted.type
      ? carryMarkdownOnly(held.content, step.wanted.content)
      : step.wanted.content;
  return printMarkdown(content, { refs, shift }).replaceAll('\n', eol);
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
  let before: { readonly held: number | null; readonly same: boolean; readonly text: string } | null = null;
  // What stood before blocks that were removed, and is not blank.
  let kept = '';
  let leading = true;
  for (const [at, { held, wanted, same }] of steps.entries()) {
    const gap: string = held === undefined ? '' : (gaps[held] ?? '');
    if (wanted === undefined) {
      if (gap.trim() !== '') kept += gap.trim() + eol + eol;
      continue;
    }
    let text = texts[at] ?? '';
    if (before === null) {
      out += leading && held !== 0 ? leadingGap(gaps[0] ?? '', held === undefined || kept !== '') : gap;
      leading = false;
      if (held !== 0 && held !== undefined && gap.trim() !== '') kept += gap.trim() + eol + eol;
      out += kept;
    } else {
      const adjacent = held !== undefined && before.held === held - 1 && kept === '';
      const between = adjacent
        ? gap
        : `${eol}${eol}${kept}${gap.trim() === '' || held === undefined ? '' : gap.trim() + eol + eol}`;
      const asIs = adjacent && ((before.same && same) || (!careful && gap.includes('\n')));
      out += asIs ? between : withBlankLine(between, eol);
      if (listClash(before.text, text)) {
        // The user's own lists stay as they are, so something has to stand between them.
        if (same) out += `<!-- -->${eol}${eol}`;
        else text = withOtherMarks(text, /^\d/u.test(text));
      }
    }
    kept = '';
    out += text;
    before = { held: held ?? null, same, text };
  }
  const tail = gaps.at(-1) ?? '';
  if (before === null) return kept === '' && tail.trim() === '' ? '' : kept + tail.trimStart();
  if (kept !== '') out = `${withBlankLine(out + eol, eol)}${kept.trimEnd()}`;
  if (current.blocks.length === 0) return `${out}${eol}`;
  return out + tail;
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

/** The start of a file, without the blank lines that would now stand before a new block. */
function leadingGap(gap: string, isolated: boolean): string {
  if (gap.trim() === '') return gap;
  return isolated ? gap.trimEnd() + (gap.includes('\r\n') ? '\r\n\r\n' : '\n\n') : gap;
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
