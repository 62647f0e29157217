import type { LoggedCall } from './operator-types.ts';

/** Calls that are kept for reading, and characters of their bodies; the oldest are forgotten first. */
const mostCalls = 50_000;
const mostCharacters = 50_000_000;

/** What the operator can set and read besides the workspace itself. */
export class Tricks {
  /** Milliseconds added to every call. */
  latency: number;
  #calls: LoggedCall[] = [];
  #characters = 0;

  constructor(latency: number) {
    this.latency = latency;
  }

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }

  log(call: LoggedCall): void {
    this.#calls.push(call);
    this.#characters += call.body.length;
    if (this.#calls.length <= mostCalls && this.#characters <= mostCharacters) return;
    this.#calls = this.#calls.slice(Math.ceil(this.#calls.length / 10));
    this.#characters = this.#calls.reduce((sum, one) => sum + one.body.length, 0);
  }

  clearCalls(): void {
    this.#calls = [];
    this.#characters = 0;
  }
}
