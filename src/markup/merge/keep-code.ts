import { storedBlocks } from '../meaning/as-stored.ts';
import type { Canon, CodeBlock, RawElement, Run, TextRun } from '../meaning/canon.ts';
import { alignEqual } from './align.ts';

/** Code with marks in it, of which the remote holds the text alone. */
export function keepCode(own: RawElement, theirs: CodeBlock): Canon | null {
  const [shown] = storedBlocks(own);
  const [block, ...others] = own.blocks;
  if (shown?.kind !== 'code' || block?.kind !== 'paragraph' || others.length > 0) return null;
  if (block.runs.some((run) => run.kind !== 'text')) return null;
  const pieces = block.runs.flatMap((run) =>
    run.kind === 'text' ? piecesOf(run.text).map((text): TextRun => ({ ...run, text })) : [],
  );
  const fresh = piecesOf(theirs.text);
  const runs: TextRun[] = [];
  let [from, to] = [0, 0];
  const pairs = alignEqual(
    pieces.map(({ text }) => text),
    fresh,
  );
  for (const [left, right] of [...pairs, [pieces.length, fresh.length] as const]) {
    const like = pieces[from] ?? pieces[from - 1];
    const words = fresh.slice(to, right).join('');
    if (words !== '' && like !== undefined) runs.push({ ...like, text: words });
    const kept = pieces[left];
    if (kept !== undefined) runs.push(kept);
    [from, to] = [left + 1, right + 1];
  }
  // The line end before the closing tag is none of the remote's.
  if (pieces.at(-1)?.text === '\n' && fresh.at(-1) !== '\n') runs.push(...pieces.slice(-1));
  return { ...own, blocks: [{ ...block, runs: joinedRuns(runs) }] };
}

/** Words, and signs and blanks one by one. */
const piecesOf = (text: string): readonly string[] => text.match(/[\p{L}\p{M}\p{N}_]+|./gsu) ?? [];

function joinedRuns(runs: readonly TextRun[]): readonly Run[] {
  const out: TextRun[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const isOne = last?.marks.join('>') === run.marks.join('>') && last.link === run.link;
    if (last !== undefined && isOne) out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}
