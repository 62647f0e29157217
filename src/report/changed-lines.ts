import { diffWords } from './words.ts';

export interface Part {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** One line of a text that changed, as people compare them; `gap` stands for lines that are left out. */
export type ChangedLine =
  { readonly kind: 'line'; readonly parts: readonly Part[] } | { readonly kind: 'gap' };

/**
 * How one text became another: the lines that changed, with their words marked, and one line around them. A line of
 * which words changed appears once, with what it was and what it is; a new or removed line appears as such.
 */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const rows: Line[] = [];
  let was: Line[] = [[]];
  let is: Line[] = [[]];
  const flush = (): void => {
    rows.push(...settled(was, is));
    was = [[]];
    is = [[]];
  };
  for (const { kind, text } of diffWords(before, after)) {
    for (const [index, piece] of text.split('\n').entries()) {
      if (kind === 'same') {
        if (index > 0) flush();
        was.at(-1)?.push({ kind, text: piece });
        is.at(-1)?.push({ kind, text: piece });
        continue;
      }
      const side = kind === 'removed' ? was : is;
      if (index > 0) side.push([]);
      if (piece !== '') side.at(-1)?.push({ kind, text: piece });
    }
  }
  flush();
  return aroundChanges(rows);
}

type Line = Part[];

const textOf = (line: Line): string => line.map((part) => part.text).join('');

const hasText = (line: Line): boolean => textOf(line).trim() !== '';

/** Whether any word of a line is in both texts. */
const hasCommon = (line: Line): boolean =>
  line.some((part) => part.kind === 'same' && part.text.trim() !== '');

/** What is between two line ends that both texts share. */
function settled(was: readonly Line[], is: readonly Line[]): readonly Line[] {
  const [before, after] = [was.filter(hasText), is.filter(hasText)];
  const start = commonLines(before, after);
  const end = commonLines(before.slice(start).toReversed(), after.slice(start).toReversed());
  const [gone, come] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const [only, other] = [gone[0], come[0]];
  const changed =
    gone.length === 1 && come.length === 1 && only !== undefined && other !== undefined && hasCommon(only)
      ? [interlaced(only, other)]
      : [...gone.map((line) => whole(line, 'removed')), ...come.map((line) => whole(line, 'added'))];
  const same = (line: Line): Line => [{ kind: 'same', text: textOf(line) }];
  return [...after.slice(0, start).map(same), ...changed, ...after.slice(after.length - end).map(same)];
}

/** A line without words of the other text counts as removed or new as a whole. */
const whole = (line: Line, kind: 'removed' | 'added'): Line =>
  hasCommon(line) ? line : [{ kind, text: textOf(line) }];

/** Two lines that share words, as one: the words of both appear once. */
function interlaced(was: Line, is: Line): Line {
  const parts: Line = [];
  const left = [...was];
  for (const part of is) {
    if (part.kind === 'same')
      while (left.length > 0 && left[0]?.kind !== 'same') parts.push(...left.splice(0, 1));
    if (part.kind === 'same') left.shift();
    else while (left[0]?.kind === 'removed') parts.push(...left.splice(0, 1));
    parts.push(part);
  }
  return [...parts, ...left.filter((part) => part.kind === 'removed')];
}

/** How many lines two runs begin with alike. */
function commonLines(left: readonly Line[], right: readonly Line[]): number {
  let count = 0;
  for (const [index, line] of left.entries()) {
    const other = right[index];
    if (other === undefined || textOf(other) !== textOf(line)) break;
    count += 1;
  }
  return count;
}

function aroundChanges(rows: readonly Line[]): readonly ChangedLine[] {
  const isChanged = (row: Line): boolean => row.some((part) => part.kind !== 'same');
  const isNear = rows.map((_, index) => rows.slice(Math.max(0, index - 1), index + 2).some(isChanged));
  return rows.flatMap((parts, index): readonly ChangedLine[] => {
    if (isNear[index] === true) return [{ kind: 'line', parts }];
    return isNear[index - 1] === true && index < rows.length - 1 ? [{ kind: 'gap' }] : [];
  });
}
