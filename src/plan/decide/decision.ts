import type { Bodies } from '../../fields/reading.ts';
import type { Directory, RefsOptions } from '../links/refs.ts';
import type {
  BaseEdit,
  Behind,
  Conflict,
  EntryStatus,
  FieldChange,
  LocalOperation,
  RemoteOperation,
  Standing,
} from '../../model/plan.ts';
import type { BaseEntry } from '../../model/base.ts';
import type { Problem } from '../../model/problem.ts';
import type { EntryKey, LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';
import type { PlanInput } from '../terms/input.ts';
import { keyOfRemote } from '../terms/keys.ts';
import type { Layout } from '../place/layout.ts';
import type { Triple } from '../terms/triple.ts';
import type { ParentVerdict } from '../terms/verdict.ts';

/** What the plan does about one entry. Waves are set later, when all operations are known. */
export interface Decision {
  readonly remote: RemoteOperation | null;
  readonly local: LocalOperation | null;
  readonly conflicts: readonly Conflict[];
  readonly behind: Behind | null;
  readonly baseEdit: BaseEdit | null;
  readonly status: EntryStatus | null;
  readonly problems: readonly Problem[];
}

/** What every decision may look at. */
export interface DecisionContext {
  readonly input: PlanInput;
  readonly bodies: Bodies;
  readonly refs: RefsOptions;
  readonly directory: Directory;
  readonly parents: ReadonlyMap<EntryKey, ParentVerdict>;
  readonly layout: Layout;
  /** The folder of a collection as plans name it; empty for the top. */
  readonly folderOf: (key: EntryKey | null) => string;
}

export const nothing: Decision = {
  remote: null,
  local: null,
  conflicts: [],
  behind: null,
  baseEdit: null,
  status: null,
  problems: [],
};

export const writesRemote = (context: DecisionContext): boolean => context.input.direction !== 'pull';
export const writesLocal = (context: DecisionContext): boolean => context.input.direction !== 'push';

/** The name of an entry for people, in the default locale: what the folder says, else the remote. */
export function titleOf(triple: Triple, locale: Locale): string {
  if (triple.kind === 'collection')
    return triple.local?.name ?? triple.remote?.name ?? triple.base?.name.remote ?? '';
  return (
    triple.local?.locales.get(locale)?.title ??
    triple.remote?.locales.get(locale)?.title ??
    triple.base?.locales.get(locale)?.title.remote ??
    ''
  );
}

/** The place of an entry as this run knows it: where it is, where it was, or else where it will be. */
export const pathOf = (triple: Triple, context: DecisionContext): LocalPath =>
  triple.local?.path ?? triple.base?.path ?? context.layout.pathOf(triple.key);

export function statusOf(
  triple: Triple,
  standing: Standing,
  details: readonly string[],
  context: DecisionContext,
): EntryStatus {
  return {
    key: triple.key,
    kind: triple.kind,
    path: triple.local?.path ?? triple.base?.path ?? null,
    id: triple.remote?.id ?? triple.base?.id ?? null,
    title: titleOf(triple, context.input.policy.defaultLocale),
    standing,
    details,
  };
}

/** An entry that the remote changed, for a push to leave alone. */
export function behindOf(triple: Triple, fields: readonly FieldChange[], reason: string): Behind | null {
  const { key, kind, base } = triple;
  const path = triple.local?.path ?? base?.path;
  const id = triple.remote?.id ?? base?.id;
  return path === undefined || id === undefined ? null : { key, kind, path, id, fields, reason };
}

/** A conflict about a whole entry or one of its values. */
export function conflictOf(
  triple: Triple,
  path: LocalPath,
  what: Pick<Conflict, 'field' | 'locale' | 'local' | 'remote' | 'reason'>,
): Conflict {
  return {
    key: triple.key,
    kind: triple.kind,
    path,
    id: triple.remote?.id ?? triple.base?.id ?? null,
    ...what,
  };
}

/** An entry whose places on both sides do not go together. */
export function parentConflict(triple: Triple, parent: ParentVerdict, context: DecisionContext): Conflict {
  return conflictOf(triple, pathOf(triple, context), {
    field: 'parent',
    locale: null,
    local: triple.local === null ? null : context.folderOf(parent.local),
    remote: triple.remote === null ? null : context.folderOf(parent.remote),
    reason: parent.reason,
  });
}

/** A change of a row of the base alone. */
export const rowEdit = (base: BaseEntry, edit: BaseEdit['edit'], row: BaseEntry | null): BaseEdit => ({
  key: keyOfRemote(base.kind, base.id),
  edit,
  path: base.path,
  id: base.id,
  row,
});
