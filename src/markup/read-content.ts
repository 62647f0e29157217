import type { Canon } from './canon.ts';
import { page, readFlow } from './flow.ts';
import { buildDom } from './markdown-dom.ts';
import { unitsOf } from './markdown-units.ts';
import type { Reading } from './meaning.ts';
import { parseMarkdown } from './parse-markdown.ts';
import type { Refs } from './refs.ts';
import { sanitise } from './sanitise.ts';
import { TooComplex } from './work.ts';

/**
 * Reads only what a Markdown text means, heading levels as written: to check what was just printed. Gives `null` for
 * a text that nobody would read.
 */
export function readContent(text: string, refs: Refs): readonly Canon[] | null {
  const report = (): void => undefined;
  const reading: Reading = { refs, slugs: new Map(), report };
  try {
    return unitsOf(parseMarkdown(text)).flatMap(({ nodes }) =>
      readFlow(sanitise(buildDom(nodes), report), reading, page),
    );
  } catch (error) {
    if (error instanceof TooComplex) return null;
    throw error;
  }
}
