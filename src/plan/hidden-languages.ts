/* Languages that the folder has and readers do not see: the help center takes them, and shows them to nobody. */
import type { LocalSnapshot, RemoteSnapshot } from '../model/snapshot.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Locale } from '../model/locale.ts';
import type { Problem } from '../model/problem.ts';
import type { Policy } from './terms/input.ts';

/** One warning for each language that is stored but not shown, at the first of its files. */
export function hiddenLanguages(
  local: LocalSnapshot,
  { shown }: RemoteSnapshot,
  { contentName, defaultLocale }: Policy,
): readonly Problem[] {
  if (shown === undefined || shown === null) return [];
  const first = new Map<Locale, LocalPath>();
  const note = (locale: Locale, file: LocalPath | null): void => {
    if (file === null || locale === defaultLocale || shown.includes(locale)) return;
    const known = first.get(locale);
    if (known === undefined || file < known) first.set(locale, file);
  };
  for (const { locales } of local.articles) for (const [locale, { file }] of locales) note(locale, file);
  for (const { translations, file } of local.collections)
    for (const locale of translations.keys()) note(locale, file);
  return [...first].map(([locale, file]) => ({
    severity: 'warning',
    code: 'LANGUAGE_HIDDEN',
    place: { file: `${contentName}/${file}`, line: 0 },
    message: `${locale} is stored but not shown: the help center does not have that language turned on.`,
    hint: 'Turn it on in Intercom (Help Center, Settings, Languages); what was sent is shown then.',
  }));
}
