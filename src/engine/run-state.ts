/* What the steps of a run share: what it knows so far, and how it notes more. */
import type { BaseNote } from '../base/notes.ts';
import type { Reading } from '../fields/reading.ts';
import { agreedMarkdown } from '../markup/print/block-markdown.ts';
import type { BaseEntry } from '../model/base.ts';
import type { Kind, LocalArticle, LocalCollection, RemoteArticle, RemoteCollection } from '../model/entry.ts';
import type { EntryKey, LocalPath, RemoteId } from '../model/identity.ts';
import { rememberWas } from '../plan/compare/put-back.ts';
import { rememberSource, type SourceContext } from '../plan/compare/remember-source.ts';
import { signsOf } from '../plan/compare/sign.ts';
import { openBodies } from '../plan/links/bodies.ts';
import type { Directory, RefsOptions } from '../plan/links/refs.ts';
import type { Planned } from '../plan/make-plan.ts';
import { keyOfRemote } from '../plan/terms/keys.ts';
import type { Triple } from '../plan/terms/triple.ts';
import { incorporatedArticle, incorporatedCollection } from './advance.ts';
import type { Book } from './book.ts';
import { imageDirectory } from './image-copies.ts';

/** What the steps of a run share. */
export interface RunState {
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

/** Notes rows with the signs of the files that they were made from; a file that has just made an entry has none. */
export async function note(run: RunState, notes: readonly BaseNote[]): Promise<void> {
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
export function sourced(
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
export const refsOf = ({ planned, directory, digests, book }: RunState): RefsOptions => ({
  ...planned.context.refs,
  directory: {
    ...directory,
    digestOfAsset: (path) => digests.get(path) ?? null,
    ...imageDirectory(book.images),
  },
});

export const readingOf = (run: RunState): Reading => ({
  bodies: openBodies(refsOf(run), run.planned.context.bodies),
  authors: run.planned.context.input.authors,
});

/** Remembers the blocks of some languages of an article. */
export function remember(
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

/** The id of a collection, also of one that this run created. */
export const idOf = ({ created, planned }: RunState, key: EntryKey | null): RemoteId | null =>
  key === null ? null : (created.get(key)?.id ?? planned.context.directory.idOf(key));

export const dropOf = ({
  kind,
  id,
}: {
  readonly kind: Kind;
  readonly id: RemoteId | null;
}): readonly BaseNote[] => (id === null ? [] : [{ note: 'drop', kind, id }]);

/** The row of an entry whose file holds something that nobody agreed on: the base is what the remote holds. */
export function incorporated(
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
