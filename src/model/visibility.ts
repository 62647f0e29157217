import type { Locale } from './locale.ts';
import type { Operation } from './plan.ts';

/** Whether readers see one language of an article, before and after an operation. */
export type Visibility = 'public' | 'draft' | 'goes public' | 'goes offline';

export interface SeenByReaders {
  /** Null for the default language, as in the fields of an operation. */
  readonly locale: Locale | null;
  readonly visibility: Visibility;
  /** A public article gets another title, and its address is made from that. The former address leads to it still. */
  readonly hasNewAddress: boolean;
}

/**
 * What readers will notice of an operation: one row for each language that it changes, the default one first; for a move
 * and a deletion, one for each language that is public. Empty for a collection, for an operation on the folder, and for
 * the deletion of an article that nobody could see.
 */
export function visibilityOf(operation: Operation): readonly SeenByReaders[] {
  if (operation.side === 'local' || operation.kind === 'collection') return [];
  const { readers, action, removal } = operation;
  // It follows the create of the same plan, which says it.
  if (action !== 'create' && operation.id === null) return [];
  const changed = operation.fields.filter((one) => one.field !== 'parent').map((one) => one.locale);
  const isDeleted = action === 'delete' && removal === 'delete';
  const shown = isDeleted || changed.length === 0 ? readers.locales : changed;
  const locales = shown.length === 0 && !isDeleted ? [null] : [...new Set(shown)];
  return locales.toSorted(defaultFirst).map((locale) => {
    const changeOf = (field: 'state' | 'title') =>
      operation.fields.find((one) => one.field === field && one.locale === locale);
    const before = readers.locales.includes(locale);
    const after =
      !isDeleted && (changeOf('state')?.after ?? (before ? 'published' : 'draft')) === 'published';
    return {
      locale,
      visibility: visibilities[`${before}-${after}`],
      hasNewAddress: before && after && (changeOf('title')?.before ?? null) !== null,
    };
  });
}

const visibilities = {
  'true-true': 'public',
  'true-false': 'goes offline',
  'false-true': 'goes public',
  'false-false': 'draft',
} as const;

const defaultFirst = (left: Locale | null, right: Locale | null): number =>
  Number(left !== null) - Number(right !== null);
