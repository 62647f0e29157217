import { baseName, joinPath, parentPath, type LocalPath } from '../../model/identity.ts';
import type { Locale } from '../../model/locale.ts';

/** The file of a language beside the default-locale file: `install.md` and `fr` give `install.fr.md`. */
export function fileOfLocale(path: LocalPath, locale: Locale, defaultLocale: Locale): LocalPath {
  if (locale === defaultLocale) return path;
  const stem = baseName(path).replace(/\.md$/, '');
  const plain = stem.endsWith(`.${defaultLocale}`) ? stem.slice(0, -defaultLocale.length - 1) : stem;
  return joinPath(parentPath(path), `${plain}.${locale}.md`);
}
