import { collectionName } from '../../fields/collection-fields.ts';
import type { BaseArticle, BaseCollection } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import { baseName, byText, type EntryKey, type LocalPath, type RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Problem } from '../../model/problem.ts';
import type { RemoteSnapshot } from '../../model/snapshot.ts';
import { countBy } from '../terms/count-by.ts';
import type { Names } from '../terms/input.ts';
import { keyOfLocal, keyOfRemote } from '../terms/keys.ts';
import type { Pairer } from './pairer.ts';

export interface AdoptOptions {
  readonly remote: RemoteSnapshot;
  readonly defaultLocale: Locale;
  /** How messages name the content folder. */
  readonly contentName: string;
  readonly names: Names;
}

export interface Adopted {
  readonly collections: ReadonlyMap<LocalPath, RemoteId>;
  readonly articles: ReadonlyMap<LocalPath, RemoteId>;
  /** Of entries on either side that could be the same as several others. */
  readonly held: ReadonlySet<EntryKey>;
  readonly problems: readonly Problem[];
}

/** For what the base does not know: the same title under the same parent, once on either side. */
export function pairNew(
  options: AdoptOptions,
  collections: Pairer<BaseCollection, LocalCollection>,
  articles: Pairer<BaseArticle, LocalArticle>,
  heldPaths: ReadonlySet<LocalPath>,
): Adopted {
  const { remote, defaultLocale } = options;
  const problems: Problem[] = [];
  const held = new Set<EntryKey>();
  const idOfFolder = new Map<LocalPath, RemoteId>();
  for (const [path, row] of collections.rowOfLocal) idOfFolder.set(path, row.id);
  const adoptedCollections = new Map<LocalPath, RemoteId>(collections.pinned);
  for (const [path, id] of collections.pinned) idOfFolder.set(path, id);
  const taken = new Set<RemoteId>([...collections.rows.map((row) => row.id), ...collections.pinned.values()]);
  const freeRemote = remote.collections.filter((one) => !taken.has(one.id));

  const unpaired = collections
    .freeLocals()
    .toSorted(
      (left, right) =>
        left.path.split('/').length - right.path.split('/').length || byText(left.path, right.path),
    );
  for (const one of unpaired) {
    const parent = one.folder === '' ? null : idOfFolder.get(one.folder);
    if (parent === undefined) continue;
    const there = freeRemote.filter((other) => other.parent === parent);
    const exact = there.filter((other) => sameText(other.name) === sameText(collectionName(one)));
    const found =
      exact.length > 0 ? exact : there.filter((other) => isNameOf(other.name, one, options.names));
    const [only] = found;
    if (only === undefined) continue;
    const rivals = unpaired.filter(
      (other) => other !== one && other.folder === one.folder && isNameOf(only.name, other, options.names),
    );
    if (found.length > 1 || rivals.length > 0) {
      held.add(keyOfLocal('collection', one.path));
      for (const other of found) held.add(keyOfRemote('collection', other.id));
      problems.push(
        ambiguousAdoption(
          one,
          collectionName(one),
          found.map((other) => other.id),
          rivals.filter((other) => byText(other.path, one.path) < 0).length,
          options.contentName,
        ),
      );
      continue;
    }
    adoptedCollections.set(one.path, only.id);
    idOfFolder.set(one.path, only.id);
  }

  const adoptedArticles = new Map<LocalPath, RemoteId>(articles.pinned);
  const takenArticles = new Set<RemoteId>([
    ...articles.rows.map((row) => row.id),
    ...articles.pinned.values(),
  ]);
  const slotsOfRemote = new Map<string, RemoteId[]>();
  for (const other of remote.articles) {
    const title = other.locales.get(defaultLocale)?.title;
    if (takenArticles.has(other.id) || title === undefined) continue;
    for (const parent of other.parents.length === 0 ? [''] : other.parents) {
      const slot = `${parent}\n${sameText(title)}`;
      slotsOfRemote.set(slot, [...(slotsOfRemote.get(slot) ?? []), other.id]);
    }
  }
  const slotOf = (one: LocalArticle): string | null => {
    const parent = one.folder === '' ? '' : idOfFolder.get(one.folder);
    const title = one.locales.get(defaultLocale)?.title;
    return parent === undefined || title === undefined ? null : `${parent}\n${sameText(title)}`;
  };
  const free = articles.freeLocals().filter((one) => !heldPaths.has(one.path));
  // Of several files with one title each gets the advice to take another id.
  const hinted = new Map<string, number>();
  const articleSlots = countBy(free, (one) => slotOf(one) ?? '');
  for (const one of free) {
    const slot = slotOf(one);
    const found = slot === null ? [] : (slotsOfRemote.get(slot) ?? []);
    const [only] = found;
    if (slot === null || only === undefined) continue;
    if (found.length > 1 || (articleSlots.get(slot) ?? 0) > 1) {
      held.add(keyOfLocal('article', one.path));
      for (const id of found) held.add(keyOfRemote('article', id));
      const title = one.locales.get(defaultLocale)?.title ?? '';
      const before = hinted.get(slot) ?? 0;
      hinted.set(slot, before + 1);
      problems.push(ambiguousAdoption(one, title, found, before, options.contentName));
      continue;
    }
    adoptedArticles.set(one.path, only);
  }
  return { collections: adoptedCollections, articles: adoptedArticles, held, problems };
}

/** A folder that says no name of its own is called by what a pull would have made of the name. */
function isNameOf(name: string, folder: LocalCollection, names: Names): boolean {
  if (sameText(name) === sameText(collectionName(folder))) return true;
  if (folder.name !== null) return false;
  const slug = names.slugOf(name);
  return slug !== '' && names.foldOf(slug) === names.foldOf(baseName(folder.path));
}

const sameText = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ');

function ambiguousAdoption(
  one: LocalArticle | LocalCollection,
  title: string,
  ids: readonly RemoteId[],
  /** How many others got that advice before, each with another id. */
  taken: number,
  contentName: string,
): Problem {
  const [id, where] = [ids[taken], one.kind === 'article' ? 'its front matter' : 'its collection.yaml'];
  return {
    severity: 'error',
    code: 'ADOPT_AMBIGUOUS',
    place: { file: `${contentName}/${one.path}`, line: 0 },
    message: `"${title}" exists more than once in the same collection, so it is not clear which ${one.kind} this is (${ids.join(', ')}).`,
    hint:
      id === undefined
        ? 'Give it another title, so that it can be created as a new one.'
        : `Say which by adding "id: ${id}" to ${where}, or give it another title.`,
  };
}
