import { localPath, type LocalPath } from '../model/identity.ts';
import { isLocale, type Locale } from '../model/locale.ts';

/** What of an article is shown: its file, what readers see now, what differs, or its file as Markdown promises it. */
export type View = 'folder' | 'help-center' | 'difference' | 'markdown';

const views: readonly string[] = ['folder', 'help-center', 'difference', 'markdown'] satisfies View[];

/** A page of the preview. */
export type Route =
  | { readonly page: 'home'; readonly locale: Locale }
  | { readonly page: 'collection'; readonly locale: Locale; readonly path: LocalPath }
  | {
      readonly page: 'article';
      readonly locale: Locale;
      readonly path: LocalPath;
      readonly view?: View;
    }
  | { readonly page: 'search'; readonly locale: Locale };

/** The path of a page, without its host. */
export function addressOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return `/${route.locale}`;
    case 'collection':
      return `/${route.locale}/collections/${encoded(route.path)}`;
    case 'article':
      return `/${route.locale}/articles/${encoded(route.path)}${(route.view ?? 'folder') === 'folder' ? '' : `?view=${route.view ?? ''}`}`;
    case 'search':
      return `/${route.locale}/search`;
  }
}

/** The page at a path and query; null where there can be none. */
export function routeOf(pathname: string, query = new URLSearchParams()): Route | null {
  const [, locale = '', kind, ...rest] = pathname.replace(/\/$/, '').split('/');
  if (!isLocale(locale)) return null;
  if (kind === undefined) return { page: 'home', locale };
  if (kind === 'search' && rest.length === 0) return { page: 'search', locale };
  const path = decoded(rest);
  if (path === null || path === '') return null;
  if (kind === 'collections') return { page: 'collection', locale, path };
  const view = query.get('view') ?? 'folder';
  if (kind !== 'articles' || !views.includes(view)) return null;
  return { page: 'article', locale, path, view: view as View };
}

/** What the search of a language looks through. */
export const documentsAddress = (locale: Locale): string => `/${locale}/search.json`;

export function documentsLocale(pathname: string): Locale | null {
  const [, locale = ''] = /^\/([^/]+)\/search\.json$/.exec(pathname) ?? [];
  return isLocale(locale) ? locale : null;
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
