/* What is decided alike for articles and collections. */
import type { BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../../model/entry.ts';
import type { Conflict, FieldChange, FileStep, LocalOperation, RemoteOperation } from '../../model/plan.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { Triple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';
import {
  behindOf,
  nothing,
  parentConflict,
  rowEdit,
  statusOf,
  writesLocal,
  writesRemote,
  type Decision,
  type DecisionContext,
} from './decision.ts';
import { localOperation } from './operations.ts';

/** What both sides did to one entry: nothing yet. It grows while the fields and the place of the entry are weighed. */
export const nothingWeighed = (isRowStale: boolean) => ({
  /** What changed here and what changed there, in words for people. */
  ahead: [] as string[],
  behind: [] as string[],
  conflicts: [] as Conflict[],
  writeFields: [] as FieldChange[],
  fileFields: [] as FieldChange[],
  isMovedHere: false,
  /** Files that say what a pull has replaced. */
  putBack: [] as LocalPath[],
  /** Both sides agree on a place that the base does not know. */
  isParentAgreed: false,
  /** Both sides agree on something that the base does not know. */
  isRowStale,
});

export type Weighed = ReturnType<typeof nothingWeighed>;

/** The collection that a new entry is sent into, as a field of its plan; none at the top. */
export const newPlace = ({ local }: ParentVerdict, context: DecisionContext): readonly FieldChange[] =>
  local === null ? [] : [{ field: 'parent', locale: null, before: null, after: context.folderOf(local) }];

/** Adds what became of the place of an entry. */
export function weighParent(
  triple: Triple,
  parent: ParentVerdict,
  work: Weighed,
  context: DecisionContext,
): void {
  const [before, after] = [context.folderOf(parent.remote), context.folderOf(parent.local)];
  switch (parent.standing) {
    case 'ahead':
      work.ahead.push('moved here');
      work.isMovedHere = true;
      work.writeFields.push({ field: 'parent', locale: null, before, after });
      return;
    case 'behind':
      work.behind.push('moved in the help center');
      work.fileFields.push({ field: 'parent', locale: null, before: after, after: before });
      return;
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

/** What each kind of entry makes of what was weighed. */
interface Made {
  /** How it was found out which two are one; said of those that are linked for the first time. */
  readonly likeness: string;
  /** The row of the base where both sides agree on everything. */
  readonly agreed: () => BaseEntry;
  /** The row with only that moved on which both sides agree; null where the base says so already. */
  readonly agreedPart: () => BaseEntry | null;
  readonly there: (reason: string) => RemoteOperation | null;
  readonly here: (reason: string) => LocalOperation | null;
}

/** Decides about an entry that both sides have, from what was weighed. */
export function decideWeighed(
  triple: Triple,
  local: LocalArticle | LocalCollection,
  remote: RemoteArticle | RemoteCollection,
  { ahead, behind, conflicts, fileFields, isRowStale, putBack }: Weighed,
  made: Made,
  context: DecisionContext,
): Decision {
  if (conflicts.length > 0) {
    const reasons = conflicts.map((one) => one.reason);
    return { ...nothing, conflicts, status: statusOf(triple, 'conflict', reasons, context) };
  }
  const { base, key } = triple;
  const details = [...(base === null ? [made.likeness] : []), ...ahead, ...behind];
  if (ahead.length + behind.length === 0) {
    if (!isRowStale) return nothing;
    const edit = base === null ? 'adopt' : base.path === local.path ? 'converge' : 'path';
    const status = base === null ? statusOf(triple, 'adopt', details, context) : null;
    const baseEdit = { key, edit, path: local.path, id: remote.id, row: made.agreed() } as const;
    return { ...nothing, status, baseEdit };
  }
  const problems = putBack.map((path) => wasPutBack(path, context));
  const standing = behind.length === 0 ? 'ahead' : ahead.length === 0 ? 'behind' : 'both';
  const status = statusOf(triple, standing, details, context);
  if (behind.length > 0 && !writesLocal(context)) {
    const reason =
      putBack.length > 0
        ? 'its file was put back to what it said before a pull'
        : 'changed in the help center since the last sync';
    return { ...nothing, status, problems, behind: behindOf(triple, fileFields, reason) };
  }
  const known = made.agreedPart();
  return {
    ...nothing,
    status,
    problems,
    baseEdit: known === null ? null : rowEdit(known, 'converge', known),
    remote: ahead.length > 0 && writesRemote(context) ? made.there(ahead.join(', ')) : null,
    local: behind.length > 0 ? made.here(behind.join(', ')) : null,
  };
}

const wasPutBack = (path: LocalPath, { input }: DecisionContext): Problem => ({
  severity: 'warning',
  code: 'PUT_BACK',
  place: { file: `${input.policy.contentName}/${path}`, line: 0 },
  message:
    'The file says again what it said before a pull brought changes from the help center, as after a checkout or a revert. That is not taken for an edit.',
  hint: 'Pull or sync to have those changes again. To take them back in the help center too, push with --take-back.',
});

/** What the help center has and this plan does not write into the folder. */
export function leaveThere(triple: Triple, reason: string, context: DecisionContext): Decision {
  if (triple.base === null)
    return { ...nothing, status: statusOf(triple, 'unmanaged', ['only in the help center'], context) };
  return {
    ...nothing,
    status: statusOf(triple, 'behind', [reason], context),
    behind: behindOf(triple, [], reason),
  };
}

/** What the help center has and the folder gets. */
export function createHere(
  triple: Triple,
  steps: readonly FileStep[],
  fields: readonly FieldChange[],
  reason: string,
  context: DecisionContext,
): Decision {
  return {
    ...nothing,
    status: statusOf(triple, triple.base === null ? 'unmanaged' : 'both', [reason], context),
    local: localOperation(triple, { action: 'create', steps, fields, reason }, context),
  };
}

/** What was deleted in the help center, and nobody edited here: its files go to the trash, if it has any. */
export function removeHere(
  triple: Triple,
  base: BaseEntry,
  files: readonly Pick<Extract<FileStep, { step: 'trash' }>, 'path' | 'digest'>[],
  context: DecisionContext,
): Decision {
  const reason = 'deleted in the help center';
  if (!writesLocal(context)) return leaveThere(triple, reason, context);
  if (files.length === 0) return { ...nothing, baseEdit: rowEdit(base, 'drop', null) };
  const steps = files.map(({ path, digest }): FileStep => ({ step: 'trash', path, digest }));
  const change = { action: 'delete', steps, fields: [], reason: `${reason}; goes to the trash` } as const;
  return {
    ...nothing,
    status: statusOf(triple, 'behind', [reason], context),
    local: localOperation(triple, change, context),
  };
}
