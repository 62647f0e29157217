import type { InlineSource } from './inline-source.ts';
import type { MdInline, PendingSigns } from './markdown-tree.ts';

type Node = MdInline | PendingSigns;

/** What has been read of a text so far; letters are gathered, and become a node when something else follows. */
export class InlineOutput {
  readonly nodes: Node[] = [];
  readonly #source: InlineSource;
  #text = '';
  #from = 0;
  #to = 0;
  /** Up to here in the content nothing may be taken back: it is no plain text, or not written as it reads. */
  #settled = 0;

  constructor(source: InlineSource) {
    this.#source = source;
  }

  /** Adds letters as they are in the content. */
  addText(from: number, to: number): void {
    this.#add(from, to, this.#source.content.slice(from, to));
  }

  /** Adds letters that the content writes in another way, such as an escape. */
  addSpelled(from: number, to: number, text: string): void {
    this.#add(from, to, text);
    this.#settled = to;
  }

  /** Adds signs that may turn out to be syntax. */
  addSigns(from: number, to: number): void {
    this.flush();
    this.nodes.push({ type: 'signs', ...this.#place(from, to), text: this.#source.content.slice(from, to) });
  }

  /** Adds a node that ends at a place of the content. */
  push(node: MdInline, to: number): void {
    this.flush();
    this.nodes.push(node);
    this.#settled = to;
  }

  /** Ends the text at hand, and tells how many nodes there are. */
  flush(): number {
    if (this.#text !== '') {
      this.nodes.push({ type: 'text', ...this.#place(this.#from, this.#to), text: this.#text });
      this.#text = '';
    }
    return this.nodes.length;
  }

  /** Takes the white space before a line end back, and tells whether there was enough of it for a break. */
  trimEnd(at: number): boolean {
    const { content } = this.#source;
    const least = Math.max(this.#settled, this.#text === '' ? at : this.#from);
    let end = at;
    while (end > least && isBlank(content.charCodeAt(end - 1))) end -= 1;
    if (end === at) return false;
    this.#text = this.#text.slice(0, this.#text.length - (at - end));
    this.#to = end;
    return at - end >= 2 && content[at - 1] === ' ' && content[at - 2] === ' ';
  }

  /** Takes letters back that turn out to be the start of an address; false where they are more than letters. */
  takeBack(from: number, at: number): boolean {
    if (from < this.#settled || this.#text === '') return false;
    let missing = at - from;
    const own = Math.min(missing, this.#text.length);
    this.#text = this.#text.slice(0, this.#text.length - own);
    this.#to -= own;
    missing -= own;
    while (missing > 0) {
      const last = this.nodes.pop();
      if (last?.type !== 'text' && last?.type !== 'signs') return false;
      const taken = Math.min(missing, last.text.length);
      missing -= taken;
      const text = last.text.slice(0, last.text.length - taken);
      if (text !== '') this.nodes.push({ type: 'text', start: last.start, end: last.end - taken, text });
    }
    return true;
  }

  #add(from: number, to: number, text: string): void {
    if (this.#text === '') this.#from = from;
    this.#text += text;
    this.#to = to;
  }

  #place(from: number, to: number): { start: number; end: number } {
    return { start: this.#source.offsetOf(from), end: this.#source.endOf(from, to) };
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
