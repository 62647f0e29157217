import { join } from 'node:path';
import type { RowMemory } from '../../base/codec.ts';
import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import type { Site } from '../../look/site.ts';
import { emptyBase } from '../../model/base.ts';
import type { LocalContent } from '../../model/entry.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import { keepBody } from '../../model/packed.ts';
import { TextChanged } from '../../model/text-changed.ts';
import { factsOf } from '../../model/text-facts.ts';
import { checkFolder, readTexts } from '../../plan/check-content.ts';
import { openOffline, type OfflineInput } from '../../plan/offline-folder.ts';
import { nodeCode } from '../../ports/node-error.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Names } from '../../preview/authors.ts';
import { openLibrary } from '../../preview/library.ts';
import type { Preview } from '../../preview/pages.ts';
import type { Editor } from '../../preview/problems.ts';
import { readArticle } from '../../local/article-text.ts';
import { readOwnFile } from '../adapters/own-file.ts';
import { names, policyOf } from '../project/deps.ts';
import { storeOptions } from '../project/store-options.ts';
import { openLastGood } from './last-good.ts';

/** What a look at the folder finds; its version, and how it stands to the help center, are others' matter. */
export interface Found extends Omit<Preview, 'version' | 'conflicts' | 'standing' | 'there'> {
  /** The folder as it was read, without what was put back in for the pages. */
  readonly snapshot: LocalSnapshot;
  /** The files of articles, absolute. */
  readonly paths: ReadonlySet<string>;
}

/** What a look needs of the folder. */
export interface FolderSide {
  read(signal: AbortSignal): Promise<LocalSnapshot>;
  digest(assets: ReadonlySet<LocalPath>, signal: AbortSignal): Promise<ReadonlyMap<LocalPath, string>>;
}

export interface ReaderOptions {
  readonly config: Config;
  /** The folder, which remembers what it read. */
  readonly local: () => FolderSide;
  /** What the commits say of a file, relative to the content folder: see `Git.lastChanges`. */
  readonly changes: () => Changes;
  readonly editor: Editor;
  readonly site: Site;
  /** What stands in the files that problems name. */
  readonly sourcesOf: (problems: readonly Problem[]) => Promise<ReadonlyMap<string, string>>;
}

/** The last commits of files, and the people that they name. */
export interface Changes {
  readonly lastOf: (file: LocalPath) => { readonly at: number } | null | undefined;
  readonly names: Names;
}

/** Reads the folder as it is, again and again; one that cannot be read at all is an empty one with a problem. */
export function openReader(
  { config, local, changes, editor, site, sourcesOf }: ReaderOptions,
  outside: Outside,
): (isChecked: boolean) => Promise<Found> {
  const { contentName, defaultLocale, author } = config;
  const mended = openLastGood(defaultLocale, async (file) => {
    const bytes = await readOwnFile(outside.files, config.content, file);
    if (bytes === null) return null;
    const reading = readArticle(bytes, { file, shown: file });
    return reading.ok ? reading.content : 'broken';
  });
  const rows: RowMemory = new Map();
  const timesOf = openTimes(config, outside);
  const policy = policyOf({ config, allowDeletes: null, allowEmptied: false });
  const found = async (
    snapshot: LocalSnapshot,
    side: FolderSide,
    problems: (known: Known) => Promise<readonly Problem[]>,
  ): Promise<Found> => {
    const { base } = await openBaseStore(outside.files, { ...storeOptions(config, outside), memory: rows })
      .read()
      .catch(() => ({ base: emptyBase }));
    const assetDigests = await side.digest(snapshot.assets, new AbortController().signal);
    const told = await problems({ base, local: snapshot, assetDigests });
    const { snapshot: whole, stale } = await mended(snapshot);
    const { lastOf, names: people } = changes();
    const times = await timesOf(snapshot);
    const changedAt = (file: LocalPath): number | null => {
      const last = lastOf(file);
      return last === undefined ? (times.get(file) ?? null) : (last?.at ?? null);
    };
    return {
      site,
      library: openLibrary(whole, { defaultLocale, author, names: people, changedAt, stale, base }),
      shown: {
        base,
        local: whole,
        assetDigests,
        siteRoot: config.siteRoot,
        spacing: config.spacing,
        sites: [],
      },
      problems: told,
      sources: await sourcesOf(told),
      editor,
      snapshot,
      paths: new Set([...times.keys()].map((file) => join(config.content, ...file.split('/')))),
    };
  };
  return async (isChecked) => {
    const side = local();
    try {
      const snapshot = await wholeFolder(side);
      return await found(snapshot, side, async (known) => {
        if (!isChecked && unreadTexts(snapshot) > fewTexts) return snapshot.problems;
        const folder = openOffline({ ...known, policy, names });
        await inTurns(readTexts(folder), outside);
        return checkFolder(folder);
      });
    } catch (error) {
      const problem = problemOf(error, contentName);
      return found(nothing, side, async () => [problem]);
    }
  };
}

/** The folder with its texts at hand: a page is not to ask the disk for a text that is another one by then. */
async function wholeFolder(side: FolderSide): Promise<LocalSnapshot> {
  for (let round = 1; ; round += 1) {
    const snapshot = await side.read(new AbortController().signal);
    try {
      for (const { locales } of snapshot.articles) for (const content of locales.values()) keepBody(content);
      return snapshot;
    } catch (error) {
      if (!(error instanceof TextChanged) || round === mostRounds) throw error;
    }
  }
}

/** Of a folder that changes while it is read. */
const mostRounds = 5;

/** As many texts are read before anybody would notice. */
const fewTexts = 50;

/** How many texts nobody has read yet in blocks, so that nobody can say what is wrong with them. */
export const unreadTexts = ({ articles }: LocalSnapshot): number =>
  articles
    .flatMap(({ locales }) => [...locales.values()])
    .filter((content) => factsOf(content).checked === undefined).length;

/** Works for some milliseconds at a time, so that pages are answered meanwhile. */
async function inTurns(work: Generator<undefined>, { clock, signal }: Outside): Promise<void> {
  let since = clock.now();
  while (work.next().done !== true && !signal.aborted) {
    if (clock.now() - since < turn) continue;
    await clock.sleep(0, signal).catch(() => undefined);
    since = clock.now();
  }
}

const turn = 15;

type Known = Pick<OfflineInput, 'base' | 'local' | 'assetDigests'>;

const nothing: LocalSnapshot = {
  articles: [],
  collections: [],
  problems: [],
  unreadable: new Set(),
  assets: new Set(),
};

/** Files come and go while they are read; what stopped the reading is shown, and the next event reads again. */
function problemOf(error: unknown, contentName: string): Problem {
  const place = { file: contentName, line: 0 };
  if (error instanceof ShelfmarkError)
    return { severity: 'error', code: error.code, place, message: error.message, hint: error.hint };
  const code = nodeCode(error);
  if (code === null) throw error;
  return {
    severity: 'error',
    code: 'CONTENT_UNREADABLE',
    place,
    message: `The folder could not be read (${code}).`,
    hint: 'It is read again with the next change.',
  };
}

/** When each file of an article was last saved; asked once for each text. */
function openTimes(
  { content }: Config,
  { files }: Outside,
): (snapshot: LocalSnapshot) => Promise<ReadonlyMap<LocalPath, number>> {
  const known = new WeakMap<LocalContent, number>();
  return async ({ articles }) => {
    const texts = articles.flatMap((one) => [...one.locales.values()]);
    await Promise.all(
      texts.map(async (text) => {
        if (known.has(text)) return;
        const stat = await files.stat(join(content, ...text.file.split('/'))).catch(() => null);
        if (stat !== null) known.set(text, stat.modifiedAt);
      }),
    );
    return new Map(
      texts.flatMap((text) => {
        const time = known.get(text);
        return time === undefined ? [] : [[text.file, time] as const];
      }),
    );
  };
}
