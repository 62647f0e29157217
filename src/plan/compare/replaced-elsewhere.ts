/*
 * A folder with several targets: what a pull from one of them has replaced is old for all of them. Else a file that git
 * puts back would be an edit for every target but the one that the new text came from.
 */
import type { Base, BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import type { RefsOptions } from '../links/refs.ts';
import { isChangedHere, readingOf } from './changed-here.ts';
import { rememberAlso, replacedOf } from './put-back.ts';
import { signsOf } from './sign.ts';

/**
 * The base whose rows remember that their files say what was replaced elsewhere; all others stay as they are.
 *
 * @param elsewhere rows of the lock files of the other targets
 */
export function withReplacedElsewhere(
  base: Base,
  local: LocalSnapshot,
  elsewhere: readonly BaseEntry[],
  refs: Pick<RefsOptions, 'sites' | 'assetBaseUrl'>,
): Base {
  const known = new Map(elsewhere.map((row) => [placeOf(row), replacedOf(row)]));
  if (known.size === 0) return base;
  const files = new Map<string, LocalArticle | LocalCollection>();
  for (const file of [...local.articles, ...local.collections]) files.set(placeOf(file), file);
  const reading = readingOf(base, local, refs);
  const entries = base.entries.map((row) => {
    const [replaced, file] = [known.get(placeOf(row)), files.get(placeOf(row))];
    if (replaced === undefined || replaced.length === 0 || file === undefined) return row;
    const signs = signsOf(file);
    const isBack = Object.values(signs).some((sign) => replaced.includes(sign));
    return isBack && isChangedHere(row, file, reading) ? rememberAlso(row, signs, replaced) : row;
  });
  return { ...base, entries };
}

export const placeOf = (one: { readonly kind: string; readonly path: string }): string =>
  `${one.kind} ${one.path}`;
