import { join, relative, resolve } from 'node:path';
import type { Config } from '../config/read-config.ts';
import type { Problem } from '../model/problem.ts';
import type { Outside } from '../ports/outside.ts';
import type { Sight } from '../report/sight/sight.ts';

/** Files as they look from where the command was called, with what stands in those that problems name. */
export async function openSight(
  { folder, contentName }: Pick<Config, 'folder' | 'contentName'>,
  outside: Pick<Outside, 'folder' | 'files' | 'stdout'>,
  problems: readonly Problem[],
): Promise<Sight> {
  const { stdout } = outside;
  const name = (file: string): string =>
    relative(outside.folder, resolve(folder, file)).split('\\').join('/') || '.';
  return {
    name,
    entry: (path) => name(join(contentName, path)),
    sources: await sourcesOf(problems, folder, outside.files),
    width: stdout.isTTY === true ? Math.max(20, stdout.columns || 80) : Number.POSITIVE_INFINITY,
  };
}

/** More of a file than anybody writes is not read again for the sake of one line. */
const largest = 1024 * 1024;

async function sourcesOf(
  problems: readonly Problem[],
  folder: string,
  files: Outside['files'],
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(problems.filter((one) => one.place.line > 0).map((one) => one.place.file));
  const sources = new Map<string, string>();
  for (const name of names) {
    try {
      const path = resolve(folder, name);
      const stat = await files.stat(path);
      if (stat === null || stat.kind !== 'file' || stat.size > largest) continue;
      sources.set(name, new TextDecoder().decode(await files.read(path)));
    } catch {
      // What cannot be read is told without its lines.
    }
  }
  return sources;
}
