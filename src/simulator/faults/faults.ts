import { numberAt } from '../state/chance.ts';
import type { Fault, FaultKind } from './fault-spec.ts';

/** What is to go wrong with one call; several delays add up, of all else the first fault that strikes counts. */
export interface Trouble {
  /** Milliseconds before the call is checked. */
  readonly wait: number;
  readonly bytesPerSecond: number | null;
  readonly kind: Exclude<FaultKind, 'delay' | 'slow'> | null;
  /** As in the spec: a status, milliseconds, an address, a size. */
  readonly value: string;
  /** Whether the call takes effect in spite of the fault. */
  readonly applied: boolean;
}

export const noTrouble: Trouble = { wait: 0, bytesPerSecond: null, kind: null, value: '', applied: true };

/** Decides from a seed which calls meet which fault, so that a run can be repeated. */
export class Faults {
  readonly #seed: number;
  #faults: readonly Fault[] = [];
  /** Calls that each fault was for so far, and how often it struck. */
  #counts: { readonly seen: number; readonly struck: number }[] = [];

  constructor(seed: number, faults: readonly Fault[] = []) {
    this.#seed = seed;
    this.set(faults);
  }

  get specs(): readonly string[] {
    return this.#faults.map((one) => one.spec);
  }

  /** Replaces all faults; counting begins again. */
  set(faults: readonly Fault[]): void {
    this.#faults = faults;
    this.#counts = faults.map(() => ({ seen: 0, struck: 0 }));
  }

  /** What happens to the next call; to be asked once for each. */
  next(call: { readonly method: string; readonly path: string }): Trouble {
    let trouble = noTrouble;
    for (const [index, fault] of this.#faults.entries()) {
      if (!this.#strikes(fault, index, call)) continue;
      if (fault.kind === 'delay') trouble = { ...trouble, wait: trouble.wait + Number(fault.value) };
      else if (fault.kind === 'slow') trouble = { ...trouble, bytesPerSecond: Number(fault.value) };
      else if (trouble.kind === null) trouble = { ...trouble, ...pick(fault, fault.kind) };
    }
    return trouble;
  }

  #strikes(fault: Fault, index: number, call: { readonly method: string; readonly path: string }): boolean {
    if (fault.methods !== null && !fault.methods.includes(call.method)) return false;
    if (fault.path !== null && !call.path.includes(fault.path)) return false;
    const { seen, struck } = this.#counts[index] ?? { seen: 0, struck: 0 };
    const number = seen + 1;
    const due =
      struck < fault.times &&
      (fault.nth === null || number === fault.nth) &&
      (fault.every === null || number % fault.every === 0) &&
      (fault.chance === null || numberAt(this.#seed, `fault ${index}`, number) < fault.chance);
    this.#counts[index] = { seen: number, struck: struck + (due ? 1 : 0) };
    return due;
  }
}

function pick(
  fault: Fault,
  kind: Exclude<FaultKind, 'delay' | 'slow'>,
): Pick<Trouble, 'kind' | 'value' | 'applied'> {
  return { kind, value: fault.value, applied: fault.applied };
}
