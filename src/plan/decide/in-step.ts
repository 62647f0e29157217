/* The cheap answer for most entries of most plans: nothing changed on either side, so there is nothing to weigh. */
import type { BaseContent } from '../../model/base.ts';
import type { LocalContent, RemoteContent } from '../../model/entry.ts';
import type { DecisionContext } from './decision.ts';
import type { ArticleTriple } from '../terms/triple.ts';

/**
 * Tells that an article is on both sides as the base says and where the base says, told by values and quick
 * fingerprints alone. For such a one `decideArticle` decides nothing; where this says no, that one has to look closer.
 */
export function isInStep(triple: ArticleTriple, { bodies, parents }: DecisionContext): boolean {
  const { base, local, remote, frozen } = triple;
  if (frozen || base === null || local === null || remote === null || base.path !== local.path) return false;
  const parent = parents.get(triple.key);
  if (parent === undefined || parent.standing !== 'same' || parent.isUnknown) return false;
  const count = base.locales.size;
  if (count === 0 || local.locales.size !== count || remote.locales.size !== count) return false;
  for (const [locale, agreed] of base.locales) {
    const here = local.locales.get(locale);
    const there = remote.locales.get(locale);
    if (here === undefined || there === undefined || !isAgreed(agreed, here, there)) return false;
    if (!bodies.isLocalQuick(here, agreed.body.localQuick)) return false;
    if (bodies.remoteQuick(there) !== agreed.body.remoteQuick) return false;
  }
  return true;
}

/** The values besides the text. A file that does not say one leaves it as it was agreed. */
function isAgreed(agreed: BaseContent, here: LocalContent, there: RemoteContent): boolean {
  return (
    !agreed.gone &&
    here.title === agreed.title.local &&
    there.title === agreed.title.remote &&
    here.description === agreed.description.local &&
    there.description === agreed.description.remote &&
    (here.state === null || here.state === agreed.state.local) &&
    there.state === agreed.state.remote &&
    (here.author === null || here.author === agreed.author.local) &&
    there.author === agreed.author.remote
  );
}
