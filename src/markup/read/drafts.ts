import type { Block } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import type { Lines } from '../find/lines.ts';
import { headingsIn, shiftHeadings } from '../meaning/walk.ts';

/** A stretch of a body and what it means, heading levels as written. */
export interface Draft {
  readonly start: number;
  readonly end: number;
  readonly content: readonly Canon[];
}

/** Makes blocks of drafts: heading levels count from the highest one, and each gets its fingerprint. */
export function blocksOf(
  text: string,
  drafts: readonly Draft[],
  lines: Lines,
  topLevel: number,
): readonly Block[] {
  return drafts.map(({ start, end, content }) =>
    blockOf(shiftHeadings(content, 1 - topLevel), text.slice(start, end), start, lines.placeOf(start).line),
  );
}

export function blockOf(content: readonly Canon[], source: string, start: number, line: number): Block {
  const [first] = content;
  return {
    fingerprint: fingerprintOf(content),
    type: first === undefined || content.length > 1 ? 'mixed' : first.kind,
    source,
    start,
    end: start + source.length,
    line,
    content,
  };
}

/** The level of the highest heading, 1 when there is none. */
export function topLevelOf(contents: readonly (readonly Canon[])[]): number {
  const levels = contents.flatMap((content) => headingsIn(content).map(({ level }) => level));
  return levels.length === 0 ? 1 : levels.reduce((least, level) => Math.min(least, level));
}
