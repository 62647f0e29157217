import type {
  ArticleField,
  CollectionFields,
  CollectionTexts,
  RemoteArticle,
  RemoteCollection,
  RemoteContent,
} from './entry.ts';
import type { RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';
import type { RemoteSnapshot } from './snapshot.ts';

/** What is written of one language; a missing property is left as it is. */
export type ContentEdit = { readonly [Field in ArticleField]?: NonNullable<RemoteContent[Field]> };

/** What is written of an article; a missing property, and a locale that is not named, is left as it is. */
export interface ArticleEdit {
  readonly parent?: RemoteId | null;
  readonly locales: ReadonlyMap<Locale, ContentEdit>;
}

/** What is written of a collection; a missing property, and a locale that is not named, is left as it is. */
export interface CollectionEdit extends Partial<CollectionFields> {
  readonly parent?: RemoteId | null;
  readonly translations?: ReadonlyMap<Locale, CollectionTexts>;
}

/** What a create made, as stored; where its answer was lost it was looked up, and somebody may have edited it since. */
export type Created<Entry> = Entry & { readonly wasLookedUp: boolean };

/**
 * The remote as the engine needs it. Every call may throw a ShelfmarkError; `UnknownOutcome` of a create says
 * that nobody knows whether it was carried out.
 */
export interface RemoteSide {
  read(signal: AbortSignal): Promise<RemoteSnapshot>;
  /**
   * Articles that others created or changed since the last reading or look, as they are now; what was answered to our own
   * writes is none of it. One call where little happened. Deletions are not seen.
   */
  newest(signal: AbortSignal): Promise<readonly RemoteArticle[]>;
  /** Null only when the remote itself says that there is no such entry, never because of a fault. */
  retrieveArticle(id: RemoteId, signal: AbortSignal): Promise<RemoteArticle | null>;
  retrieveCollection(id: RemoteId, signal: AbortSignal): Promise<RemoteCollection | null>;
  /** Creates with exactly one POST. */
  createArticle(edit: ArticleEdit, signal: AbortSignal): Promise<Created<RemoteArticle>>;
  createCollection(edit: CollectionEdit, signal: AbortSignal): Promise<Created<RemoteCollection>>;
  /**
   * Sends only what the edit names, with what Intercom needs sent back unchanged (the icon of a collection, the
   * author of an article), which is taken from `current`. The answer is the entry as stored.
   */
  updateArticle(current: RemoteArticle, edit: ArticleEdit, signal: AbortSignal): Promise<RemoteArticle>;
  updateCollection(
    current: RemoteCollection,
    edit: CollectionEdit,
    signal: AbortSignal,
  ): Promise<RemoteCollection>;
  /** Resolves too when the entry was gone already. */
  deleteArticle(id: RemoteId, signal: AbortSignal): Promise<void>;
  deleteCollection(id: RemoteId, signal: AbortSignal): Promise<void>;
  /** The admin whom an e-mail address or an id names; null when the workspace has no such admin. */
  findAuthor(text: string, signal: AbortSignal): Promise<RemoteId | null>;
  /** How an admin is written in a file: the e-mail address; the id where the admin is not known. */
  nameAuthor(id: RemoteId, signal: AbortSignal): Promise<string>;
  /** Seconds by which the remote's clock is ahead of ours; null while unknown. */
  clockAhead(): number | null;
  /** How many calls are worth having under way at once, as things are just now. */
  atOnce(): number;
  /** Calls made so far, by method. */
  calls(): { readonly total: number; readonly byMethod: Readonly<Record<string, number>> };
}
