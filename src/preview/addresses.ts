import { localPath, type LocalPath } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';

/** A page of the preview. */
export type Route =
  | { readonly page: 'home'; readonly locale: Locale }
  | { readonly page: 'collection'; readonly locale: Locale; readonly path: LocalPath }
  | { readonly page: 'article'; readonly locale: Locale; readonly path: LocalPath }
  | { readonly page: 'search'; readonly locale: Locale; readonly phrase: string };

/** The path of a page, without its host. */
export function addressOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return `/${route.locale}`;
    case 'collection':
      return `/${route.locale}/collections/${encoded(route.path)}`;
    case 'article':
      return `/${route.locale}/articles/${encoded(route.path)}`;
    case 'search':
      return `/${route.locale}/search?q=${encodeURIComponent(route.phrase)}`;
  }
}

/** The page at a path and query; null where there can be none. */
export function routeOf(pathname: string, query: URLSearchParams): Route | null {
  const [, locale = '', kind, ...rest] = pathname.replace(/\/$/, '').split('/');
  if (!isLocale(locale)) return null;
  if (kind === undefined) return { page: 'home', locale };
  if (kind === 'search' && rest.length === 0) return { page: 'search', locale, phrase: query.get('q') ?? '' };
  const path = decoded(rest);
  if (path === null || path === '') return null;
  if (kind === 'collections') return { page: 'collection', locale, path };
  return kind === 'articles' ? { page: 'article', locale, path } : null;
}

/** A file of the folder that a page shows, such as an image. */
export const fileAddress = (path: LocalPath, digest: string): string =>
  `/files/${encoded(path)}?${encodeURIComponent(digest)}`;

export function fileOf(pathname: string): LocalPath | null {
  return pathname.startsWith('/files/') ? decoded(pathname.slice('/files/'.length).split('/')) : null;
}

const encoded = (path: LocalPath): string => path.split('/').map(encodeURIComponent).join('/');

function decoded(parts: readonly string[]): LocalPath | null {
  try {
    return localPath(parts.map(decodeURIComponent).join('/'));
  } catch {
    return null;
  }
}
