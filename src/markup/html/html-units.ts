import { type DomNode, isElement } from './dom.ts';
import { isPhrasing } from './runs.ts';

/** Groups neighbours that make one paragraph; anything else stands alone. */
export function htmlUnits(nodes: readonly DomNode[]): readonly (readonly DomNode[])[] {
  const units: DomNode[][] = [];
  let line: DomNode[] | null = null;
  for (const node of nodes) {
    if (isPhrasing(node)) {
      if (line === null) {
        // White space between blocks is nothing, and may not widen the slice of what follows.
        if (!isElement(node) && node.text.trim() === '') continue;
        line = [];
        units.push(line);
      }
      line.push(node);
    } else {
      line = null;
      units.push([node]);
    }
  }
  return units;
}
