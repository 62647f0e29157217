import { agreedCollectionFields, translatedNames } from '../../fields/collection-fields.ts';
import type { BaseCollection } from '../../model/base.ts';
import type { CollectionField, LocalCollection, RemoteCollection } from '../../model/entry.ts';
import type { Conflict, FieldChange } from '../../model/plan.ts';
import { fileSteps, writeOf } from './collection-operations.ts';
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
import { localOperation, remoteOperation } from './operations.ts';
import { reconcileCollection } from '../compare/reconcile-collection.ts';
import { agreedCollection } from '../compare/rows.ts';
import type { CollectionTriple } from '../terms/triple.ts';
import type { CollectionVerdict, ParentVerdict } from '../terms/verdict.ts';

/** Decides about a collection that is there on both sides: value by value, and its place. */
export function weighCollection(
  triple: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const { base } = triple;
  const verdicts = reconcileCollection(
    triple,
    local,
    remote,
    answerFor(context.input, triple.key),
    context.input.remote.defaultLocale,
  );
  const conflicts = conflictsOf(triple, local, verdicts, parent, context);
  if (conflicts.length > 0)
    return {
      ...nothing,
      conflicts,
      status: statusOf(
        triple,
        'conflict',
        conflicts.map((one) => one.reason),
        context,
      ),
    };

  const ahead = verdicts.filter((one) => one.standing === 'ahead');
  const behind = verdicts.filter((one) => one.standing === 'behind');
  const isMovedHere = parent.standing === 'ahead';
  const isMovedThere = parent.standing === 'behind';
  const details = [
    ...(ahead.length > 0 ? [`${listed(ahead)} changed here`] : []),
    ...(isMovedHere ? ['moved here'] : []),
    ...(behind.length > 0 ? [`${listed(behind)} changed in the help center`] : []),
    ...(isMovedThere ? ['moved in the help center'] : []),
  ];
  const isAhead = ahead.length > 0 || isMovedHere;
  const isBehind = behind.length > 0 || isMovedThere;
  if (!isAhead && !isBehind) return inStep(triple, local, remote, verdicts, parent, context);
  const status = statusOf(
    triple,
    isAhead && isBehind ? 'both' : isAhead ? 'ahead' : 'behind',
    details,
    context,
  );
  const there = context.folderOf(parent.remote);
  const here = context.folderOf(parent.local);
  const fileFields = behind.map((one) => change(one, one.local, one.remote));
  if (isMovedThere) fileFields.push({ field: 'parent', locale: null, before: here, after: there });
  if (isBehind && context.input.direction === 'push') {
    const reason = 'changed in the help center since the last sync';
    return {
      ...nothing,
      status,
      behind: {
        key: triple.key,
        kind: 'collection',
        path: local.path,
        id: remote.id,
        fields: fileFields,
        reason,
      },
    };
  }
  const writeFields = ahead.map((one) => change(one, one.remote, one.local));
  if (isMovedHere) writeFields.push({ field: 'parent', locale: null, before: there, after: here });
  const known = base === null ? null : agreedPart(base, verdicts, local, remote, parent);
  const move = context.layout.folderMoves.find((one) => one.key === triple.key);
  return {
    ...nothing,
    status,
    baseEdit: known === null ? null : rowEdit(known, 'converge', known),
    remote:
      isAhead && writesRemote(context)
        ? remoteOperation(
            triple,
            {
              action: ahead.length === 0 ? 'move' : 'update',
              write: { ...(isMovedHere ? { parent: parent.local } : {}), ...writeOf(ahead, local) },
              fields: writeFields,
              reason: details.filter((one) => one.endsWith('here')).join(', '),
            },
            context,
          )
        : null,
    local:
      isBehind && writesLocal(context)
        ? localOperation(
            triple,
            {
              action: behind.length === 0 ? 'move' : 'update',
              steps: [
                ...(behind.length > 0 ? fileSteps(behind, local, remote) : []),
                ...(move === undefined
                  ? []
                  : [{ step: 'move-folder' as const, path: move.from, to: move.to }]),
              ],
              fields: fileFields,
              reason: details.filter((one) => one.endsWith('help center')).join(', '),
            },
            context,
          )
        : null,
  };
}

function conflictsOf(
  triple: CollectionTriple,
  local: LocalCollection,
  verdicts: readonly CollectionVerdict[],
  parent: ParentVerdict,
  context: DecisionContext,
): readonly Conflict[] {
  const conflicts: Conflict[] = verdicts
    .filter((one) => one.standing === 'conflict')
    .map((one) =>
      conflictOf(triple, local.file ?? local.path, {
        field: one.field,
        locale: one.locale,
        local: one.local,
        remote: one.remote,
        reason:
          triple.base === null
            ? `linked by its name for the first time, but the ${one.field} differs`
            : `the ${one.field} was changed on both sides`,
      }),
    );
  if (parent.standing === 'conflict') conflicts.push(parentConflict(triple, parent, context));
  return conflicts;
}

/** Nothing to be written: at most the row of the base does not say so yet. */
function inStep(
  triple: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  verdicts: readonly CollectionVerdict[],
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const { base } = triple;
  const isStale =
    base === null ||
    base.gone ||
    base.path !== local.path ||
    parent.standing === 'converged' ||
    verdicts.some((one) => one.standing === 'converged');
  if (!isStale) return nothing;
  const row = agreedCollection(local, remote, remote.parent);
  const edit = base === null ? 'adopt' : base.path === local.path ? 'converge' : 'path';
  const status = base === null ? statusOf(triple, 'adopt', ['same name in the same place'], context) : null;
  return { ...nothing, status, baseEdit: { key: triple.key, edit, path: local.path, id: remote.id, row } };
}

/** The row with only what both sides agree on moved; null where the base says so already. */
function agreedPart(
  base: BaseCollection,
  verdicts: readonly CollectionVerdict[],
  local: LocalCollection,
  remote: RemoteCollection,
  parent: ParentVerdict,
): BaseCollection | null {
  const converged = verdicts.filter((one) => one.standing === 'converged');
  if (converged.length === 0 && parent.standing !== 'converged' && !base.gone) return null;
  const all = agreedCollection(local, remote, remote.parent);
  const isAgreed = (field: CollectionField): boolean =>
    converged.some((one) => one.locale === null && one.field === field);
  const fields = agreedCollectionFields((name) => (isAgreed(name) ? all : base)[name]);
  const translations = new Map(base.translations);
  for (const locale of new Set(converged.map((one) => one.locale))) {
    const texts = locale === null ? undefined : remote.translations.get(locale);
    const isWhole = converged.filter((one) => one.locale === locale).length === translatedNames.length;
    if (locale !== null && texts !== undefined && isWhole) translations.set(locale, texts);
  }
  return {
    ...base,
    path: local.path,
    parent: parent.standing === 'converged' ? remote.parent : base.parent,
    ...fields,
    translations,
    gone: false,
  };
}

const change = (verdict: CollectionVerdict, before: string | null, after: string | null): FieldChange => ({
  field: verdict.field,
  locale: verdict.locale,
  before,
  after,
});

const listed = (verdicts: readonly CollectionVerdict[]): string =>
  [
    ...new Set(verdicts.map((one) => (one.locale === null ? one.field : `${one.field} (${one.locale})`))),
  ].join(', ');
