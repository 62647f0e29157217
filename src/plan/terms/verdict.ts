import type { Body, Block } from '../../markup/meaning/body.ts';
import type { ValueField } from '../../fields/article-fields.ts';
import type { CollectionField, FieldName } from '../../model/entry.ts';
import type { EntryKey } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';

/**
 * What became of one value: `ahead` changed here, `behind` changed on the remote, `merged` changed on both and put
 * together, `converged` changed on both alike, `conflict` changed on both differently.
 */
export type FieldStanding = 'same' | 'ahead' | 'behind' | 'merged' | 'converged' | 'conflict';

export interface ValueVerdict<Field extends FieldName> {
  readonly field: Field;
  readonly locale: Locale | null;
  readonly standing: FieldStanding;
  /** Null: not there, or nothing said. */
  readonly local: string | null;
  readonly remote: string | null;
}

export interface BodyVerdict {
  readonly field: 'body';
  readonly locale: Locale;
  readonly standing: FieldStanding;
  /** What both shall mean; only for `ahead`, `behind` and `merged`. */
  readonly blocks: readonly Block[];
  readonly localBody: Body;
  readonly remoteBody: Body;
  readonly conflicts: readonly { readonly local: readonly Block[]; readonly remote: readonly Block[] }[];
}

export type CollectionVerdict = ValueVerdict<CollectionField>;
export type FieldVerdict = ValueVerdict<ValueField> | BodyVerdict;

/** A language that both sides have. */
export interface BothVerdict {
  readonly locale: Locale;
  readonly presence: 'both';
  readonly fields: readonly FieldVerdict[];
  /** Nothing was agreed on yet. */
  readonly adopted: boolean;
  /** The file says what a pull has replaced, so nothing in it is an edit. */
  readonly isPutBack: boolean;
}

/**
 * What became of one language of an article: both sides have it, or one of them lacks it.
 * `lost` means "gone here, unchanged there", `restore` for "gone here, changed there", `vanished` for
 * "unchanged here, gone there", `clash` for "changed here, gone there".
 */
export type LocaleVerdict =
  | BothVerdict
  | {
      readonly locale: Locale;
      readonly presence:
        'new-local' | 'new-remote' | 'lost' | 'restore' | 'vanished' | 'clash' | 'dropped' | 'rest';
    };

/** Where an entry belongs, on either side; null is the top. */
export interface ParentVerdict {
  readonly standing: FieldStanding;
  readonly local: EntryKey | null;
  readonly remote: EntryKey | null;
  /** Set where the entry cannot be placed: the folder above it is no readable collection. */
  readonly isUnknown: boolean;
  /** Said with a conflict. */
  readonly reason: string;
}
