/* The folder as a help center: what is where, in one language at a time. */
import type { Base, BaseArticle } from '../model/base.ts';
import type { LocalArticle, LocalCollection, LocalContent } from '../model/entry.ts';
import { baseName, byText, contentRoot, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Names } from './authors.ts';

export interface ShownArticle {
  readonly article: LocalArticle;
  readonly content: LocalContent;
}

export interface ShownCollection {
  readonly path: LocalPath;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
  readonly collections: readonly ShownCollection[];
  readonly articles: readonly ShownArticle[];
  /** Articles in it and in all below it that readers will see. */
  readonly total: number;
}

export interface Library {
  readonly snapshot: LocalSnapshot;
  readonly defaultLocale: Locale;
  /** The default one first. */
  readonly locales: readonly Locale[];
  /** Whoever wrote what names nobody; null where nobody is named. */
  readonly author: string | null;
  readonly names: Names;
  /** When a file was last changed, in milliseconds since 1970; null where nobody knows. */
  changedAt(file: LocalPath): number | null;
  /** Files that cannot be read now: shown as they were when they could be, or as nothing but their names. */
  readonly stale: ReadonlyMap<LocalPath, 'known' | 'unknown'>;
  /** What both sides last agreed on, for an article whose file does not say whether it is public. */
  readonly base: Base;
}

export function openLibrary(
  snapshot: LocalSnapshot,
  {
    defaultLocale,
    ...more
  }: Pick<Library, 'defaultLocale' | 'author' | 'names' | 'changedAt' | 'stale' | 'base'>,
): Library {
  const others = new Set<Locale>();
  for (const { locales } of snapshot.articles) for (const locale of locales.keys()) others.add(locale);
  others.delete(defaultLocale);
  return { ...more, snapshot, defaultLocale, locales: [defaultLocale, ...[...others].toSorted(byText)] };
}

/** What is directly in a folder; the content folder itself holds all that is at the top. */
export function shelve(library: Library, locale: Locale, path: LocalPath = contentRoot): ShownCollection {
  const { defaultLocale } = library;
  const { collectionAt, collectionsIn, articlesIn } = placesOf(library);
  const own = collectionAt.get(path) ?? null;
  const collections = (collectionsIn.get(path) ?? []).map((one) => shelve(library, locale, one.path));
  const articles = (articlesIn.get(path) ?? []).flatMap((article): ShownArticle[] => {
    const content = article.locales.get(locale);
    return content === undefined ? [] : [{ article, content }];
  });
  const texts = own === null ? null : locale === defaultLocale ? own : (own.translations.get(locale) ?? own);
  return {
    path,
    name: texts?.name ?? nameOf(own, path),
    description: texts?.description ?? '',
    icon: own?.icon ?? 'book',
    collections,
    articles,
    total:
      articles.filter(({ article }) => isPublic(library, article, locale)).length +
      collections.reduce((sum, one) => sum + one.total, 0),
  };
}

/** The collections that lead to a path, from the top down. */
export function trailTo(library: Library, locale: Locale, path: LocalPath): readonly ShownCollection[] {
  const parts = path === '' ? [] : path.split('/');
  return parts.map((_, at) => shelve(library, locale, parts.slice(0, at + 1).join('/') as LocalPath));
}

/** Every article of one language, in the order of the folder. */
export function allArticles({ snapshot }: Library, locale: Locale): readonly ShownArticle[] {
  return snapshot.articles.flatMap((article): ShownArticle[] => {
    const content = article.locales.get(locale);
    return content === undefined ? [] : [{ article, content }];
  });
}

/** Whether readers will see an article once it is pushed. What is new and says nothing begins as a draft. */
export function isPublic(library: Library, article: LocalArticle, locale: Locale): boolean {
  const said = article.locales.get(locale)?.state ?? null;
  if (said !== null) return said === 'published';
  return placesOf(library).rowAt.get(article.path)?.locales.get(locale)?.state.local === 'published';
}

/** What stands where, looked up once for each look at the folder. */
interface Places {
  readonly collectionAt: ReadonlyMap<LocalPath, LocalCollection>;
  readonly collectionsIn: ReadonlyMap<LocalPath, readonly LocalCollection[]>;
  readonly articlesIn: ReadonlyMap<LocalPath, readonly LocalArticle[]>;
  readonly rowAt: ReadonlyMap<LocalPath, BaseArticle>;
}

const known = new WeakMap<Library, Places>();

function placesOf(library: Library): Places {
  const { snapshot, base } = library;
  const places = known.get(library) ?? {
    collectionAt: new Map(snapshot.collections.map((one) => [one.path, one])),
    collectionsIn: byFolder(snapshot.collections.filter((one) => one.path !== contentRoot)),
    articlesIn: byFolder(snapshot.articles),
    rowAt: new Map(base.entries.flatMap((one) => (one.kind === 'article' ? [[one.path, one] as const] : []))),
  };
  known.set(library, places);
  return places;
}

function byFolder<Entry extends LocalArticle | LocalCollection>(
  entries: readonly Entry[],
): ReadonlyMap<LocalPath, readonly Entry[]> {
  const folders = new Map<LocalPath, Entry[]>();
  for (const one of entries.toSorted((left, right) => byText(left.path, right.path))) {
    const list = folders.get(one.folder) ?? [];
    list.push(one);
    folders.set(one.folder, list);
  }
  return folders;
}

/** More than these are a list of everything. */
const mostRelated = 5;

/** What else stands in the folder of an article, first what follows it. */
export function relatedTo(library: Library, locale: Locale, article: LocalArticle): readonly ShownArticle[] {
  if (article.folder === contentRoot) return [];
  const { articles } = shelve(library, locale, article.folder);
  const at = articles.findIndex((one) => one.article === article);
  return [...articles.slice(at + 1), ...articles.slice(0, Math.max(at, 0))]
    .filter((one) => isPublic(library, one.article, locale))
    .slice(0, mostRelated);
}

function nameOf(own: LocalCollection | null, path: LocalPath): string {
  if (own?.name !== undefined && own.name !== null) return own.name;
  const words = baseName(path).replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
