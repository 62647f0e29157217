import type { LocalPath } from '../../model/identity.ts';
import { encodePath, relativePath, relativeTarget } from './refs.ts';

/**
 * A Markdown text whose relative addresses still lead to the same files after these, or the text's own file, have
 * moved. Everything else stays, byte for byte.
 *
 * @param from where the file stood
 * @param to where it stands afterwards
 * @param relocate where another file of the folder stands afterwards; null for what is not in the folder
 */
export function respellLinks(
  text: string,
  from: LocalPath,
  to: LocalPath,
  relocate: (path: LocalPath) => LocalPath | null,
): string {
  return text.replace(
    /(\]\(\s*<?|\]:\s*<?|\b(?:src|href)\s*=\s*["'])([^\s"'<>)]+)/g,
    (whole: string, before: string, url: string) => {
      const target = relativeTarget(url, from);
      const moved = target === null ? null : relocate(target.path);
      if (target === null || moved === null || (moved === target.path && from === to)) return whole;
      if (relativePath(from, target.path) === relativePath(to, moved)) return whole;
      return `${before}${encodePath(relativePath(to, moved))}${target.fragment}`;
    },
  );
}
