import { resolve } from 'node:path';
import { openBaseStore } from '../base/store.ts';
import type { Config } from '../config/read-config.ts';
import type { LocalSide } from '../engine/ports.ts';
import { withSettledTexts } from '../engine/settled-texts.ts';
import { emptyBase } from '../model/base.ts';
import type { Problem } from '../model/problem.ts';
import { checkContent } from '../plan/check-content.ts';
import { selectFiles, unknownPath } from '../plan/selection.ts';
import { namedPaths } from './project/named-path.ts';
import { names, policyOf } from './project/deps.ts';
import { indexedSide } from './project/indexed-side.ts';
import { storeOptions } from './project/store-options.ts';
import type { Outside } from '../ports/outside.ts';

export interface Validated {
  readonly problems: readonly Problem[];
  readonly articles: number;
  readonly collections: number;
  /** Files among the paths that are no content, as a hook of git names them; they were not checked. */
  readonly leftOut: readonly string[];
}

/** Checks the content folder, or what is at or below some paths, offline: files, texts, links, images. Writes nothing. */
export async function validateRun(
  config: Config,
  outside: Outside,
  paths: readonly string[] = [],
): Promise<Validated> {
  const local = indexedSide(config, outside);
  const validated = await withSettledTexts(() => validateOnce(config, local.side, outside, paths));
  await local.save();
  return validated;
}

async function validateOnce(
  config: Config,
  local: LocalSide,
  outside: Outside,
  paths: readonly string[],
): Promise<Validated> {
  const snapshot = await local.read(outside.signal);
  const assetDigests = await local.digest(snapshot.assets, outside.signal);
  // The lock only helps to know what links mean; without one everything can be checked all the same.
  const { base } = await openBaseStore(outside.files, storeOptions(config, outside))
    .read()
    .catch(() => ({ base: emptyBase }));
  const problems = checkContent({
    base,
    local: snapshot,
    assetDigests,
    policy: policyOf({ config, allowDeletes: null, allowEmptied: false }),
    names,
  });
  const { articles, collections } = snapshot;
  if (paths.length === 0)
    return { problems, articles: articles.length, collections: collections.length, leftOut: [] };
  const files = articles.flatMap((one) => [...one.locales.values()].map(({ file }) => file));
  const folders = collections.map((one) => one.file ?? one.path);
  const { chosen, unknown } = selectFiles(
    paths.map((typed) => ({ typed, meant: namedPaths(typed, config, outside) })),
    [...files, ...folders, ...snapshot.unreadable, ...snapshot.assets],
    config.contentName,
  );
  for (const typed of unknown)
    if ((await outside.files.stat(resolve(outside.folder, typed)))?.kind !== 'file') throw unknownPath(typed);
  return {
    leftOut: unknown,
    problems: problems.filter(({ place }) => chosen(place.file)),
    articles: articles.filter((one) => [...one.locales.values()].some(({ file }) => chosen(file))).length,
    collections: folders.filter(chosen).length,
  };
}
