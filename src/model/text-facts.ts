/* What was found out about a text of the folder, so that nobody has to read the text again for it. */
import type { Finding, Reference } from '../markup/meaning/body.ts';
import { possibleAddresses } from '../markup/find/possible-addresses.ts';
import { quickHash } from '../markup/meaning/quick-hash.ts';
import type { LocalContent } from './entry.ts';
import { ownText } from './packed.ts';

/** Plain data that follows from the text alone, so that it can be kept beside the fingerprint of its file. */
export interface TextFacts {
  /** The quick hash of the body. */
  readonly quick?: string;
  /** Addresses in it that may lead to something in the folder. */
  readonly addresses?: readonly string[];
  /** Whether anything in it looks like the name of a heading, as in `{#name}`. */
  readonly namesHeadings?: boolean;
  /** A sign of the token that was looked for in it and is not there. */
  readonly withoutToken?: string;
  /** What reading it in blocks tells about it. */
  readonly checked?: CheckedText;
  /** What an audit wants to know of it. */
  readonly audited?: AuditedText;
}

export interface CheckedText {
  readonly findings: readonly Finding[];
  /** Links and images that may lead nowhere, each with its place: not those of other hosts. */
  readonly references: readonly Pick<Reference, 'url' | 'use' | 'line' | 'column'>[];
  /** What links to the text may name after the `#`. */
  readonly anchors: readonly string[];
  /** What there is to translate. */
  readonly prose: ProseFacts;
}

export interface AuditedText {
  /** A sign of all its words. */
  readonly whole: string;
  /** What tells texts that share many words; empty for a short one. */
  readonly sketch: string;
  /** Addresses on the web. */
  readonly web: readonly Pick<Reference, 'url' | 'line' | 'column'>[];
  /** Lines of blocks with a picture that has no text. */
  readonly withoutAlt: readonly number[];
  /** Headings that skip a level. */
  readonly skipped: readonly { readonly line: number; readonly from: number; readonly to: number }[];
}

/** What there is to translate of a body. */
export interface ProseFacts {
  /** A sign of each block that has words, one after the other: see `markup/meaning/prose.ts`. */
  readonly signs: string;
  /** The places of these blocks among all of them, from 0. */
  readonly blocks: readonly number[];
  /** How many words each of them has. */
  readonly words: readonly number[];
}

interface Known {
  facts: TextFacts;
  isNew: boolean;
}

// A content never changes once it was read.
const known = new WeakMap<LocalContent, Known>();

/** What is known of a text so far. */
export const factsOf = (content: LocalContent): TextFacts => known.get(content)?.facts ?? nothing;

const nothing: TextFacts = {};

/** Whether more is known than somebody brought along. */
export const hasNewFacts = (content: LocalContent): boolean => known.get(content)?.isNew === true;

/** Brings along what was found out when the same text was read before. */
export function bringFacts(content: LocalContent, facts: TextFacts): void {
  known.set(content, { facts, isNew: false });
}

/** Answers from what is known, else finds it out and notes it. */
export function fact<Name extends keyof TextFacts>(
  content: LocalContent,
  name: Name,
  find: () => NonNullable<TextFacts[Name]>,
): NonNullable<TextFacts[Name]> {
  const before = known.get(content)?.facts[name];
  if (before !== undefined) return before;
  const found = find();
  noteFact(content, name, found);
  return found;
}

export function noteFact<Name extends keyof TextFacts>(
  content: LocalContent,
  name: Name,
  value: NonNullable<TextFacts[Name]>,
): void {
  known.set(content, { facts: { ...factsOf(content), [name]: value }, isNew: true });
}

/** Hashes the body as it is, see `quickHash`. */
export const quickOfBody = (content: LocalContent): string =>
  fact(content, 'quick', () => quickHash(content.body, 'markdown'));

/**
 * Addresses in a text that may lead to something in the folder, found without parsing it: more than there are, rather
 * than fewer.
 */
export const addressesIn = (content: LocalContent): readonly string[] =>
  fact(content, 'addresses', () =>
    [...possibleAddresses(content.body)].filter((url) => !/^https?:/i.test(url)).map((url) => ownText(url)),
  );

/** Whether a text may give a heading a name of its own: most do not, and are not read for it. */
export const mayNameHeadings = (content: LocalContent): boolean =>
  fact(content, 'namesHeadings', () => content.body.includes('{#'));
