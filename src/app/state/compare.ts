import type { Config } from '../../config/read-config.ts';
import { readArticle } from '../../local/article-text.ts';
import type { LocalContent } from '../../model/entry.ts';
import { articleSigns } from '../../plan/compare/remember-source.ts';
import type { OfflineFolder } from '../../plan/offline-folder.ts';
import type { Outside } from '../../ports/outside.ts';
import { comparisonOf, type Change } from '../../translations/comparison.ts';
import type { Standing } from '../../translations/terms.ts';

/** What changed in the source of a translation that is behind; empty for any other, and for a collection. */
export async function changesOf(
  standing: Standing,
  folder: OfflineFolder,
  config: Config,
  outside: Outside,
): Promise<readonly Change[]> {
  const { path, locale, was } = standing;
  const { defaultLocale } = config;
  const article = folder.local.articles.find((one) => one.path === path);
  const [source, text] = [article?.locales.get(defaultLocale), article?.locales.get(locale)];
  if (was === null || source === undefined || text === undefined) return [];
  const former = await formerText(source, was, folder, config, outside);
  return comparisonOf({ source, text, locale, defaultLocale, was, former, bodies: folder.bodies });
}

/** More versions of a file are not looked through for the one that a translation was made from. */
const mostVersions = 200;

/** The source as git still has it from when it said what the signs stand for; null where it has not. */
async function formerText(
  source: LocalContent,
  was: string,
  { bodies }: OfflineFolder,
  config: Config,
  { git }: Outside,
): Promise<LocalContent | null> {
  const { content, defaultLocale } = config;
  const changes = (await git?.history(content))?.get(source.file) ?? [];
  for (const { commit } of changes.slice(0, mostVersions)) {
    const bytes = await git?.textAt(content, commit, source.file);
    if (bytes === null || bytes === undefined) continue;
    const reading = readArticle(bytes, { file: source.file, shown: source.file, named: '' });
    if (reading.ok && articleSigns(reading.content, defaultLocale, bodies) === was) return reading.content;
  }
  return null;
}
