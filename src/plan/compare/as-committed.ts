/*
 * Git may put files back to the last commit and leave the lock file, which is ahead of it by what runs did since. Such a
 * file says what the lock file of that commit agreed on, and no longer what the one in the folder does: the row of the
 * commit stands for it then, so that going back is no edit, no move and no new article.
 */
import type { Bodies, Reading } from '../../fields/reading.ts';
import type { Base, BaseArticle, BaseCollection, BaseContent, BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import { isBuiltOn } from './built-on.ts';
import { isChangedHere, readingOf } from './changed-here.ts';
import { replacedOf } from './put-back.ts';
import { placeOf } from './replaced-elsewhere.ts';
import { signOfCollection, signOfContent, signOfPlace } from './sign.ts';
import type { RefsOptions } from '../links/refs.ts';
import type { Policy } from '../terms/input.ts';

/** What both sides agreed on, and the folder, as they are to be planned with. */
export interface AsCommitted {
  readonly base: Base;
  readonly local: LocalSnapshot;
}

/**
 * The base with the rows of the last commit for those entries whose files were put back to it. A file at the place that
 * a pull had moved it away from, beside the moved one, is reported and left alone.
 *
 * @param meant ids of entries whose files somebody restored on purpose
 * @param policy where runs from here delete articles, nobody knows who deleted one: a file that comes back is a new one
 */
export function rowsAsCommitted(
  base: Base,
  committed: Base,
  local: LocalSnapshot,
  refs: Pick<RefsOptions, 'sites' | 'assetBaseUrl'>,
  meant: ReadonlySet<string>,
  { contentName, deletions }: Pick<Policy, 'contentName' | 'deletions'>,
): AsCommitted {
  const areDeletedHere = deletions === 'delete';
  const entries = [...base.entries, ...committed.entries];
  const reading = readingOf({ ...base, entries }, local, refs);
  const here = new Map([...local.articles, ...local.collections].map((one) => [placeOf(one), one]));
  const rows = new Map(base.entries.map((row) => [keyOf(row), row]));
  const places = new Map(base.entries.map((row) => [placeOf(row), row]));
  const copies: Problem[] = [];
  const left = new Set<LocalPath>();
  for (const old of committed.entries) {
    const file = here.get(placeOf(old));
    const row = rows.get(keyOf(old));
    const other = places.get(placeOf(old));
    // What is there belongs to another entry by now.
    if (file === undefined || (other !== undefined && keyOf(other) !== keyOf(old))) continue;
    // A file that its author took away and that is there again is to be public again.
    if (row === undefined ? areDeletedHere || meant.has(keyOf(old)) : isAway(row)) continue;
    const found = row === undefined ? undefined : here.get(placeOf(row));
    const isAsBefore = !isChangedHere(old, file, reading);
    if (row !== undefined && found !== file && !isPulledFrom(row, old)) continue;
    if (row === undefined || found === undefined) {
      if (isAsBefore) rows.set(keyOf(old), told(old, file));
    } else if (found !== file) {
      if (!isAsBefore || file.kind !== 'article') continue;
      copies.push(copyOf(file.path, row.path, contentName));
      for (const { file: path } of file.locales.values()) left.add(path);
    } else if (isPulledSince(row, old) && isChangedHere(row, file, reading)) {
      if (isAsBefore) rows.set(keyOf(old), told(old, file));
      else if (isWrittenOn(file, old, row, reading)) rows.set(keyOf(old), old);
    }
  }
  const articles = local.articles.filter((one) => ![...one.locales.values()].some((it) => left.has(it.file)));
  return {
    base: { ...base, entries: [...rows.values()] },
    local: {
      ...local,
      articles,
      problems: [...local.problems, ...copies],
      unreadable: new Set([...local.unreadable, ...left]),
      ignored: new Set([...(local.ignored ?? []), ...left]),
    },
  };
}

/** Whether a pull has replaced a text of it since the commit: whoever undoes only what was sent from here means that. */
function isPulledSince(row: BaseEntry, old: BaseEntry): boolean {
  const known = new Set(replacedOf(old));
  return replacedOf(row).some((sign) => !known.has(sign));
}

/** Whether it was a pull that moved the entry away from where the commit has it. */
const isPulledFrom = (row: BaseEntry, old: BaseEntry): boolean =>
  replacedOf(row).includes(signOfPlace(old.path));

/** Whether a file was put back, and then somebody wrote in it. */
const isWrittenOn = (
  file: LocalArticle | LocalCollection,
  old: BaseEntry,
  row: BaseEntry,
  { bodies }: Reading,
): boolean =>
  old.kind === 'article' &&
  row.kind === 'article' &&
  file.kind === 'article' &&
  !isBuiltOn(row, old, file, bodies) &&
  hasBlockBack(old, row, file, bodies);

const copyOf = (path: LocalPath, now: LocalPath, contentName: string): Problem => ({
  severity: 'error',
  code: 'TWIN',
  place: { file: `${contentName}/${path}`, line: 0 },
  message: `This file was put back to where it stood before its article was moved, and is now ${contentName}/${now} as well. It is not created a second time.`,
  hint: 'Remove this one, or move the other one back to it.',
});

/**
 * Whether a file holds, to the letter, a block again that was replaced since the commit, or lacks one that was added and
 * has nothing in its place; and nothing that came since.
 */
function hasBlockBack(old: BaseArticle, row: BaseArticle, file: LocalArticle, bodies: Bodies): boolean {
  return [...old.locales].some(([locale, before]) => {
    const [now, here] = [row.locales.get(locale), file.locales.get(locale)];
    if (now === undefined || here === undefined) return false;
    const [was, is] = [blocksOf(before), blocksOf(now)];
    const said = bodies.local(here, locale).blocks.map((block) => block.fingerprint);
    const replaced = was.filter((one) => !is.includes(one));
    const news = is.filter((one) => !was.includes(one));
    if (news.some((one) => said.includes(one))) return false;
    if (replaced.length > 0) return replaced.some((one) => said.includes(one));
    return news.length > 0 && is.every((one, at) => !news.includes(one) || isClosedUp(is, at, news, said));
  });
}

/** Whether the neighbours of a block that is gone are next to each other now. */
function isClosedUp(
  is: readonly string[],
  at: number,
  news: readonly string[],
  said: readonly string[],
): boolean {
  const before = is.slice(0, at).findLast((one) => !news.includes(one));
  const after = is.slice(at + 1).find((one) => !news.includes(one));
  const end = after === undefined ? said.length : said.indexOf(after);
  return end !== -1 && (before === undefined ? -1 : said.indexOf(before)) === end - 1;
}

const blocksOf = ({ body }: BaseContent): readonly string[] => body.segments.flatMap(({ local }) => local);

const isAway = (row: BaseEntry): boolean =>
  row.kind === 'collection' ? row.gone : [...row.locales.values()].some((one) => one.gone);

/** The row as of a file that was put back: what it says by now is known as old. */
function told(row: BaseEntry, file: LocalArticle | LocalCollection): BaseArticle | BaseCollection {
  if (row.kind === 'collection')
    return file.kind === 'collection' ? { ...row, was: [signOfCollection(file), ...(row.was ?? [])] } : row;
  if (file.kind !== 'article') return row;
  const locales = [...row.locales].map(([locale, content]) => {
    const here = file.locales.get(locale);
    const was = here === undefined ? [] : [signOfContent(here), ...(content.was ?? [])];
    return [locale, here === undefined ? content : { ...content, was }] as const;
  });
  return { ...row, locales: new Map(locales) };
}

const keyOf = (row: BaseEntry): string => `${row.kind} ${row.id}`;
