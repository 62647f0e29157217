import { blockOf } from '../read/drafts.ts';
import type { Block } from '../meaning/body.ts';
import { type MarkdownStyle, printUnchecked } from '../print/print-markdown.ts';
import { readContent } from '../read/read-content.ts';
import { readMarkdown } from '../read/read-markdown.ts';
import { canonicalRefs } from '../meaning/refs.ts';
import { shiftHeadings } from '../meaning/walk.ts';
import { weave } from './words.ts';

const plain: MarkdownStyle = { refs: canonicalRefs, shift: 0, tables: 'compact' };

/** A block of the base as a cache has it; null where it is not one that can be read. */
export function blockRead(text: string): Block | null {
  const content = readContent(text, canonicalRefs);
  return content === null || content.length === 0 ? null : blockOf(content, text, 0, 1);
}

/** Merges two versions of one block by words; `null` when both changed the same words, or the outcome is no such block. */
export function mergeWords(base: string, local: Block, remote: Block): Block | null {
  if (local.type !== remote.type) return null;
  const before = readContent(base, canonicalRefs);
  if (before === null) return null;
  const [was, mine, theirs] = [before, local.content, remote.content].map((content) =>
    printUnchecked(content, plain),
  );
  const merged = weave(was ?? '', mine ?? '', theirs ?? '', 'strict');
  if (merged === null) return null;
  const { blocks, findings, topLevel } = readMarkdown(merged, canonicalRefs);
  const [block] = blocks;
  if (blocks.length !== 1 || block === undefined || block.type !== local.type) return null;
  if (findings.some(({ severity }) => severity === 'error')) return null;
  // Read alone, its headings count from the highest of its own; they keep the levels that they were printed with.
  return blockOf(shiftHeadings(block.content, topLevel - 1), block.source, 0, 1);
}
