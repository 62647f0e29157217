/* The books of a run: every outcome is noted in the journal at once, and the base is what the notes come to. */
import type { BaseNote } from '../base/notes.ts';
import { spellHtml } from '../markup/spell/spell-html.ts';
import type { Base } from '../model/base.ts';
import type { RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { SourceContext } from '../plan/compare/remember-source.ts';
import { openBodies } from '../plan/links/bodies.ts';
import { openDirectory } from '../plan/links/directory.ts';
import { neededFormer } from '../plan/links/former-paths.ts';
import { remoteRefs } from '../plan/links/refs.ts';
import type { Planned } from '../plan/make-plan.ts';
import { keyOfRemote } from '../plan/terms/keys.ts';
import type { Triple } from '../plan/terms/triple.ts';
import { checkTaken, pushedArticle, pushedCollection } from './advance.ts';
import { openBook } from './book.ts';
import { copiesOf } from './image-copies.ts';
import type { LocalDone } from './local-phase.ts';
import type { RunDeps } from './ports.ts';
import type { Written } from './remote/phase.ts';
import {
  dropOf,
  idOf,
  incorporated,
  note,
  readingOf,
  refsOf,
  remember,
  sourced,
  type RunState,
} from './run-state.ts';
import { takeIn } from './take-in.ts';

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

function respell(run: RunState, key: EntryKey, locale: Locale, before: RemoteArticle): string | null {
  const here = run.locals.get(key);
  const content = here?.kind === 'article' ? here.locales.get(locale) : undefined;
  const there = before.locales.get(locale);
  if (content === undefined || there === undefined) return null;
  const refs = refsOf(run);
  const bodies = openBodies(refs, run.planned.context.bodies);
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
