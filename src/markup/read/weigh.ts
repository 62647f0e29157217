import type { Canon, Run } from '../meaning/canon.ts';
import { childrenOf } from '../meaning/walk.ts';
import type { Work } from '../markdown/work.ts';

/** Counts what some blocks cost in a file, so that nothing is written that could not be read again. */
export function weigh(content: readonly Canon[], work: Work, offset: number): void {
  for (const canon of content) {
    work.spend('block', offset);
    if ('runs' in canon) weighRuns(canon.runs, work, offset);
    else if (canon.kind === 'image') work.spend('sign', offset, canon.image.link === null ? 2 : 4);
    else if (canon.kind === 'list') work.spend('sign', offset, canon.items.length);
    else if (canon.kind === 'table')
      work.spend(
        'cell',
        offset,
        canon.rows.reduce((sum, row) => sum + row.filter(({ blocks }) => blocks.length === 0).length, 0),
      );
    weigh(childrenOf(canon), work, offset);
  }
}

function weighRuns(runs: readonly Run[], work: Work, offset: number): void {
  for (const run of runs) {
    const around = 2 * run.marks.length + (run.link === null ? 0 : 2);
    work.spend('sign', offset, around + (run.kind === 'text' ? signsIn(run.text) : 1));
  }
}

function signsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128 && signs[code] === 1) count += 1;
  }
  return count;
}

const signs: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  '\\`*_~[]<&@'.includes(String.fromCharCode(code)) ? 1 : 0,
);
