/* The same article twice: two people who create it at one moment, or git, which brings a second file for one article. */
import type { Bodies } from '../../fields/reading.ts';
import type { Block } from '../../markup/meaning/body.ts';
import { isSameAsStored } from '../../markup/meaning/as-stored.ts';
import type { EntryKey, RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { ArticleTriple, CollectionTriple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

export interface Entries {
  readonly articles: readonly ArticleTriple[];
  readonly collections: readonly CollectionTriple[];
}

export interface TwinOptions {
  readonly parents: ReadonlyMap<EntryKey, ParentVerdict>;
  readonly bodies: Bodies;
  readonly defaultLocale: Locale;
}

/** What is there twice, each with the linked entry that it is like. */
export interface Twins {
  readonly articles: ReadonlyMap<ArticleTriple, ArticleTriple>;
  readonly collections: ReadonlyMap<CollectionTriple, CollectionTriple>;
}

/**
 * Finds what has the title and the text of an article that is linked already, in the same collection, and is not linked
 * itself; and collections of the help center that have such articles and the name of a linked one.
 */
export function findTwins(entries: Entries, options: TwinOptions): Twins {
  const originals = collectionsAlike(entries);
  const placeOf = placesOf(entries, originals, options);
  const linked = new Map<string, ArticleTriple[]>();
  for (const triple of entries.articles) {
    if (triple.base === null || triple.remote === null || triple.held) continue;
    const place = placeOf(triple);
    linked.set(place, [...(linked.get(place) ?? []), triple]);
  }
  const articles = new Map<ArticleTriple, ArticleTriple>();
  for (const triple of linked.size === 0 ? [] : entries.articles) {
    if (triple.base !== null || triple.held || (triple.local !== null && triple.remote !== null)) continue;
    const twin = linked.get(placeOf(triple))?.find((one) => isSameText(triple, one, options));
    if (twin !== undefined) articles.set(triple, twin);
  }
  const collections = new Map<CollectionTriple, CollectionTriple>();
  // From the bottom up, so that a collection of nothing but twins is one as well.
  for (const [copy, original] of [...originals].toReversed()) {
    const { id } = copy;
    const holds =
      [...articles.keys()].some((one) => one.remote?.parents.includes(id) === true) ||
      [...collections.keys()].some((one) => one.remote?.parent === id);
    if (holds) collections.set(copy.triple, original);
  }
  return { articles, collections };
}

interface Copy {
  readonly id: RemoteId;
  readonly triple: CollectionTriple;
}

/** Collections that only the help center has, each with the linked one of the same name in the same place; parents first. */
function collectionsAlike({ collections }: Entries): ReadonlyMap<Copy, CollectionTriple> {
  const found = new Map<Copy, CollectionTriple>();
  const originalOf = new Map<RemoteId, RemoteId>();
  const linked = collections.filter((one) => one.base !== null && one.remote !== null);
  let rest = collections.filter((one) => one.base === null && one.local === null && one.remote !== null);
  for (let before = -1; before !== rest.length;) {
    before = rest.length;
    rest = rest.filter((triple) => {
      const { remote } = triple;
      if (remote === null) return false;
      const parent = remote.parent === null ? null : (originalOf.get(remote.parent) ?? remote.parent);
      const original = linked.find(
        (one) => one.remote?.parent === parent && sameText(one.remote.name) === sameText(remote.name),
      );
      if (original?.remote === undefined || original.remote === null) return true;
      originalOf.set(remote.id, original.remote.id);
      found.set({ id: remote.id, triple }, original);
      return false;
    });
  }
  return found;
}

/** Where an article is and what it is called, the same for all that would be the same to a reader. */
function placesOf(
  { collections }: Entries,
  originals: ReadonlyMap<Copy, CollectionTriple>,
  { parents: placed, defaultLocale }: TwinOptions,
): (triple: ArticleTriple) => string {
  const idOf = new Map<EntryKey, RemoteId>();
  for (const { key, remote } of collections) if (remote !== null) idOf.set(key, remote.id);
  for (const [copy, original] of originals)
    if (original.remote !== null) idOf.set(copy.triple.key, original.remote.id);
  return (triple) => {
    const parents = placed.get(triple.key);
    const parent = (triple.remote === null ? parents?.local : parents?.remote) ?? null;
    const title = (triple.remote ?? triple.local)?.locales.get(defaultLocale)?.title ?? '';
    return JSON.stringify([parent === null ? null : (idOf.get(parent) ?? parent), sameText(title)]);
  };
}

const sameText = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Whether what only one side has says in every language of its own what the linked article says. */
function isSameText(triple: ArticleTriple, linked: ArticleTriple, { bodies }: TwinOptions): boolean {
  if (triple.remote !== null) {
    return [...triple.remote.locales].every(([locale, content]) => {
      const other = linked.remote?.locales.get(locale);
      if (other === undefined) return false;
      if (bodies.remoteQuick(content) === bodies.remoteQuick(other)) return true;
      return isSame(bodies.remote(content, locale).blocks, bodies.remote(other, locale).blocks);
    });
  }
  if (triple.local === null || linked.local === null) return false;
  return [...triple.local.locales].every(([locale, content]) => {
    const here = linked.local?.locales.get(locale);
    const there = linked.remote?.locales.get(locale);
    const { blocks } = bodies.local(content, locale);
    return (
      (here !== undefined && isSame(blocks, bodies.local(here, locale).blocks)) ||
      (there !== undefined && isSameAsStored(blocks, bodies.remote(there, locale).blocks))
    );
  });
}

const isSame = (left: readonly Block[], right: readonly Block[]): boolean =>
  left.length === right.length && left.every((one, at) => one.fingerprint === right[at]?.fingerprint);
