import type { Run } from '../meaning/canon.ts';
import type { DomElement } from '../html/dom.ts';
import type { LooseRun } from '../html/runs.ts';
import type { Token } from '../merge/line-tokens.ts';
import { printInlineHtml } from '../print/print-html.ts';
import { printInline } from '../print/print-inline.ts';
import { prefixAt } from './chars.ts';
import { type Splicing, inlineStyle } from './edit.ts';
import type { Spans } from './hunks.ts';
import type { PlacedToken } from './placed-tokens.ts';

/** A line of text as it is and as it is wanted. */
export interface Line {
  readonly loose: readonly LooseRun[];
  readonly runs: readonly Run[];
  readonly wanted: readonly Run[];
  /** Whether it may go over several lines of Markdown; not in a heading or a cell. */
  readonly lines: boolean;
  /** Whether a pipe would end it. */
  readonly inPipes: boolean;
}

/** What changing one line takes. */
export interface Work {
  readonly line: Line;
  readonly splicing: Splicing;
  readonly held: readonly PlacedToken[];
  readonly wanted: readonly Token[];
  readonly spans: Spans;
}

/** Reprints a line where it is, within whatever is around it. */
export function printLine(line: Line, splicing: Splicing, start: number, isHtml: boolean): string {
  const { html } = splicing;
  if (isHtml) return printInlineHtml(line.wanted, html);
  const text = printInline(line.wanted, inlineStyle(splicing, line.lines));
  // What its lines begin with is seen where the text begins, not where a word in it does.
  const first = line.loose[0]?.node.start ?? start;
  const at = first >= 0 && first < start ? first : start;
  return prefixed(line.inPipes ? text.replaceAll('|', '\\|') : text, splicing.source, at);
}

/** Gives all lines but the first what the lines of the block at a place begin with. */
export function prefixed(text: string, source: string, at: number): string {
  const prefix = prefixAt(source, at);
  return text.replace(/\n(.?)/gu, (_, next: string) =>
    next === '' ? `\n${prefix.trimEnd()}` : `\n${prefix}${next}`,
  );
}

/** An address that is its own text changes as a whole; so does what was read from nowhere. */
export function isIndivisible(element: DomElement, { splicing: { source, format } }: Work): boolean {
  if (element.start < 0 || element.end < 0) return true;
  if (format === 'html' || element.tag !== 'a') return false;
  return source[element.start] !== '[' && !/^<a\s/iu.test(source.slice(element.start, element.start + 3));
}
