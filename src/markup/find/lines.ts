/** Finds lines and columns, both counted from 1, for offsets into a text. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #text: string;
  #isRead = false;

  constructor(text: string) {
    this.#text = text;
  }

  #read(): void {
    this.#isRead = true;
    const text = this.#text;
    if (!text.includes('\r')) {
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
      return;
    }
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) this.#starts.push(at + 1);
    }
  }

  placeOf(offset: number): { line: number; column: number } {
    if (!this.#isRead) this.#read();
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
