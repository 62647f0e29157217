import type { Image, Link, Mark, Run } from './canon.ts';
import { sameLink } from './runs.ts';

/** Runs put back into nested form, as both printers write them. */
export type InlineNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'break' }
  | { readonly type: 'image'; readonly image: Image }
  | { readonly type: 'mark'; readonly mark: Mark; readonly children: readonly InlineNode[] }
  | { readonly type: 'link'; readonly link: Link; readonly children: readonly InlineNode[] };

/** Nests runs with as few tags as possible: links outside, then whatever reaches furthest, code inside. */
export function inlineTree(runs: readonly Run[]): readonly InlineNode[] {
  const nodes: InlineNode[] = [];
  for (let at = 0; at < runs.length;) {
    const link = runs[at]?.link ?? null;
    let end = at + 1;
    while (end < runs.length && sameLink(runs[end]?.link ?? null, link)) end += 1;
    const children = nest(runs.slice(at, end), []);
    if (link === null) nodes.push(...children);
    else nodes.push({ type: 'link', link, children });
    at = end;
  }
  return nodes;
}

function nest(runs: readonly Run[], open: readonly Mark[]): readonly InlineNode[] {
  const nodes: InlineNode[] = [];
  for (let at = 0; at < runs.length;) {
    const run = runs[at];
    if (run === undefined) break;
    const reach = furthest(runs, at, open);
    if (reach === null) {
      nodes.push(
        run.kind === 'text'
          ? { type: 'text', text: run.text }
          : run.kind === 'break'
            ? { type: 'break' }
            : { type: 'image', image: run.image },
      );
      at += 1;
    } else {
      nodes.push({
        type: 'mark',
        mark: reach.mark,
        children: nest(runs.slice(at, reach.end), [...open, reach.mark]),
      });
      at = reach.end;
    }
  }
  return nodes;
}

function furthest(
  runs: readonly Run[],
  from: number,
  open: readonly Mark[],
): { mark: Mark; end: number } | null {
  let best: { mark: Mark; end: number } | null = null;
  for (const mark of runs[from]?.marks ?? []) {
    if (open.includes(mark)) continue;
    let end = from + 1;
    while (end < runs.length && runs[end]?.marks.includes(mark) === true) end += 1;
    // Code comes last among the marks, so it is chosen only when nothing else is left.
    if (best === null || (end > best.end && mark !== 'code')) best = { mark, end };
  }
  return best;
}
