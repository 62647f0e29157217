import type { Image, Link, Mark, Run } from '../meaning/canon.ts';
import { sameLink } from '../meaning/tidy-runs.ts';

/** Runs put back into nested form, as both printers write them. */
export type InlineNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'image'; readonly image: Image }
  | { readonly type: 'mark'; readonly mark: Mark; readonly children: readonly InlineNode[] }
  | { readonly type: 'link'; readonly link: Link; readonly children: readonly InlineNode[] };

/**
 * Nests runs with as few tags as possible: whatever reaches furthest goes outside, and code inside. Where code is
 * `bare`, nothing stands in it at all, as Markdown has it.
 */
export function inlineTree(runs: readonly Run[], code: 'bare' | 'open' = 'open'): readonly InlineNode[] {
  return nest(runs, [], false, code === 'bare');
}

function nest(
  runs: readonly Run[],
  open: readonly Mark[],
  linked: boolean,
  isBare: boolean,
): readonly InlineNode[] {
  const nodes: InlineNode[] = [];
  for (let at = 0; at < runs.length;) {
    const run = runs[at];
    if (run === undefined) break;
    const link = linked ? null : run.link;
    const linkEnd = link === null ? at : reachOf(runs, at, (other) => sameLink(other.link, link));
    const reach = furthest(runs, at, open, isBare);
    if (link !== null && (reach === null || linkEnd >= reach.end)) {
      nodes.push({ type: 'link', link, children: nest(runs.slice(at, linkEnd), open, true, isBare) });
      at = linkEnd;
    } else if (reach !== null) {
      const children = nest(runs.slice(at, reach.end), [...open, reach.mark], linked, isBare);
      nodes.push({ type: 'mark', mark: reach.mark, children });
      at = reach.end;
    } else {
      nodes.push(leafOf(run));
      at += 1;
    }
  }
  return nodes;
}

function leafOf(run: Run): InlineNode {
  switch (run.kind) {
    case 'text':
      return { type: 'text', text: run.text };
    case 'break':
      return { type: 'break' };
    case 'image':
      return { type: 'image', image: run.image };
  }
}

function furthest(
  runs: readonly Run[],
  from: number,
  open: readonly Mark[],
  isBare: boolean,
): { mark: Mark; end: number } | null {
  let best: { mark: Mark; end: number } | null = null;
  for (const mark of runs[from]?.marks ?? []) {
    if (open.includes(mark)) continue;
    // Code holds nothing but text, so nothing is inside it, a link neither.
    const link = runs[from]?.link ?? null;
    const marks = runs[from]?.marks.join('>');
    const within = (run: Run): boolean =>
      run.marks.includes(mark) &&
      (mark !== 'code' || (sameLink(run.link, link) && (!isBare || run.marks.join('>') === marks)));
    const end = reachOf(runs, from, within);
    if (best === null || (end > best.end && mark !== 'code')) best = { mark, end };
  }
  return best;
}

function reachOf(runs: readonly Run[], from: number, within: (run: Run) => boolean): number {
  let end = from + 1;
  for (let run = runs[end]; run !== undefined && within(run); run = runs[end]) end += 1;
  return end;
}
