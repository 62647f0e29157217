/* What the decisions about articles share. */
import type { BaseArticle } from '../../model/base.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { FieldChange } from '../../model/plan.ts';
import { type DecisionContext } from './decision.ts';
import { answerFor } from '../terms/input.ts';
import { type ReconcileOptions } from '../compare/reconcile-article.ts';
import type { ArticleTriple } from '../terms/triple.ts';

/** An entry that the remote changed, for a push to leave alone. */
export function behindOf(
  triple: ArticleTriple,
  row: { readonly path: LocalPath; readonly id: BaseArticle['id'] } | null,
  fields: readonly FieldChange[],
  reason: string,
) {
  return row === null
    ? null
    : { key: triple.key, kind: triple.kind, path: row.path, id: row.id, fields, reason };
}

export const reconcileOptions = (triple: ArticleTriple, context: DecisionContext): ReconcileOptions => ({
  bodies: context.bodies,
  authors: context.input.authors,
  policy: { ...context.input.policy, conflicts: answerFor(context.input, triple.key) },
  remoteDefaultLocale: context.input.remote.defaultLocale,
  recall: context.input.recall,
});
