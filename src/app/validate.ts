import { resolve } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { byPlace, type Problem } from '../model/problem.ts';
import { checkFolder } from '../plan/check-content.ts';
import type { OfflineFolder } from '../plan/offline-folder.ts';
import { unknownPath } from '../plan/selection.ts';
import type { Outside } from '../ports/outside.ts';
import { selectedBy } from './state/chosen.ts';
import { readStandings } from './state/translations.ts';
import { withFolder } from './state/with-folder.ts';
import { gateProblems, isOpen, type Gate } from '../translations/gate.ts';

export interface Validated {
  readonly problems: readonly Problem[];
  readonly articles: number;
  readonly collections: number;
  /** Files among the paths that are no content, as a hook of git names them; they were not checked. */
  readonly leftOut: readonly string[];
}

export interface ValidateOptions {
  /** As somebody typed them; none for all. */
  readonly paths?: readonly string[];
  /** What translations have to be there. */
  readonly gate?: Gate;
}

/** Checks the content folder, or what is at or below some paths, offline: files, texts, links, images. Writes nothing. */
export const validateRun = (
  config: Config,
  outside: Outside,
  { paths = [], gate = noGate }: ValidateOptions = {},
): Promise<Validated> =>
  withFolder(config, outside, async (folder) => {
    const problems = [...checkFolder(folder), ...(await gated(folder, gate, config, outside))].toSorted(
      byPlace,
    );
    const { articles, collections } = folder.local;
    if (paths.length === 0)
      return { problems, articles: articles.length, collections: collections.length, leftOut: [] };
    const { chosen, unknown } = selectedBy(folder, config, outside, paths);
    for (const typed of unknown)
      if ((await outside.files.stat(resolve(outside.folder, typed)))?.kind !== 'file')
        throw unknownPath(typed);
    const folders = collections.map((one) => one.file ?? one.path);
    return {
      leftOut: unknown,
      problems: problems.filter(({ place }) => chosen(place.file)),
      articles: articles.filter((one) => [...one.locales.values()].some(({ file }) => chosen(file))).length,
      collections: folders.filter(chosen).length,
    };
  });

const noGate: Gate = { required: [], maxBehind: null };

async function gated(
  folder: OfflineFolder,
  gate: Gate,
  config: Config,
  outside: Outside,
): Promise<readonly Problem[]> {
  if (isOpen(gate)) return [];
  return gateProblems(await readStandings(folder, config, outside, gate.required), gate, folder);
}
