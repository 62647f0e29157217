import type { Block } from '../meaning/body.ts';
import { printMarkdown } from './print-markdown.ts';
import type { Refs } from '../meaning/refs.ts';

/** Prints one block as Markdown that stands alone: for previews, conflicts and diffs. */
export function blockMarkdown(block: Block, refs: Refs): string {
  return block.type === 'refused' ? block.source : printMarkdown(block.content, { refs, shift: 0 });
}
