import nodePath from 'node:path';

/** As much of `node:path` as it takes; that of another system for a test. */
type Paths = Pick<typeof nodePath, 'relative' | 'isAbsolute'>;

/**
 * The way from a folder to a place in it, with `/` between names on every system; empty for the folder itself, null for
 * a place elsewhere, such as on another drive. Both are absolute.
 */
export function wayWithin(folder: string, place: string, paths: Paths = nodePath): string | null {
  const way = paths.relative(folder, place).split('\\').join('/');
  return way === '..' || way.startsWith('../') || paths.isAbsolute(way) ? null : way;
}
