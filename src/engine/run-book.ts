/* The books of a run: every outcome is noted in the journal at once, and the base is what the notes come to. */
import type { BaseNote } from '../base/notes.ts';
import { agreedMarkdown } from '../markup/print/block-markdown.ts';
import { spellHtml } from '../markup/spell/spell-html.ts';
import type { Base, BaseEntry } from '../model/base.ts';
import type { Reading } from '../fields/reading.ts';
import type { Kind, LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation } from '../model/plan.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import { keyOfRemote } from '../plan/terms/keys.ts';
import type { Triple } from '../plan/terms/triple.ts';
import { openBook, type Book } from './book.ts';
import { rememberAgreed, rememberPlace, rememberWas } from '../plan/compare/put-back.ts';
import { rememberSource, type SourceContext } from '../plan/compare/remember-source.ts';
import { signsOf } from '../plan/compare/sign.ts';
import { openBodies } from '../plan/links/bodies.ts';
import { openDirectory } from '../plan/links/directory.ts';
import { neededFormer } from '../plan/links/former-paths.ts';
import { relocated } from '../plan/place/layout.ts';
import type { Planned } from '../plan/make-plan.ts';
import { remoteRefs, type Directory, type RefsOptions } from '../plan/links/refs.ts';
import {
  checkTaken,
  incorporatedArticle,
  incorporatedCollection,
  movedRows,
  pulledArticle,
  pulledCollection,
  pushedArticle,
  pushedCollection,
} from './advance.ts';
import { copiesOf, imageDirectory } from './image-copies.ts';
import type { LocalDone } from './local-phase.ts';
import type { RunDeps } from './ports.ts';
import type { Written } from './remote/phase.ts';

/** What a run knows of its own doing: rows, images and ids as they are after each outcome. */
export interface Run {
  readonly created: Map<EntryKey, RemoteArticle | RemoteCollection>;
  base(): Base;
  /** Markdown of the blocks that this run agreed on, by fingerprint. */
  readonly texts: ReadonlyMap<string, string>;
  note(notes: readonly BaseNote[]): Promise<void>;
  /**
   * Notes what the folder took in. Resolves with the entries whose files somebody changed meanwhile: what is there
   * now was agreed on with nobody, so nothing else may be done with them in this run.
   */
  afterLocal(done: LocalDone, signal: AbortSignal): Promise<ReadonlySet<EntryKey>>;
  /** The HTML that the file means, in the place of what the remote holds; null where there is no such file. */
  respell(key: EntryKey, locale: Locale, before: RemoteArticle): string | null;
  /** Notes that the folder has answered these conflicts: the base becomes what the remote holds now, at these places. */
  incorporate(keys: ReadonlySet<EntryKey>, places: ReadonlyMap<EntryKey, LocalPath>): Promise<void>;
  /** What is to be noted of a write; throws where the remote did not take it. */
  afterWrite(written: Written): readonly BaseNote[];
  /** What is to be noted where others wrote over some of our writes: what was written is ahead again. */
  afterOverwritten(keys: ReadonlySet<EntryKey>): readonly BaseNote[];
}

/** What the steps of a run share. */
interface RunState {
  readonly planned: Planned;
  readonly book: Book;
  readonly triples: ReadonlyMap<EntryKey, Triple>;
  /** Entries of the folder as they were read last. */
  readonly locals: Map<EntryKey, LocalArticle | LocalCollection>;
  readonly created: Map<EntryKey, RemoteArticle | RemoteCollection>;
  /** Rows as they were before this run wrote their entries to the remote. */
  readonly rowsBefore: Map<EntryKey, BaseEntry>;
  readonly texts: Map<string, string>;
  readonly directory: Directory;
  /** Rows that know what their translations were made from. */
  readonly sourced: WeakSet<BaseEntry>;
  /** The day, such as `2026-11-26`. */
  readonly day: () => string;
  /** Fingerprints of files that are no entries, as they were read last. */
  digests: ReadonlyMap<LocalPath, string>;
}

export function openRun(planned: Planned, deps: RunDeps): Run {
  const { pairing, context } = planned;
  const triples = new Map<EntryKey, Triple>(
    [...pairing.collections, ...pairing.articles].map((one) => [one.key, one]),
  );
  const created: RunState['created'] = new Map();
  const directory = openDirectory(context.input, pairing, context.layout, created);
  const linked = neededFormer(
    pairing.articles.flatMap(({ local }) => local ?? []),
    directory,
    (article) => directory.keyOfPath(article.path),
  );
  const run: RunState = {
    planned,
    book: openBook(context.input.base, linked, deps.base),
    triples,
    locals: new Map([...triples].flatMap(([key, { local }]) => (local === null ? [] : [[key, local]]))),
    created,
    rowsBefore: new Map(),
    texts: new Map(),
    directory,
    sourced: new WeakSet(),
    day: () => new Date(deps.clock.now()).toISOString().slice(0, 10),
    digests: context.input.assetDigests,
  };
  return {
    created,
    base: () => run.book.base(),
    texts: run.texts,
    note: (notes) => note(run, notes),
    async afterLocal(done, signal) {
      const snapshot = await deps.local.read(signal);
      run.digests = await deps.local.digest(snapshot.assets, signal);
      return takeIn(run, done, snapshot);
    },
    respell: (key, locale, before) => respell(run, key, locale, before),
    incorporate: (keys, places) =>
      note(
        run,
        [...keys].flatMap((key) => answeredNotes(run, key, places.get(key) ?? null)),
      ),
    afterWrite: (written) => writtenNotes(run, written),
    afterOverwritten: (keys) =>
      [...keys].flatMap((key): readonly BaseNote[] => {
        const row = run.rowsBefore.get(key);
        return row === undefined ? [] : [{ note: 'row', row }];
      }),
  };
}

/** Notes rows with the signs of the files that they were made from; a file that has just made an entry has none. */
async function note(run: RunState, notes: readonly BaseNote[]): Promise<void> {
  const signed = notes.map((one): BaseNote => {
    const here = one.note === 'row' ? run.locals.get(keyOfRemote(one.row.kind, one.row.id)) : undefined;
    if (here === undefined || one.note !== 'row' || one.signs !== undefined) return one;
    const before = run.book.row(keyOfRemote(one.row.kind, one.row.id));
    const row = run.sourced.has(one.row) ? one.row : sourced(run, one.row, here, 'agreed');
    return { note: 'row', row: rememberWas(row, before, null, here), signs: signsOf(here) };
  });
  await run.book.note(signed);
}

/** The row with what its translations were made from. */
function sourced(
  run: RunState,
  row: BaseEntry,
  here: LocalArticle | LocalCollection,
  how: SourceContext['how'],
  bodies = readingOf(run).bodies,
): BaseEntry {
  const { defaultLocale } = run.planned.context.input.policy;
  const before = run.book.row(keyOfRemote(row.kind, row.id));
  const known = rememberSource(row, before, here, { bodies, defaultLocale, day: run.day(), how });
  run.sourced.add(known);
  return known;
}

/** Made again for every row: what a link means may have changed since, by what was created meanwhile. */
const refsOf = ({ planned, directory, digests, book }: RunState): RefsOptions => ({
  ...planned.context.refs,
  directory: {
    ...directory,
    digestOfAsset: (path) => digests.get(path) ?? null,
    ...imageDirectory(book.images),
  },
});

const readingOf = (run: RunState): Reading => ({
  bodies: openBodies(refsOf(run)),
  authors: run.planned.context.input.authors,
});

/** Remembers the blocks of some languages of an article. */
function remember(
  run: RunState,
  article: LocalArticle,
  locales: readonly string[],
  { bodies }: Reading,
): void {
  for (const [locale, content] of article.locales) {
    if (!locales.includes(locale)) continue;
    for (const block of bodies.local(content, locale).blocks)
      if (!run.texts.has(block.fingerprint)) run.texts.set(block.fingerprint, agreedMarkdown(block));
  }
}

/** Notes what the folder holds after local operations; gives the entries whose files somebody changed meanwhile. */
async function takeIn(
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
    const now = isPutBack ? null : here;
    const remembering = rememberAgreed(rememberWas(row, before, triple.local, now), before, now);
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

function respell(run: RunState, key: EntryKey, locale: Locale, before: RemoteArticle): string | null {
  const here = run.locals.get(key);
  const content = here?.kind === 'article' ? here.locales.get(locale) : undefined;
  const there = before.locales.get(locale);
  if (content === undefined || there === undefined) return null;
  const refs = refsOf(run);
  const bodies = openBodies(refs);
  return spellHtml(
    bodies.remote(there, locale),
    bodies.local(content, locale).blocks,
    remoteRefs(refs, locale),
  );
}

/** What is to be noted of an entry whose conflicts were answered in the folder. */
function answeredNotes(run: RunState, key: EntryKey, place: LocalPath | null): readonly BaseNote[] {
  const triple = run.triples.get(key);
  const here = run.locals.get(key);
  if (triple === undefined) return [];
  const { base: before, remote } = triple;
  // Deleted there and kept here: without a row the file is a new one, which is created again.
  if (remote === null) return before === null ? [] : dropOf(before);
  if (here === undefined) return [];
  const placed = here.kind === 'article' ? { ...here, path: place ?? here.path } : here;
  const parentId = idOf(run, run.planned.context.parents.get(key)?.remote ?? null);
  const row = incorporated(before, placed, remote, parentId, readingOf(run));
  return row === null ? [] : [{ note: 'row', row }];
}

function writtenNotes(
  run: RunState,
  { operation, before: was, after, unlinked, sent }: Written,
): readonly BaseNote[] {
  if (after === null) return dropOf(operation);
  const here = run.locals.get(operation.key);
  const before = run.book.row(keyOfRemote(after.kind, after.id));
  if (before !== null && !run.rowsBefore.has(operation.key)) run.rowsBefore.set(operation.key, before);
  if (operation.kind === 'collection') {
    if (here?.kind !== 'collection' || after.kind !== 'collection') return [];
    const known = before?.kind === 'collection' ? before : null;
    const row = pushedCollection(known, operation, here, after);
    return [{ note: 'row', row: sourced(run, row, here, howOf(operation)) }];
  }
  if (after.kind !== 'article') return [];
  if (was?.kind === 'article' && sent !== undefined) checkTaken(operation.path, sent, was, after);
  const article = here?.kind === 'article' ? here : null;
  const reading = readingOf(run);
  if (article !== null) remember(run, article, Object.keys(operation.write.locales), reading);
  const copies = copiesOf(operation, article, after, reading.bodies);
  for (const one of copies) if (one.note === 'image') run.book.images.set(one.image.address, one.image);
  // What the answer's images mean is known only now.
  const settled = copies.length === 0 ? reading : readingOf(run);
  const old = before?.kind === 'article' ? before : null;
  const parentId = idOf(run, operation.write.parent ?? null);
  const row = pushedArticle(old, operation, article, { answer: after, unlinked }, parentId, settled);
  if (row === null) return copies;
  const known = article === null ? row : sourced(run, row, article, howOf(operation), settled.bodies);
  return [...copies, { note: 'row', row: known }];
}

const howOf = ({ action }: Written['operation']): SourceContext['how'] =>
  action === 'create' ? 'created' : 'pushed';

/** The id of a collection, also of one that this run created. */
const idOf = ({ created, planned }: RunState, key: EntryKey | null): RemoteId | null =>
  key === null ? null : (created.get(key)?.id ?? planned.context.directory.idOf(key));

const dropOf = ({ kind, id }: { readonly kind: Kind; readonly id: RemoteId | null }): readonly BaseNote[] =>
  id === null ? [] : [{ note: 'drop', kind, id }];

/** The row of an entry whose file holds something that nobody agreed on: the base is what the remote holds. */
function incorporated(
  before: BaseEntry | null,
  here: LocalArticle | LocalCollection,
  remote: RemoteArticle | RemoteCollection,
  parent: RemoteId | null,
  reading: Reading,
): BaseEntry | null {
  if (here.kind === 'collection' && remote.kind === 'collection')
    return incorporatedCollection(before?.kind === 'collection' ? before : null, here, remote);
  if (here.kind !== 'article' || remote.kind !== 'article') return null;
  return incorporatedArticle(before?.kind === 'article' ? before : null, here, remote, parent, reading);
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
