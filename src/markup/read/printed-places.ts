import { type DomNode, type DomText, type Placed, isElement, text } from '../html/dom.ts';
import type { RawHtml } from '../markdown/markdown-tree.ts';

/** A node, or HTML that is not parsed yet. */
export type Loose = DomNode | (Placed & RawHtml & { readonly type: 'html' });

/** A stretch of printed HTML, from `at` to `to`, and what of the Markdown text it was printed from. */
export interface Piece extends Placed {
  readonly at: number;
  readonly to: number;
  /** Text or HTML is there as a whole, the tags of an element at its two ends. */
  readonly kind: 'text' | 'html' | 'open' | 'close';
  readonly node: Loose;
}

/** Gives the nodes of parsed HTML their places in the Markdown text that the HTML was printed from. */
export function withPlaces(nodes: readonly DomNode[], pieces: readonly Piece[]): readonly DomNode[] {
  const pieceAt = (offset: number): Piece | undefined => {
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    // Pieces of no length are where others begin.
    while (low < pieces.length - 1 && (pieces[low]?.to ?? 0) <= offset) low += 1;
    return pieces[low];
  };
  const startOf = (offset: number): number => {
    const piece = offset < 0 ? undefined : pieceAt(offset);
    if (piece?.kind === 'html') return placeInHtml(piece, offset - piece.at);
    return piece?.at === offset ? piece.start : -1;
  };
  const endOf = (offset: number): number => {
    const piece = offset <= 0 ? undefined : pieceAt(offset - 1);
    if (piece?.kind !== 'html') return piece?.to === offset ? piece.end : -1;
    const last = placeInHtml(piece, offset - 1 - piece.at);
    return last === -1 ? -1 : last + 1;
  };
  /** The pieces of Markdown that one text was printed from, side by side; null where it is something else. */
  const textsOf = (node: DomText): readonly DomNode[] | null => {
    const found: DomText[] = [];
    let at = node.start;
    while (at < node.end) {
      const piece = pieceAt(at);
      if (piece?.kind !== 'text' || piece.node.type !== 'text' || piece.at !== at) return null;
      found.push(piece.node);
      at = piece.to;
    }
    return found.map((one) => one.text).join('') === node.text ? found : null;
  };
  const place = (node: DomNode): readonly DomNode[] => {
    if (isElement(node)) {
      const raw = node.start < 0 || pieceAt(node.start)?.kind === 'html';
      const [start, end] = [startOf(node.start), endOf(node.end)];
      return [{ ...node, start, end, raw, children: node.children.flatMap(place) }];
    }
    const made = node.start < 0 ? null : textsOf(node);
    if (made !== null) return made;
    const piece = node.start < 0 ? undefined : pieceAt(node.start);
    const isHtml = piece?.kind === 'html' && node.end <= piece.to;
    return isHtml
      ? [text(node.text, { start: startOf(node.start), end: endOf(node.end) }, 'html')]
      : [text(node.text)];
  };
  return nodes.flatMap(place);
}

/** Where a sign of raw HTML is in the text. */
function placeInHtml({ node }: Piece, offset: number): number {
  if (node.type !== 'html') return -1;
  const line = node.lines.findLast(({ at }) => at <= offset);
  return line === undefined ? -1 : line.start + offset - line.at;
}
