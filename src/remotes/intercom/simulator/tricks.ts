import type { LoggedCall } from './operator-types.ts';

/** Calls that are kept for reading; the oldest are forgotten first. */
const mostCalls = 50_000;

/** What the operator can set and read besides the workspace itself. */
export class Tricks {
  /** Milliseconds added to every call. */
  latency: number;
  #calls: LoggedCall[] = [];

  constructor(latency: number) {
    this.latency = latency;
  }

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }

  log(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > mostCalls) this.#calls = this.#calls.slice(mostCalls / 10);
  }

  clearCalls(): void {
    this.#calls = [];
  }
}
