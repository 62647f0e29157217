/* Which of two rows a file was written on top of: the newer one counts only where the file holds what is new in it. */
import type { BaseArticle, BaseContent } from '../../model/base.ts';
import type { LocalArticle, LocalContent } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { Bodies } from '../../fields/reading.ts';
import { countBy } from '../terms/count-by.ts';

/**
 * Tells whether the files of an article hold all that a row brought and nothing that it took away, compared with the
 * row before it. What they say beyond that was written on top of it.
 */
export function isBuiltOn(
  row: BaseArticle,
  before: BaseArticle,
  local: LocalArticle,
  bodies: Bodies,
): boolean {
  return [...row.locales].every(([locale, agreed]) => {
    const older = before.locales.get(locale);
    const here = local.locales.get(locale);
    if (agreed === older) return true;
    return here !== undefined && older !== undefined && holdsNews(agreed, older, here, locale, bodies);
  });
}

function holdsNews(
  row: BaseContent,
  before: BaseContent,
  here: LocalContent,
  locale: Locale,
  bodies: Bodies,
): boolean {
  for (const field of ['title', 'description', 'state', 'author'] as const)
    if (row[field].local !== before[field].local && here[field] !== row[field].local) return false;
  const said = bodies.local(here, locale).blocks.map((block) => block.fingerprint);
  const [now, then] = [blocksOf(row), blocksOf(before)];
  if (said.join(' ') === then.join(' ') && now.join(' ') !== then.join(' ')) return false;
  const [inFile, inRow, inBefore] = [said, now, then].map((all) => countBy(all, (one) => one));
  const count = (counts: ReadonlyMap<string, number> | undefined, one: string): number =>
    counts?.get(one) ?? 0;
  return [...new Set([...now, ...then])].every((one) => {
    const [found, is, was] = [count(inFile, one), count(inRow, one), count(inBefore, one)];
    return is === was || (is > was ? found >= is : found <= is);
  });
}

const blocksOf = ({ body }: BaseContent): readonly string[] => body.segments.flatMap(({ local }) => local);
