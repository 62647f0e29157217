/**
 * The table of everything that is synced. To add a field: a row here, its value in `plan/values.ts`, and its place
 * on either side (`local/` and `intercom/`); the compiler points at each.
 */
export const fields = {
  name: { on: ['collection'], per: 'locale', label: 'name' },
  title: { on: ['article'], per: 'locale', label: 'title' },
  description: { on: ['collection', 'article'], per: 'locale', label: 'description' },
  state: { on: ['article'], per: 'locale', label: 'state' },
  author: { on: ['article'], per: 'locale', label: 'author' },
  body: { on: ['article'], per: 'locale', label: 'text' },
  icon: { on: ['collection'], per: 'entry', label: 'icon' },
  parent: { on: ['collection', 'article'], per: 'entry', label: 'parent' },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly on: readonly ('collection' | 'article')[];
      /** Whether each language has its own value or the entry has one. */
      readonly per: 'locale' | 'entry';
      /** How plans name it. */
      readonly label: string;
    }
  >
>;

export type FieldName = keyof typeof fields;
