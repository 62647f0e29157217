import type { Block, Body } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import type { Refs } from '../meaning/refs.ts';
import type { HtmlStyle } from '../print/print-html.ts';
import { type PlacedBody, readPlaced } from '../read/read-placed.ts';
import { type Edit, type Level, type Splicing, edited } from './edit.ts';
import { spliceBlocks } from './splice-blocks.ts';

/**
 * The source of a block of a body with only that changed which has to be so that it means `wanted`, heading levels as
 * they are to be written; null where it has to be reprinted. What comes out is to be read again: it may mean
 * something else.
 */
export type Splicer = (block: Block, wanted: readonly Canon[], level: Level) => string | null;

/**
 * Opens a body for changes of its words; it is read once more, and only when the first one is asked for. What is new
 * has lines that end with `eol`.
 */
export function openSplicer(body: Body, refs: Refs, html: HtmlStyle, eol = '\n'): Splicer {
  let placed: PlacedBody | null = null;
  return (block, wanted, level) => {
    placed ??= readPlaced(body, refs);
    const held = placed.contentOf(block);
    if (held === null || held.length === 0) return null;
    const edits: Edit[] = [];
    const splicing: Splicing = { placed, source: body.text, format: body.format, refs, html, level, edits };
    if (!spliceBlocks(held, wanted, splicing)) return null;
    const spelled = edits.map((edit) => ({ ...edit, text: edit.text.replaceAll('\n', eol) }));
    return edited(body.text, spelled, block.start, block.end);
  };
}
