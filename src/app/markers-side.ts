/* Takes one side of what stands between conflict markers in a file, whoever wrote them there: resolve or git. */
import type { Config } from '../config/read-config.ts';
import { openWriter } from '../local/write.ts';
import type { LocalPath } from '../model/identity.ts';
import type { LocalSnapshot } from '../model/snapshot.ts';
import type { Outside } from '../ports/outside.ts';

const marked = /^<{7}(?: .*)?\r?\n([\s\S]*?)^={7}\r?\n([\s\S]*?)^>{7}(?: .*)?(?:\r?\n|$)/gm;

/** The text with one side of each marked place; null where there is none. What both had in common before goes, too. */
export function sideOfMarked(text: string, side: 'local' | 'remote'): string | null {
  const taken = text.replace(marked, (_, ours: string, theirs: string) =>
    side === 'local' ? ours.replace(/^\|{7}[\s\S]*/m, '') : theirs,
  );
  return taken === text ? null : taken;
}

/** Settles the marked files for which `isAt` holds, which nobody can read as they are; gives those that it changed. */
export async function settleMarked(
  isAt: (path: LocalPath) => boolean,
  answer: 'local' | 'remote',
  { unreadable }: LocalSnapshot,
  { config, outside }: { readonly config: Config; readonly outside: Outside },
): Promise<readonly LocalPath[]> {
  const { content: root, stateFolder } = config;
  const writer = openWriter(outside.files, { root, trash: stateFolder, chance: outside.chance });
  const settled: LocalPath[] = [];
  for (const path of unreadable) {
    if (!isAt(path) || !/\.(?:md|yaml)$/.test(path)) continue;
    const found = await writer.readText(path);
    const text = found === null ? null : sideOfMarked(found.text, answer);
    if (found === null || text === null) continue;
    if ((await writer.writeFile(path, text, { digest: found.digest })) === 'done') settled.push(path);
  }
  return settled;
}
