import type { BaseCollection } from '../model/base.ts';
import type { CollectionTexts, LocalCollection, RemoteCollection } from '../model/entry.ts';
import { joinPath, type LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type {
  BaseEdit,
  CollectionFileEdit,
  CollectionWrite,
  Conflict,
  FieldChange,
  FileStep,
  LocalOperation,
  NewCollectionFile,
  RemoteOperation,
} from '../model/plan.ts';
import {
  conflictOf,
  nothing,
  statusOf,
  writesLocal,
  writesRemote,
  type Decision,
  type DecisionContext,
} from './decision.ts';
import { remoteDigest } from './digest.ts';
import { collectionName } from './pair-new.ts';
import { answerFor } from './input.ts';
import type { ParentVerdict } from './parents.ts';
import {
  isLocalCollectionChanged,
  isRemoteCollectionChanged,
  reconcileCollection,
} from './reconcile-collection.ts';
import { agreedCollection } from './rows.ts';
import type { CollectionTriple } from './triple.ts';
import type { ValueVerdict } from './verdict.ts';

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
  if (triple.frozen || parent === undefined) {
    return { ...nothing, status: statusOf(triple, 'held', ['waits until a problem is solved'], context) };
  }
  if (local !== null && parent.isUnknown)
    return { ...nothing, status: statusOf(triple, 'held', ['the folder above it cannot be read'], context) };
  if (parent.standing === 'conflict' && (local === null || (base === null && remote === null)))
    return { ...nothing, ...placeless(triple, parent, context) };
  if (local !== null && remote !== null) return decideBoth(triple, local, remote, parent, context);
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

/** What is new on one side and cannot stand in the same place on the other. */
function placeless(
  triple: CollectionTriple,
  parent: ParentVerdict,
  context: DecisionContext,
): Pick<Decision, 'conflicts' | 'status'> {
  const place = {
    field: 'parent' as const,
    locale: null,
    local: triple.local === null ? null : context.folderOf(parent.local),
    remote: triple.remote === null ? null : context.folderOf(parent.remote),
    reason: parent.reason,
  };
  return {
    conflicts: [conflictOf(triple, pathOf(triple, context), place)],
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
  const name = collectionName(local);
  const fields: FieldChange[] = [{ field: 'name', locale: null, before: null, after: name }];
  if (local.description !== null && local.description !== '')
    fields.push({ field: 'description', locale: null, before: null, after: local.description });
  if (local.icon !== null) fields.push({ field: 'icon', locale: null, before: null, after: local.icon });
  if (parent.local !== null)
    fields.push({ field: 'parent', locale: null, before: null, after: context.folderOf(parent.local) });
  for (const [locale, texts] of local.translations)
    fields.push({ field: 'name', locale, before: null, after: texts.name });
  const write: CollectionWrite = {
    parent: parent.local,
    name,
    description: local.description ?? '',
    ...(local.icon === null ? {} : { icon: local.icon }),
    ...(local.translations.size === 0 ? {} : { translations: Object.fromEntries(local.translations) }),
  };
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
  const { base } = triple;
  if (!writesLocal(context)) {
    if (base === null)
      return { ...nothing, status: statusOf(triple, 'unmanaged', ['only in the help center'], context) };
    return {
      ...nothing,
      status: statusOf(triple, 'behind', [reason], context),
      behind: { key: triple.key, kind: 'collection', path: base.path, id: base.id, fields: [], reason },
    };
  }
  const folder = context.layout.pathOf(triple.key);
  const steps: FileStep[] = [newFile(folder, remote)];
  const fields: FieldChange[] = [
    { field: 'name', locale: null, before: null, after: remote.name },
    ...(remote.description === ''
      ? []
      : [{ field: 'description' as const, locale: null, before: null, after: remote.description }]),
  ];
  return {
    ...nothing,
    status: statusOf(triple, base === null ? 'unmanaged' : 'both', [reason], context),
    local: localOperation(triple, { action: 'create', steps, fields, reason }, context),
  };
}

/** The folder is gone. A collection is deleted only by policy, and only when nothing is left in it. */
function localGone(
  triple: CollectionTriple,
  base: BaseCollection,
  remote: RemoteCollection,
  contents: Contents,
  context: DecisionContext,
): Decision {
  if (isRemoteCollectionChanged(triple))
    return createLocal(triple, remote, 'its folder is gone, but it was edited in the help center', context);
  if (contents.isRefilled && writesLocal(context))
    return createLocal(triple, remote, 'its folder is gone, but something in it comes back', context);
  if (base.gone) return nothing;
  const { deletions } = context.input.policy;
  if (deletions === 'keep')
    return {
      ...nothing,
      status: statusOf(triple, 'ahead', ['folder gone; kept in the help center (deletions: keep)'], context),
    };
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
  if (contents.hasLocalWork || (isLocalCollectionChanged(triple) && policy !== 'remote')) {
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
  const reason = 'deleted in the help center';
  const status = statusOf(triple, 'behind', [reason], context);
  if (!writesLocal(context)) {
    return {
      ...nothing,
      status,
      behind: { key: triple.key, kind: 'collection', path: local.path, id: base.id, fields: [], reason },
    };
  }
  if (local.file === null || local.digest === null)
    return { ...nothing, baseEdit: rowEdit(base, 'drop', null) };
  const steps: FileStep[] = [{ step: 'trash', path: local.file, digest: local.digest }];
  return {
    ...nothing,
    status,
    local: localOperation(
      triple,
      { action: 'delete', steps, fields: [], reason: `${reason}; goes to the trash` },
      context,
    ),
  };
}

function decideBoth(
  triple: CollectionTriple,
  local: LocalCollection,
  remote: RemoteCollection,
  parent: ParentVerdict,
  context: DecisionContext,
): Decision {
  const { base } = triple;
  const verdicts = reconcileCollection(
    { ...triple, local, remote },
    answerFor(context.input, triple.key),
    context.input.remote.defaultLocale,
  );
  const conflicts: Conflict[] = verdicts
    .filter((one) => one.standing === 'conflict')
    .map((one) =>
      conflictOf(triple, local.file ?? local.path, {
        field: one.field,
        locale: one.locale,
        local: one.local,
        remote: one.remote,
        reason:
          base === null
            ? `linked by its name for the first time, but the ${one.field} differs`
            : `the ${one.field} was changed on both sides`,
      }),
    );
  if (parent.standing === 'conflict') {
    conflicts.push(
      conflictOf(triple, local.path, {
        field: 'parent',
        locale: null,
        local: context.folderOf(parent.local),
        remote: context.folderOf(parent.remote),
        reason: parent.reason,
      }),
    );
  }
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
  if (!isAhead && !isBehind) {
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

/** The row with only what both sides agree on moved; null where the base says so already. */
function agreedPart(
  base: BaseCollection,
  verdicts: readonly ValueVerdict[],
  local: LocalCollection,
  remote: RemoteCollection,
  parent: ParentVerdict,
): BaseCollection | null {
  const converged = verdicts.filter((one) => one.standing === 'converged');
  if (converged.length === 0 && parent.standing !== 'converged' && !base.gone) return null;
  const all = agreedCollection(local, remote, remote.parent);
  const isAgreed = (field: ValueVerdict['field']): boolean =>
    converged.some((one) => one.locale === null && one.field === field);
  const translations = new Map(base.translations);
  for (const locale of new Set(converged.map((one) => one.locale))) {
    const texts = locale === null ? undefined : remote.translations.get(locale);
    const isWhole = converged.filter((one) => one.locale === locale).length === 2;
    if (locale !== null && texts !== undefined && isWhole) translations.set(locale, texts);
  }
  return {
    ...base,
    path: local.path,
    parent: parent.standing === 'converged' ? remote.parent : base.parent,
    name: isAgreed('name') ? all.name : base.name,
    description: isAgreed('description') ? all.description : base.description,
    icon: isAgreed('icon') ? all.icon : base.icon,
    translations,
    gone: false,
  };
}

function writeOf(verdicts: readonly ValueVerdict[], local: LocalCollection): CollectionWrite {
  let write: CollectionWrite = {};
  const translations: Partial<Record<Locale, CollectionTexts>> = {};
  for (const { field, locale, local: value } of verdicts) {
    if (locale !== null) {
      const texts = local.translations.get(locale);
      if (texts !== undefined) translations[locale] = texts;
    } else if (field === 'name' || field === 'description' || field === 'icon')
      write = { ...write, [field]: value };
  }
  return Object.keys(translations).length === 0 ? write : { ...write, translations };
}

function fileSteps(
  verdicts: readonly ValueVerdict[],
  local: LocalCollection,
  remote: RemoteCollection,
): readonly FileStep[] {
  let edit: CollectionFileEdit = {};
  const translations: Partial<Record<Locale, CollectionTexts | null>> = {};
  for (const { field, locale, remote: value } of verdicts) {
    if (locale !== null) translations[locale] = remote.translations.get(locale) ?? null;
    else if (field === 'name' || field === 'description' || field === 'icon')
      edit = { ...edit, [field]: value ?? '' };
  }
  if (Object.keys(translations).length > 0) edit = { ...edit, translations };
  if (local.file !== null && local.digest !== null)
    return [{ step: 'edit-collection', path: local.file, digest: local.digest, edit }];
  return [newFile(local.path, remote)];
}

/** A `collection.yaml` that says what the remote holds. */
function newFile(folder: LocalPath, remote: RemoteCollection): FileStep {
  const content: NewCollectionFile = {
    name: remote.name,
    description: remote.description,
    // Every new collection gets this one, so saying it in a file would be noise.
    icon: remote.icon === 'book-bookmark' ? null : remote.icon,
    translations: Object.fromEntries(remote.translations),
  };
  return { step: 'create-collection', path: joinPath(folder, 'collection.yaml'), content };
}

/**
 * Gives a folder that this plan empties a file of its own: git knows no empty folders, and the collection is not
 * gone because nothing is in it.
 */
export function keepFolder(triple: CollectionTriple, decision: Decision, context: DecisionContext): Decision {
  const { local, remote } = triple;
  const before = decision.local?.steps ?? [];
  if (local === null || remote === null || before.some((step) => step.step === 'create-collection'))
    return decision;
  const steps = [newFile(local.path, remote), ...before];
  const reason = 'keeps its folder, in which nothing else is left';
  return {
    ...decision,
    status: decision.status ?? statusOf(triple, 'behind', [reason], context),
    local:
      decision.local === null
        ? localOperation(triple, { action: 'update', steps, fields: [], reason }, context)
        : { ...decision.local, steps },
  };
}

function remoteOperation(
  triple: CollectionTriple,
  what: Pick<Extract<RemoteOperation, { kind: 'collection' }>, 'action' | 'write' | 'fields' | 'reason'> & {
    readonly removal?: RemoteOperation['removal'];
  },
  context: DecisionContext,
): RemoteOperation {
  return {
    side: 'remote',
    kind: 'collection',
    key: triple.key,
    path: pathOf(triple, context),
    id: triple.remote?.id ?? null,
    wave: 0,
    expected: triple.remote === null ? null : remoteDigest(triple.remote),
    action: what.action,
    write: what.write,
    fields: what.fields,
    reason: what.reason,
    removal: what.removal ?? null,
  };
}

function localOperation(
  triple: CollectionTriple,
  what: Pick<LocalOperation, 'action' | 'steps' | 'fields' | 'reason'>,
  context: DecisionContext,
): LocalOperation {
  return {
    side: 'local',
    kind: 'collection',
    key: triple.key,
    path: triple.local?.path ?? context.layout.pathOf(triple.key),
    to: context.layout.pathOf(triple.key),
    id: triple.remote?.id ?? triple.base?.id ?? null,
    wave: 0,
    ...what,
  };
}

const pathOf = (triple: CollectionTriple, context: DecisionContext): LocalPath =>
  triple.local?.path ?? triple.base?.path ?? context.layout.pathOf(triple.key);

const change = (verdict: ValueVerdict, before: string | null, after: string | null): FieldChange => ({
  field: verdict.field,
  locale: verdict.locale,
  before,
  after,
});

const listed = (verdicts: readonly ValueVerdict[]): string =>
  [
    ...new Set(verdicts.map((one) => (one.locale === null ? one.field : `${one.field} (${one.locale})`))),
  ].join(', ');

const rowEdit = (base: BaseCollection, edit: BaseEdit['edit'], row: BaseCollection | null): BaseEdit => ({
  key: `collection:${base.id}` as BaseEdit['key'],
  edit,
  path: base.path,
  id: base.id,
  row,
});
