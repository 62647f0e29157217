import type { LocalArticle, RemoteArticle } from '../model/entry.ts';
import type { Problem } from '../model/problem.ts';

/** What the front matter takes for a title: not blank, and at most this many characters. */
const longestTitle = 255;

/**
 * Titles in the help center that no file can hold: one that was pulled could not be read again and would hold up
 * everything. What a file says already is left to it.
 */
export function unusableTitles(
  remote: RemoteArticle,
  local: LocalArticle | null,
  contentName: string,
): readonly Problem[] {
  return [...remote.locales].flatMap(([locale, { title }]): readonly Problem[] => {
    const isBlank = title.trim() === '';
    if ((!isBlank && title.length <= longestTitle) || local?.locales.get(locale)?.title === title) return [];
    const file = local?.locales.get(locale)?.file;
    return [
      {
        severity: 'warning',
        code: 'TITLE_UNUSABLE',
        place: {
          file: file === undefined ? contentName : `${contentName}/${file}`,
          line: file === undefined ? 0 : 1,
        },
        message: `Article ${remote.id} in the help center has ${isBlank ? 'an empty title' : `a title of more than ${longestTitle} characters`} (${locale}), which no file can have, so it is not pulled.`,
        hint: 'Give it another title in Intercom.',
      },
    ];
  });
}
