import { alignEqual } from '../merge/align.ts';
import { keyOf, lineTokens, type Token } from '../merge/line-tokens.ts';
import { asWritten } from '../meaning/as-written.ts';
import type { Run } from '../meaning/canon.ts';
import { tidyRuns } from '../meaning/tidy-runs.ts';

/**
 * Gives no-break spaces and signs the marks that the remote has on them, where the file has none because nobody would
 * write them in Markdown: a word that changes beside them is all that is sent.
 */
export function carryEdges(old: readonly Run[], fresh: readonly Run[]): readonly Run[] {
  const [plain] = asWritten([{ kind: 'paragraph', align: null, runs: old, attributes: [] }]);
  if (plain?.kind !== 'paragraph' || plain.runs === old) return fresh;
  const [before, after] = [lineTokens(old), lineTokens(fresh)];
  const held = new Map(alignEqual(after.map(looseKey), before.map(looseKey)));
  return tidyRuns(
    after.map((token, at) => {
      const was = before[held.get(at) ?? -1];
      return was !== undefined && isLoose(token) ? was.run : token.run;
    }),
  );
}

function looseKey(token: Token): string {
  return isLoose(token) ? token.text : keyOf(token.run, token.text);
}

function isLoose({ text, run }: Token): boolean {
  return run.kind === 'text' && /^[^\p{L}\p{N} ]$/u.test(text) && !run.marks.includes('code');
}
