import { isMap, isScalar, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { closest } from '../decode/issues.ts';
import { isRemoteId, remoteId } from '../model/identity.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import { placeOf, quoted, spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';
import { pairsOf, valueOf } from './yaml/yaml-source.ts';

/** A key that Shelfmark does not know. It belongs to the user: kept, never sent. */
export interface UnknownKey {
  readonly key: string;
  readonly problem: Problem;
  /** Whether it looks like a slip in a known key; others are reported once for all files. */
  readonly likelyTypo: boolean;
}

/** A file that does not become an entry, with all that is wrong with it. */
export interface Unreadable {
  readonly ok: false;
  readonly problems: readonly Problem[];
  /** A slip in one of them is often what is behind a problem. */
  readonly unknownKeys?: readonly UnknownKey[];
}

/** One known key as it is in a file. */
export interface KeyText {
  /** Null where the key is there and says nothing. */
  readonly text: string | null;
  /** Where its value (or, without one, the key) is in the file. */
  readonly offset: number;
}

export interface KeyReading {
  readonly texts: ReadonlyMap<string, KeyText>;
  readonly unknownKeys: readonly UnknownKey[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the known keys of a mapping as text. `base` is where the YAML begins in the file; `nested` names the
 * known keys whose values are mappings, which the caller reads.
 */
export function readKeys(
  spot: Spot,
  base: number,
  map: YAMLMap | null,
  known: { readonly texts: readonly string[]; readonly nested?: readonly string[] },
): KeyReading {
  const texts = new Map<string, KeyText>();
  const unknownKeys: UnknownKey[] = [];
  const problems: Problem[] = [];
  const nested = known.nested ?? [];
  for (const { key, offset, value } of pairsOf(map)) {
    if (nested.includes(key)) continue;
    if (!known.texts.includes(key))
      unknownKeys.push(unknownKey(spot, base + offset, key, [...known.texts, ...nested]));
    else if (value === null) texts.set(key, { text: null, offset: base + offset });
    else if (isScalar(value)) texts.set(key, { text: valueOf(value), offset: base + value.range[0] });
    else {
      const found = isMap(value) ? 'nested keys' : 'a list';
      const message = `"${key}" must be text, but is ${found}.`;
      const hint = `Write it on one line, as in ${key}: "…".`;
      problems.push(spotProblem('VALUE_NOT_TEXT', spot, base + value.range[0], message, hint));
    }
  }
  return { texts, unknownKeys, problems };
}

/** The texts of a key that holds a list, or one text alone. */
export function readList(
  spot: Spot,
  base: number,
  map: YAMLMap | null,
  key: string,
): { readonly values: readonly KeyText[]; readonly problems: readonly Problem[] } {
  const value = pairsOf(map).find((one) => one.key === key)?.value ?? null;
  if (value === null) return { values: [], problems: [] };
  const items = isSeq(value) ? value.items : [value];
  const values = items.flatMap((one) => {
    const text = isScalar(one) ? valueOf(one) : null;
    return text === null || !isScalar(one) ? [] : [{ text, offset: base + (one.range?.[0] ?? 0) }];
  });
  if (values.length === items.length) return { values, problems: [] };
  const message = `"${key}" must be a list of texts.`;
  const hint = `Write it on one line, as in ${key}: ["…", "…"].`;
  return {
    values: [],
    problems: [spotProblem('VALUE_NOT_TEXT', spot, base + value.range[0], message, hint)],
  };
}

/**
 * The pinned id. One that is no number is the user's own, as other documentation tools have them: kept, never sent, and
 * reported once for all files.
 */
export function readId(
  spot: Spot,
  found: KeyText | undefined,
): { readonly id: RemoteId | null; readonly unknownKeys: readonly UnknownKey[] } {
  const text = found?.text ?? null;
  if (found === undefined || text === null) return { id: null, unknownKeys: [] };
  if (isRemoteId(text)) return { id: remoteId(text), unknownKeys: [] };
  const problem: Problem = {
    severity: 'warning',
    code: 'ID_NOT_OURS',
    place: placeOf(spot, found.offset),
    message: `The id ${quoted(text)} is not one of Intercom, which are numbers. It is kept and not sent.`,
    hint: 'Nothing has to be done: Shelfmark keeps track of ids by itself.',
  };
  return { id: null, unknownKeys: [{ key: 'id', problem, likelyTypo: false }] };
}

/** What other documentation tools mean by a key, and what there is for it here. */
const foreignKeys: ReadonlyMap<string, string> = new Map(
  Object.entries({
    draft: 'Write "state: draft" or "state: published" to say whether readers see an article.',
    published: 'Write "state: published" or "state: draft" to say whether readers see an article.',
    hidden: 'Write "state: draft" or "state: published" to say whether readers see an article.',
    unlisted: 'Write "state: draft" or "state: published" to say whether readers see an article.',
    tags: 'Articles of Intercom have no tags.',
    keywords: 'Articles of Intercom have no keywords; their search reads title, description and text.',
    categories: 'The folder of a file is its collection.',
    category: 'The folder of a file is its collection.',
    slug: 'Intercom makes the address of an article from its id and its title.',
    permalink: 'Intercom makes the address of an article from its id and its title.',
    url: 'Intercom makes the address of an article from its id and its title.',
    aliases: 'Intercom redirects former addresses of an article by itself.',
    sidebar_position: 'The order of articles is kept in Intercom; set it there.',
    sidebar_label: 'Intercom shows the title of an article everywhere.',
    nav_order: 'The order of articles is kept in Intercom; set it there.',
    weight: 'The order of articles is kept in Intercom; set it there.',
    order: 'The order of articles is kept in Intercom; set it there.',
    position: 'The order of articles is kept in Intercom; set it there.',
    layout: 'The look of articles is set up in Intercom.',
  }),
);

function unknownKey(spot: Spot, offset: number, key: string, known: readonly string[]): UnknownKey {
  const foreign = foreignKeys.get(key);
  const meant = foreign === undefined ? closest(key, known) : null;
  const problem: Problem = {
    severity: 'warning',
    code: 'UNKNOWN_KEY',
    place: placeOf(spot, offset),
    message: `The key ${quoted(key)} is not known to Shelfmark. It is kept and not sent.`,
    hint: foreign ?? (meant === null ? `Known keys are ${known.join(', ')}.` : `Did you mean "${meant}"?`),
  };
  return { key, problem, likelyTypo: meant !== null };
}
