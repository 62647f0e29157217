import { articleRows } from './articles.ts';
import { collectionRows } from './collections.ts';
import { fieldRows } from './fields.ts';
import { guardRows } from './guards.ts';
import { localeRows } from './locales.ts';
import { moveRows } from './moves.ts';
import type { Rows } from './row.ts';

/** Every row of the decision table, by its id. */
export const rows: Rows = {
  ...articleRows,
  ...localeRows,
  ...fieldRows,
  ...collectionRows,
  ...moveRows,
  ...guardRows,
};
