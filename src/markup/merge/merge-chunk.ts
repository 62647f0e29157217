import type { Block, Fingerprint } from '../meaning/body.ts';

/** A stretch of the base with what each side has made of it; `null` where nobody knows the base. */
export interface Chunk {
  readonly base: { readonly local: readonly Fingerprint[]; readonly remote: readonly Fingerprint[] } | null;
  readonly local: readonly Block[];
  readonly remote: readonly Block[];
  /** Set when a move was followed: what both together come to. */
  readonly settled?: readonly Block[];
}
