/* An article that both sides have: what is ahead, what is behind, what conflicts, and the operations that follow. */
import type { BaseArticle } from '../../model/base.ts';
import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { LocalOperation, RemoteOperation } from '../../model/plan.ts';
import { moveSteps } from './article-operations.ts';
import { agreedPart, openWork, reconcileOptions, type ArticleWork } from './article-work.ts';
import type { Decision, DecisionContext } from './decision.ts';
import { decideWeighed, weighParent } from './either-kind.ts';
import { localOperation, remoteOperation } from './operations.ts';
import { reconcileLocales } from '../compare/reconcile-article.ts';
import { agreedArticle } from '../compare/rows.ts';
import type { ArticleTriple } from '../terms/triple.ts';
import { weighLocale } from './weigh-locale.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

/** Decides what becomes of an article that both sides have, language by language and field by field. */
export function weighArticle(
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const work = openWork(triple, local);
  for (const verdict of reconcileLocales(triple, reconcileOptions(triple, context)))
    weighLocale(verdict, triple, local, remote, work, context);
  weighParent(triple, parent, work, context);
  if (parent.standing === 'behind') {
    // A language that was removed over there does not move along.
    const gone = work.steps.flatMap((step) => (step.step === 'trash' ? [step.path] : []));
    work.steps.push(...moveSteps(triple, context.layout.pathOf(triple.key), gone, context));
  }
  const made = {
    likeness: 'same title in the same place',
    agreed: () => agreedRow(triple, local, remote, parent, context),
    agreedPart: () => agreedPart(triple, local, remote, parent, work, context),
    there: (reason: string) => operationThere(triple, parent, work, reason, context),
    here: (reason: string) => operationHere(triple, work, reason, context),
  };
  return decideWeighed(triple, local, remote, work, made, context);
}

/** The row of an article on which both sides agree. */
function agreedRow(
  { base }: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  context: DecisionContext,
): BaseArticle {
  const id = remote.parents.length === 0 ? null : (base?.parent ?? remote.parents[0] ?? null);
  const parentId = parent.local === null ? null : (context.directory.idOf(parent.local) ?? id);
  const options = { bodies: context.bodies, authors: context.input.authors };
  return agreedArticle(base, local, remote, parentId, options);
}

function operationThere(
  triple: ArticleTriple,
  parent: ParentVerdict,
  { isMovedHere: isMoved, isUnpublish, writeFields, write }: ArticleWork,
  reason: string,
  context: DecisionContext,
): RemoteOperation | null {
  if (writeFields.length === 0) return null;
  const isOnlyMove = isMoved && writeFields.every((change) => change.field === 'parent');
  return remoteOperation(
    triple,
    {
      action: isOnlyMove ? 'move' : isUnpublish ? 'delete' : 'update',
      write: { ...(isMoved ? { parent: parent.local } : {}), locales: write },
      fields: writeFields,
      reason,
      removal: isUnpublish && !isOnlyMove ? 'unpublish' : null,
    },
    context,
  );
}

function operationHere(
  triple: ArticleTriple,
  { steps, fileFields }: ArticleWork,
  reason: string,
  context: DecisionContext,
): LocalOperation | null {
  if (steps.length === 0) return null;
  const isOnlyMove =
    fileFields.every((change) => change.field === 'parent') &&
    steps.every((step) => step.step === 'move-file');
  return localOperation(
    triple,
    { action: isOnlyMove ? 'move' : 'update', steps, fields: fileFields, reason },
    context,
  );
}
