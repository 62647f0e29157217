/* The books of a run: every outcome is noted in the journal at once, and the base is what the notes come to. */
import type { BaseNote } from '../base/notes.ts';
import { blockMarkdown } from '../markup/print/block-markdown.ts';
import { spellHtml } from '../markup/spell/spell-html.ts';
import { canonicalRefs } from '../markup/meaning/refs.ts';
import type { Base, BaseArticle, BaseCollection, BaseEntry, BaseImage } from '../model/base.ts';
import type { LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Outcome } from '../model/outcome.ts';
import type { LocalOperation } from '../model/plan.ts';
import { openBodies } from '../plan/links/bodies.ts';
import { openDirectory } from '../plan/links/directory.ts';
import { formerPathsOf, neededFormer } from '../plan/links/former-paths.ts';
import { relocated } from '../plan/place/layout.ts';
import type { Planned } from '../plan/make-plan.ts';
import { remoteRefs, type RefsOptions } from '../plan/links/refs.ts';
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
import type { Written } from './remote-phase.ts';

/** What a run knows of its own doing: rows, images and ids as they stand after each outcome. */
export interface Run {
  readonly created: Map<EntryKey, RemoteArticle | RemoteCollection>;
  base(): Base;
  /** Markdown of the blocks that this run agreed on, by fingerprint. */
  readonly texts: ReadonlyMap<string, string>;
  note(notes: readonly BaseNote[]): Promise<void>;
  /**
   * Notes what the folder took in. Resolves with the entries whose files somebody changed meanwhile: what stands there
   * now was agreed on with nobody, so nothing else may be done with them in this run.
   */
  afterLocal(done: LocalDone, signal: AbortSignal): Promise<ReadonlySet<EntryKey>>;
  /** The HTML that the file means, in the place of what the remote holds; null where there is no such file. */
  respell(key: EntryKey, locale: Locale, before: RemoteArticle): string | null;
  /** Notes that the folder has answered these conflicts: the base becomes what the remote holds now, at these places. */
  incorporate(keys: ReadonlySet<EntryKey>, places: ReadonlyMap<EntryKey, LocalPath>): Promise<void>;
  /** What is to be noted of a write; throws where the remote did not take it. */
  afterWrite(written: Written): readonly BaseNote[];
}

export function openRun(planned: Planned, deps: RunDeps): Run {
  const { pairing, context } = planned;
  const created = new Map<EntryKey, RemoteArticle | RemoteCollection>();
  const triples = new Map([...pairing.collections, ...pairing.articles].map((one) => [one.key, one]));
  const locals = new Map<EntryKey, LocalArticle | LocalCollection>();
  for (const triple of triples.values()) if (triple.local !== null) locals.set(triple.key, triple.local);
  const directory = openDirectory(context.input, pairing, context.layout, created);
  const rows = new Map<string, BaseEntry>(
    context.input.base.entries.map((row) => [`${row.kind}:${row.id}`, row]),
  );
  const images = new Map<string, BaseImage>(context.input.base.images.map((image) => [image.address, image]));
  let { pinned } = context.input.base;
  let digests = context.input.assetDigests;
  const base = (): Base => ({
    pinned,
    entries: [...rows].map(([key, row]) => (needed.has(key as EntryKey) ? row : settled(row))),
    images: [...images.values()],
  });
  // Read anew for every row: what a link means may have changed since, by what was created meanwhile.
  const freshRefs = (): RefsOptions => ({
    ...context.refs,
    directory: {
      ...directory,
      digestOfAsset: (path) => digests.get(path) ?? null,
      ...imageDirectory(images),
    },
  });
  const options = () => ({ bodies: openBodies(freshRefs()), authors: context.input.authors });
  const texts = new Map<string, string>();
  const remember = (article: LocalArticle, locales: readonly string[]): void => {
    const { bodies } = options();
    for (const [locale, content] of article.locales) {
      if (!locales.includes(locale)) continue;
      for (const block of bodies.local(content, locale).blocks)
        texts.set(block.fingerprint, blockMarkdown(block, canonicalRefs));
    }
  };

  const needed = neededFormer(
    pairing.articles.flatMap(({ local }) => local ?? []),
    directory,
    (article) => directory.keyOfPath(article.path),
  );
  /** A row that moves remembers where it stood, as long as links need it. */
  const moved = (one: BaseNote): BaseNote => {
    if (one.note !== 'row') return one;
    const row = settled(one.row);
    const key = `${row.kind}:${row.id}` as EntryKey;
    const before = rows.get(key);
    const formerly =
      before === undefined || !needed.has(key) ? [] : formerPathsOf(before, row.path).slice(0, 8);
    return { note: 'row', row: formerly.length === 0 ? row : { ...row, formerly } };
  };

  const note = async (given: readonly BaseNote[]): Promise<void> => {
    const notes = given.map(moved);
    await deps.base.note(notes);
    for (const one of notes) {
      if (one.note === 'row') rows.set(`${one.row.kind}:${one.row.id}`, one.row);
      if (one.note === 'drop') rows.delete(`${one.kind}:${one.id}`);
      if (one.note === 'image') images.set(one.image.address, one.image);
      if (one.note === 'pinned') ({ pinned } = one);
    }
  };

  return {
    created,
    base,
    texts,
    note,
    async afterLocal({ outcomes, written }, signal) {
      const disturbed = new Set<EntryKey>();
      const snapshot = await deps.local.read(signal);
      digests = await deps.local.digest(snapshot.assets, signal);
      const byPath = new Map(
        [...snapshot.collections, ...snapshot.articles].map((one) => [`${one.kind} ${one.path}`, one]),
      );
      const own = new Set(outcomes.map((one) => one.operation.key));
      const moves = folderMovesOf(outcomes);
      const relocate = (path: LocalPath): LocalPath =>
        moves.reduce((at, move) => relocated(at, move.path, move.to), path);
      await note(movedRows(base(), relocate, own));
      for (const [key, one] of locals) {
        const here = own.has(key) ? undefined : byPath.get(`${one.kind} ${relocate(one.path)}`);
        if (here !== undefined && here.path !== one.path) locals.set(key, here);
      }
      const notes = outcomes.flatMap((outcome): BaseNote[] => {
        const operation = outcome.operation as LocalOperation;
        const triple = triples.get(operation.key);
        if (outcome.status !== 'done' || triple === undefined) return [];
        if (operation.action === 'delete')
          return operation.id === null ? [] : [{ note: 'drop', kind: operation.kind, id: operation.id }];
        const here = byPath.get(`${operation.kind} ${operation.to}`);
        if (here === undefined || triple.remote === null) return [];
        const expected = new Set([...written, ...digestsOf(triple.local)]);
        const isDisturbed = digestsOf(here).some((digest) => !expected.has(digest));
        if (isDisturbed) disturbed.add(operation.key);
        else locals.set(operation.key, here);
        const before = rows.get(operation.key) ?? null;
        if (here.kind === 'collection' && triple.remote.kind === 'collection') {
          const known = before?.kind === 'collection' ? before : null;
          const row = isDisturbed
            ? incorporatedCollection(known, here, triple.remote)
            : pulledCollection(known, here, triple.remote);
          return [{ note: 'row', row }];
        }
        if (here.kind !== 'article' || triple.remote.kind !== 'article') return [];
        if (!isDisturbed) remember(here, [...triple.remote.locales.keys()]);
        const parent = context.parents.get(operation.key);
        const moved = parent?.standing === 'behind' || before === null ? (parent?.remote ?? null) : undefined;
        const parentId =
          moved === undefined ? before?.parent : moved === null ? null : context.directory.idOf(moved);
        const known = before?.kind === 'article' ? before : null;
        const row = isDisturbed
          ? incorporatedArticle(known, here, triple.remote, parentId ?? null, options())
          : pulledArticle(known, here, triple.remote, parentId ?? null, options(), madeBy(operation));
        return [{ note: 'row', row }];
      });
      await note(notes);
      return disturbed;
    },
    respell(key, locale, before) {
      const here = locals.get(key);
      const content = here?.kind === 'article' ? here.locales.get(locale) : undefined;
      const there = before.locales.get(locale);
      if (content === undefined || there === undefined) return null;
      const refs = freshRefs();
      const bodies = openBodies(refs);
      return spellHtml(
        bodies.remote(there, locale),
        bodies.local(content, locale).blocks,
        remoteRefs(refs, locale),
      );
    },
    async incorporate(keys, places) {
      const notes = [...keys].flatMap((key): BaseNote[] => {
        const triple = triples.get(key);
        const here = locals.get(key);
        if (triple === undefined) return [];
        const { base: before, remote } = triple;
        // Deleted there and kept here: without a row the file is a new one, which is created anew.
        if (remote === null)
          return before === null ? [] : [{ note: 'drop', kind: before.kind, id: before.id }];
        if (here?.kind === 'collection' && remote.kind === 'collection') {
          return [
            {
              note: 'row',
              row: incorporatedCollection(before?.kind === 'collection' ? before : null, here, remote),
            },
          ];
        }
        if (here?.kind !== 'article' || remote.kind !== 'article') return [];
        const parent = context.parents.get(key)?.remote ?? null;
        const parentId = parent === null ? null : context.directory.idOf(parent);
        return [
          {
            note: 'row',
            row: incorporatedArticle(
              before?.kind === 'article' ? before : null,
              { ...here, path: places.get(key) ?? here.path },
              remote,
              parentId,
              options(),
            ),
          },
        ];
      });
      await note(notes);
    },
    afterWrite({ operation, before: was, after, unlinked, sent }) {
      if (after === null)
        return operation.id === null ? [] : [{ note: 'drop', kind: operation.kind, id: operation.id }];
      const here = locals.get(operation.key) ?? null;
      const before = rows.get(`${after.kind}:${after.id}`) ?? null;
      if (after.kind === 'collection') {
        if (here?.kind !== 'collection' || operation.kind !== 'collection') return [];
        return [
          { note: 'row', row: pushedCollection(before as BaseCollection | null, operation, here, after) },
        ];
      }
      if (operation.kind !== 'article') return [];
      if (was?.kind === 'article' && sent !== undefined) checkTaken(operation.path, sent, was, after);
      const article = here?.kind === 'article' ? here : null;
      if (article !== null) remember(article, Object.keys(operation.write.locales));
      const copies = copiesOf(operation, article, after, freshRefs());
      for (const one of copies) if (one.note === 'image') images.set(one.image.address, one.image);
      const target = operation.write.parent;
      const parent =
        target === undefined || target === null
          ? null
          : (created.get(target)?.id ?? context.directory.idOf(target));
      const row = pushedArticle(
        before as BaseArticle | null,
        operation,
        article,
        { answer: after, unlinked },
        parent,
        options(),
      );
      return row === null ? copies : [...copies, { note: 'row', row }];
    },
  };
}

/** A row without the places where its entry stood before. */
function settled(row: BaseEntry): BaseEntry {
  if (row.formerly === undefined) return row;
  const { formerly: _formerly, ...rest } = row;
  return rest;
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
