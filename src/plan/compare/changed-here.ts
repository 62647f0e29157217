/* Whether the files of an entry say anything else than what a row of the base was made from. */
import { isContentChangedHere } from '../../fields/article-fields.ts';
import { isCollectionChangedHere } from '../../fields/collection-fields.ts';
import type { Reading } from '../../fields/reading.ts';
import type { Base, BaseArticle, BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import { remoteId } from '../../model/identity.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import { openBodies } from '../links/bodies.ts';
import { baseDirectory } from '../links/directory.ts';
import type { RefsOptions } from '../links/refs.ts';

/** Reads files as the rows of a base were made from them; an author whom a row does not name is another one. */
export const readingOf = (
  base: Base,
  local: LocalSnapshot,
  { sites, assetBaseUrl }: Pick<RefsOptions, 'sites' | 'assetBaseUrl'>,
): Reading => ({
  bodies: openBodies({
    directory: baseDirectory({ base, local, assetDigests: new Map() }),
    sites,
    assetBaseUrl,
  }),
  authors: { idOf: () => remoteId('1'), textOf: (id) => id },
});

export function isChangedHere(
  row: BaseEntry,
  file: LocalArticle | LocalCollection,
  reading: Reading,
): boolean {
  if (row.kind === 'collection') return file.kind !== 'collection' || isCollectionChangedHere(row, file);
  if (file.kind !== 'article' || file.locales.size !== liveLocales(row)) return true;
  return [...file.locales].some(([locale, content]) => {
    const agreed = row.locales.get(locale);
    return agreed === undefined || isContentChangedHere(agreed, content, locale, reading);
  });
}

const liveLocales = (row: BaseArticle): number => [...row.locales.values()].filter((one) => !one.gone).length;
