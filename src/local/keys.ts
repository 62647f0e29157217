import { isMap, isScalar } from 'yaml';
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
  /** Whether it looks like a slip in a known key; others are told once for all files. */
  readonly likelyTypo: boolean;
}

/** A file that does not become an entry, with all that is wrong with it. */
export interface Unreadable {
  readonly ok: false;
  readonly problems: readonly Problem[];
  /** A slip in one of them is often what is behind a problem. */
  readonly unknownKeys?: readonly UnknownKey[];
}

/** One known key as it stands in a file. */
export interface KeyText {
  /** Null where the key is there and says nothing. */
  readonly text: string | null;
  /** Where its value (or, without one, the key) stands in the file. */
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

/** The pinned id, or the problem with it. */
export function readId(spot: Spot, found: KeyText | undefined): RemoteId | null | Problem {
  const text = found?.text ?? null;
  if (found === undefined || text === null) return null;
  if (isRemoteId(text)) return remoteId(text);
  const message = `The id ${quoted(text)} is not an id of Intercom.`;
  const hint = 'Write its digits only, or remove the line: Shelfmark keeps track of ids by itself.';
  return spotProblem('ID_INVALID', spot, found.offset, message, hint);
}

function unknownKey(spot: Spot, offset: number, key: string, known: readonly string[]): UnknownKey {
  const meant = closest(key, known);
  const problem: Problem = {
    severity: 'warning',
    code: 'UNKNOWN_KEY',
    place: placeOf(spot, offset),
    message: `The key ${quoted(key)} is not one that Shelfmark knows; it is kept and not sent.`,
    hint: meant === null ? `Known keys are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
  };
  return { key, problem, likelyTypo: meant !== null };
}
