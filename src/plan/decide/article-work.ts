/* What is gathered about an article that both sides have, until its operations can be made. */
import type { BaseArticle } from '../../model/base.ts';
import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { Locale } from '../../model/locale.ts';
import type { FileStep } from '../../model/plan.ts';
import type { ContentEdit } from '../../model/remote-side.ts';
import type { DecisionContext } from './decision.ts';
import { nothingWeighed } from './either-kind.ts';
import { answerFor } from '../terms/input.ts';
import type { ReconcileOptions } from '../compare/reconcile-article.ts';
import { agreedContent, goneArticle, type Sent } from '../compare/rows.ts';
import { fileOfLocale } from '../terms/locale-file.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

/** What is weighed about an article, with what only articles have. */
export const openWork = ({ base }: ArticleTriple, local: LocalArticle) => ({
  ...nothingWeighed(base === null || base.path !== local.path),
  write: {} as Partial<Record<Locale, ContentEdit>>,
  steps: [] as FileStep[],
  isUnpublish: false,
  /** What both sides were seen to agree on although the base does not say so, by language. */
  agreed: new Map<Locale, Sent | 'all' | 'gone' | 'dropped'>(),
});

export type ArticleWork = ReturnType<typeof openWork>;

export const reconcileOptions = (triple: ArticleTriple, context: DecisionContext): ReconcileOptions => ({
  bodies: context.bodies,
  authors: context.input.authors,
  policy: { ...context.input.policy, conflicts: answerFor(context.input, triple.key) },
  remoteDefaultLocale: context.input.remote.defaultLocale,
  recall: context.input.recall,
  isIgnored: (locale) =>
    triple.local !== null &&
    context.input.local.ignored?.has(
      fileOfLocale(triple.local.path, locale, context.input.policy.defaultLocale),
    ) === true,
});

/** The row with only what both sides agree on moved; null where the base says so already. */
export function agreedPart(
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  work: ArticleWork,
  context: DecisionContext,
): BaseArticle | null {
  const { base } = triple;
  if (base === null || (work.agreed.size === 0 && !work.isParentAgreed)) return null;
  const options = { bodies: context.bodies, authors: context.input.authors };
  const locales = new Map(base.locales);
  for (const [locale, what] of work.agreed) {
    const here = local.locales.get(locale);
    const there = remote.locales.get(locale);
    const agreed = base.locales.get(locale) ?? null;
    if (what === 'dropped') locales.delete(locale);
    else if (what === 'gone') {
      const gone = goneArticle(base, remote, [locale]).locales.get(locale);
      if (gone !== undefined) locales.set(locale, gone);
    } else if (here !== undefined && there !== undefined)
      locales.set(locale, agreedContent(agreed, here, there, locale, what, options));
  }
  const parentId = parent.remote === null ? null : context.directory.idOf(parent.remote);
  return { ...base, path: local.path, parent: work.isParentAgreed ? parentId : base.parent, locales };
}
