import type { LocalPath, RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';

export type Kind = 'collection' | 'article';
export type PublishState = 'published' | 'draft';

/** What a file says of an article in its language. Null means "not said": the agreed value stays. */
export interface LocalFields {
  readonly title: string;
  /** Empty when the front matter names none. */
  readonly description: string;
  /** Null when the front matter does not say: a new article then starts as a draft, a known one stays as it is. */
  readonly state: PublishState | null;
  /** An e-mail address or an admin id, as written. */
  readonly author: string | null;
  /** Markdown after the front matter, without the heading that gave the title. */
  readonly body: string;
}

/** What a file says about the care for its article; never sent. */
export interface Care {
  /** The day on which somebody last read it through, as written, and the line. */
  readonly reviewed?: { readonly text: string; readonly line: number };
  /** Who answers for it. */
  readonly owner?: string;
  /** Files of the repository that it speaks of, as patterns from its top. */
  readonly covers?: readonly { readonly pattern: string; readonly line: number }[];
}

/** One language of an article as its file says it. */
export interface LocalContent extends LocalFields {
  readonly file: LocalPath;
  /** The line of the file that names the author, from 1; missing where none is named. */
  readonly authorLine?: number;
  /** The line of the file on which the body starts, from 1. */
  readonly bodyLine: number;
  /** Fingerprint of the file's bytes, to notice that it changed between reading and writing. */
  readonly digest: string;
  /** Missing where the file says nothing about it. */
  readonly care?: Care;
}

/** An article as the folder holds it. `path` is the file of the default locale and names the article. */
export interface LocalArticle {
  readonly kind: 'article';
  readonly path: LocalPath;
  /** The folder it is in; the content folder itself for an article outside every collection. */
  readonly folder: LocalPath;
  readonly pinnedId: RemoteId | null;
  readonly locales: ReadonlyMap<Locale, LocalContent>;
}

/** What a collection has in every language. */
export interface CollectionTexts {
  readonly name: string;
  readonly description: string;
}

/** What a collection has in the default language, and once. */
export interface CollectionFields extends CollectionTexts {
  readonly icon: string | null;
}

export type CollectionField = keyof CollectionFields;

/** What a folder says of its collection. Null means "not said", as in one without `collection.yaml`. */
export type LocalCollectionFields = { readonly [Field in CollectionField]: CollectionFields[Field] | null };

/** A folder. */
export interface LocalCollection extends LocalCollectionFields {
  readonly kind: 'collection';
  /** The folder. */
  readonly path: LocalPath;
  /** The folder above it; the content folder itself at the top level. */
  readonly folder: LocalPath;
  /** Its `collection.yaml`, where there is one. */
  readonly file: LocalPath | null;
  /** Fingerprint of the bytes of `collection.yaml`; null where there is none. */
  readonly digest: string | null;
  readonly pinnedId: RemoteId | null;
  readonly translations: ReadonlyMap<Locale, CollectionTexts>;
  /** The folders in it as they are to be ordered; never sent. Missing where nobody said. */
  readonly order?: readonly string[];
}

/** One language of an article as the remote holds it. */
export interface RemoteContent {
  readonly title: string;
  readonly description: string;
  readonly state: PublishState;
  readonly author: RemoteId | null;
  /** HTML as stored. */
  readonly body: string;
}

/** A field of which an article has a value in each language. */
export type ArticleField = keyof RemoteContent;

/** Everything of an entry that is synced; `fields/` says how. */
export type FieldName = ArticleField | CollectionField | 'parent';

export interface RemoteArticle {
  readonly kind: 'article';
  readonly id: RemoteId;
  /** Every collection that holds it, one per help center; usually one or none. */
  readonly parents: readonly RemoteId[];
  /** Null for an article that is not public. */
  readonly url: string | null;
  /** Whole seconds since 1970; a hint, never proof of equality. */
  readonly updatedAt: number;
  readonly locales: ReadonlyMap<Locale, RemoteContent>;
}

export interface RemoteCollection extends CollectionFields {
  readonly kind: 'collection';
  readonly id: RemoteId;
  readonly parent: RemoteId | null;
  readonly updatedAt: number;
  readonly translations: ReadonlyMap<Locale, CollectionTexts>;
}
