import type { OpenIntent } from '../base/notes.ts';
import type { BaseStore } from '../base/store.ts';
import type { Base } from '../model/base.ts';
import { keyOfLocal, kindOfKey } from '../plan/terms/keys.ts';

/**
 * Of what runs here have made, on either side, what the last commit knows nothing of: git may take the lock file back to
 * that commit and leave a new file where it is, and by these notes it stays the file of its entry.
 */
export async function uncommitted(
  made: readonly OpenIntent[],
  base: Base,
  store: Pick<BaseStore, 'readCommitted'>,
): Promise<readonly OpenIntent[]> {
  if (made.length === 0) return [];
  const committed = (await store.readCommitted?.(true)) ?? null;
  if (committed === null) return [];
  const known = new Set(committed.entries.map((row) => `${row.kind} ${row.id}`));
  const rows = new Map(base.entries.map((row) => [`${row.kind} ${row.id}`, row]));
  const open = new Map(
    made.flatMap(({ key, at, id = '' }) => {
      const name = `${kindOfKey(key)} ${id}`;
      const row = rows.get(name);
      if (row === undefined || known.has(name)) return [];
      return [[name, { key: keyOfLocal(row.kind, row.path), at, id: row.id }] as const];
    }),
  );
  return [...open.values()];
}
