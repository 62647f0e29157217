/*
 * What a run that was cut off noted counts only where the folder shows it. Git may have put other files in place since,
 * and a row that says that they hold what they do not would make the old text of a file an edit.
 */
import type { BaseNote } from '../base/notes.ts';
import type { Base, BaseEntry } from '../model/base.ts';
import type { LocalArticle, LocalCollection } from '../model/entry.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { isBuiltOn } from '../plan/compare/built-on.ts';
import type { Bodies } from '../fields/reading.ts';
import { openBodies } from '../plan/links/bodies.ts';
import { baseDirectory } from '../plan/links/directory.ts';
import type { RefsOptions } from '../plan/links/refs.ts';
import { signsOf, type Signs } from '../plan/compare/sign.ts';

/**
 * The base as lock file and folder show it: of each entry the last row that was made from what its files say now, else
 * the one before. An entry that only the notes know stays known, so that nobody creates it twice; where its file is
 * away, as one that is not here.
 */
export function settleRows(
  lock: Base,
  notes: readonly BaseNote[],
  local: LocalSnapshot,
  { sites, assetBaseUrl }: Pick<RefsOptions, 'sites' | 'assetBaseUrl'>,
): Base {
  // As nearly always: nothing was cut off.
  if (notes.length === 0 && lock.entries.every((row) => row.unseen === undefined)) return lock;
  const entries = [...lock.entries, ...notes.flatMap((note) => (note.note === 'row' ? [note.row] : []))];
  const directory = baseDirectory({ base: { ...lock, entries }, local, assetDigests: new Map() });
  const folder = openFolder(local, openBodies({ directory, sites, assetBaseUrl }));
  const shown = new Set<BaseEntry>();
  const rows = new Map<string, BaseEntry>(lock.entries.map((row) => [keyOf(row), row]));
  for (const note of notes) {
    if (note.note === 'row') {
      const key = keyOf(note.row);
      const row = shownRow(note.row, note.signs, rows.get(key) ?? null, folder);
      if (row === note.row) shown.add(row);
      rows.set(key, row);
    }
    if (note.note === 'drop') {
      const key = `${note.kind} ${note.id}`;
      const row = rows.get(key);
      // Its file is back: that it was taken away is the help center's news once more.
      if (row !== undefined && folder.at(row) === undefined) rows.delete(key);
    }
  }
  const surest = [...rows.values()].toSorted(
    (left, right) => Number(shown.has(right)) - Number(shown.has(left)),
  );
  return { ...lock, entries: onePerPlace(surest.map((row) => seen(row, folder))) };
}

interface Folder {
  at(row: BaseEntry): LocalArticle | LocalCollection | undefined;
  /** Whether an entry somewhere says all of this. */
  has(kind: BaseEntry['kind'], signs: Signs): boolean;
  readonly bodies: Bodies;
}

function openFolder(local: LocalSnapshot, bodies: Bodies): Folder {
  const all = [...local.articles, ...local.collections];
  const byPath = new Map(all.map((one) => [`${one.kind} ${one.path}`, one]));
  let signs: ReadonlySet<string> | null = null;
  return {
    bodies,
    at: (row) => byPath.get(`${row.kind} ${row.path}`),
    has: (kind, some) =>
      (signs ??= new Set(all.map((one) => `${one.kind} ${spell(signsOf(one))}`))).has(
        `${kind} ${spell(some)}`,
      ),
  };
}

function shownRow(
  row: BaseEntry,
  signs: Signs | undefined,
  before: BaseEntry | null,
  folder: Folder,
): BaseEntry {
  const here = folder.at(row);
  if (signs === undefined) return here !== undefined || before !== null ? row : { ...row, unseen: true };
  if (here !== undefined && isSame(signs, signsOf(here))) return row;
  if (here === undefined && folder.has(row.kind, signs)) return row;
  if (row.kind === 'article' && before?.kind === 'article' && here?.kind === 'article')
    return isBuiltOn(row, before, here, folder.bodies) ? row : before;
  if (before !== null) return before;
  if (here === undefined) return { ...row, unseen: true };
  if (row.kind === 'collection') return row;
  // Nothing was agreed on about what its file says now.
  const found = signsOf(here);
  const locales = [...row.locales].filter(([locale]) => found[locale] === signs[locale]);
  return { ...row, locales: new Map(locales) };
}

/** An entry whose file is there again is one as any other. */
function seen(row: BaseEntry, folder: Folder): BaseEntry {
  if (row.unseen === undefined || folder.at(row) === undefined) return row;
  const { unseen: _unseen, ...rest } = row;
  return rest;
}

/** Of two entries in one place the first of those that are there stays; the other is found in the help center again. */
function onePerPlace(rows: readonly BaseEntry[]): readonly BaseEntry[] {
  const taken = new Set<string>();
  const keep = (row: BaseEntry): boolean => !taken.has(row.path) && taken.add(row.path) !== undefined;
  const here = rows.filter((row) => row.unseen === undefined).filter(keep);
  return [...here, ...rows.filter((row) => row.unseen !== undefined).filter(keep)];
}

const keyOf = (row: BaseEntry): string => `${row.kind} ${row.id}`;

const spell = (signs: Signs): string =>
  Object.keys(signs)
    .toSorted()
    .map((name) => `${name} ${signs[name] ?? ''}`)
    .join(' ');

const isSame = (left: Signs, right: Signs): boolean => spell(left) === spell(right);
