import { byText } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocaleSummary, Standing, State, Tally } from './terms.ts';

/** What the standings come to, language by language. */
export function summariesOf(standings: readonly Standing[]): readonly LocaleSummary[] {
  const locales = [...new Set(standings.map((one) => one.locale))].toSorted(byText);
  return locales.map((locale) =>
    summaryOf(
      locale,
      standings.filter((one) => one.locale === locale),
    ),
  );
}

function summaryOf(locale: Locale, standings: readonly Standing[]): LocaleSummary {
  const articles = standings.filter((one) => one.kind === 'article');
  const words = (some: readonly Standing[]): number => some.reduce((all, one) => all + one.words, 0);
  return {
    locale,
    articles: tally(articles),
    collections: tally(standings.filter((one) => one.kind === 'collection')),
    words: {
      all: words(articles),
      translated: words(articles.filter((one) => one.state !== 'missing')),
      fresh: words(articles.filter((one) => one.state === 'fresh')),
    },
  };
}

function tally(standings: readonly Standing[]): Tally {
  const count = (state: State): number => standings.filter((one) => one.state === state).length;
  return {
    missing: count('missing'),
    behind: count('behind'),
    unknown: count('unknown'),
    fresh: count('fresh'),
  };
}
