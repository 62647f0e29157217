import type { Change } from '../../translations/comparison.ts';
import type { LocaleSummary, Standing } from '../../translations/terms.ts';

/** How the translations stand, as machines read it. Stable; documented in docs/json.md. */
export interface JsonTranslations {
  readonly version: 1;
  readonly locales: readonly LocaleSummary[];
  readonly translations: readonly (Omit<Standing, 'behind' | 'was'> & Partial<Pick<Standing, 'behind'>>)[];
  /** Only where the question is about one article in one language that is behind: what changed in its source. */
  readonly changes?: readonly Change[];
}

/** What `shelfmark translations --json` prints. */
export function translationsJson(
  {
    standings,
    locales,
  }: { readonly standings: readonly Standing[]; readonly locales: readonly LocaleSummary[] },
  changes: readonly Change[] | null,
): JsonTranslations {
  return {
    version: 1,
    locales,
    translations: standings.map(({ behind, was: _was, ...one }) => ({
      ...one,
      ...(behind === null ? {} : { behind }),
    })),
    ...(changes === null ? {} : { changes }),
  };
}
