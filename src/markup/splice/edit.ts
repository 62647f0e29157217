import type { Placed } from '../html/dom.ts';
import type { Canon } from '../meaning/canon.ts';
import type { PlacedBody } from '../read/read-placed.ts';
import type { HtmlStyle } from '../print/print-html.ts';
import type { InlineStyle } from '../print/print-inline.ts';
import type { Refs } from '../meaning/refs.ts';

/** A stretch of a source with what is to be in its place. */
export interface Edit extends Placed {
  readonly text: string;
}

/**
 * How much of a block is rewritten, from nothing but the words that changed to the pieces that hold them: words,
 * words with every sign escaped, lines of text, blocks, and whole items and cells.
 */
export const levels = ['words', 'escaped', 'lines', 'blocks', 'items'] as const;
export type Level = (typeof levels)[number];

/** A source that is being changed. */
export interface Splicing {
  readonly placed: PlacedBody;
  readonly source: string;
  readonly format: 'markdown' | 'html';
  readonly refs: Refs;
  /** How HTML is printed that belongs into this source. */
  readonly html: HtmlStyle;
  readonly level: Level;
  readonly edits: Edit[];
}

/** Changes the blocks within a block. */
export type SpliceBlocks = (
  held: readonly Canon[],
  wanted: readonly Canon[],
  splicing: Splicing,
  inPipes?: boolean,
) => boolean;

/** Tells whether so much, or more, may be rewritten. */
export function reaches({ level }: Splicing, wanted: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(wanted);
}

export function inlineStyle(splicing: Splicing, lines: boolean): InlineStyle {
  const care = reaches(splicing, 'escaped') ? 'careful' : 'light';
  return { refs: splicing.refs, care, tags: false, lines };
}

/** Carries out edits; null where two of them meet. */
export function edited(source: string, edits: readonly Edit[], from: number, to: number): string | null {
  const ordered = edits.toSorted((left, right) => left.start - right.start || left.end - right.end);
  let out = '';
  let at = from;
  for (const { start, end, text } of ordered) {
    if (start < at || end < start || end > to) return null;
    out += source.slice(at, start) + text;
    at = end;
  }
  return out + source.slice(at, to);
}
