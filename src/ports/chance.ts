/** Chance as the engine sees it, so that a seed can stand for it. */
export interface Chance {
  /** The next number, from 0 up to but not including 1. */
  next(): number;
}
