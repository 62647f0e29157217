import type { Canon } from '../meaning/canon.ts';
import { type DomElement, type DomNode, type Placed, isElement } from '../html/dom.ts';
import { type LooseRun, looseRuns } from '../html/runs.ts';
import type { Splicing } from './edit.ts';

/** The stretch of the source that is a block, or the blocks of an item or a cell; null where that is not known. */
export function rangeOf(made: object, splicing: Splicing): Placed | null {
  const place = splicing.placed.placeOf(made);
  if (place === undefined) return null;
  if (place.piece === null) return place.start < 0 || place.end < place.start ? null : place;
  const line = lineOf(made, splicing);
  const [first] = line;
  const last = line.at(-1);
  if (first === undefined || last === undefined) return null;
  const [from, to] = [outermost(first), outermost(last)];
  return from.start < 0 || to.end < from.start ? null : { start: from.start, end: to.end };
}

/** Whether a block is in the source as HTML. */
export function isHtmlAt(made: object, { placed, format }: Splicing): boolean {
  if (format === 'html') return true;
  return placed.placeOf(made)?.nodes.some(isRaw) ?? false;
}

/** The runs of a line of text, before they were tidied. Where an image cuts a line in pieces, only those of the piece. */
export function lineOf(made: object, { placed }: Splicing): readonly LooseRun[] {
  const place = placed.placeOf(made);
  if (place === undefined) return [];
  const loose = looseRuns(place.nodes, placed.reading);
  if (place.piece === null) return loose;
  const pieces: LooseRun[][] = [];
  let isOpen = false;
  for (const one of loose) {
    const isImage = one.run.kind === 'image';
    const last = pieces.at(-1);
    if (isImage || !isOpen || last === undefined) pieces.push([one]);
    else last.push(one);
    isOpen = !isImage;
  }
  const piece = pieces.filter((one) => one.some(isSomething))[place.piece] ?? [];
  const first = piece.findIndex(isSomething);
  return piece.slice(first, piece.findLastIndex(isSomething) + 1);
}

/** The element of an image that is a block of its own, and the link around it. */
export function imageOf(
  canon: Canon,
  splicing: Splicing,
): { readonly image: DomElement; readonly link: DomElement | null } | null {
  const found = lineOf(canon, splicing).find(({ run }) => run.kind === 'image');
  if (found === undefined || !isElement(found.node)) return null;
  return { image: found.node, link: found.within.find(({ tag }) => tag === 'a') ?? null };
}

function outermost({ node, within }: LooseRun): Placed {
  return within[0] ?? node;
}

function isSomething({ run }: LooseRun): boolean {
  return run.kind === 'image' || (run.kind === 'text' && /[^ \t\r\n\f]/u.test(run.text));
}

function isRaw(node: DomNode): boolean {
  return isElement(node) ? node.raw === true : node.spelled === 'html';
}
