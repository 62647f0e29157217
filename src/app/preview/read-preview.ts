import { join } from 'node:path';
import { openBaseStore } from '../../base/store.ts';
import type { Config } from '../../config/read-config.ts';
import type { Site } from '../../look/site.ts';
import { emptyBase } from '../../model/base.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { LocalPath } from '../../model/identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';
import { checkContent } from '../../plan/check-content.ts';
import { nodeCode } from '../../ports/node-error.ts';
import type { Outside } from '../../ports/outside.ts';
import { openLibrary } from '../../preview/library.ts';
import type { Preview } from '../../preview/pages.ts';
import type { Editor } from '../../preview/problems.ts';
import { readArticle } from '../../local/article-text.ts';
import { readOwnFile } from '../adapters/own-file.ts';
import { localSideOf, names, policyOf } from '../project/deps.ts';
import { storeOptions } from '../project/store-options.ts';
import { openLastGood } from './last-good.ts';

/** What a look at the folder finds; its version, and how it stands to the help center, are others' matter. */
export interface Found extends Omit<Preview, 'version' | 'conflicts' | 'standing' | 'there'> {
  /** The folder as it was read, without what was put back in for the pages. */
  readonly snapshot: LocalSnapshot;
}

export interface ReaderOptions {
  readonly config: Config;
  readonly editor: Editor;
  readonly site: Site;
  /** What stands in the files that problems name. */
  readonly sourcesOf: (problems: readonly Problem[]) => Promise<ReadonlyMap<string, string>>;
}

/** Reads the folder as it is, again and again; one that cannot be read at all is an empty one with a problem. */
export function openReader(
  { config, editor, site, sourcesOf }: ReaderOptions,
  outside: Outside,
): () => Promise<Found> {
  const { contentName, defaultLocale, author } = config;
  const mended = openLastGood(defaultLocale, async (file) => {
    const bytes = await readOwnFile(outside.files, config.content, file);
    if (bytes === null) return null;
    const reading = readArticle(bytes, { file, shown: file });
    return reading.ok ? reading.content : 'broken';
  });
  const local = localSideOf(config, outside);
  const found = async (
    snapshot: LocalSnapshot,
    problems: (known: Known) => readonly Problem[],
  ): Promise<Found> => {
    const { base } = await openBaseStore(outside.files, storeOptions(config, outside))
      .read()
      .catch(() => ({ base: emptyBase }));
    const assetDigests = await local.digest(snapshot.assets, new AbortController().signal);
    const told = problems({ base, local: snapshot, assetDigests });
    const { snapshot: whole, stale } = await mended(snapshot);
    const changed = await changeTimes(snapshot, config, outside);
    const changedAt = (file: LocalPath): number | null => changed.get(file) ?? null;
    return {
      site,
      library: openLibrary(whole, { defaultLocale, author, changedAt, stale, base }),
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
    };
  };
  const policy = policyOf({ config, allowDeletes: null, allowEmptied: false });
  return async () => {
    try {
      const snapshot = await local.read(new AbortController().signal);
      return await found(snapshot, (known) => checkContent({ ...known, policy, names }));
    } catch (error) {
      const problem = problemOf(error, contentName);
      return found(nothing, () => [problem]);
    }
  };
}

type Known = Pick<Parameters<typeof checkContent>[0], 'base' | 'local' | 'assetDigests'>;

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

/** When each file of an article was last saved. */
async function changeTimes(
  { articles }: LocalSnapshot,
  { content }: Config,
  { files }: Outside,
): Promise<ReadonlyMap<LocalPath, number>> {
  const paths = articles.flatMap((one) => [...one.locales.values()].map(({ file }) => file));
  const times = await Promise.all(
    paths.map(async (path) => {
      const stat = await files.stat(join(content, ...path.split('/'))).catch(() => null);
      return stat === null ? [] : [[path, stat.modifiedAt] as const];
    }),
  );
  return new Map(times.flat());
}
