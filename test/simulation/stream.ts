/** Chance from a seed: one stream for each use, so that taking one draw away never shifts the others. */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(seed: number, name: string) {
    let hash = 0x811c9dc5 ^ seed;
    for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
    this.#a = hash | 0;
    this.#b = Math.imul(hash ^ 0x5bd1e995, 0x9e3779b1) | 0;
    this.#c = Math.imul(seed + 0x7f4a7c15, 0x85ebca6b) | 0;
    for (let warm = 0; warm < 12; warm += 1) this.next();
  }

  /** From 0 up to but not including 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  isLucky(share: number): boolean {
    return this.next() < share;
  }

  /** One of them; undefined where there is none. */
  pick<Value>(values: readonly Value[]): Value | undefined {
    return values[this.below(values.length)];
  }

  /** One of them, by their weights. */
  weigh<Value>(values: readonly (readonly [weight: number, value: Value])[]): Value {
    const all = values.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.next() * all;
    for (const [weight, value] of values) {
      left -= weight;
      if (left < 0) return value;
    }
    const last = values.at(-1);
    if (last === undefined) throw new RangeError('There is nothing to draw from');
    return last[1];
  }
}
