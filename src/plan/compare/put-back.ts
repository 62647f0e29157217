/*
 * Files that were put back, such as by git: what they say is, to the letter, what a pull has replaced. That is no edit.
 * The base remembers what pulls replaced by signs, so that it is known in every clone.
 */
import type { BaseCollection, BaseEntry, Halves } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Policy } from '../terms/input.ts';
import { signOfAgreed, signOfCollection, signOfContent, signOfPlace, type Signs } from './sign.ts';

/** So many of the last texts that pulls replaced are remembered for each file. */
const mostRemembered = 4;

/**
 * A row that remembers what the file said until now, beside what the row before remembers. What it says by now was put
 * there by somebody or by us, and is not to be taken for old.
 *
 * @param replaced what a pull has replaced; null where nothing was
 * @param here what the files say by now; null where that is what was replaced
 */
export function rememberWas(
  row: BaseEntry,
  before: BaseEntry | null,
  replaced: LocalArticle | LocalCollection | null,
  here: LocalArticle | LocalCollection | null,
): BaseEntry {
  if (row.kind === 'collection' && (here === null || here.kind === 'collection')) {
    const known = before?.kind === 'collection' ? before.was : undefined;
    const old = replaced?.kind === 'collection' ? signOfCollection(replaced) : null;
    return withWas(row, signsOnce(old, known, here === null ? null : signOfCollection(here)));
  }
  if (row.kind !== 'article' || (here !== null && here.kind !== 'article')) return row;
  const locales = [...row.locales].map(([locale, content]) => {
    const known = before?.kind === 'article' ? before.locales.get(locale)?.was : undefined;
    const [old, now] = [
      replaced?.kind === 'article' ? replaced.locales.get(locale) : undefined,
      here?.locales.get(locale),
    ];
    if (old === undefined && known === undefined) return [locale, content] as const;
    const signs = signsOnce(
      old === undefined ? null : signOfContent(old),
      known,
      now === undefined ? null : signOfContent(now),
    );
    return [locale, withWas(content, signs)] as const;
  });
  return { ...row, locales: new Map(locales) };
}

/**
 * A row that remembers, too, what had been agreed on before a pull: its file may have said something else, or nothing at
 * all, and git may still have the agreed text.
 *
 * @param isPutBack what the files say now is old itself
 */
export function rememberAgreed(
  row: BaseEntry,
  before: BaseEntry | null,
  here: LocalArticle | LocalCollection,
  isPutBack: boolean,
): BaseEntry {
  if (row.kind !== 'article' || before?.kind !== 'article' || here.kind !== 'article') return row;
  const locales = [...row.locales].map(([locale, content]) => {
    const [agreed, now] = [before.locales.get(locale), here.locales.get(locale)];
    if (agreed === undefined || now === undefined) return [locale, content] as const;
    const old = signOfAgreed(agreed, now.state !== null);
    return [
      locale,
      withWas(content, signsOnce(old, content.was, isPutBack ? null : signOfContent(now))),
    ] as const;
  });
  return { ...row, locales: new Map(locales) };
}

/** A row that remembers, too, from where a pull has moved its file. */
export function rememberPlace(row: BaseEntry, from: LocalPath): BaseEntry {
  const sign = signOfPlace(from);
  if (row.kind === 'collection') return withWas(row, signsOnce(sign, row.was, null));
  const locales = [...row.locales].map(
    ([locale, content]) => [locale, withWas(content, signsOnce(sign, content.was, null))] as const,
  );
  return { ...row, locales: new Map(locales) };
}

/** A row that remembers, too, which of the things that its files say now are among those that were replaced. */
export function rememberAlso(row: BaseEntry, here: Signs, replaced: readonly string[]): BaseEntry {
  const old = (locale: string): string | null => {
    const sign = here[locale];
    return sign !== undefined && replaced.includes(sign) ? sign : null;
  };
  if (row.kind === 'collection') return withWas(row, signsOnce(old(''), row.was, null));
  const locales = [...row.locales].map(
    ([locale, content]) => [locale, withWas(content, signsOnce(old(locale), content.was, null))] as const,
  );
  return { ...row, locales: new Map(locales) };
}

/** What pulls have replaced of an entry, and the places that they have moved it from, as signs. */
export const replacedOf = (row: BaseEntry): readonly string[] =>
  row.kind === 'collection'
    ? (row.was ?? [])
    : [...row.locales.values()].flatMap((content) => content.was ?? []);

/** The row of an entry whose files say what they do on purpose, whatever they said before. */
export const forgetWas = (row: BaseEntry, here: LocalArticle | LocalCollection): BaseEntry =>
  rememberWas(row, row, null, here);

function signsOnce(
  first: string | null,
  others: readonly string[] = [],
  now: string | null,
): readonly string[] {
  const all = [...(first === null ? [] : [first]), ...others];
  return [...new Set(all)].filter((sign) => sign !== now).slice(0, mostRemembered);
}

function withWas<Row extends { readonly was?: readonly string[] }>(row: Row, was: readonly string[]): Row {
  if (was.length > 0) return { ...row, was };
  if (row.was === undefined) return row;
  const { was: _was, ...rest } = row;
  return rest as Row;
}

/** Tells whether a file says what a pull has replaced. */
export const isPutBack = (row: { readonly was?: readonly string[] } | null, sign: () => string): boolean =>
  row?.was !== undefined && row.was.includes(sign());

/** What counts as agreed on about a value of such a file: that it said this once. */
export function agreedOnce<Value>(
  agreed: Halves<Value> | null,
  said: Value,
  there: Value,
): Halves<Value> | null {
  if (agreed === null || said === null || said === agreed.local || said === there) return agreed;
  return { local: said, remote: said };
}

export const isPutBackCollection = (
  row: BaseCollection | null,
  local: LocalCollection,
  { takeBack }: Pick<Policy, 'takeBack'>,
): boolean => takeBack !== true && isPutBack(row, () => signOfCollection(local));
