import type { Base, BaseEntry, BaseImage } from '../model/base.ts';
import type { Kind } from '../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';

/** What a run notes down as it goes, so that a crash forgets nothing that was done. */
export type BaseNote =
  /**
   * `signs` are those of the files that the row was made from, see `signsOf`: it counts only while they say the same.
   * Missing for what a file of ours made in the help center: whatever the file says by now, it was made from it.
   */
  | { readonly note: 'row'; readonly row: BaseEntry; readonly signs?: Readonly<Record<string, string>> }
  | { readonly note: 'drop'; readonly kind: Kind; readonly id: RemoteId }
  | { readonly note: 'image'; readonly image: BaseImage }
  | { readonly note: 'pinned'; readonly pinned: NonNullable<Base['pinned']> }
  /** Files are about to be moved; whether they were, the folder tells. */
  | { readonly note: 'moving'; readonly moves: readonly OpenMove[] }
  /** Languages of an article are about to be taken offline, since their files are gone. */
  | ({ readonly note: 'removing' } & OpenRemoval)
  /** A create is about to be carried out on either side; without an `ended` nobody knows whether it was. */
  | ({ readonly note: 'intent' } & OpenIntent)
  | { readonly note: 'ended'; readonly key: EntryKey };

export interface OpenIntent {
  readonly key: EntryKey;
  /** Milliseconds since 1970; nothing of it happened before. */
  readonly at: number;
  /** When its answer was given up; what was sent may arrive for a while after that. The machine may have slept since `at`. */
  readonly last?: number;
  /** What it is called in the default locale, and where it is. */
  readonly title?: string;
  readonly parent?: RemoteId | null;
  /** A sign of the words that were sent, see `wordsSign`: by them it is found under another title, too. */
  readonly words?: string;
  /** What a file is being made for, or what was found to have been made of the file. */
  readonly id?: RemoteId;
}

export interface OpenRemoval {
  readonly id: RemoteId;
  readonly locales: readonly Locale[];
}

export interface OpenMove {
  readonly kind: Kind;
  readonly id: RemoteId;
  readonly from: LocalPath;
  readonly to: LocalPath;
}
