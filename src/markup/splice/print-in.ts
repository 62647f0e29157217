import type { Canon } from '../meaning/canon.ts';
import { printHtml } from '../print/print-html.ts';
import { printMarkdown, printUnchecked } from '../print/print-markdown.ts';
import { type Splicing, reaches } from './edit.ts';
import { prefixed } from './line.ts';

/** Prints blocks as a place of the source allows, within whatever is around it. */
export function printIn(blocks: readonly Canon[], splicing: Splicing, at: number, isHtml: boolean): string {
  if (isHtml) return printHtml(blocks, splicing.html);
  const print = reaches(splicing, 'lines') ? printMarkdown : printUnchecked;
  return prefixed(print(blocks, { refs: splicing.refs, shift: 0, nested: true }), splicing.source, at);
}
