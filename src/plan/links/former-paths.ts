/* Links outlive moves: where an entry stood before is known for as long as a link in the folder needs it. */
import type { BaseEntry } from '../../model/base.ts';
import type { LocalArticle } from '../../model/entry.ts';
import type { EntryKey, LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import { addressesIn } from '../../model/text-facts.ts';
import { targetOf, type Directory } from './refs.ts';

/** An entry that the base knows, and where it stands now. */
export interface Placed {
  readonly key: EntryKey;
  readonly row: BaseEntry;
  readonly path: LocalPath;
}

/** Where entries stood before; of two that stood in one place, neither is meant. */
export function openFormerPaths(
  entries: Iterable<Placed>,
  defaultLocale: Locale | null,
): Pick<Directory, 'movedFrom' | 'formerPlaces'> {
  const moved = new Map<LocalPath, { readonly key: EntryKey; readonly path: LocalPath } | null>();
  const places = new Map<LocalPath, LocalPath[]>();
  for (const { key, row, path } of entries) {
    for (const former of formerPathsOf(row, path)) {
      for (const [was, is] of filesAt(row, former, path, defaultLocale)) {
        const other = moved.get(was);
        moved.set(was, other === undefined || other?.key === key ? { key, path: is } : null);
        places.set(is, [...(places.get(is) ?? []), was]);
      }
    }
  }
  return {
    movedFrom: (path) => moved.get(path) ?? null,
    formerPlaces: (file) => places.get(file) ?? [],
  };
}

/** Where an entry stood before it came to `path`, the last place first. */
export function formerPathsOf(row: BaseEntry, path: LocalPath): readonly LocalPath[] {
  if (row.formerly === undefined) return row.path === path ? nowhere : [row.path];
  return [...new Set([row.path, ...row.formerly])].filter((one) => one !== path);
}

const nowhere: readonly LocalPath[] = [];

/**
 * Entries whose former places some link in these articles still needs: because it leads there, or because it was
 * written when its own file stood there.
 */
export function neededFormer(
  articles: Iterable<LocalArticle>,
  directory: Directory,
  keyOfArticle: (article: LocalArticle) => EntryKey | null,
): ReadonlySet<EntryKey> {
  const needed = new Set<EntryKey>();
  for (const article of articles) {
    for (const content of article.locales.values()) {
      for (const url of addressesIn(content)) {
        const target = targetOf(url, content.file, 'link', directory);
        if (target?.to !== 'entry' || target.moved === null) continue;
        needed.add(target.key);
        const own = keyOfArticle(article);
        if (target.moved.what === 'file' && own !== null) needed.add(own);
      }
    }
  }
  return needed;
}

function filesAt(
  row: BaseEntry,
  former: LocalPath,
  path: LocalPath,
  defaultLocale: Locale | null,
): readonly (readonly [was: LocalPath, is: LocalPath])[] {
  if (row.kind === 'collection' || defaultLocale === null) return [[former, path]];
  return [
    [former, path],
    ...[...row.locales.keys()]
      .filter((locale) => locale !== defaultLocale)
      .map(
        (locale) =>
          [fileOfLocale(former, locale, defaultLocale), fileOfLocale(path, locale, defaultLocale)] as const,
      ),
  ];
}
