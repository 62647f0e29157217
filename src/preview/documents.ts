import type { SearchDocument } from '../look/search-document.ts';
import type { LocalContent } from '../model/entry.ts';
import type { Locale } from '../model/locale.ts';
import { plainText } from '../look/plain-text.ts';
import { addressOf } from './addresses.ts';
import { showBody, type Shown } from './body.ts';
import { allArticles, trailTo, type Library } from './library.ts';
import { baseName } from '../model/identity.ts';

/** Texts do not change, only the files that hold them do; and to make one takes longer than to keep it. */
const texts = new WeakMap<LocalContent, string>();

/** All that can be found in one language. */
export function documentsOf(library: Library, shown: Shown, locale: Locale): readonly SearchDocument[] {
  const trails = new Map<string, readonly string[]>();
  return allArticles(library, locale).map(({ article, content }) => {
    const trail =
      trails.get(article.folder) ?? trailTo(library, locale, article.folder).map(({ name }) => name);
    trails.set(article.folder, trail);
    const text = texts.get(content) ?? plainText(showBody(content, locale, shown).html);
    texts.set(content, text);
    return {
      address: addressOf({ page: 'article', locale, path: article.path }),
      title: content.title === '' ? baseName(article.path) : content.title,
      description: content.description,
      text,
      trail,
    };
  });
}
