import { join } from 'node:path';
import type { Config } from '../config/read-config.ts';
import { readFrontMatter } from '../local/front-matter.ts';
import { openWriter, type LocalWriter } from '../local/write.ts';
import { baseName, joinPath, localPath, parentPath, type LocalPath } from '../model/identity.ts';
import type { Fix, Problem } from '../model/problem.ts';
import { respellAddresses } from '../plan/links/respell.ts';
import { respellWikiLinks } from '../plan/links/wiki-links.ts';
import type { Outside } from '../ports/outside.ts';
import { takeRunLock } from './adapters/run-lock.ts';
import { runLockOf } from './project/store-options.ts';

/** What was written by itself: `from` and `to` are addresses, or names of the file. */
export interface Fixed {
  /** As problems name it. */
  readonly file: string;
  readonly code: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Does what the hints of problems say wherever that changes no meaning; gives what was changed. A file that somebody
 * saves meanwhile is left to the next time.
 */
export async function fixRun(
  problems: readonly Problem[],
  config: Config,
  outside: Outside,
): Promise<readonly Fixed[]> {
  const fixable = problems.filter((one) => one.fix !== undefined);
  if (fixable.length === 0) return [];
  const lock = await takeRunLock(runLockOf(config), outside);
  try {
    const trash = join(config.stateFolder, 'trash');
    const writer = openWriter(outside.files, { root: config.content, trash, chance: outside.chance });
    const fixed: Fixed[] = [];
    for (const file of new Set(fixable.map((one) => one.place.file)))
      fixed.push(...(await fixFile(file, fixable, config, { writer, outside })));
    return fixed;
  } finally {
    await lock[Symbol.asyncDispose]();
  }
}

async function fixFile(
  file: string,
  problems: readonly Problem[],
  { contentName, content }: Config,
  { writer, outside }: { readonly writer: LocalWriter; readonly outside: Outside },
): Promise<readonly Fixed[]> {
  const path = localPath(contentName === '.' ? file : file.slice(contentName.length + 1));
  const own = problems.flatMap(({ place, code, fix }) =>
    place.file === file && fix !== undefined ? [{ code, fix }] : [],
  );
  const spellings = new Map(
    own.flatMap(({ code, fix }) => {
      if ('links' in fix) return Object.entries(fix.links).map(([from, to]) => [from, { code, to }] as const);
      return 'address' in fix ? [[fix.address, { code, to: fix.to }] as const] : [];
    }),
  );
  const found = spellings.size === 0 ? null : await writer.readText(path);
  if (found !== null) {
    const used = new Set<string>();
    const text = respelled(found.text, file, (spelling) => {
      const to = spellings.get(spelling)?.to ?? null;
      if (to !== null) used.add(spelling);
      return to;
    });
    if (used.size === 0 || (await writer.writeFile(path, text, { digest: found.digest })) === 'stale')
      return [];
    return [...used].map((from) => ({ file, from, ...(spellings.get(from) ?? { code: '', to: from }) }));
  }
  const renamed = own.find(
    (one): one is { code: string; fix: Extract<Fix, { rename: string }> } => 'rename' in one.fix,
  );
  if (renamed === undefined) return [];
  return rename({ file, path, code: renamed.code, to: renamed.fix.rename }, content, writer, outside);
}

async function rename(
  one: { readonly file: string; readonly path: LocalPath; readonly code: string; readonly to: string },
  content: string,
  writer: LocalWriter,
  { files }: Outside,
): Promise<readonly Fixed[]> {
  const { file, path, code, to } = one;
  const folder = parentPath(path);
  // On some disks a name in other letters is the same name, so the list is asked and not the disk.
  const names = await files.list(join(content, ...folder.split('/')));
  const found = await writer.readText(path);
  if (found === null || names.some(({ name }) => name === to)) return [];
  const status = await writer.moveFile(path, joinPath(folder, to), { digest: found.digest });
  return status === 'stale' ? [] : [{ file, code, from: baseName(path), to }];
}

/** A file with other addresses and links in its text; front matter has none. */
function respelled(text: string, file: string, to: (url: string) => string | null): string {
  const front = readFrontMatter({ file, text });
  const start = 'severity' in front ? 0 : front.rest;
  return text.slice(0, start) + respellAddresses(respellWikiLinks(text.slice(start), to), to);
}
