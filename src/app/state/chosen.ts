import type { Config } from '../../config/read-config.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import { selectFiles, unknownPath } from '../../plan/selection.ts';
import type { Outside } from '../../ports/outside.ts';
import { namedPaths } from '../project/named-path.ts';

/** Which files are at or below the paths, as somebody typed them; all of them where there is none. */
export function chosenBy(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
  paths: readonly string[],
): (file: string) => boolean {
  if (paths.length === 0) return () => true;
  const { chosen, unknown } = selectedBy(folder, config, outside, paths);
  for (const typed of unknown) throw unknownPath(typed);
  return chosen;
}

/** The same, with the paths that name nothing in the folder. */
export function selectedBy(
  { local }: OfflineFolder,
  config: Config,
  outside: Outside,
  paths: readonly string[],
): ReturnType<typeof selectFiles> {
  const files = local.articles.flatMap((one) => [...one.locales.values()].map(({ file }) => file));
  const folders = local.collections.map((one) => one.file ?? one.path);
  return selectFiles(
    paths.map((typed) => ({ typed, meant: namedPaths(typed, config, outside) })),
    [...files, ...folders, ...local.unreadable, ...local.assets],
    config.contentName,
  );
}
