/**
 * Counts what makes a text costly while it is read, and stops at what no person writes. Counted, not timed: the same
 * text is taken or refused on every machine.
 */
export class Work {
  #points = 0;
  #letters: number;
  readonly #length: number;

  /** @param length of the text, in characters */
  constructor(length: number) {
    this.#length = length;
    this.#letters = 100_000 + 10 * length;
  }

  /** Notes what was met at an offset; throws `TooComplex` when that is too much. */
  spend(what: 'sign' | 'block' | 'cell' | 'letter', offset: number, count = 1): void {
    if (what === 'letter') {
      // References could otherwise make a book of a page.
      this.#letters -= count;
      if (this.#letters < 0) throw new TooComplex('references that repeat long addresses', offset);
      return;
    }
    this.#points += prices[what] * count;
    if (this.#points <= maximumPoints) return;
    const part = Math.floor((100 * offset) / Math.max(1, this.#length));
    throw new TooComplex(`over 150,000 signs of syntax, the most, in the first ${part} % of it`, offset);
  }
}

/**
 * What a body may come to, so that a command is done with it in about a second. The largest texts that we found, release
 * notes of 900 kB and manuals of 350 kB, come to 142,000 and 98,000.
 */
const maximumPoints = 150_000;

/** By the time that they take. */
const prices = { sign: 1, cell: 6, block: 6 } as const;

/** Thrown for a text that would take too long; never leaves the room. */
export class TooComplex extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
