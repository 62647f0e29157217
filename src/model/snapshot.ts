import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from './entry.ts';
import type { LocalPath, RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';
import type { Problem } from './problem.ts';

/** The content folder as read at one moment. */
export interface LocalSnapshot {
  /** The folder itself is not there; missing where it is. */
  readonly isMissing?: true;
  readonly articles: readonly LocalArticle[];
  readonly collections: readonly LocalCollection[];
  readonly problems: readonly Problem[];
  /**
   * Files and folders that are there but could not be read as entries, or that git left out of the folder. What the base knows under such a path is
   * present for all purposes: never a deletion, never written.
   */
  readonly unreadable: ReadonlySet<LocalPath>;
  /** Of these, what git ignores: on this machine only, so it is never what went away elsewhere. */
  readonly ignored?: ReadonlySet<LocalPath>;
  /** Every other plain file below the content folder (images and so on), by path. */
  readonly assets: ReadonlySet<LocalPath>;
}

/** The help center as read at one moment. */
export interface RemoteSnapshot {
  readonly workspace: string;
  readonly helpCenter: RemoteId;
  /** Addresses under which readers find this help center, without a slash at the end; the preferred one first. */
  readonly sites: readonly string[];
  /** The remote's own default locale where it tells (multilingual help centers only). */
  readonly defaultLocale: Locale | null;
  /** The languages that readers see; null, or missing, where the remote does not tell. */
  readonly shown?: readonly Locale[] | null;
  /** Only what belongs to this help center. */
  readonly articles: readonly RemoteArticle[];
  readonly collections: readonly RemoteCollection[];
  readonly problems: readonly Problem[];
}
