import type { Run } from '../meaning/canon.ts';

/** A word, a sign, a space, a line break or an image of a line of text. */
export interface Token {
  /** What makes two tokens the same: letters, marks and link, or the whole image. */
  readonly key: string;
  readonly text: string;
  readonly run: Run;
}

export const tokenPattern =
  /[ \t\r\n\f]+|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}\p{N}])+|./gsu;

/** Cuts runs that are tidy into tokens. */
export function lineTokens(runs: readonly Run[]): readonly Token[] {
  return runs.flatMap((run): readonly Token[] => {
    if (run.kind !== 'text') return [{ key: keyOf(run, ''), text: run.kind === 'break' ? '\n' : '', run }];
    return (run.text.match(tokenPattern) ?? []).map((text) => ({
      key: keyOf(run, text),
      text,
      run: { ...run, text },
    }));
  });
}

/** Spaces count alike wherever marks begin and end around them. */
export function keyOf(run: Run, text: string): string {
  if (text === ' ') return ' ';
  if (run.kind === 'break') return '\n';
  const around = `${run.marks.join('>')}\n${run.link?.ref ?? ''}`;
  return run.kind === 'image' ? `${JSON.stringify(run.image)}\n${around}` : `${text}\n${around}`;
}
