/* Collections and articles of the folder as the pages list them. */
import { safe, type Safe } from '../look/safe-html.ts';
import type { ListedArticle, ListedCollection } from '../look/shelf.ts';
import type { LocalArticle } from '../model/entry.ts';
import { baseName } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import { addressOf } from './addresses.ts';
import { authorName } from './authors.ts';
import { markColors, type Mark, type Standing } from './marks.ts';
import { isPublic, type Library, type ShownArticle, type ShownCollection } from './library.ts';

interface Listing {
  readonly library: Library;
  readonly standing: Standing;
}

export function listArticle(
  { article, content }: ShownArticle,
  locale: Locale,
  listing: Listing,
): ListedArticle {
  return {
    address: addressOf({ page: 'article', locale, path: article.path }),
    title: content.title === '' ? baseName(article.path) : content.title,
    description: content.description,
    badges: stateBadges(article, locale, listing),
  };
}

export function listCollection(shelf: ShownCollection, locale: Locale, listing: Listing): ListedCollection {
  const articles = everyArticle(shelf);
  return {
    address: addressOf({ page: 'collection', locale, path: shelf.path }),
    name: shelf.name,
    description: shelf.description,
    icon: shelf.icon,
    total: shelf.total,
    authors: authorsOf(articles, listing.library),
    articles: shelf.articles.map((one) => listArticle(one, locale, listing)),
    collections: shelf.collections.map((one) => listCollection(one, locale, listing)),
    badges: collectionBadges(shelf, articles, locale, listing),
  };
}

/** What only those who write need to know of an article. */
export function stateBadges(article: LocalArticle, locale: Locale, listing: Listing): Safe {
  return safe`${[...marksOf(article, locale, listing)].map((one) => badge(one, markColors[one]))}`;
}

/** Of a collection itself, and how many of the articles in it and below have something to say. */
function collectionBadges(
  shelf: ShownCollection,
  articles: readonly ShownArticle[],
  locale: Locale,
  listing: Listing,
): Safe {
  const own = [...(listing.standing.entries.get(shelf.path) ?? [])].map((one) => badge(one, markColors[one]));
  const counts = new Map<Mark, number>();
  for (const { article } of articles)
    for (const one of marksOf(article, locale, listing)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const inside = [...counts].map(([one, count]) =>
    badge(
      one === 'draft' || one === 'error' ? `${count} ${one}${count === 1 ? '' : 's'}` : `${count} ${one}`,
      markColors[one],
    ),
  );
  return safe`${own}${inside}`;
}

function marksOf(article: LocalArticle, locale: Locale, { library, standing }: Listing): ReadonlySet<Mark> {
  const file = article.locales.get(locale)?.file ?? article.path;
  const key = locale === library.defaultLocale ? null : locale;
  const seen = standing.readers.get(article.path)?.get(key);
  return new Set<Mark>([
    ...(library.stale.has(file) ? ['error' as const] : []),
    ...(standing.entries.get(article.path) ?? []),
    ...(seen === undefined ? [] : [seen]),
    ...(isPublic(library, article, locale) ? [] : ['draft' as const]),
  ]);
}

/** A word beside a name; the tool speaks English, whatever its readers do. */
const badge = (text: string, color: 'yellow' | 'red' | 'blue' | 'green'): Safe =>
  safe` <span class="badge ${color}" lang="en" dir="ltr">${text}</span>`;

const everyArticle = (shelf: ShownCollection): readonly ShownArticle[] => [
  ...shelf.articles,
  ...shelf.collections.flatMap(everyArticle),
];

function authorsOf(articles: readonly ShownArticle[], { author, names: known }: Library): readonly string[] {
  const names = articles.map(({ content }) => authorName(content.author ?? author, known));
  return [...new Set(names.filter((one) => one !== null))];
}
