import { randomBytes } from 'node:crypto';
import type { Chance } from './chance.ts';

/** Chance from the system's secure source, so that what is named after it cannot be foreseen. */
export const nodeChance: Chance = {
  next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
