/* What git knows of translations of which the lock file knows nothing. */
import { join } from 'node:path';
import type { Config } from '../../config/read-config.ts';
import { readArticle } from '../../local/article-text.ts';
import type { LocalPath } from '../../model/identity.ts';
import { articleSigns } from '../../plan/compare/remember-source.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import { gitNameOf, type Change } from '../../ports/git.ts';
import type { Outside } from '../../ports/outside.ts';
import { unknownToLock } from '../../translations/standings.ts';
import type { FromHistory } from '../../translations/terms.ts';

/** By the file of the translation; empty where git is not needed, or does not tell. */
export async function historyFor(
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
): Promise<ReadonlyMap<LocalPath, FromHistory>> {
  const found = new Map<LocalPath, FromHistory>();
  const pairs = unknownToLock(folder, config.defaultLocale);
  const { git } = outside;
  if (pairs.length === 0 || git === undefined) return found;
  const [changes, committed] = await Promise.all([
    git.history(config.content),
    git.committed(config.content),
  ]);
  if (changes === null) return found;
  for (const { source, text, now } of pairs) {
    const touched = changes.get(text)?.[0];
    if (touched === undefined || !(await isCommitted(text, committed, config, outside))) {
      // Nobody else knows it yet: whoever wrote it sees what the default locale says.
      if (changes.size > 0) found.set(text, { source: now, since: null });
      continue;
    }
    const since = (changes.get(source) ?? []).filter(({ age }) => age < touched.age);
    const isAsThen = since.length === 0 && (await isCommitted(source, committed, config, outside));
    const was = isAsThen ? now : await signsAt(source, touched, folder, config, outside);
    if (was !== null) found.set(text, { source: was, since: since.at(-1)?.day ?? null });
  }
  return found;
}

async function isCommitted(
  file: LocalPath,
  committed: ReadonlySet<string>,
  { content }: Config,
  { files }: Outside,
): Promise<boolean> {
  const bytes = await files.read(join(content, file));
  if (committed.has(gitNameOf(bytes))) return true;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return (
    text.includes('\r\n') && committed.has(gitNameOf(new TextEncoder().encode(text.replaceAll('\r\n', '\n'))))
  );
}

/** The signs of what a file said in a commit; null where it was not there, or could not be read. */
async function signsAt(
  file: LocalPath,
  { commit }: Change,
  { bodies }: OfflineFolder,
  config: Config,
  { git }: Outside,
): Promise<string | null> {
  const bytes = await git?.textAt(config.content, commit, file);
  if (bytes === null || bytes === undefined) return null;
  const reading = readArticle(bytes, { file, shown: file, named: '' });
  return reading.ok ? articleSigns(reading.content, config.defaultLocale, bodies) : null;
}
