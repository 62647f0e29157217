/* What a run notes of the folder, after it has written there. */
import type { BaseNote } from '../base/notes.ts';
import type { BaseEntry } from '../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation } from '../model/plan.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { rememberAgreed, rememberPlace, rememberWas } from '../plan/compare/put-back.ts';
import { signsOf } from '../plan/compare/sign.ts';
import { relocated } from '../plan/place/layout.ts';
import { keyOfRemote } from '../plan/terms/keys.ts';
import { movedRows, pulledArticle, pulledCollection } from './advance.ts';
import type { LocalDone } from './local-phase.ts';
import {
  dropOf,
  idOf,
  incorporated,
  note,
  readingOf,
  remember,
  sourced,
  type RunState,
} from './run-state.ts';

/** Notes what the folder holds after local operations; gives the entries whose files somebody changed meanwhile. */
export async function takeIn(
  run: RunState,
  { outcomes, written }: LocalDone,
  snapshot: LocalSnapshot,
): Promise<ReadonlySet<EntryKey>> {
  const disturbed = new Set<EntryKey>();
  const byPath = new Map(
    [...snapshot.collections, ...snapshot.articles].map((one) => [`${one.kind} ${one.path}`, one]),
  );
  const own = new Set(outcomes.map((one) => one.operation.key));
  const moves = folderMovesOf(outcomes);
  const relocate = (path: LocalPath): LocalPath =>
    moves.reduce((at, move) => relocated(at, move.path, move.to), path);
  const movedAlong = movedRows(run.book.base(), relocate, own);
  for (const [key, one] of run.locals) {
    const here = own.has(key) ? undefined : byPath.get(`${one.kind} ${relocate(one.path)}`);
    if (here !== undefined && here.path !== one.path) run.locals.set(key, here);
  }
  await note(
    run,
    movedAlong.map((one) => movedAway(run, one)),
  );
  const notes = outcomes.flatMap(({ operation, status }): readonly BaseNote[] => {
    const triple = run.triples.get(operation.key);
    if (status !== 'done' || operation.side !== 'local' || triple === undefined) return [];
    if (operation.action === 'delete') return dropOf(operation);
    const here = byPath.get(`${operation.kind} ${operation.to}`);
    if (here === undefined || triple.remote === null) return [];
    const expected = new Set([...written, ...digestsOf(triple.local)]);
    const isPutBack = editedTexts(operation, here).some((digest) => !written.has(digest));
    const isDisturbed = isPutBack || digestsOf(here).some((digest) => !expected.has(digest));
    if (isDisturbed) disturbed.add(operation.key);
    else run.locals.set(operation.key, here);
    const taken = takenRow(run, operation, here, triple.remote, isDisturbed);
    if (taken === null) return [];
    const row = sourced(run, taken, here, 'agreed');
    // Put back while the run was still at it, the file says what was replaced, and that is no edit.
    const before = run.book.row(operation.key);
    const replaced = rememberWas(row, before, triple.local, isPutBack ? null : here);
    const remembering = rememberAgreed(replaced, before, here, isPutBack);
    const from = triple.local?.path ?? here.path;
    const placed = from === here.path ? remembering : rememberPlace(remembering, from);
    return [{ note: 'row', row: placed, signs: signsOf(here) }];
  });
  await note(run, notes);
  return disturbed;
}

/** The note of an entry that went along with the folder above it, with the place that it came from. */
function movedAway(run: RunState, one: BaseNote): BaseNote {
  if (one.note !== 'row') return one;
  run.sourced.add(one.row);
  const key = keyOfRemote(one.row.kind, one.row.id);
  const [before, here] = [run.book.row(key), run.locals.get(key)];
  if (before === null || here === undefined) return one;
  return { note: 'row', row: rememberPlace(one.row, before.path), signs: signsOf(here) };
}

/** Fingerprints of those files of an entry that an operation has given another text. */
function editedTexts(operation: LocalOperation, here: LocalArticle | LocalCollection): readonly string[] {
  const edited = new Set(
    operation.steps.flatMap((step) =>
      step.step === 'edit-article' || step.step === 'edit-collection' ? [step.path] : [],
    ),
  );
  if (here.kind === 'collection')
    return here.file !== null && here.digest !== null && edited.has(here.file) ? [here.digest] : [];
  return [...here.locales.values()].flatMap(({ file, digest }) => (edited.has(file) ? [digest] : []));
}

/** The row of an entry that was written into the folder; where somebody disturbed it, all that is there is a change. */
function takenRow(
  run: RunState,
  operation: LocalOperation,
  here: LocalArticle | LocalCollection,
  remote: RemoteArticle | RemoteCollection,
  isDisturbed: boolean,
): BaseEntry | null {
  const { context } = run.planned;
  const before = run.book.row(operation.key);
  const parent = context.parents.get(operation.key);
  const isPlaced = before === null || parent?.standing === 'behind';
  const parentId = isPlaced ? idOf(run, parent?.remote ?? null) : before.parent;
  if (isDisturbed) return incorporated(before, here, remote, parentId, readingOf(run));
  if (here.kind === 'collection' && remote.kind === 'collection')
    return pulledCollection(before?.kind === 'collection' ? before : null, here, remote);
  if (here.kind !== 'article' || remote.kind !== 'article') return null;
  const reading = readingOf(run);
  remember(run, here, [...remote.locales.keys()], reading);
  const known = before?.kind === 'article' ? before : null;
  return pulledArticle(known, here, remote, parentId, reading, madeBy(operation));
}

/** Fingerprints of the files of an entry. */
function digestsOf(entry: LocalArticle | LocalCollection | null): readonly string[] {
  if (entry === null) return [];
  if (entry.kind === 'article') return [...entry.locales.values()].map((content) => content.digest);
  return entry.digest === null ? [] : [entry.digest];
}

/** Folders that were really moved, in the order in which that was done. */
function folderMovesOf(
  outcomes: readonly Outcome[],
): readonly { readonly path: LocalPath; readonly to: LocalPath }[] {
  return outcomes.flatMap(({ operation, status }) =>
    status === 'done' && operation.side === 'local'
      ? operation.steps.filter((step) => step.step === 'move-folder')
      : [],
  );
}

const madeBy = ({ steps }: LocalOperation): ReadonlySet<LocalPath> =>
  new Set(steps.filter((step) => step.step === 'create-article').map((step) => step.path));
