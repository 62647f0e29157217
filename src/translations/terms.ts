import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';

/** How a translation stands to the default locale. */
export type State = 'missing' | 'behind' | 'fresh' | 'unknown';

/** What of an entry a translator has to look at. */
export interface Behind {
  /** Fields whose text changed. */
  readonly fields: readonly ('title' | 'description' | 'name')[];
  /** Places of the source's blocks that are new or changed, from 0 among all of its blocks. */
  readonly blocks: readonly number[];
  /** Blocks of the source that are gone, beyond those that were replaced. */
  readonly removed: number;
  /** Words of what is new or changed. */
  readonly words: number;
  /** The day since when, such as `2026-11-26`; null where nobody knows, or where it was not sent yet. */
  readonly since: string | null;
}

/** How one language of an entry stands. */
export interface Standing {
  readonly kind: 'article' | 'collection';
  /** The entry as the folder names it: the file of the default locale, or the folder. */
  readonly path: LocalPath;
  readonly locale: Locale;
  /** The file of the translation: where it is, or where it belongs. */
  readonly file: LocalPath;
  readonly state: State;
  /** Null unless it is behind. */
  readonly behind: Behind | null;
  /** What the source said when the translation was last touched, as signs; null unless it is behind. */
  readonly was: string | null;
  /** Words of the source. */
  readonly words: number;
  /** Who says so: the lock file, the history of git, or an edit that was not sent yet. */
  readonly by: 'lock' | 'git' | 'edit' | null;
}

/** One language of a help center. */
export interface LocaleSummary {
  readonly locale: Locale;
  readonly articles: Tally;
  readonly collections: Tally;
  /** Words of the default locale's articles, and of those that are translated, up to date or not. */
  readonly words: { readonly all: number; readonly translated: number; readonly fresh: number };
}

export type Tally = Readonly<Record<State, number>>;

/** What git knows of a translation of which the lock file knows nothing. */
export interface FromHistory {
  /** What the default locale said in the commit that last changed the translation, as signs. */
  readonly source: string;
  /** The day of the first commit after that one that changed the default locale's file; null where none did. */
  readonly since: string | null;
}
