/*
 * Every word that a person typed stands once in here, with what may become of it. What no person took away must be
 * found somewhere at the end: in a file, in the help center, in the trash.
 */

/** Made-up words, so that each occurs once: `w17` of a text or title, `id4` for what marks an article for life. */
export const wordPattern = /\b(?:w|id)\d+\b/g;

export const wordsIn = (text: string): readonly string[] => text.match(wordPattern) ?? [];

export class Ledger {
  readonly #all = new Set<string>();
  readonly #alive = new Set<string>();
  readonly #authors = new Map<string, string>();
  #next = 0;
  /** Who is writing. */
  author = '';
  /** Words that a write put an end to although nobody could know of them: the window between reading and writing. */
  overrun: string[] = [];

  copy(): Ledger {
    const other = new Ledger();
    for (const word of this.#all) other.#all.add(word);
    for (const word of this.#alive) other.#alive.add(word);
    for (const [word, author] of this.#authors) other.#authors.set(word, author);
    other.#next = this.#next;
    return other;
  }

  /** A new word that must not get lost. */
  coin(kind: 'w' | 'id' = 'w'): string {
    this.#next += 1;
    const word = `${kind}${this.#next}`;
    this.#all.add(word);
    this.#alive.add(word);
    this.#authors.set(word, this.author);
    return word;
  }

  coinSome(count: number): string {
    return Array.from({ length: count }, () => this.coin()).join(' ');
  }

  /** A person took these away, knowing them. */
  strike(words: Iterable<string>): void {
    for (const word of words) this.#alive.delete(word);
  }

  /** As `strike`, for those that were lost to the window that the API leaves open. Tells whether there were any. */
  overrunBy(words: Iterable<string>): boolean {
    const before = this.overrun.length;
    for (const word of words) if (this.#alive.delete(word)) this.overrun.push(word);
    return this.overrun.length > before;
  }

  isAlive(word: string): boolean {
    return this.#alive.has(word);
  }

  isBy(author: string, word: string): boolean {
    return this.#authors.get(word) === author;
  }

  isAuthored(word: string): boolean {
    return this.#all.has(word);
  }

  lostFrom(found: ReadonlySet<string>): readonly string[] {
    return [...this.#alive].filter((word) => !found.has(word));
  }
}
