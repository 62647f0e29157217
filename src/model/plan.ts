import type { BaseEntry } from './base.ts';
import type {
  ArticleField,
  CollectionField,
  CollectionFields,
  CollectionTexts,
  FieldName,
  Kind,
  LocalFields,
} from './entry.ts';
import type { EntryKey, LocalPath, RemoteId } from './identity.ts';
import type { Locale } from './locale.ts';
import type { Problem } from './problem.ts';
import type { ContentEdit } from './remote-side.ts';

/** Which side a plan may write: push the remote, pull the local side, sync both. */
export type Direction = 'push' | 'pull' | 'sync';

export type Action = 'create' | 'update' | 'move' | 'delete';

/** One value that an operation changes, as text for people: bodies as Markdown, parents as folders. */
export interface FieldChange {
  readonly field: FieldName;
  /** Null for what the entry has once, whatever the language. */
  readonly locale: Locale | null;
  /** Null: there was none. */
  readonly before: string | null;
  readonly after: string | null;
}

interface Common {
  readonly action: Action;
  readonly key: EntryKey;
  /** The entry's place in the folder: where it is, or for a create where it will be. */
  readonly path: LocalPath;
  /** Null while the remote has not named it yet. */
  readonly id: RemoteId | null;
  /** Operations of one wave may run side by side; lower waves come first. */
  readonly wave: number;
  readonly fields: readonly FieldChange[];
  /** Why, in a few words. */
  readonly reason: string;
}

/** What a remote operation sends of an article; links to entries without an id yet are placeholders in it. */
export interface ArticleWrite {
  /** Missing: left as it is. */
  readonly parent?: EntryKey | null;
  readonly locales: Readonly<Partial<Record<Locale, ContentEdit>>>;
}

export interface CollectionWrite extends Partial<CollectionFields> {
  readonly parent?: EntryKey | null;
  readonly translations?: Readonly<Partial<Record<Locale, CollectionTexts>>>;
}

/** How a deletion is carried out on the remote. */
export type Removal = 'unpublish' | 'delete';

/** What readers see of an article before an operation; nothing of one that is new, nor of a collection. */
export interface ReadersSee {
  /** The public address; null where there is none, or where it is not known. */
  readonly url: string | null;
  /** The languages in which it is published; null means the default one, as in the fields. */
  readonly locales: readonly (Locale | null)[];
}

export type RemoteOperation = Common & {
  readonly side: 'remote';
  /** Fingerprint of the remote entry that the plan was made from; null for a create. */
  readonly expected: string | null;
  readonly removal: Removal | null;
  readonly readers: ReadersSee;
} & (
    | { readonly kind: 'article'; readonly write: ArticleWrite }
    | { readonly kind: 'collection'; readonly write: CollectionWrite }
  );

/** One step on one file; `digest` is the fingerprint that the file must still have. */
export type FileStep =
  | { readonly step: 'create-article'; readonly path: LocalPath; readonly content: NewArticleFile }
  | { readonly step: 'create-collection'; readonly path: LocalPath; readonly content: NewCollectionFile }
  | {
      readonly step: 'edit-article';
      readonly path: LocalPath;
      readonly digest: string;
      readonly edit: ArticleFileEdit;
    }
  | {
      readonly step: 'edit-collection';
      readonly path: LocalPath;
      readonly digest: string;
      readonly edit: CollectionFileEdit;
    }
  | { readonly step: 'move-file'; readonly path: LocalPath; readonly to: LocalPath; readonly digest: string }
  | { readonly step: 'move-folder'; readonly path: LocalPath; readonly to: LocalPath }
  | { readonly step: 'trash'; readonly path: LocalPath; readonly digest: string };

export type NewArticleFile = LocalFields;

export interface NewCollectionFile extends CollectionFields {
  readonly translations: Readonly<Partial<Record<Locale, CollectionTexts>>>;
}

/** What changes in the file of an article; a missing property is left as it is. The body is Markdown, whole. */
export type ArticleFileEdit = { readonly [Field in ArticleField]?: NonNullable<LocalFields[Field]> };

/** What changes in a `collection.yaml`; a missing property is left as it is. */
export interface CollectionFileEdit extends CollectionFileFields {
  /** Null removes a translation. */
  readonly translations?: Readonly<Partial<Record<Locale, CollectionTexts | null>>>;
}

type CollectionFileFields = { readonly [Field in CollectionField]?: NonNullable<CollectionFields[Field]> };

export type LocalOperation = Common & {
  readonly side: 'local';
  readonly kind: Kind;
  readonly steps: readonly FileStep[];
  /** Where the entry is afterwards; the same as `path` unless it moves. */
  readonly to: LocalPath;
};

export type Operation = RemoteOperation | LocalOperation;

/** Both sides changed one value differently; the entry is written on neither side until somebody answers. */
export interface Conflict {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath;
  readonly id: RemoteId | null;
  readonly field: FieldName;
  readonly locale: Locale | null;
  /** Null: that side does not have it any more. For a body: the blocks concerned, as Markdown. */
  readonly local: string | null;
  readonly remote: string | null;
  readonly reason: string;
}

/** An entry that the remote changed and that a push therefore leaves alone. */
export interface Behind {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath;
  readonly id: RemoteId;
  readonly fields: readonly FieldChange[];
  readonly reason: string;
}

/** What becomes of a row of the base without any operation; `row` null drops it. */
export interface BaseEdit {
  readonly key: EntryKey;
  readonly edit: 'adopt' | 'converge' | 'path' | 'drop' | 'keep';
  readonly path: LocalPath;
  readonly id: RemoteId;
  readonly row: BaseEntry | null;
}

/** "No, because": a guard found the plan dangerous; nothing of it is carried out. */
export interface Refusal {
  /** Fixed, in capitals. */
  readonly code: string;
  readonly message: string;
  /** The exact flag or step that allows it. */
  readonly hint: string;
}

/** How an entry is doing, for `status`. */
export type Standing = 'ahead' | 'behind' | 'both' | 'conflict' | 'unmanaged' | 'adopt' | 'held';

export interface EntryStatus {
  readonly key: EntryKey;
  readonly kind: Kind;
  readonly path: LocalPath | null;
  readonly id: RemoteId | null;
  readonly title: string;
  readonly standing: Standing;
  /** What differs, in a few words. */
  readonly details: readonly string[];
}

export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly move: number;
  readonly delete: number;
  readonly conflict: number;
  readonly behind: number;
  readonly adopt: number;
  readonly unchanged: number;
}

/** Everything that a run is going to do and everything that it is not, as plain data. */
export interface Plan {
  readonly version: 1;
  readonly direction: Direction;
  readonly summary: Summary;
  /** In the order in which they are carried out. */
  readonly operations: readonly Operation[];
  readonly conflicts: readonly Conflict[];
  readonly behind: readonly Behind[];
  readonly problems: readonly Problem[];
  readonly refusals: readonly Refusal[];
  readonly baseEdits: readonly BaseEdit[];
  /** Only entries that are not in step. */
  readonly statuses: readonly EntryStatus[];
}
