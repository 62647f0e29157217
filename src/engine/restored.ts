/* A help center that was restored from a copy: everything is there again, under new ids. */
import { quickHash } from '../markup/meaning/quick-hash.ts';
import type { Base, BaseArticle, BaseEntry } from '../model/base.ts';
import type { RemoteArticle } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { RemoteSnapshot } from '../model/snapshot.ts';

/**
 * The base without rows whose entries are gone while the same ones are in their places under ids that nobody knows:
 * the same name, or the same title and text. Their files are then linked as after a lost lock, instead of being taken
 * for deleted and fetched again.
 */
export function withoutRestored(base: Base, remote: RemoteSnapshot, defaultLocale: Locale): Base {
  const there = new Set([...remote.articles, ...remote.collections].map((one) => `${one.kind} ${one.id}`));
  const isGone = (row: BaseEntry): boolean => !there.has(`${row.kind} ${row.id}`);
  const gone = base.entries.filter(isGone);
  if (gone.length === 0) return base;
  const known = new Set(base.entries.map((row) => `${row.kind} ${row.id}`));
  const free = <One extends { readonly kind: string; readonly id: string }>(
    all: readonly One[],
  ): readonly One[] => all.filter((one) => !known.has(`${one.kind} ${one.id}`));
  const newIdOf = new Map<RemoteId, RemoteId>();
  const placeOf = (id: RemoteId | null): RemoteId | null => (id === null ? null : (newIdOf.get(id) ?? id));
  const restored = new Set<BaseEntry>();
  const collections = free(remote.collections);
  // Parents first: what is in a collection is looked for in the one that took its place.
  const byDepth = gone.toSorted((left, right) => left.path.split('/').length - right.path.split('/').length);
  for (const row of byDepth) {
    if (row.kind !== 'collection' || row.gone) continue;
    const [only, ...others] = collections.filter(
      (one) => one.name === row.name.remote && one.parent === placeOf(row.parent),
    );
    if (only === undefined || others.length > 0) continue;
    newIdOf.set(row.id, only.id);
    restored.add(row);
  }
  const articles = free(remote.articles);
  for (const row of byDepth) {
    if (row.kind !== 'article') continue;
    const parent = placeOf(row.parent);
    const isThere = ({ parents }: RemoteArticle): boolean =>
      parent === null ? parents.length === 0 : parents.includes(parent);
    const [only, ...others] = articles.filter((one) => isThere(one) && isSame(row, one, defaultLocale));
    if (only !== undefined && others.length === 0) restored.add(row);
  }
  return restored.size === 0 ? base : { ...base, entries: base.entries.filter((row) => !restored.has(row)) };
}

function isSame(row: BaseArticle, { locales }: RemoteArticle, locale: Locale): boolean {
  const [agreed, content] = [row.locales.get(locale), locales.get(locale)];
  return (
    agreed !== undefined &&
    content !== undefined &&
    content.title === agreed.title.remote &&
    quickHash(content.body, 'html') === agreed.body.remoteQuick
  );
}
