import type { BreakRun, Link, Run, TextRun } from './canon.ts';

/** Brings runs from anywhere into the one form that equal content has. */
export function tidyRuns(loose: readonly Run[]): readonly Run[] {
  const [only] = loose;
  if (loose.length === 1 && only?.kind === 'text' && only.text !== '' && !untidy.test(only.text))
    return loose;
  return joined(spaced(loose));
}

/** Tells whether two links lead to the same place, and are no two side by side. */
export function sameLink(left: Link | null, right: Link | null): boolean {
  if (left === null || right === null) return left === right;
  return left.ref === right.ref && left.beside === right.beside;
}

/** A link that is read behind some runs, marked where the link before it leads to the same place. */
export function linkBehind(runs: readonly Run[], link: Link): Link {
  const isSeen = (run: Run): boolean =>
    run.link !== null || run.kind === 'image' || (run.kind === 'text' && /[^ \t\r\n\f]/u.test(run.text));
  const before = runs.findLast(isSeen);
  return before?.link?.ref === link.ref && before.link.beside === undefined
    ? { ...link, beside: true }
    : link;
}

/** Runs in which links side by side to one place are one, as fingerprints have them. */
export function withJoinedLinks(runs: readonly Run[]): readonly Run[] {
  if (!runs.some(({ link }) => link?.beside === true)) return runs;
  return tidyRuns(
    runs.map((run): Run => (run.link === null ? run : { ...run, link: { ref: run.link.ref, title: null } })),
  );
}

/** Collapses white space, trims it at the ends and around breaks, and moves it out of the marks it ends. */
function spaced(loose: readonly Run[]): Run[] {
  const out: Run[] = [];
  let space = false;
  const add = (run: Run): void => {
    const last = out.at(-1);
    if (space && last !== undefined && last.kind !== 'break' && run.kind !== 'break') {
      out.push({ kind: 'text', text: ' ', ...shared(last, run) });
    }
    space = false;
    out.push(run);
  };
  for (const run of loose) {
    if (run.kind !== 'text') {
      add(run);
      continue;
    }
    if (run.marks.includes('code')) {
      if (run.text !== '') add({ ...run, text: collapseSpaces(run.text) });
      continue;
    }
    const collapsed = untidy.test(run.text) ? collapseSpaces(run.text) : run.text;
    const trimmed = trimSpaces(collapsed);
    if (trimmed === '') {
      space ||= collapsed !== '';
      continue;
    }
    if (collapsed.startsWith(' ')) space = true;
    add(trimmed === run.text ? run : { ...run, text: trimmed });
    space = collapsed.endsWith(' ');
  }
  return out.some(({ kind }) => kind === 'break') ? withSharedBreaks(out) : out;
}

/** Gives breaks what applies on both sides of them. */
function withSharedBreaks(runs: readonly Run[]): Run[] {
  const after: (Run | undefined)[] = [];
  let next: Run | undefined;
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    after[at] = next;
    if (runs[at]?.kind !== 'break') next = runs[at];
  }
  let before: Run | undefined;
  return runs.map((run, at) => {
    if (run.kind === 'break') return { kind: 'break', ...shared(before, after[at]) };
    before = run;
    return run;
  });
}

function shared(left: Run | undefined, right: Run | undefined): Omit<BreakRun, 'kind'> {
  if (left === undefined || right === undefined) return { marks: [], link: null };
  return {
    marks: left.marks.filter((mark) => mark !== 'code' && right.marks.includes(mark)),
    link: sameLink(left.link, right.link) ? left.link : null,
  };
}

/** Splitting and joining takes half the time of a replacement where spaces are many. */
function collapseSpaces(text: string): string {
  return text.split(whiteSpace).join(' ');
}

function trimSpaces(value: string): string {
  return value.slice(value.startsWith(' ') ? 1 : 0, value.endsWith(' ') ? -1 : value.length);
}

function joined(runs: readonly Run[]): readonly Run[] {
  const out: Run[] = [];
  let pieces: string[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (
      last?.kind === 'text' &&
      run.kind === 'text' &&
      sameMarks(last, run) &&
      sameLink(last.link, run.link)
    ) {
      pieces.push(run.text);
      continue;
    }
    if (last?.kind === 'text' && pieces.length > 1) out[out.length - 1] = withText(last, pieces);
    pieces = run.kind === 'text' ? [run.text] : [];
    out.push(run);
  }
  const last = out.at(-1);
  if (last?.kind === 'text' && pieces.length > 1) out[out.length - 1] = withText(last, pieces);
  return out;
}

function withText(run: TextRun, pieces: readonly string[]): TextRun {
  const text = pieces.join('');
  return { ...run, text: run.marks.includes('code') ? text.replace(/ {2,}/gu, ' ') : text };
}

function sameMarks(left: Run, right: Run): boolean {
  return left.marks.length === right.marks.length && left.marks.every((mark, at) => mark === right.marks[at]);
}

const untidy = /^ | $|  |[\t\r\n\f]/u;

/** White space that is not one space already: most of it is, and is best left where it is. */
const whiteSpace = /[ \t\r\n\f]{2,}|[\t\r\n\f]/u;
