import type { BaseArticle, BaseCollection } from '../../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import type { EntryKey } from '../../model/identity.ts';

interface Three<Kind, BaseRow, Local, Remote> {
  readonly kind: Kind;
  readonly key: EntryKey;
  readonly base: BaseRow | null;
  readonly local: Local | null;
  readonly remote: Remote | null;
  /**
   * The local state cannot be known (an unreadable file, an ambiguous move): nothing is decided for this entry.
   */
  readonly held: boolean;
}

/** One entry as the base, the folder and the remote hold it; at least one of the three is there. */
export type ArticleTriple = Three<'article', BaseArticle, LocalArticle, RemoteArticle>;
export type CollectionTriple = Three<'collection', BaseCollection, LocalCollection, RemoteCollection>;
export type Triple = ArticleTriple | CollectionTriple;
