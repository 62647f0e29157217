import { diffWordsWithSpace } from 'diff';

export interface WordRun {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** How one text became another, word by word; texts too long to compare come back as removed and added whole. */
export function diffWords(before: string, after: string): readonly WordRun[] {
  const runs =
    before.length + after.length > 200_000
      ? undefined
      : diffWordsWithSpace(before, after, { maxEditLength: 4000 });
  if (runs === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return runs.map((run) => ({
    kind: run.added ? 'added' : run.removed ? 'removed' : 'same',
    text: run.value,
  }));
}
