import { diffWords } from './words.ts';

/** One line of a text that changed, as people compare them: what it was, what it is, or a line beside it. */
export interface ChangedLine {
  readonly kind: 'before' | 'after' | 'same' | 'gap';
  readonly text: string;
}

/**
 * How one text became another: the lines that changed, before and after, with the changed words between `[-` and `-]`
 * or `{+` and `+}`, and one line around them. A line that is new or gone as a whole carries no marks.
 */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const rows: ChangedLine[] = [];
  let was = [emptyLine()];
  let is = [emptyLine()];
  const flush = (): void => {
    rows.push(...settled(was, is));
    was = [emptyLine()];
    is = [emptyLine()];
  };
  for (const run of diffWords(before, after)) {
    for (const [index, piece] of run.text.split('\n').entries()) {
      if (run.kind === 'same') {
        if (index > 0) flush();
        was.at(-1)?.parts.push({ text: piece, isMarked: false });
        is.at(-1)?.parts.push({ text: piece, isMarked: false });
        continue;
      }
      const side = run.kind === 'removed' ? was : is;
      if (index > 0) side.push(emptyLine());
      const line = side.at(-1);
      if (line === undefined || piece === '') continue;
      line.parts.push({ text: piece, isMarked: true });
    }
  }
  flush();
  return aroundChanges(rows);
}

interface Line {
  readonly parts: { readonly text: string; readonly isMarked: boolean }[];
}

const emptyLine = (): Line => ({ parts: [] });

const textOf = (line: Line): string => line.parts.map((part) => part.text).join('');

/** What stands between two line ends that both texts share. */
function settled(was: readonly Line[], is: readonly Line[]): readonly ChangedLine[] {
  const [before, after] = [was.filter(hasText), is.filter(hasText)];
  const start = commonLines(before, after);
  const end = commonLines(before.slice(start).toReversed(), after.slice(start).toReversed());
  const same = (line: Line): ChangedLine => ({ kind: 'same', text: textOf(line) });
  const changed =
    (kind: 'before' | 'after', open: string, close: string) =>
    (line: Line): ChangedLine => ({ kind, text: shown(line, open, close) });
  return [
    ...after.slice(0, start).map(same),
    ...before.slice(start, before.length - end).map(changed('before', '[-', '-]')),
    ...after.slice(start, after.length - end).map(changed('after', '{+', '+}')),
    ...after.slice(after.length - end).map(same),
  ];
}

const hasText = (line: Line): boolean => textOf(line).trim() !== '';

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

function shown(line: Line, open: string, close: string): string {
  const isWhole = line.parts.every((part) => part.isMarked || part.text.trim() === '');
  if (isWhole) return textOf(line);
  return line.parts.map((part) => (part.isMarked ? `${open}${part.text}${close}` : part.text)).join('');
}

function aroundChanges(rows: readonly ChangedLine[]): readonly ChangedLine[] {
  const isNear = rows.map((_, index) =>
    rows.slice(Math.max(0, index - 1), index + 2).some((row) => row.kind !== 'same'),
  );
  return rows.flatMap((row, index): readonly ChangedLine[] => {
    if (isNear[index] === true) return [row];
    return isNear[index - 1] === true && index < rows.length - 1 ? [{ kind: 'gap', text: '…' }] : [];
  });
}
