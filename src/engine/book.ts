import type { BaseNote } from '../base/notes.ts';
import type { BaseStore } from '../base/store.ts';
import type { Base, BaseEntry, BaseImage } from '../model/base.ts';
import type { EntryKey } from '../model/identity.ts';
import { formerPathsOf } from '../plan/links/former-paths.ts';
import { keyOfRemote } from '../plan/terms/keys.ts';

/** The base as a run has moved it so far: what the notes in its journal come to. */
export interface Book {
  base(): Base;
  row(key: EntryKey): BaseEntry | null;
  /** Images by the addresses of their copies on the remote. */
  readonly images: Map<string, BaseImage>;
  /** Resolves once the notes are safe in the journal. */
  note(notes: readonly BaseNote[]): Promise<void>;
}

/** @param linked entries of which a link in the folder still needs to know where they stood before */
export function openBook(before: Base, linked: ReadonlySet<EntryKey>, store: Pick<BaseStore, 'note'>): Book {
  let { pinned } = before;
  const rows = new Map(before.entries.map((row) => [keyOfRemote(row.kind, row.id), row]));
  const images = new Map(before.images.map((image) => [image.address, image]));
  /** A row that moves remembers where it stood, as long as links need it. */
  const remembering = (one: BaseNote): BaseNote => {
    if (one.note !== 'row') return one;
    const row = forgetful(one.row);
    const key = keyOfRemote(row.kind, row.id);
    const known = rows.get(key);
    const formerly =
      known === undefined || !linked.has(key) ? [] : formerPathsOf(known, row.path).slice(0, mostFormer);
    return { ...one, row: formerly.length === 0 ? row : { ...row, formerly } };
  };
  return {
    images,
    row: (key) => rows.get(key) ?? null,
    base: () => ({
      pinned,
      entries: [...rows].map(([key, row]) => (linked.has(key) ? row : forgetful(row))),
      images: [...images.values()],
    }),
    async note(given) {
      const notes = given.map(remembering);
      await store.note(notes);
      for (const one of notes) {
        if (one.note === 'row') rows.set(keyOfRemote(one.row.kind, one.row.id), one.row);
        if (one.note === 'drop') rows.delete(keyOfRemote(one.kind, one.id));
        if (one.note === 'image') images.set(one.image.address, one.image);
        if (one.note === 'pinned') ({ pinned } = one);
      }
    },
  };
}

/** Places where an entry stood before; more are forgotten. */
const mostFormer = 8;

/** A row without the places where its entry stood before. */
function forgetful(row: BaseEntry): BaseEntry {
  if (row.formerly === undefined) return row;
  const { formerly: _formerly, ...rest } = row;
  return rest;
}
