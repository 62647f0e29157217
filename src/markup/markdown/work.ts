/**
 * Counts what makes a text costly while it is read, and stops at what no person writes. Counted, not timed: the same
 * text is taken or refused on every machine.
 */
export class Work {
  #points = 0;
  #letters: number;

  constructor(length: number) {
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
    if (this.#points > maximumPoints) throw new TooComplex(tooMuch, offset);
  }
}

/** What a body may come to; the largest reference manual that we found comes to less than 50,000. */
const maximumPoints = 60_000;

const prices = { sign: 1, block: 4, cell: 3 } as const;

const tooMuch = 'more syntax than 60,000 signs, 15,000 blocks or 20,000 cells of tables come to';

/** Thrown for a text that would take too long; never leaves the room. */
export class TooComplex extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
