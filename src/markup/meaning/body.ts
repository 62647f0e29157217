import type { Canon } from './canon.ts';

/** Eight base64url characters (48 bits) that stand for the meaning of a block; stable across releases. */
export type Fingerprint = string;

/** One top-level piece of a body: where it is, and what it means. */
export interface Block {
  readonly fingerprint: Fingerprint;
  /** What it is, such as `paragraph`, `heading` or `list`; `mixed` when one slice holds several things. */
  readonly type: string;
  /** The slice of the body's text from `start` to `end`, in the spelling of its side. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** Of its first character, counted from 1. */
  readonly line: number;
  /** The meaning itself; heading levels count from the body's highest heading, which is 1. */
  readonly content: readonly Canon[];
  /**
   * What the remote holds in this block's place, when it holds something else and both sides have agreed
   * on that; set by the merge, so that printing for the remote disturbs nothing there.
   */
  readonly twin?: readonly Block[];
}

/** Something about a body that its author should know; an `error` means the body cannot be sent. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  /** Fixed, in capitals. */
  readonly code: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** An address that a body uses, and where. */
export interface Reference {
  /** As written. */
  readonly url: string;
  /** What both sides mean by it. */
  readonly ref: string;
  readonly use: 'link' | 'image';
  readonly line: number;
  readonly column: number;
}

/** A body of either side, cut into blocks. */
export interface Body {
  readonly format: 'markdown' | 'html';
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly findings: readonly Finding[];
  readonly references: readonly Reference[];
  /** Level of the highest heading as written, 1 when there is none; blocks count from it. */
  readonly topLevel: number;
}

type Fingerprinted = Pick<Block, 'fingerprint'>;

export const fingerprintsOf = (blocks: readonly Fingerprinted[]): readonly Fingerprint[] =>
  blocks.map(({ fingerprint }) => fingerprint);

/** Tells whether two runs of blocks, or of their fingerprints, mean the same one by one. */
export function isSameMeaning(left: readonly Meaning[], right: readonly Meaning[]): boolean {
  return left.length === right.length && left.every((one, at) => meaningOf(one) === meaningOf(right[at]));
}

type Meaning = Fingerprinted | Fingerprint;

const meaningOf = (one?: Meaning): Fingerprint | undefined =>
  typeof one === 'object' ? one.fingerprint : one;
