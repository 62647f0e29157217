import {
  collectionFields,
  collectionName,
  collectionNames,
  isCollectionChangedHere,
  isCollectionChangedThere,
  translatedNames,
} from '../../fields/collection-fields.ts';
import type { BaseCollection } from '../../model/base.ts';
import type { LocalCollection, RemoteCollection } from '../../model/entry.ts';
import { keptCollection } from '../../model/kept.ts';
import type { CollectionWrite, FieldChange, FileStep } from '../../model/plan.ts';
import { newFile } from './collection-operations.ts';
import {
  conflictOf,
  nothing,
  parentConflict,
  rowEdit,
  statusOf,
  writesLocal,
  writesRemote,
  type Decision,
  type DecisionContext,
} from './decision.ts';
import { answerFor } from '../terms/input.ts';
import { createHere, leaveThere, newPlace, removeHere } from './either-kind.ts';
import { remoteOperation } from './operations.ts';
import { isPutBackCollection } from '../compare/put-back.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import { weighCollection } from './weigh-collection.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

/** What a decision about a collection needs to know of what is in it. */
export interface Contents {
  /** Something below the folder is new or changed here, and would lose its place. */
  readonly hasLocalWork: boolean;
  /** Something below the remote collection stays there after this plan. */
  readonly staysFilled: boolean;
  /** This plan writes something into its folder. */
  readonly isRefilled: boolean;
}

/** Decides what becomes of one collection; the whole of the decision table for collections is in here. */
export function decideCollection(
  triple: CollectionTriple,
  contents: Contents,
  context: DecisionContext,
): Decision {
  const { base, local, remote } = triple;
  const parent = context.parents.get(triple.key);
  if (triple.held || parent === undefined) {
    return { ...nothing, status: statusOf(triple, 'held', ['waits until a problem is solved'], context) };
  }
  if (local !== null && parent.isUnknown)
    return { ...nothing, status: statusOf(triple, 'held', ['the folder above it cannot be read'], context) };
  if (parent.standing === 'conflict' && (local === null || (base === null && remote === null)))
    return { ...nothing, ...placeless(triple, parent, context) };
  if (local !== null && remote !== null) return weighCollection(triple, local, remote, parent, context);
  if (local !== null)
    return base === null
      ? createRemote(triple, local, parent, context)
      : remoteGone(triple, base, local, contents, context);
  if (remote !== null)
    return base === null
      ? createLocal(triple, remote, 'new in the help center', context)
      : localGone(triple, base, remote, contents, context);
  return base === null ? nothing : { ...nothing, baseEdit: rowEdit(base, 'drop', null) };
}

/** What is new on one side and cannot be in the same place on the other. */
function placeless(
  triple: CollectionTriple,
  parent: ParentVerdict,
  context: DecisionContext,
): Pick<Decision, 'conflicts' | 'status'> {
  return {
    conflicts: [parentConflict(triple, parent, context)],
    status: statusOf(triple, 'conflict', [parent.reason], context),
  };
}

function createRemote(
  triple: CollectionTriple,
  local: LocalCollection,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const status = statusOf(triple, 'ahead', ['new folder'], context);
  if (!writesRemote(context)) return { ...nothing, status };
  const fields: FieldChange[] = [];
  let write: CollectionWrite = { parent: parent.local };
  for (const field of collectionNames) {
    const after = collectionFields[field].first(local);
    if (after === null) continue;
    write = { ...write, [field]: after };
    if (after !== '') fields.push({ field, locale: null, before: null, after });
  }
  fields.push(...newPlace(parent, context));
  for (const [locale, texts] of local.translations)
    for (const field of translatedNames)
      if (texts[field] !== '') fields.push({ field, locale, before: null, after: texts[field] });
  if (local.translations.size > 0) write = { ...write, translations: Object.fromEntries(local.translations) };
  return {
    ...nothing,
    status,
    remote: remoteOperation(triple, { action: 'create', write, fields, reason: 'new folder' }, context),
  };
}

function createLocal(
  triple: CollectionTriple,
  remote: RemoteCollection,
  reason: string,
  context: DecisionContext,
): Decision {
  if (!writesLocal(context)) return leaveThere(triple, reason, context);
  const folder = context.layout.pathOf(triple.key);
  const steps: FileStep[] = [newFile(folder, remote)];
  const fields = collectionNames.flatMap((field): FieldChange[] => {
    const after = collectionFields[field].written(remote);
    return after === null || after === '' ? [] : [{ field, locale: null, before: null, after }];
  });
  return createHere(triple, steps, fields, reason, context);
}

/** The folder is gone. A collection is deleted only by policy, and only when nothing is left in it. */
function localGone(
  triple: CollectionTriple,
  base: BaseCollection,
  remote: RemoteCollection,
  contents: Contents,
  context: DecisionContext,
): Decision {
  if (isCollectionChangedThere(base, remote))
    return createLocal(triple, remote, 'its folder is gone, but it was edited in the help center', context);
  if (base.unseen === true)
    return createLocal(triple, remote, 'a run that was cut off made it, and its folder is not here', context);
  if (contents.isRefilled && writesLocal(context))
    return createLocal(triple, remote, 'its folder is gone, but something in it comes back', context);
  if (base.gone) return nothing;
  const { deletions } = context.input.policy;
  if (deletions === 'keep')
    return { ...nothing, status: statusOf(triple, 'ahead', [keptCollection], context) };
  if (!writesRemote(context))
    return { ...nothing, status: statusOf(triple, 'ahead', ['folder gone'], context) };
  if (deletions === 'unpublish') {
    // Readers do not see a collection without a published article, so there is nothing to be written.
    return { ...nothing, baseEdit: rowEdit(base, 'keep', { ...base, gone: true }) };
  }
  if (contents.staysFilled) {
    return {
      ...nothing,
      status: statusOf(
        triple,
        'held',
        ['folder gone, but the collection still holds something in the help center'],
        context,
      ),
    };
  }
  const reason = 'its folder is gone and nothing is left in it (deletions: delete)';
  const fields: FieldChange[] = [{ field: 'name', locale: null, before: remote.name, after: null }];
  return {
    ...nothing,
    status: statusOf(triple, 'ahead', ['folder gone'], context),
    remote: remoteOperation(
      triple,
      { action: 'delete', write: {}, fields, reason, removal: 'delete' },
      context,
    ),
  };
}

function remoteGone(
  triple: CollectionTriple,
  base: BaseCollection,
  local: LocalCollection,
  contents: Contents,
  context: DecisionContext,
): Decision {
  const policy = answerFor(context.input, triple.key);
  // No answer may send what is new in it nowhere.
  if (
    contents.hasLocalWork ||
    (isCollectionChangedHere(base, local) &&
      !isPutBackCollection(base, local, context.input.policy) &&
      policy !== 'remote')
  ) {
    const reason = contents.hasLocalWork
      ? 'deleted in the help center, but its folder holds new or edited articles'
      : 'edited here, deleted in the help center';
    return {
      ...nothing,
      status: statusOf(triple, 'conflict', [reason], context),
      conflicts: [
        conflictOf(triple, local.path, {
          field: 'name',
          locale: null,
          local: collectionName(local),
          remote: null,
          reason,
        }),
      ],
    };
  }
  const { file, digest } = local;
  return removeHere(triple, base, file === null || digest === null ? [] : [{ path: file, digest }], context);
}
