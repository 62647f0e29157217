import type { Block } from '../meaning/body.ts';
import { canonicalRefs, type Refs } from '../meaning/refs.ts';
import { printMarkdown } from './print-markdown.ts';

/** Prints one block as Markdown that stands alone: for previews, conflicts and diffs. */
export function blockMarkdown(block: Block, refs: Refs): string {
  return block.type === 'refused' ? block.source : printMarkdown(block.content, { refs, shift: 0 });
}

/**
 * One block of a file as Markdown that means the same when it is read alone and with `canonicalRefs`: as the file
 * spells it where that is certain, printed elsewhere. Printing is checked by reading, which costs as much as the file.
 */
export function agreedMarkdown(block: Block): string {
  return standsAlone(block) ? block.source : blockMarkdown(block, canonicalRefs);
}

function standsAlone({ content, source }: Block): boolean {
  const [only] = content;
  if (content.length !== 1 || only?.kind !== 'paragraph') return false;
  // Alone, a link by the name of a definition is text.
  if (/\](?!\()/.test(source)) return false;
  return only.runs.every(
    (run) => run.kind !== 'image' && (run.link === null || isAsWritten(run.link.ref, source)),
  );
}

/** An address of the web without `%` has one spelling only. */
const isAsWritten = (ref: string, source: string): boolean =>
  /^https?:[^%]*$/.test(ref) && source.includes(ref);
