/* An article that both sides have: what is ahead, what is behind, what conflicts, and the operations that follow. */
import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { FieldChange, LocalOperation, RemoteOperation, Standing } from '../../model/plan.ts';
import { behindOf, reconcileOptions } from './article-decision.ts';
import { moveSteps } from './article-operations.ts';
import { agreedPart, openWork, type ArticleWork } from './article-work.ts';
import {
  nothing,
  parentConflict,
  rowEdit,
  statusOf,
  writesLocal,
  writesRemote,
  type Decision,
  type DecisionContext,
} from './decision.ts';
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

  if (work.conflicts.length > 0) {
    const reasons = work.conflicts.map((one) => one.reason);
    return { ...nothing, conflicts: work.conflicts, status: statusOf(triple, 'conflict', reasons, context) };
  }
  if (work.ahead.length === 0 && work.behind.length === 0)
    return inStep(triple, local, remote, parent, work, context);
  const status = statusOf(triple, standingOf(work), detailsOf(triple, work), context);
  if (context.input.direction === 'push' && work.behind.length > 0) {
    const row = { path: local.path, id: remote.id };
    const reason = 'changed in the help center since the last sync';
    return { ...nothing, status, behind: behindOf(triple, row, work.fileFields, reason) };
  }
  const known = agreedPart(triple, local, remote, parent, work, context);
  return {
    ...nothing,
    status,
    baseEdit: known === null ? null : rowEdit(known, 'converge', known),
    remote: operationThere(triple, parent, work, context),
    local: operationHere(triple, work, context),
  };
}

/** Nothing to be written: at most the row of the base does not say so yet. */
function inStep(
  triple: ArticleTriple,
  local: LocalArticle,
  remote: RemoteArticle,
  parent: ParentVerdict,
  work: ArticleWork,
  context: DecisionContext,
): Decision {
  if (!work.isRowStale) return nothing;
  const { base } = triple;
  const id = remote.parents.length === 0 ? null : (base?.parent ?? remote.parents[0] ?? null);
  const parentId = parent.local === null ? null : (context.directory.idOf(parent.local) ?? id);
  const options = { bodies: context.bodies, authors: context.input.authors };
  const row = agreedArticle(base, local, remote, parentId, options);
  const edit = base === null ? 'adopt' : base.path === local.path ? 'converge' : 'path';
  const status = base === null ? statusOf(triple, 'adopt', detailsOf(triple, work), context) : null;
  return { ...nothing, status, baseEdit: { key: triple.key, edit, path: local.path, id: remote.id, row } };
}

function standingOf({ ahead, behind }: ArticleWork): Standing {
  if (ahead.length > 0 && behind.length > 0) return 'both';
  return ahead.length > 0 ? 'ahead' : 'behind';
}

const detailsOf = ({ base }: ArticleTriple, { ahead, behind }: ArticleWork): readonly string[] => [
  ...(base === null ? ['same title in the same place'] : []),
  ...ahead,
  ...behind,
];

function operationThere(
  triple: ArticleTriple,
  parent: ParentVerdict,
  work: ArticleWork,
  context: DecisionContext,
): RemoteOperation | null {
  const { isMoved, isUnpublish, writeFields } = work;
  if (work.ahead.length === 0 || !writesRemote(context) || (writeFields.length === 0 && !isMoved))
    return null;
  const isOnlyMove = isMoved && writeFields.every((change) => change.field === 'parent');
  return remoteOperation(
    triple,
    {
      action: isOnlyMove ? 'move' : isUnpublish ? 'delete' : 'update',
      write: { ...(isMoved ? { parent: parent.local } : {}), locales: work.write },
      fields: writeFields,
      reason: work.ahead.join(', '),
      removal: isUnpublish && !isOnlyMove ? 'unpublish' : null,
    },
    context,
  );
}

function operationHere(
  triple: ArticleTriple,
  { behind, steps, fileFields }: ArticleWork,
  context: DecisionContext,
): LocalOperation | null {
  if (behind.length === 0 || !writesLocal(context) || steps.length === 0) return null;
  const isOnlyMove =
    fileFields.every((change) => change.field === 'parent') &&
    steps.every((step) => step.step === 'move-file');
  return localOperation(
    triple,
    { action: isOnlyMove ? 'move' : 'update', steps, fields: fileFields, reason: behind.join(', ') },
    context,
  );
}

function weighParent(
  triple: ArticleTriple,
  parent: ParentVerdict,
  work: ArticleWork,
  context: DecisionContext,
): void {
  const change: FieldChange = {
    field: 'parent',
    locale: null,
    before: context.folderOf(parent.remote),
    after: context.folderOf(parent.local),
  };
  switch (parent.standing) {
    case 'ahead':
      work.ahead.push('moved here');
      work.isMoved = true;
      work.writeFields.push(change);
      return;
    case 'behind': {
      work.behind.push('moved in the help center');
      work.fileFields.push({ ...change, before: change.after, after: change.before });
      // A language that was removed over there does not move along.
      const gone = work.steps.flatMap((step) => (step.step === 'trash' ? [step.path] : []));
      work.steps.push(...moveSteps(triple, context.layout.pathOf(triple.key), gone, context));
      return;
    }
    case 'converged':
      work.isRowStale = true;
      work.isParentAgreed = true;
      return;
    case 'conflict':
      work.conflicts.push(parentConflict(triple, parent, context));
      return;
    case 'same':
    case 'merged':
      return;
  }
}
