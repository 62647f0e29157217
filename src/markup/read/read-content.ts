import type { Canon } from '../meaning/canon.ts';
import { page, readFlow } from '../html/flow.ts';
import { readPlain } from './markdown-canon.ts';
import { buildDom } from './markdown-dom.ts';
import { unitsOf } from './markdown-units.ts';
import type { Reading } from '../html/reading.ts';
import { parseMarkdown } from '../markdown/parse-markdown.ts';
import type { Refs } from '../meaning/refs.ts';
import { sanitise } from '../html/sanitise.ts';
import { TooComplex } from '../markdown/work.ts';

/**
 * Reads only what a Markdown text means, heading levels as written: to check what was just printed. Gives `null` for
 * a text that nobody would read.
 */
export function readContent(text: string, refs: Refs): readonly Canon[] | null {
  const report = (): void => undefined;
  const reading: Reading = { refs, slugs: new Map(), report };
  try {
    return unitsOf(parseMarkdown(text)).units.flatMap(
      ({ nodes }) => readPlain(nodes, reading) ?? readFlow(sanitise(buildDom(nodes), report), reading, page),
    );
  } catch (error) {
    if (error instanceof TooComplex) return null;
    throw error;
  }
}
