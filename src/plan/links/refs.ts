import { plainRefs, type Refs } from '../../markup/meaning/refs.ts';
import type { Headings } from '../../markup/find/headings.ts';
import type { Kind, LocalContent, PublishState } from '../../model/entry.ts';
import {
  isRemoteId,
  localPath,
  notHereMark,
  type EntryKey,
  type LocalPath,
  type RemoteId,
} from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import { fragmentMeant } from './named-headings.ts';
import { encodePath, relativePath, relativeDestination, siteDestination } from './relative.ts';

/**
 * Who is who, for links: both sides name the same entry, one by path and one by id. An image is named by the file's
 * path and bytes here, and by the address of the remote's copy there.
 */
export interface Directory {
  /** The entry that a file or folder belongs to; null where there is none. */
  keyOfPath(path: LocalPath): EntryKey | null;
  keyOfId(kind: Kind, id: RemoteId): EntryKey | null;
  idOf(key: EntryKey): RemoteId | null;
  /** The file of that language, else of the default one; a folder for a collection; null where nothing is local. */
  pathOf(key: EntryKey, locale: Locale): LocalPath | null;
  /** The file or folder whose name has the same letters, however its accents are spelled; null where there is none. */
  sameName(path: LocalPath): LocalPath | null;
  /** What an address that begins with a slash is relative to. */
  readonly siteRoot: string;
  /** The entry that stood there before it was moved, and where that file or folder stands now; null where none did. */
  movedFrom(path: LocalPath): { readonly key: EntryKey; readonly path: LocalPath } | null;
  /** Where a file of an article stood before the article was moved, the last place first. */
  formerPlaces(file: LocalPath): readonly LocalPath[];
  /** Tells whether both sides once agreed on an entry whose file is gone. */
  isGone(key: EntryKey): boolean;
  /** An article's file of that language, else of the default one; null where there is no such file. */
  textOf(key: EntryKey, locale: Locale): LinkedText | null;
  /** The headings of an article as the remote holds it; null where it does not. */
  headingsOf(key: EntryKey, locale: Locale): Headings | null;
  /** Fingerprint of the bytes of an image or another file that is no entry; null where there is no such file. */
  digestOfAsset(path: LocalPath): string | null;
  /** Where the bytes of an image of the base stand now that its file is gone; null where nobody knows. */
  newPlaceOfAsset(path: LocalPath): LocalPath | null;
  /** The remote's copy of a file with those bytes; null where there is none yet. */
  addressOfAsset(path: LocalPath, digest: string): string | null;
  /** The file that the remote's copy was made from; null where it came from elsewhere. */
  assetOfAddress(address: string): { readonly path: LocalPath; readonly digest: string } | null;
}

/** What a link to an article leads to. */
export interface LinkedText {
  readonly content: LocalContent;
  readonly locale: Locale;
  /** What it is going to be; null where the file does not say and nobody remembers. */
  readonly state: PublishState | null;
  /** What it is in the help center, as far as is known. */
  readonly stateThere: PublishState | null;
}

export interface RefsOptions {
  readonly directory: Directory;
  /** Addresses of the help center without a slash at the end; the one to write first. */
  readonly sites: readonly string[];
  /** Where the remote fetches local images, with `{path}` and perhaps `{hash}`; null where nothing is set. */
  readonly assetBaseUrl: string | null;
}

// Addresses that both sides agree on stand under a host that can never exist, so they cannot be mistaken for real ones.
export const inner = 'https://shelfmark.invalid/';

/** Links and images of a Markdown file in terms that the remote shares. */
export function localRefs(options: RefsOptions, file: LocalPath, locale: Locale): Refs {
  const { directory } = options;
  const textOf = (key: EntryKey | null): LocalContent | null =>
    key === null ? null : (directory.textOf(key, locale)?.content ?? null);
  return {
    read(url, use) {
      if (url.startsWith('#')) return fragmentMeant(url, textOf(directory.keyOfPath(file)));
      const target = targetOf(url, file, use, directory);
      if (target === null) return remoteRefs(options, locale).read(url, use);
      switch (target.to) {
        case 'entry':
          return entryRef(
            target.key,
            directory.idOf(target.key),
            target.fragment === '' ? '' : fragmentMeant(target.fragment, textOf(target.key)),
          );
        case 'asset':
          return assetRef(target.path, target.digest);
        case 'nowhere':
          return url;
      }
    },
    write(ref, use) {
      const entry = entryOfRef(ref);
      if (entry !== null) {
        const key = keyOfEntryRef(entry, directory);
        const path = key === null ? null : directory.pathOf(key, locale);
        if (path !== null) return `${encodePath(relativePath(file, path))}${entry.fragment}`;
        return remoteRefs(options, locale).write(ref, use);
      }
      const asset = assetOfRef(ref);
      return asset === null ? ref : encodePath(relativePath(file, asset.path));
    },
  };
}

/** Links and images of a stored body in terms that the folder shares. */
export function remoteRefs(options: RefsOptions, locale: Locale): Refs {
  const { directory, sites, assetBaseUrl } = options;
  return {
    read(url, use) {
      if (use === 'link') {
        const found = publicAddress(url, sites);
        const key = found === null ? null : directory.keyOfId(found.kind, found.id);
        if (found === null || key === null) return url;
        const slug = directory.headingsOf(key, locale)?.slugOf.get(found.fragment.slice(1));
        return entryRef(key, found.id, slug === undefined ? found.fragment : `#${slug}`);
      }
      const plain = plainRefs.read(url, use);
      const asset = directory.assetOfAddress(plain);
      return asset === null ? plain : assetRef(asset.path, asset.digest);
    },
    write(ref, use) {
      const entry = entryOfRef(ref);
      if (entry !== null) {
        // Without an id yet the address cannot be known; it is filled in once the entry has been created.
        const site = sites[0];
        if (entry.id === null || site === undefined) return ref;
        const key = directory.keyOfId(entry.kind, entry.id);
        const headings = key === null ? null : directory.headingsOf(key, locale);
        return `${site}/${locale}/${entry.kind}s/${entry.id}${fragmentOf(entry.fragment, headings)}`;
      }
      const asset = assetOfRef(ref);
      if (asset === null) return plainRefs.write(ref, use);
      const known = directory.addressOfAsset(asset.path, asset.digest);
      if (known !== null) return known;
      if (assetBaseUrl === null) return ref;
      return assetBaseUrl
        .replaceAll('{path}', asset.path.split('/').map(encodeURIComponent).join('/'))
        .replaceAll('{hash}', asset.digest);
    },
  };
}

/** The fragment that leads to a heading of the remote's text; unknown ones stay as they are. */
export function fragmentOf(fragment: string, headings: Headings | null): string {
  const id = headings?.idOf.get(fragment.slice(1));
  return id === undefined ? fragment : `#${id}`;
}

/** What a relative address in a file leads to. */
export type Target =
  | {
      readonly to: 'entry';
      readonly key: EntryKey;
      readonly fragment: string;
      /** What was moved since it was written, so that it leads nowhere, and where it should lead; null where it is right. */
      readonly moved: { readonly what: 'entry' | 'file'; readonly path: LocalPath } | null;
      readonly isLoose: boolean;
    }
  | {
      readonly to: 'asset';
      readonly path: LocalPath;
      /** Empty where nothing is known of it. */
      readonly digest: string;
      /** False: its bytes are not in the folder, as with Git LFS or a sparse checkout. */
      readonly isHere: boolean;
      /** It is not spelled as the path of the file, but from the root of the site or with other accents. */
      readonly isLoose: boolean;
    }
  | { readonly to: 'nowhere'; readonly path: LocalPath };

/**
 * What an address means that stands in a file; null where it is none of the folder. Links outlive moves: one that
 * leads nowhere means what it led to before, as long as the base knows.
 */
export function targetOf(
  url: string,
  file: LocalPath,
  use: 'link' | 'image',
  directory: Directory,
): Target | null {
  const here = relativeDestination(url, file);
  if (here !== null) {
    const { fragment } = here;
    const key = use === 'link' ? directory.keyOfPath(here.path) : null;
    if (key !== null) return { to: 'entry', key, fragment, moved: null, isLoose: false };
    const digest = directory.digestOfAsset(here.path);
    if (digest !== null) return assetDestination(here.path, digest, false);
    const moved = use === 'link' ? directory.movedFrom(here.path) : null;
    if (moved !== null)
      return {
        to: 'entry',
        key: moved.key,
        fragment,
        moved: { what: 'entry', path: moved.path },
        isLoose: false,
      };
  }
  for (const place of use === 'link' ? directory.formerPlaces(file) : []) {
    const there = relativeDestination(url, place);
    if (there === null) continue;
    const key = directory.keyOfPath(there.path);
    const found = key === null ? directory.movedFrom(there.path) : { key, path: there.path };
    if (found !== null) {
      const moved = { what: 'file', path: found.path } as const;
      return { to: 'entry', key: found.key, fragment: there.fragment, moved, isLoose: false };
    }
  }
  const loose = looseDestination(url, here, use, directory);
  return loose ?? (here === null ? null : { to: 'nowhere', path: here.path });
}

function assetDestination(path: LocalPath, digest: string, isLoose: boolean): Target {
  const isHere = !digest.endsWith(notHereMark);
  return { to: 'asset', path, digest: isHere ? digest : digest.slice(0, -1), isHere, isLoose };
}

/** Spellings that other tools and disks take for the same: from the root of the site, and with other accents. */
function looseDestination(
  url: string,
  here: ReturnType<typeof relativeDestination>,
  use: 'link' | 'image',
  directory: Directory,
): Target | null {
  const site = here === null ? siteDestination(url, directory.siteRoot) : { ...here, paths: [here.path] };
  for (const path of site?.paths ?? []) {
    const meant = directory.sameName(path) ?? path;
    const { fragment } = site ?? here ?? { fragment: '' };
    const moved = use === 'link' ? directory.movedFrom(meant) : null;
    const key = use === 'link' ? (directory.keyOfPath(meant) ?? moved?.key ?? null) : null;
    if (key !== null) {
      const isMoved = moved !== null && directory.keyOfPath(meant) === null;
      return {
        to: 'entry',
        key,
        fragment,
        moved: isMoved ? { what: 'entry', path: moved.path } : null,
        isLoose: true,
      };
    }
    const digest = directory.digestOfAsset(meant);
    if (digest !== null) return assetDestination(meant, digest, true);
  }
  return null;
}

/** What an address under our own host means. */
export interface EntryRef {
  readonly kind: Kind;
  readonly id: RemoteId | null;
  readonly path: LocalPath | null;
  readonly fragment: string;
}

function entryRef(key: EntryKey, id: RemoteId | null, fragment: string): string {
  const kind = key.slice(0, key.indexOf(':'));
  const name = id ?? `@${encodeURIComponent(key.slice(key.indexOf('@') + 1))}`;
  return `${inner}${kind}/${name}${fragment}`;
}

export function entryOfRef(ref: string): EntryRef | null {
  const match = /^https:\/\/shelfmark\.invalid\/(article|collection)\/(?:(\d+)|@([^#]*))(#.*)?$/.exec(ref);
  if (match === null) return null;
  const [, kind, id, name, fragment = ''] = match;
  const path = name === undefined ? null : pathNamed(name);
  // Anybody may write such an address into a text; what names no entry is an address like any other.
  if (id === undefined ? path === null : !isRemoteId(id)) return null;
  return { kind: kind as Kind, id: id === undefined ? null : (id as RemoteId), path, fragment };
}

/** The path that a part of an address stands for; null where it is none below the content folder. */
function pathNamed(name: string): LocalPath | null {
  try {
    return localPath(decodeURIComponent(name));
  } catch {
    return null;
  }
}

function keyOfEntryRef(ref: EntryRef, directory: Directory): EntryKey | null {
  if (ref.id !== null) return directory.keyOfId(ref.kind, ref.id);
  return ref.path === null ? null : directory.keyOfPath(ref.path);
}

const assetRef = (path: LocalPath, digest: string): string =>
  `${inner}asset/${path.split('/').map(encodeURIComponent).join('/')}?${digest}`;

export function assetOfRef(ref: string): { readonly path: LocalPath; readonly digest: string } | null {
  const match = /^https:\/\/shelfmark\.invalid\/asset\/([^?]*)\?(.*)$/.exec(ref);
  const path = match === null ? null : pathNamed(match[1] ?? '');
  return path === null ? null : { path, digest: match?.[2] ?? '' };
}

function publicAddress(
  url: string,
  sites: readonly string[],
): { readonly kind: Kind; readonly id: RemoteId; readonly fragment: string } | null {
  const site = sites.find((one) => url.startsWith(`${one}/`));
  const old = site === undefined ? /^https?:\/\/intercom\.help\/[^/]+/.exec(url)?.[0] : site;
  if (old === undefined) return null;
  const match =
    /^(?:\/[A-Za-z-]{2,5})?\/(articles|collections)\/(\d{1,19})(?:-[^#?]*)?(?:\?[^#]*)?(#.*)?$/.exec(
      url.slice(old.length),
    );
  if (match === null) return null;
  return {
    kind: match[1] === 'articles' ? 'article' : 'collection',
    id: match[2] as RemoteId,
    fragment: match[3] ?? '',
  };
}
