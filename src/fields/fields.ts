/*
 * The table of everything that is synced: for each field how it is read from either side and from the base, compared,
 * written, remembered and named. Whoever walks over fields walks over `articleFields` or `collectionFields`, so a new one
 * is walked over by itself. What only one side knows of a field (its key in a file, its name on the wire) is there.
 */
import type { FieldName } from '../model/entry.ts';
import { articleFields } from './article-fields.ts';
import { collectionFields } from './collection-fields.ts';

const named: { readonly [Field in FieldName]: { readonly label: string } } = {
  ...collectionFields,
  ...articleFields,
  parent: { label: 'parent' },
};

interface Named {
  readonly field: FieldName;
  readonly locale: string | null;
}

/** How plans name a field, with its language where it is not the default one. */
export function labelOf(one: Named): string {
  const { label } = named[one.field];
  return one.locale === null ? label : `${label} (${one.locale})`;
}

/** Several fields in one sentence, each once. */
export const labelsOf = (some: readonly Named[]): string => [...new Set(some.map(labelOf))].join(', ');
