import type { Draft } from './drafts.ts';
import type { DomNode } from '../html/dom.ts';
import { page, readFlow } from '../html/flow.ts';
import { htmlUnits } from '../html/html-units.ts';
import type { MdHtml } from '../markdown/markdown-tree.ts';
import type { Reading } from '../html/reading.ts';

/** Cuts a stretch of HTML in a Markdown text into slices for its blocks, or gives `null` where it is not written plainly. */
export function splitHtml(
  text: string,
  html: MdHtml,
  nodes: readonly DomNode[],
  reading: Reading,
): readonly Draft[] | null {
  // Indentation and quote marks are not in it; then its places are not those of the text.
  if (text.slice(html.start, html.end) !== html.html) return null;
  const quiet: Reading = { ...reading, report: () => undefined };
  const drafts: Draft[] = [];
  for (const unit of htmlUnits(nodes)) {
    const content = readFlow(unit, quiet, page);
    if (content.length === 0) continue;
    const [from, to] = [unit[0]?.start ?? -1, unit.at(-1)?.end ?? -1];
    if (from < 0 || to < from) return null;
    const source = html.html.slice(from, to);
    const trimmed = source.trim();
    const start = html.start + from + source.indexOf(trimmed);
    drafts.push({ start, end: start + trimmed.length, content });
  }
  return drafts;
}
