import { alignEqual } from './align.ts';
import { blockOf } from './assemble.ts';
import { blockMarkdown } from './block-markdown.ts';
import type { Block } from './body.ts';
import { readMarkdown } from './read-markdown.ts';
import { canonicalRefs } from './refs.ts';
import { shiftHeadings } from './walk.ts';

/** Merges two versions of one block by words; `null` when both changed the same words, or the outcome is no such block. */
export function mergeWords(base: string, local: Block, remote: Block): Block | null {
  if (local.type !== remote.type) return null;
  const merged = mergeTokens(
    tokensOf(base),
    tokensOf(blockMarkdown(local, canonicalRefs)),
    tokensOf(blockMarkdown(remote, canonicalRefs)),
  );
  if (merged === null) return null;
  const { blocks, findings, topLevel } = readMarkdown(merged.join(''), canonicalRefs);
  const [block] = blocks;
  if (blocks.length !== 1 || block === undefined || block.type !== local.type) return null;
  if (findings.some(({ severity }) => severity === 'error')) return null;
  // Read alone, its headings count from the highest of its own; they keep the levels that they were printed with.
  return blockOf(shiftHeadings(block.content, topLevel - 1), block.source, 0, 1);
}

/** Words, white space and single signs. */
function tokensOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

function mergeTokens(
  base: readonly string[],
  local: readonly string[],
  remote: readonly string[],
): readonly string[] | null {
  const inLocal = new Map(alignEqual(base, local));
  const inRemote = new Map(alignEqual(base, remote));
  const merged: string[] = [];
  let [b, l, r] = [0, 0, 0];
  for (let at = 0; at <= base.length; at += 1) {
    const left = at === base.length ? local.length : inLocal.get(at);
    const right = at === base.length ? remote.length : inRemote.get(at);
    if (left === undefined || right === undefined) continue;
    const [before, mine, theirs] = [base.slice(b, at), local.slice(l, left), remote.slice(r, right)].map(
      (row) => row.join(''),
    );
    if (before === undefined || mine === undefined || theirs === undefined) return null;
    if (mine === theirs || theirs === before) merged.push(mine);
    else if (mine === before) merged.push(theirs);
    else return null;
    if (at < base.length) merged.push(base[at] ?? '');
    [b, l, r] = [at + 1, left + 1, right + 1];
  }
  return merged;
}
