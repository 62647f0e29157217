/*
 * What the files of the content folder said when they were read, for the next command: as in git's index, by their stamps.
 * It may be lost at any time, and whatever does not fit makes it count for nothing.
 */
import { dirname } from 'node:path';
import type { ArticleReading } from '../../local/article-text.ts';
import type { CollectionReading } from '../../local/collection-text.ts';
import type { Readings } from '../../local/scan.ts';
import type { LocalContent } from '../../model/entry.ts';
import { bringFacts, factsOf, hasNewFacts, type TextFacts } from '../../model/text-facts.ts';
import { replaceFile } from '../../ports/atomic.ts';
import type { Chance } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Files, FileStat } from '../../ports/files.ts';
import { openFileTexts, type FileTexts } from './file-texts.ts';
import { parseIndex, printIndex, stampsOf, type IndexRow, type Stamps } from './index-file.ts';

export interface FolderIndex {
  readonly articles: Readings<ArticleReading>;
  readonly collections: Readings<CollectionReading>;
  /** Fingerprints of files that are no entries. */
  readonly digests: Readings<string>;
  /** Reads the index; before that, nothing is recalled. */
  load(): Promise<void>;
  /**
   * Takes a file for one that was never read, whatever its stamps say.
   *
   * @param path absolute
   */
  forget(path: string): void;
  /** Writes what was recalled or kept since, where that is news and this machine has a place for it. */
  save(): Promise<void>;
}

export interface FolderIndexOptions {
  /** The index, absolute. Where its folder is not there, none is written. */
  readonly file: string;
  /** The content folder, absolute. */
  readonly root: string;
  /** See `printIndex`. */
  readonly owner: string;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Finds out about a text while it is at hand what every run wants to know of it. */
  readonly examine: (content: LocalContent) => void;
}

/** Stamps as young as this say little: the next write may carry the same one; milliseconds. */
const settled = 2000;

interface Kept<Reading> {
  readonly reading: Reading;
  /** The same as plain data. */
  readonly said: unknown;
}

/** How readings of one kind are kept; `shrink` gives null for those that are read again each time. */
interface Shelf<Reading> {
  readonly kind: IndexRow['kind'];
  readonly shrink: (reading: Reading, path: string) => Kept<Reading> | null;
  readonly revive: (row: IndexRow, path: string) => Reading;
}

interface Known extends Kept<unknown> {
  readonly kind: IndexRow['kind'];
  readonly stamps: Stamps;
}

export function openFolderIndex(files: Files, options: FolderIndexOptions): FolderIndex {
  const { file, root, owner, clock } = options;
  let loading: Promise<void> | null = null;
  let rows = new Map<string, IndexRow>();
  /** When the index was written, by the clock of its own disk. */
  let writtenAt = 0;
  let isNews = false;
  const used = new Map<string, Known>();
  const below = (absolute: string): string => absolute.slice(root.length + 1);
  const forget = (path: string): void => {
    rows.delete(path);
    used.delete(path);
    isNews = true;
  };
  const texts = openFileTexts(files, root, forget);

  const load = async (): Promise<void> => {
    try {
      const [found, bytes] = await Promise.all([files.stat(file), files.read(file)]);
      rows = parseIndex(new TextDecoder().decode(bytes), owner) ?? rows;
      writtenAt = found?.modifiedAt ?? 0;
    } catch {
      // There is none yet, or none that can be read: everything is read from the files.
    }
  };

  function readings<Reading>({ kind, shrink, revive }: Shelf<Reading>): Readings<Reading> {
    return {
      recall(absolute, found) {
        const path = below(absolute);
        const known = used.get(path);
        if (known?.kind === kind && isAs(known.stamps, found)) return known.reading as Reading;
        const row = rows.get(path);
        // As git has it: what is as young as the index may have been changed after it was read, under the same stamps.
        if (row?.kind !== kind || !isAs(row.stamps, found) || youngest(row.stamps) >= writtenAt)
          return undefined;
        const reading = revive(row, path);
        used.set(path, { kind, stamps: row.stamps, reading, said: row.said });
        return reading;
      },
      keep(absolute, found, size, reading) {
        const path = below(absolute);
        used.delete(path);
        const stamps = stampsOf(found);
        if (stamps === null || size !== found.size || clock.now() - youngest(stamps) <= settled)
          return reading;
        const kept = shrink(reading, path);
        if (kept === null) return reading;
        used.set(path, { kind, stamps, ...kept });
        isNews = true;
        return kept.reading;
      },
    };
  }

  return {
    articles: readings(articleShelf(texts, options.examine)),
    collections: readings(collectionShelf),
    digests: readings<string>({
      kind: 'asset',
      shrink: (reading) => ({ reading, said: reading }),
      revive: ({ said }) => said as string,
    }),
    load: () => (loading ??= load()),
    forget: (path) => forget(below(path)),
    async save() {
      const hasMore = [...used.values()].some(({ reading }) => {
        const content = contentOf(reading);
        return content !== null && hasNewFacts(content);
      });
      if (!isNews && !hasMore && used.size === rows.size) return;
      try {
        if ((await files.stat(dirname(file)))?.kind !== 'folder') return;
        const now = new Map([...used].map(([path, one]) => [path, rowOf(one)] as const));
        const bytes = new TextEncoder().encode(printIndex(now, owner));
        await replaceFile(files, file, bytes, { chance: options.chance, mode: 0o600 });
      } catch {
        // Without it the next command reads the files once more.
      }
    },
  };
}

function rowOf({ kind, stamps, reading, said }: Known): IndexRow {
  const content = contentOf(reading);
  return { kind, stamps, said, ...(content === null ? {} : { facts: factsOf(content) }) };
}

/** The text that something is known about. */
function contentOf(reading: unknown): LocalContent | null {
  const one = reading as ArticleReading | CollectionReading | string;
  return typeof one === 'object' && one.ok && 'body' in one.content ? one.content : null;
}

type OkArticle = Extract<ArticleReading, { ok: true }>;

/** An article as its row holds it: all but the text, which stands in the file. */
interface SaidByArticle extends Omit<OkArticle, 'content'> {
  readonly content: Omit<LocalContent, 'body'>;
  /** Characters of the body, which ends where the file ends. */
  readonly length: number;
}

function articleShelf(texts: FileTexts, examine: FolderIndexOptions['examine']): Shelf<ArticleReading> {
  const shelved = (
    { content, length, ...rest }: SaidByArticle,
    path: string,
    facts: TextFacts,
  ): ArticleReading => {
    const withText = texts.withText(content, length, path);
    bringFacts(withText, facts);
    return { ...rest, content: withText };
  };
  return {
    kind: 'article',
    shrink(reading, path) {
      if (!reading.ok || !texts.canRead) return null;
      examine(reading.content);
      const { body, ...content } = reading.content;
      const said: SaidByArticle = { ...reading, content, length: body.length };
      return { reading: shelved(said, path, factsOf(reading.content)), said };
    },
    revive: ({ said, facts }, path) => shelved(said as SaidByArticle, path, facts as TextFacts),
  };
}

const collectionShelf: Shelf<CollectionReading> = {
  kind: 'collection',
  shrink(reading) {
    if (!reading.ok) return null;
    const { translations, ...content } = reading.content;
    return { reading, said: { ...reading, content, translations: [...translations] } };
  },
  revive({ said }) {
    type Ok = Extract<CollectionReading, { ok: true }>;
    type Translations = Ok['content']['translations'];
    const { translations, content, ...rest } = said as Omit<Ok, 'content'> & {
      readonly content: Omit<Ok['content'], 'translations'>;
      readonly translations: Iterable<readonly [...Parameters<Translations['get']>, never]>;
    };
    return { ...rest, content: { ...content, translations: new Map(translations) } };
  },
};

function isAs(stamps: Stamps, found: FileStat): boolean {
  return (
    stamps[0] === found.size &&
    stamps[1] === found.modifiedAt &&
    stamps[2] === found.identity?.changedAt &&
    stamps[3] === found.identity.inode
  );
}

const youngest = ([, modifiedAt, changedAt]: Stamps): number => Math.max(modifiedAt, changedAt);
