import { inlineTag } from './html-starts.ts';

/** Finds where raw HTML ends within a text; an end that is not there is searched for once only. */
export class HtmlEnds {
  readonly #content: string;
  readonly #absent = new Set<string>();

  constructor(content: string) {
    this.#content = content;
  }

  /** The end of the HTML that starts at a `<`; `null` when none does. */
  after(from: number): number | null {
    const second = this.#content[from + 1] ?? '';
    if (second === '!' || second === '?') {
      const start = this.#content.slice(from, from + 9);
      if (/^<!--(?:>|->)/u.test(start)) return from + (start[4] === '>' ? 5 : 6);
      if (start.startsWith('<!--')) return this.#find('-->', from + 4);
      if (start === '<![CDATA[') return this.#find(']]>', from + 9);
      if (second === '?') return this.#find('?>', from + 2);
      return /^<![A-Za-z]/u.test(start) ? this.#find('>', from + 2) : null;
    }
    inlineTag.lastIndex = from;
    return inlineTag.test(this.#content) ? inlineTag.lastIndex : null;
  }

  #find(end: string, from: number): number | null {
    if (this.#absent.has(end)) return null;
    const at = this.#content.indexOf(end, from);
    if (at === -1) this.#absent.add(end);
    return at === -1 ? null : at + end.length;
  }
}
