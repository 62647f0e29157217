import type { Clock } from '../../src/ports/clock.ts';

interface Waiter {
  readonly time: number;
  readonly number: number;
  readonly wake: () => void;
  /** Time is not moved on for its sake alone. */
  readonly isIdle: boolean;
}

/** Time that passes with each step, and leaps to the next one who wakes where everybody sleeps. */
export class SimClock implements Clock {
  #now: number;
  #waiters: Waiter[] = [];
  #number = 0;
  #isPumping = false;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Lets time pass; whoever was to wake meanwhile does so, in order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let first = this.#waiters[0]; first !== undefined && first.time <= end; first = this.#waiters[0]) {
      this.#waiters.shift();
      this.#now = Math.max(this.#now, first.time);
      first.wake();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Does something later, when time has passed by itself. */
  later(milliseconds: number, wake: () => void): void {
    this.#add(milliseconds, wake, true);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const stop = (): void => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const waiter = this.#add(milliseconds, wake, false);
      signal?.addEventListener('abort', stop);
    });
  }

  #add(milliseconds: number, wake: () => void, isIdle: boolean): Waiter {
    this.#number += 1;
    const waiter = { time: this.#now + milliseconds, number: this.#number, wake, isIdle };
    const at = this.#waiters.findIndex((one) => one.time > waiter.time);
    this.#waiters.splice(at === -1 ? this.#waiters.length : at, 0, waiter);
    if (!isIdle) this.#pump();
    return waiter;
  }

  /** After setImmediate, all that could go on without time passing has done so. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => {
      this.#isPumping = false;
      const next = this.#waiters.find((one) => !one.isIdle);
      if (next === undefined) return;
      this.advance(Math.max(0, next.time - this.#now));
      if (this.#waiters.some((one) => !one.isIdle)) this.#pump();
    });
  }
}
