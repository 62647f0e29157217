import type { Block, Body } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import type { DomNode, Placed } from '../html/dom.ts';
import { page, readFlow } from '../html/flow.ts';
import { htmlUnits } from '../html/html-units.ts';
import { parseDom } from '../html/parse-dom.ts';
import { headingsIn } from '../find/headings.ts';
import type { Reading } from '../html/reading.ts';
import { sanitise } from '../html/sanitise.ts';
import type { Refs } from '../meaning/refs.ts';
import { parseMarkdown } from '../markdown/parse-markdown.ts';
import { buildPlacedDom } from './markdown-dom.ts';
import { unitsOf } from './markdown-units.ts';

/** Where something that was read is in the text; places that are not known are -1. */
export interface Placement extends Placed {
  /** What it was made from. */
  readonly nodes: readonly DomNode[];
  /** Which of several pieces of one line it is; null where it is all of it. */
  readonly piece: number | null;
}

/** A body that knows where everything in it is. */
export interface PlacedBody {
  readonly body: Body;
  readonly reading: Reading;
  /** What a block means, heading levels as written; null where its parts could not be told apart. */
  contentOf(block: Block): readonly Canon[] | null;
  /** The place of a block in such content, of an item's or a cell's blocks, or of a row. */
  placeOf(made: object): Placement | undefined;
}

/** Reads a body once more for changing words in place. */
export function readPlaced(body: Body, refs: Refs): PlacedBody {
  const places = new Map<object, Placement>();
  const place = (made: object, nodes: readonly DomNode[], piece?: number): void => {
    const known = places.get(made);
    const starts = nodes.map(({ start }) => start);
    const [start = -1, end = -1] = starts.includes(-1) ? [] : [starts[0], nodes.at(-1)?.end];
    if (known === undefined) places.set(made, { nodes, piece: piece ?? null, start, end });
    // A box around it, and nothing else in the box.
    else if (start !== -1 && end !== -1) places.set(made, { ...known, start, end });
  };
  const quiet = { refs, report: (): void => undefined, place };
  const contents = new Map<Block, readonly Canon[]>();
  const share = (blocks: readonly Block[], content: readonly Canon[]): void => {
    const count = blocks.reduce((sum, one) => sum + one.content.length, 0);
    if (count !== content.length) return;
    let at = 0;
    for (const block of blocks) {
      contents.set(block, content.slice(at, at + block.content.length));
      at += block.content.length;
    }
  };
  const { text } = body;
  let reading: Reading = { ...quiet, slugs: new Map() };
  let next = 0;
  const blocksUntil = (end: number): readonly Block[] => {
    const from = next;
    while ((body.blocks[next]?.start ?? Infinity) < end) next += 1;
    return body.blocks.slice(from, next);
  };
  if (body.format === 'markdown') {
    for (const unit of unitsOf(parseMarkdown(text)).units) {
      const nodes = sanitise(buildPlacedDom(unit.nodes), quiet.report);
      share(blocksUntil(unit.end), readFlow(nodes, reading, page));
    }
  } else {
    const nodes = sanitise(parseDom(text), quiet.report);
    reading = { ...quiet, slugs: headingsIn(nodes).slugOf };
    for (const unit of htmlUnits(nodes)) {
      const content = readFlow(unit, reading, page);
      if (content.length > 0) share(blocksUntil(unit.at(-1)?.end ?? 0), content);
    }
  }
  return {
    body,
    reading,
    contentOf: (block) => contents.get(block) ?? null,
    placeOf: (made) => places.get(made),
  };
}
