import type { BaseEntry } from '../../model/base.ts';
import type { LocalArticle, LocalCollection } from '../../model/entry.ts';
import { byText, type LocalPath, type RemoteId } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import { keyOfRemote } from '../terms/keys.ts';

/** Rows of the base and local entries of one kind, and which were found to be the same so far. */
export class Pairer<Row extends BaseEntry, Local extends LocalArticle | LocalCollection> {
  readonly rows: readonly Row[];
  readonly locals: readonly Local[];
  readonly localOfRow = new Map<RemoteId, Local>();
  readonly rowOfLocal = new Map<LocalPath, Row>();
  /** Ids that a file pins although no row of the base has them. */
  readonly pinned = new Map<LocalPath, RemoteId>();

  constructor(rows: readonly Row[], locals: readonly Local[]) {
    this.rows = rows.toSorted((left, right) => byText(left.path, right.path) || byText(left.id, right.id));
    this.locals = locals.toSorted((left, right) => byText(left.path, right.path));
  }

  pair(row: Row, local: Local): void {
    this.localOfRow.set(row.id, local);
    this.rowOfLocal.set(local.path, row);
  }

  freeRows(): Row[] {
    return this.rows.filter((row) => !this.localOfRow.has(row.id));
  }

  freeLocals(): Local[] {
    return this.locals.filter((one) => !this.rowOfLocal.has(one.path) && !this.pinned.has(one.path));
  }

  byPinnedId(isKnown: (key: string) => boolean, contentName: string): readonly Problem[] {
    const strangers: (LocalArticle | LocalCollection)[] = [];
    const pinning = this.locals.filter((one) => one.pinnedId !== null);
    if (pinning.length === 0) return [];
    const rowOfId = new Map(this.rows.map((row) => [row.id, row]));
    for (const one of pinning) {
      if (one.pinnedId === null) continue;
      const row = rowOfId.get(one.pinnedId);
      if (row !== undefined) this.pair(row, one);
      else {
        this.pinned.set(one.path, one.pinnedId);
        if (!isKnown(keyOfRemote(one.kind, one.pinnedId))) strangers.push(one);
      }
    }
    return unknownIds(strangers, contentName);
  }

  byPath(): void {
    const byPath = new Map(this.freeLocals().map((one) => [one.path, one]));
    for (const row of this.freeRows()) {
      const found = byPath.get(row.path);
      if (found !== undefined) this.pair(row, found);
    }
  }
}

/** One finding for all: they mostly have one cause, such as files that were exported from another workspace or tool. */
function unknownIds(
  [first, ...others]: readonly (LocalArticle | LocalCollection)[],
  contentName: string,
): readonly Problem[] {
  if (first === undefined) return [];
  const fileOf = (one: LocalArticle | LocalCollection): string =>
    one.kind === 'article' ? one.path : (one.file ?? one.path);
  const named = others.slice(0, 3).map(fileOf).join(', ');
  const more = others.length > 3 ? ` and ${others.length - 3} more` : '';
  return [
    {
      severity: 'error',
      code: 'ID_UNKNOWN',
      place: { file: `${contentName}/${fileOf(first)}`, line: 1 },
      message:
        others.length === 0
          ? `The help center has no ${first.kind} with the id ${first.pinnedId ?? ''}.`
          : `The help center has none of the ids that ${others.length + 1} files pin, such as ${first.pinnedId ?? ''} (also ${named}${more}).`,
      hint:
        others.length === 0
          ? 'Remove the line "id:" to create it anew, or correct the number.'
          : 'If they come from another tool or workspace, remove the lines "id:" and the entries are created anew. Else check that the token is of the right workspace.',
    },
  ];
}
