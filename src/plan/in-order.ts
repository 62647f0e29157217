import type { Locale } from '../model/locale.ts';
import { byText } from '../model/identity.ts';
import type { PlanInput } from './terms/input.ts';

/** The same input with everything in one order, whatever the order in which it was read. */
export function inOrder(input: PlanInput): PlanInput {
  const { base, local, remote } = input;
  const first = input.policy.defaultLocale;
  const byPath = <One extends { readonly path: string }>(list: readonly One[]): readonly One[] =>
    list.toSorted((left, right) => byText(left.path, right.path));
  // By number, as the shorter of two ids is the smaller.
  const byId = <One extends { readonly id: string }>(list: readonly One[]): readonly One[] =>
    list.toSorted((left, right) => left.id.length - right.id.length || byText(left.id, right.id));
  const locales = <One extends { readonly locales: ReadonlyMap<Locale, unknown> }>(one: One): One =>
    isSorted(one.locales, first) ? one : { ...one, locales: sorted(one.locales, first) };
  const translations = <One extends { readonly translations: ReadonlyMap<Locale, unknown> }>(
    one: One,
  ): One =>
    isSorted(one.translations, first) ? one : { ...one, translations: sorted(one.translations, first) };
  return {
    ...input,
    base: {
      ...base,
      entries: byId(base.entries).map((row) => (row.kind === 'article' ? locales(row) : translations(row))),
    },
    local: {
      ...local,
      articles: byPath(local.articles).map(locales),
      collections: byPath(local.collections).map(translations),
    },
    remote: {
      ...remote,
      articles: byId(remote.articles).map(locales),
      collections: byId(remote.collections).map(translations),
    },
  };
}

const rank = (locale: Locale, first: Locale): string => (locale === first ? '' : locale);

function isSorted(map: ReadonlyMap<Locale, unknown>, first: Locale): boolean {
  if (map.size < 2) return true;
  let before = '';
  for (const locale of map.keys()) {
    const here = rank(locale, first);
    if (here < before) return false;
    before = here;
  }
  return true;
}

/** The default locale first, since it names the article. */
function sorted<Value>(map: ReadonlyMap<Locale, Value>, first: Locale): ReadonlyMap<Locale, Value> {
  return new Map([...map].toSorted(([left], [right]) => byText(rank(left, first), rank(right, first))));
}
