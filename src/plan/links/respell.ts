import { addressesOf, replaceAddresses } from '../../markup/find/addresses.ts';
import type { LocalPath } from '../../model/identity.ts';
import { encodePath, relativePath, relativeDestination, rootOf, siteDestination } from './relative.ts';

/**
 * A Markdown text whose relative addresses still lead to the same files after these, or the text's own file, have
 * moved. Everything else stays, byte for byte: code, comments, and what is behind the path of an address.
 *
 * @param from where the file stood
 * @param to where it stands afterwards
 * @param relocate where another file of the folder stands afterwards; null for what is not in the folder
 * @param siteRoot what an address that begins with a slash is relative to
 */
export function respellLinks(
  text: string,
  from: LocalPath,
  to: LocalPath,
  relocate: (path: LocalPath) => LocalPath | null,
  siteRoot = '/',
): string {
  return replaceAddresses(text, addressesOf(text, 'markdown'), ({ url }, written) => {
    const target = relativeDestination(url, from);
    const site = target === null ? siteDestination(url, siteRoot) : null;
    if (site !== null) {
      const was = site.paths.find((path) => relocate(path) !== null);
      const is = was === undefined ? null : relocate(was);
      if (is === null || is === was) return null;
      const path = was === site.paths[0] ? is : is.replace(/\.md$/, '');
      return rootOf(siteRoot) + spelledLike(written, path) + restOf(url, written);
    }
    const moved = target === null ? null : relocate(target.path);
    if (target === null || moved === null || (moved === target.path && from === to)) return null;
    const path = relativePath(to, moved);
    if (relativePath(from, target.path) === path) return null;
    return spelledLike(written, path) + restOf(url, written);
  });
}

/** A Markdown text with other addresses, wherever it spells them; what could end one there is spelled out. */
export const respellAddresses = (text: string, to: (url: string) => string | null): string =>
  replaceAddresses(
    text,
    addressesOf(text, 'markdown'),
    ({ url }) => to(url)?.replaceAll("'", '%27').replaceAll('&', '%26') ?? null,
  );

/** What follows the path in an address: a slash, a query, an anchor. */
function restOf(url: string, written: string): string {
  const rest = url.slice(url.search(/\/?(?:[?#]|$)/));
  return written.endsWith(rest) ? rest : encoded(rest);
}

/** A path as the author writes paths: letters and spaces as they are where they were, else percent-encoded. */
function spelledLike(written: string, path: string): string {
  if (written.includes('%')) return encoded(encodePath(path));
  const isKept = written.includes(' ') ? /[\p{L}\p{M}\p{N} ]+/gu : /[\p{L}\p{M}\p{N}]+/gu;
  let spelled = '';
  let at = 0;
  for (const { 0: kept, index } of path.matchAll(isKept)) {
    spelled += encodePath(path.slice(at, index)) + kept;
    at = index + kept.length;
  }
  return encoded(spelled + encodePath(path.slice(at)));
}

/** Without the signs that could end or change an address in Markdown or in an attribute. */
const encoded = (text: string): string =>
  text.replaceAll(/[&'"<>()\\`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
