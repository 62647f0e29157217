import type { Block, Finding } from '../meaning/body.ts';
import type { Canon } from '../meaning/canon.ts';
import type { DomElement } from '../html/dom.ts';
import { fingerprintOf } from '../meaning/fingerprint.ts';
import { findingOf } from './findings.ts';
import type { Lines } from '../find/lines.ts';
import type { FindingCode } from '../html/reading.ts';
import { headingsIn, shiftHeadings } from '../meaning/walk.ts';

/** A stretch of a body and what it means, heading levels as written. */
export interface Draft {
  readonly start: number;
  readonly end: number;
  readonly content: readonly Canon[];
}

/** Makes blocks of drafts: heading levels count from the highest one, and each gets its fingerprint. */
export function blocksOf(
  text: string,
  drafts: readonly Draft[],
  lines: Lines,
  topLevel: number,
): readonly Block[] {
  return drafts.map(({ start, end, content }) =>
    blockOf(shiftHeadings(content, 1 - topLevel), text.slice(start, end), start, lines.placeOf(start).line),
  );
}

export function blockOf(content: readonly Canon[], source: string, start: number, line: number): Block {
  const [first] = content;
  return {
    fingerprint: fingerprintOf(content),
    type: first === undefined || content.length > 1 ? 'mixed' : first.kind,
    source,
    start,
    end: start + source.length,
    line,
    content,
  };
}

/** The level of the highest heading, 1 when there is none. */
export function topLevelOf(contents: readonly (readonly Canon[])[]): number {
  const levels = contents.flatMap((content) => headingsIn(content).map(({ level }) => level));
  return levels.length === 0 ? 1 : levels.reduce((least, level) => Math.min(least, level));
}

type Code = Parameters<typeof findingOf>[0];

/** Findings of one kind after which the rest is left out. */
const mostFindings = 50;

function keyOf(code: Code, detail: string): string {
  return toldEach.has(code) ? `${code} ${detail}` : code;
}

/** Warnings that somebody has to follow up one by one, since each is about something else. */
const toldEach: ReadonlySet<Code> = new Set([
  'UNKNOWN_ELEMENT',
  'UNCLOSED_TAG',
  'ANCHOR_UNKNOWN',
  'ODD_SCHEME',
  'FORM_REMOVED',
]);

/**
 * Collects findings: an error each time, a warning once for what it is about or once for a body, and no kind more than
 * fifty times.
 */
export class Findings {
  readonly list: Finding[] = [];
  readonly #told = new Map<string, number>();
  readonly #text: string;
  readonly #lines: Lines;
  /** The stretch that is being read, and whether its nodes know their places in it. */
  #unit = { start: 0, end: 0, exact: true };

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#lines = lines;
  }

  enter(start: number, end: number, exact: boolean): void {
    this.#unit = { start, end, exact };
  }

  readonly report = (code: FindingCode, node: DomElement, detail = ''): void => {
    if (this.#isTold(code, detail)) return;
    const { start, end, exact } = this.#unit;
    if (exact) return this.add(code, start + Math.max(0, node.start), detail);
    // Nodes made from Markdown have no place of their own, but what they are reported for can be found.
    const wanted = detail.replace(/>$/u, '');
    const found = wanted === '' ? -1 : this.#text.indexOf(wanted, start);
    this.add(code, found === -1 || found >= end ? start : found, detail);
  };

  add(code: Code, offset: number, detail: string): void {
    if (this.#isTold(code, detail)) return;
    const finding = findingOf(code, this.#lines.placeOf(offset), detail);
    const key = keyOf(code, detail);
    this.#told.set(code, (this.#told.get(code) ?? 0) + 1);
    if (finding.severity === 'warning') this.#told.set(key, mostFindings);
    this.list.push(finding);
  }

  #isTold(code: Code, detail: string): boolean {
    return [code, keyOf(code, detail)].some((key) => (this.#told.get(key) ?? 0) >= mostFindings);
  }
}
