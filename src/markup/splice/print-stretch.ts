import type { Run } from '../meaning/canon.ts';
import type { DomElement } from '../html/dom.ts';
import { sameLink } from '../meaning/tidy-runs.ts';
import type { Token } from '../merge/line-tokens.ts';
import { prefixAt } from './chars.ts';
import type { Edit } from './edit.ts';
import type { Hunk } from './hunks.ts';
import { type Work, isIndivisible, printLine } from './line.ts';
import type { PlacedToken } from './placed-tokens.ts';

/** Reprints a stretch, within the elements that reach beyond it; asks for a wider one where one ends in the middle. */
export function printedAnew(
  hunk: Hunk,
  held: readonly PlacedToken[],
  wanted: readonly Token[],
  work: Work,
): readonly Edit[] | { readonly from: number; readonly to: number } | null {
  const { spans, splicing, line } = work;
  const [before, after] = [work.held[hunk.from - 1], work.held[hunk.to]];
  const touched = new Set((held.length > 0 ? held : [before, after]).flatMap((token) => token?.within ?? []));
  const kept: DomElement[] = [];
  for (const element of touched) {
    const [from, to] = spans.get(element) ?? [0, 0];
    const isAround =
      from <= hunk.from && to >= hunk.to && (held.length > 0 || (from < hunk.from && to > hunk.to));
    const isInside =
      held.length > 0 ? from >= hunk.from && to <= hunk.to : to <= hunk.from || from >= hunk.to;
    const mayStay =
      isAround && !isIndivisible(element, work) && wanted.length > 0 && appliesTo(element, wanted, work);
    if (mayStay) kept.push(element);
    else if (!isInside) return { from: Math.min(from, hunk.from), to: Math.max(to, hunk.to) };
  }
  const outermost = (token: PlacedToken): { readonly start: number; readonly end: number } =>
    token.within.find((element) => !kept.includes(element)) ?? token;
  let start: number;
  let end: number;
  if (held.length > 0) {
    const places = held.map(outermost);
    start = Math.min(...places.map((place) => place.start));
    end = Math.max(...places.map((place) => place.end));
  } else {
    start =
      before === undefined ? (after === undefined ? -1 : outermost(after).start) : outermost(before).end;
    end = start;
  }
  if (start < 0) return null;
  if (wanted.length === 0) return [{ start, end, text: '' }];
  const shared = kept.map((element) => sharedBy(element, work));
  const runs = wanted.map(({ run }) => without(run, shared));
  const isHtml = splicing.format === 'html' || (held[0] ?? before ?? after)?.spelled === 'html';
  const printed = printLine({ ...line, wanted: joined(runs) }, splicing, start, isHtml);
  // A break is printed as a tag at the ends of a text, which these are not.
  const isWithin = !isHtml && line.lines && before !== undefined && after !== undefined;
  const text = isWithin ? printed.replace(/^<br>|<br>$/gu, breakOf(line, splicing)) : printed;
  return [{ start, end, text }];
}

/** A break and what the next line of the text begins with. */
function breakOf({ loose }: Work['line'], { source }: Work['splicing']): string {
  return `\\\n${prefixAt(source, Math.max(0, loose[0]?.node.start ?? 0))}`;
}

/** What applies to all of an element: its own mark, or its link. */
function sharedBy(element: DomElement, { held, spans }: Work): Shared {
  const [from, to] = spans.get(element) ?? [0, 0];
  const tokens = held.slice(from, to).filter(({ text }) => text !== ' ');
  const [first] = tokens;
  const marks = (first?.run.marks ?? []).filter((mark) =>
    tokens.every(({ run }) => run.marks.includes(mark)),
  );
  const link = first?.run.link ?? null;
  return { marks, link: tokens.every(({ run }) => sameLink(run.link, link)) ? link : null };
}

interface Shared {
  readonly marks: readonly string[];
  readonly link: Run['link'];
}

function appliesTo(element: DomElement, wanted: readonly Token[], work: Work): boolean {
  const { marks, link } = sharedBy(element, work);
  return wanted.every(
    ({ text, run }) =>
      text === ' ' ||
      (marks.every((mark) => run.marks.includes(mark)) && (link === null || sameLink(run.link, link))),
  );
}

function without(run: Run, shared: readonly Shared[]): Run {
  const marks = run.marks.filter((mark) => !shared.some((one) => one.marks.includes(mark)));
  const isLinked = shared.some(({ link }) => link !== null);
  return { ...run, marks, link: isLinked ? null : run.link };
}

function joined(runs: readonly Run[]): readonly Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const isSame =
      last?.kind === 'text' &&
      run.kind === 'text' &&
      last.marks.join('>') === run.marks.join('>') &&
      sameLink(last.link, run.link);
    if (isSame) out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}
