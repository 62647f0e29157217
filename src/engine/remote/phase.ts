/* What writing to the remote needs, and what its steps share. */
import type { RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import type { EntryKey, RemoteId } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { Outcome } from '../../model/outcome.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import type { ArticleEdit, RemoteSide } from '../../model/remote-side.ts';
import type { Trash } from './kept-entry.ts';

/** What the remote answered to a write that was carried out; null for an entry that is gone. */
export interface Written {
  readonly operation: RemoteOperation;
  /** As it was read right before the write; null for a create. */
  readonly before: RemoteArticle | RemoteCollection | null;
  readonly after: RemoteArticle | RemoteCollection | null;
  /** Languages whose text was sent without all of its links, since what they lead to did not exist yet. */
  readonly unlinked: readonly Locale[];
  /** What the write of an article carried, addresses filled in. */
  readonly sent?: ArticleEdit;
}

export interface RemotePhase {
  readonly side: RemoteSide;
  readonly trash: Trash;
  /** What was created so far, as it was answered. */
  readonly created: Map<EntryKey, RemoteArticle | RemoteCollection>;
  readonly idOf: (key: EntryKey) => RemoteId | null;
  /** The public address of an entry by its id. */
  readonly addressOf: (key: EntryKey, id: RemoteId, locale: Locale) => string;
  /** The text of an entry as it has to be sent now that more is known; the ids of its headings stay. */
  readonly respell: (key: EntryKey, locale: Locale, before: RemoteArticle) => string | null;
  /** The placeholder for the address of an entry that has none yet. */
  readonly fallbackAddress: string;
  readonly beforeCreate: (operation: RemoteOperation) => Promise<void>;
  /** Called before an article is changed; what it notes down must be safe before it resolves. */
  readonly beforeUpdate: (operation: RemoteOperation) => Promise<void>;
  /** Called as soon as an answer is known; what it notes down must be safe before it resolves. */
  readonly onWritten: (written: Written) => Promise<void>;
  /** Called when nobody knows whether a create was carried out; it may still be, for a while from now on. */
  readonly onUnknown: (operation: RemoteOperation) => Promise<void>;
  /** Called when what a create made was looked up, and says something else by now than what was sent. */
  readonly onChangedSince: (operation: RemoteOperation, id: RemoteId) => Promise<void>;
  /** Called when a create is known not to have been carried out. */
  readonly onNotCreated: (operation: RemoteOperation) => Promise<void>;
  readonly tell: (outcome: Outcome) => void;
}

/** Entries whose operations are left out of this run, and why. */
export type LeftOut = ReadonlyMap<EntryKey, { readonly message: string; readonly hint: string }>;

/** How far a run has come, as its operations share it. */
export interface Progress {
  readonly leftOut: LeftOut;
  readonly failed: ReadonlySet<EntryKey>;
  /** Every further call would fail as one did. */
  isStopped: boolean;
  /** Somebody else is creating what this run is to create. */
  hasTwins: boolean;
  /** What others created or changed while this run was at work. */
  readonly newest: Map<RemoteId, RemoteArticle>;
  /** Digests of what this run itself was answered, for operations that follow on the same entry. */
  readonly answers: Map<EntryKey, string>;
}
