import type { Chance } from '../../ports/chance.ts';

/**
 * A number from 0 up to but not including 1 that only depends on its arguments, so that a state that was saved
 * and loaded goes on where it stopped and two streams of one seed never disturb one another.
 */
export function numberAt(seed: number, stream: string, index: number): number {
  let hash = 0x811c9dc5 ^ Math.trunc(seed);
  for (let at = 0; at < stream.length; at += 1) hash = Math.imul(hash ^ stream.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (index >>> 0), 0x9e3779b1) + Math.floor(index / 2 ** 32);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

/** A stream of such numbers, from the first on. */
export function seededChance(seed: number, stream: string): Chance {
  let index = 0;
  return {
    next(): number {
      index += 1;
      return numberAt(seed, stream, index);
    },
  };
}

/** Text of that many characters, each drawn from the alphabet. */
export function drawText(chance: Chance, alphabet: string, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 1) text += alphabet.charAt(Math.floor(chance.next() * alphabet.length));
  return text;
}

export const hexDigits = '0123456789abcdef';
export const lettersAndDigits = 'abcdefghijklmnopqrstuvwxyz0123456789';
