/* Addresses of files as other files spell them. */
import { baseName, joinPath, localPath, parentPath, type LocalPath } from '../../model/identity.ts';

/** Where a relative address leads; null for anything else (other hosts, schemes, the same page, out of the folder). */
export function relativeDestination(
  url: string,
  file: LocalPath,
): { readonly path: LocalPath; readonly fragment: string } | null {
  if (
    url === '' ||
    url.startsWith('#') ||
    url.startsWith('/') ||
    url.startsWith('?') ||
    /^[a-z][a-z0-9+.-]*:/i.test(url)
  )
    return null;
  const hash = url.indexOf('#');
  const fragment = hash === -1 ? '' : url.slice(hash);
  const before = (hash === -1 ? url : url.slice(0, hash)).replace(/\?.*$/, '').replace(/\/$/, '');
  let decoded: string;
  try {
    decoded = decodeURIComponent(before);
  } catch {
    return null;
  }
  const parts = parentPath(file) === '' ? [] : parentPath(file).split('/');
  for (const part of decoded.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else parts.push(part);
  }
  try {
    return { path: localPath(parts.join('/')), fragment };
  } catch {
    return null;
  }
}

/**
 * Where an address leads that begins at the root of the site, with each path that it may mean; null for any other, and
 * for one that is not below `siteRoot`. Most sites leave the ending of a file out.
 */
export function siteDestination(
  url: string,
  siteRoot: string,
): { readonly paths: readonly LocalPath[]; readonly fragment: string } | null {
  const root = rootOf(siteRoot);
  if (url.startsWith('//') || !url.startsWith(root)) return null;
  const target = relativeDestination(url.slice(root.length), localPath('top'));
  if (target === null) return null;
  return { paths: [target.path, localPath(`${target.path}.md`)], fragment: target.fragment };
}

/** A site's root with a slash at either end. */
export const rootOf = (siteRoot: string): string => `/${siteRoot}/`.replaceAll(/\/{2,}/g, '/');

/** A file of the folder as seen from another: `../guides/install.md`. */
export function relativePath(from: LocalPath, to: LocalPath): string {
  const here = parentPath(from) === '' ? [] : parentPath(from).split('/');
  const there = to.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  const up = here.slice(shared).map(() => '..');
  return [...up, ...there.slice(shared)].join('/') || baseName(joinPath(to, '.'));
}

export const encodePath = (path: string): string =>
  encodeURI(path).replaceAll('#', '%23').replaceAll('?', '%3F').replaceAll('(', '%28').replaceAll(')', '%29');
