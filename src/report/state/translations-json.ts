import type { Change } from '../../translations/comparison.ts';
import type { LocaleSummary, Standing } from '../../translations/terms.ts';

/** What `shelfmark translations --json` prints. */
export function translationsJson(
  {
    standings,
    locales,
  }: { readonly standings: readonly Standing[]; readonly locales: readonly LocaleSummary[] },
  changes: readonly Change[] | null,
): object {
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
