import type { Segment } from './block-node.ts';

/** The text of one block, put together from its lines, that knows where each sign is in the document. */
export class InlineSource {
  readonly content: string;
  readonly #segments: readonly Segment[];
  /** Where each line begins in the content. */
  readonly #starts: readonly number[];
  /** The line that was asked for last: the next question is nearly always about the same one. */
  #line = 0;

  constructor(text: string, segments: readonly Segment[], separator: '\n' | '') {
    this.#segments = segments;
    const starts: number[] = [];
    const parts: string[] = [];
    let length = 0;
    for (const { start, end } of segments) {
      starts.push(length);
      parts.push(text.slice(start, end));
      length += end - start + separator.length;
    }
    this.#starts = starts;
    this.content = parts.length === 1 ? (parts[0] ?? '') : parts.join(separator);
  }

  /** The place in the document of a sign of the content. */
  offsetOf(at: number): number {
    const starts = this.#starts;
    let line = this.#line;
    while (at < (starts[line] ?? 0)) line -= 1;
    while (at >= (starts[line + 1] ?? Infinity)) line += 1;
    this.#line = line;
    return (this.#segments[line]?.start ?? 0) + at - (starts[line] ?? 0);
  }

  /** Where the lines of a stretch of the content begin, in that stretch and in the document. */
  linesOf(from: number, to: number): readonly { readonly at: number; readonly start: number }[] {
    const lines = [{ at: 0, start: this.offsetOf(from) }];
    for (let line = this.#line + 1; (this.#starts[line] ?? to) < to; line += 1)
      lines.push({ at: (this.#starts[line] ?? 0) - from, start: this.#segments[line]?.start ?? 0 });
    return lines;
  }

  /** The place in the document after the last sign of a stretch of the content. */
  endOf(from: number, to: number): number {
    return to > from ? this.offsetOf(to - 1) + 1 : this.offsetOf(from);
  }
}
