import type {
  Kind,
  LocalArticle,
  LocalCollection,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from '../../model/entry.ts';
import { headingsOf, type Headings } from '../../markup/find/headings.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import {
  contentRoot,
  notHereMark,
  parentPath,
  type EntryKey,
  type LocalPath,
  type RemoteId,
} from '../../model/identity.ts';
import type { BaseArticle } from '../../model/base.ts';
import type { Locale } from '../../model/locale.ts';
import { openFormerPaths, type Placed } from './former-paths.ts';
import type { PlanInput } from '../terms/input.ts';
import { keyOfLocal, keyOfRemote } from '../terms/keys.ts';
import type { Layout } from '../place/layout.ts';
import type { Pairing } from '../pair/pair.ts';
import type { Directory, LinkedText } from './refs.ts';
import type { ArticleTriple, Triple } from '../terms/triple.ts';

export interface PlanDirectory extends Directory {
  /** Where a collection is now, else where it is going to. */
  folderOf(key: EntryKey): LocalPath | null;
}

/** The directory of what the plan knows after pairing, with the ids that entries were given since. */
export function openDirectory(
  input: PlanInput,
  pairing: Pairing,
  layout: Layout,
  created: ReadonlyMap<EntryKey, RemoteArticle | RemoteCollection> = new Map(),
): PlanDirectory {
  const { defaultLocale } = input.policy;
  const triples = new Map<EntryKey, Triple>(
    [...pairing.collections, ...pairing.articles].map((one) => [one.key, one]),
  );
  const keyOfPath = new Map<LocalPath, EntryKey>();
  const headings = new Map<RemoteContent, Headings>();
  for (const triple of triples.values()) {
    if (triple.base !== null && triple.local === null) keyOfPath.set(triple.base.path, triple.key);
  }
  // Files that this plan writes or moves are read again before it ends, so they are known by where they will be too.
  if (input.direction !== 'push') {
    for (const triple of triples.values()) {
      if (triple.remote === null) continue;
      const path = layout.pathOf(triple.key);
      keyOfPath.set(path, triple.key);
      if (triple.kind === 'article')
        for (const locale of triple.remote.locales.keys())
          keyOfPath.set(fileOfLocale(path, locale, defaultLocale), triple.key);
    }
  }
  for (const triple of triples.values()) for (const path of filesOf(triple)) keyOfPath.set(path, triple.key);
  return {
    ...assetsOf(input),
    ...openFormerPaths(placedAmong(triples.values()), defaultLocale),
    isGone(key) {
      const triple = triples.get(key);
      return triple !== undefined && triple.base !== null && triple.local === null && !triple.held;
    },
    keyOfPath: (path) => keyOfPath.get(path) ?? null,
    sameName: sameNameAmong(keyOfPath, input.assetDigests),
    siteRoot: input.policy.siteRoot ?? '/',
    keyOfId(kind, id) {
      if (triples.has(keyOfRemote(kind, id))) return keyOfRemote(kind, id);
      for (const [key, given] of created) if (given.id === id && key.startsWith(`${kind}:`)) return key;
      return null;
    },
    textOf(key, locale) {
      const triple = triples.get(key);
      return triple?.kind === 'article' ? linkedText(triple, locale) : null;
    },
    headingsOf(key, locale) {
      const article = created.get(key) ?? triples.get(key)?.remote;
      const content = article?.kind === 'article' ? article.locales.get(locale) : undefined;
      if (content === undefined) return null;
      const known = headings.get(content) ?? headingsOf(content.body);
      headings.set(content, known);
      return known;
    },
    idOf(key) {
      const triple = triples.get(key);
      return created.get(key)?.id ?? triple?.remote?.id ?? triple?.base?.id ?? null;
    },
    pathOf(key, locale) {
      const triple = triples.get(key);
      if (triple === undefined || (triple.local === null && input.direction === 'push')) return null;
      const path = layout.pathOf(key);
      if (triple.kind === 'collection') return path;
      const hasLocale =
        triple.local?.locales.has(locale) === true ||
        (triple.local === null && triple.remote?.locales.has(locale) === true);
      return hasLocale ? fileOfLocale(path, locale, defaultLocale) : path;
    },
    folderOf: (key) => triples.get(key)?.local?.path ?? triples.get(key)?.base?.path ?? layout.pathOf(key),
  };
}

/** The directory before pairing: what the base says, and nothing else. */
export function baseDirectory(
  input: Pick<PlanInput, 'base' | 'local' | 'assetDigests'>,
  siteRoot = '/',
): Directory {
  const keyOfPath = new Map<LocalPath, EntryKey>();
  const idOf = new Map<EntryKey, RemoteId>();
  const pathOf = new Map<EntryKey, LocalPath>();
  const rowOf = new Map<EntryKey, BaseArticle>();
  const { base, local } = input;
  const here = new Set<LocalPath>(local.unreadable);
  for (const one of [...local.collections, ...local.articles]) {
    here.add(one.path);
    for (const path of filesOfLocal(one)) keyOfPath.set(path, keyOfLocal(one.kind, one.path));
  }
  for (const row of base.entries) {
    const key = keyOfRemote(row.kind, row.id);
    keyOfPath.set(row.path, key);
    idOf.set(key, row.id);
    pathOf.set(key, row.path);
    if (row.kind === 'article') rowOf.set(key, row);
  }
  const articleOf = new Map(local.articles.map((one) => [keyOfPath.get(one.path), one]));
  return {
    ...assetsOf(input),
    ...openFormerPaths(
      base.entries.map((row) => ({ key: keyOfRemote(row.kind, row.id), row, path: row.path })),
      base.pinned?.defaultLocale ?? null,
    ),
    isGone(key) {
      const path = pathOf.get(key);
      return path !== undefined && !here.has(path);
    },
    keyOfPath: (path) => keyOfPath.get(path) ?? null,
    sameName: sameNameAmong(keyOfPath, input.assetDigests),
    siteRoot,
    textOf(key, locale) {
      const [article, row] = [articleOf.get(key), rowOf.get(key)];
      return article === undefined
        ? null
        : linkedText({ local: article, base: row ?? null, remote: null }, locale);
    },
    headingsOf: () => null,
    keyOfId: (kind: Kind, id) => (idOf.has(keyOfRemote(kind, id)) ? keyOfRemote(kind, id) : null),
    idOf: (key) => idOf.get(key) ?? null,
    pathOf: (key) => pathOf.get(key) ?? null,
  };
}

/** The file of a language, else of the default one; an article that says nothing of its state begins as a draft. */
function linkedText(
  { local, base, remote }: Pick<ArticleTriple, 'local' | 'base' | 'remote'>,
  locale: Locale,
): LinkedText | null {
  const own = local?.locales.get(locale);
  const [meant, content] =
    own === undefined
      ? ([...(local?.locales ?? [])].find(([, one]) => one.file === local?.path) ?? [])
      : [locale, own];
  if (meant === undefined || content === undefined) return null;
  const stateThere = remote?.locales.get(meant)?.state ?? base?.locales.get(meant)?.state.remote ?? null;
  const isNew = base === null && remote === null;
  return {
    content,
    locale: meant,
    state: content.state ?? stateThere ?? (isNew ? 'draft' : null),
    stateThere,
  };
}

/** Finds names by their letters; most are plain ones, which have but one spelling. */
function sameNameAmong(
  entries: ReadonlyMap<LocalPath, unknown>,
  assets: ReadonlyMap<LocalPath, unknown>,
): Directory['sameName'] {
  let byLetters: Map<string, LocalPath> | null = null;
  return (path) => {
    if (isPlain(path)) return null;
    byLetters ??= new Map(
      [...assets.keys(), ...entries.keys()]
        .filter((one) => !isPlain(one))
        .map((one) => [one.normalize('NFC'), one]),
    );
    return byLetters.get(path.normalize('NFC')) ?? null;
  };
}

const isPlain = (path: string): boolean => /^[ -~]*$/.test(path);

function assetsOf(
  input: Pick<PlanInput, 'base' | 'local' | 'assetDigests'>,
): Pick<Directory, 'digestOfAsset' | 'newPlaceOfAsset' | 'addressOfAsset' | 'assetOfAddress'> {
  const byAddress = new Map(input.base.images.map((image) => [image.address, image]));
  const byFile = new Map(input.base.images.map((image) => [`${image.file}?${image.digest}`, image.address]));
  return {
    digestOfAsset: (path) =>
      input.assetDigests.get(path) ?? (isNotRead(path, input.local.unreadable) ? notHereMark : null),
    newPlaceOfAsset(path) {
      const was = new Set(input.base.images.filter((image) => image.file === path).map((one) => one.digest));
      for (const [place, digest] of input.assetDigests) if (was.has(digest)) return place;
      return null;
    },
    addressOfAsset: (path, digest) => byFile.get(`${path}?${digest}`) ?? null,
    assetOfAddress(address) {
      const image = byAddress.get(address);
      return image === undefined ? null : { path: image.file, digest: image.digest };
    },
  };
}

/** Tells whether a picture may be where nobody could look. */
function isNotRead(path: LocalPath, unreadable: ReadonlySet<LocalPath>): boolean {
  if (unreadable.size === 0 || !/\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(path)) return false;
  for (let at = path; at !== contentRoot; at = parentPath(at)) if (unreadable.has(at)) return true;
  return false;
}

function* placedAmong(triples: Iterable<Triple>): Iterable<Placed> {
  for (const { key, base, local } of triples)
    if (base !== null && local !== null) yield { key, row: base, path: local.path };
}

function filesOf({ local }: Triple): readonly LocalPath[] {
  return local === null ? [] : filesOfLocal(local);
}

/** A folder, or every file of an article. */
function filesOfLocal(one: LocalArticle | LocalCollection): readonly LocalPath[] {
  if (one.kind === 'collection') return [one.path];
  return [one.path, ...[...one.locales.values()].map((content) => content.file)];
}
