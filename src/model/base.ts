import type { BodyBase } from '../markup/merge/body-base.ts';
import type { CollectionField, CollectionFields, CollectionTexts, PublishState } from './entry.ts';
import type { LocalPath, RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';

/**
 * One value as each side holds it while both agree. The halves differ where a side spells it its own way, such as
 * an author by e-mail address here and by id there.
 */
export interface Halves<Local, Remote = Local> {
  readonly local: Local;
  readonly remote: Remote;
}

/** What a translation was made from, as signs of its prose: see `markup/meaning/prose.ts`. */
export interface Translated {
  /** What the translation itself says: title, description, and each block with words in it. */
  readonly own: string;
  /** What the default locale said when the translation was last touched, on either side; null where nobody knows. */
  readonly source: string | null;
  /** The day on which the default locale was first seen to say something else, such as `2026-11-26`. */
  readonly since?: string;
}

/** The fields of one language of an article, as agreed. The body is kept as fingerprints, never as text. */
export interface BaseFields {
  readonly title: Halves<string>;
  readonly description: Halves<string>;
  readonly state: Halves<PublishState>;
  readonly author: Halves<string | null, RemoteId | null>;
  readonly body: BodyBase;
}

/** What both sides last agreed on for one language of an article. */
export interface BaseContent extends BaseFields {
  /** The file of this language is gone and the remote knows it; undone when it comes back. */
  readonly gone: boolean;
  /** The remote took this language but does not show it (its help center is not multilingual). */
  readonly hidden: boolean;
  /** Signs of what its file said until pulls replaced it, the last one first: a file that says that again was put back. */
  readonly was?: readonly string[];
  /** Missing for the default locale, and in rows from before this was kept. */
  readonly translated?: Translated;
}

/** A row: an article's file, its remote id, and what both last agreed on. */
export interface BaseArticle {
  readonly kind: 'article';
  readonly path: LocalPath;
  readonly id: RemoteId;
  /** The collection that both sides agreed on; null outside every collection. */
  readonly parent: RemoteId | null;
  readonly locales: ReadonlyMap<Locale, BaseContent>;
  /** Where it stood before, the last place first, for as long as links in the folder still lead there. */
  readonly formerly?: readonly LocalPath[];
  /** The run that made it was cut off, and its file has not been seen since: it is not here, and not deleted either. */
  readonly unseen?: true;
}

export type BaseCollectionFields = { readonly [Field in CollectionField]: Halves<CollectionFields[Field]> };

/** A row: a folder, the remote id of its collection, and what both last agreed on. */
export interface BaseCollection extends BaseCollectionFields {
  readonly kind: 'collection';
  readonly path: LocalPath;
  readonly id: RemoteId;
  readonly parent: RemoteId | null;
  readonly translations: ReadonlyMap<Locale, CollectionTexts>;
  /** The folder is gone and the remote collection was kept on purpose. */
  readonly gone: boolean;
  /** As of an article. */
  readonly formerly?: readonly LocalPath[];
  /** As of an article. */
  readonly unseen?: true;
  /** As of a language of an article, of its `collection.yaml`. */
  readonly was?: readonly string[];
  /** As of a language of an article, for each language of the collection. */
  readonly translated?: ReadonlyMap<Locale, Translated>;
}

export type BaseEntry = BaseArticle | BaseCollection;

/** An image that the remote copied for itself, tied to the file that it came from. */
export interface BaseImage {
  /** Host and path of the remote's copy, without the query. */
  readonly address: string;
  readonly file: LocalPath;
  /** Fingerprint of the file's bytes. */
  readonly digest: string;
}

/** What both sides last agreed on, for one target. */
export interface Base {
  /** Null before the first sync; afterwards a token for another workspace is refused. */
  readonly pinned: {
    readonly workspace: string;
    readonly helpCenter: RemoteId;
    readonly defaultLocale: Locale;
  } | null;
  readonly entries: readonly BaseEntry[];
  readonly images: readonly BaseImage[];
}

export const emptyBase: Base = { pinned: null, entries: [], images: [] };
