/* The cheap answer for most entries of most plans: nothing changed on either side, so there is nothing to weigh. */
import { articleFields, articleNames } from '../../fields/article-fields.ts';
import type { DecisionContext } from './decision.ts';
import type { ArticleTriple } from '../terms/triple.ts';

/**
 * Tells that an article is on both sides as the base says and where the base says, judged by values and quick
 * fingerprints alone. For such a one `decideArticle` decides nothing; where this says no, that one has to look closer.
 */
export function isInStep(triple: ArticleTriple, { bodies, parents }: DecisionContext): boolean {
  const { base, local, remote, held } = triple;
  if (held || base === null || local === null || remote === null || base.path !== local.path) return false;
  const parent = parents.get(triple.key);
  if (parent === undefined || parent.standing !== 'same' || parent.isUnknown) return false;
  const count = base.locales.size;
  if (count === 0 || local.locales.size !== count || remote.locales.size !== count) return false;
  for (const [locale, agreed] of base.locales) {
    const here = local.locales.get(locale);
    const there = remote.locales.get(locale);
    if (here === undefined || there === undefined || agreed.gone) return false;
    if (!articleNames.every((name) => articleFields[name].isInStep(agreed, here, there, bodies)))
      return false;
  }
  return true;
}
