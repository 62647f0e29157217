import type { LocalArticle, LocalContent } from '../../model/entry.ts';
import { baseName, localPath, parentPath, type LocalPath } from '../../model/identity.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';

/** A folder with its broken articles put back in, as they were when they could be read last. */
export interface Mended {
  readonly snapshot: LocalSnapshot;
  readonly stale: ReadonlyMap<LocalPath, 'known' | 'unknown'>;
}

/** What a file says by itself: `broken` where it cannot be read, null where there is none. */
export type ReadFile = (file: LocalPath) => Promise<LocalContent | 'broken' | null>;

/** Remembers what every file said when it could be read last, so that half-typed files do not vanish from the pages. */
export function openLastGood(
  defaultLocale: Locale,
  read: ReadFile,
): (snapshot: LocalSnapshot) => Promise<Mended> {
  const good = new Map<LocalPath, LocalContent>();
  return async (snapshot) => {
    for (const { locales } of snapshot.articles)
      for (const content of locales.values()) good.set(content.file, content);
    const stale = new Map<LocalPath, 'known' | 'unknown'>();
    const articles = new Map(snapshot.articles.map((one) => [one.path, one]));
    // One broken language holds the whole article; the others are shown as they are.
    for (const file of heldFiles(snapshot)) {
      const found = await read(file);
      if (found === null) continue;
      if (found !== 'broken') good.set(file, found);
      const content = good.get(file);
      const { path, locale } = articleOf(file, defaultLocale);
      if (content === undefined && locale !== defaultLocale) continue;
      if (found === 'broken') stale.set(file, content === undefined ? 'unknown' : 'known');
      articles.set(path, withContent(articles.get(path), path, locale, content ?? unknown(file)));
    }
    return { snapshot: { ...snapshot, articles: [...articles.values()] }, stale };
  };
}

const heldFiles = ({ unreadable, ignored }: LocalSnapshot): readonly LocalPath[] =>
  [...unreadable].filter((path) => path.endsWith('.md') && ignored?.has(path) !== true);

function articleOf(
  file: LocalPath,
  defaultLocale: Locale,
): { readonly path: LocalPath; readonly locale: Locale } {
  const [, start = '', locale = ''] = /^(.*)\.([A-Za-z-]+)\.md$/.exec(file) ?? [];
  return isLocale(locale)
    ? { path: localPath(`${start}.md`), locale }
    : { path: file, locale: defaultLocale };
}

function withContent(
  article: LocalArticle | undefined,
  path: LocalPath,
  locale: Locale,
  content: LocalContent,
): LocalArticle {
  const base: LocalArticle = article ?? {
    kind: 'article',
    path,
    folder: parentPath(path),
    pinnedId: null,
    locales: new Map(),
  };
  return { ...base, locales: new Map([...base.locales, [locale, content]]) };
}

const unknown = (file: LocalPath): LocalContent => ({
  title: baseName(file),
  description: '',
  state: null,
  author: null,
  body: '',
  file,
  bodyLine: 1,
  digest: '',
});
