/* Whether an article that was looked up still says what a create sent, although it may be stored in another spelling. */
import { hash } from 'node:crypto';
import { articleFields, articleNames } from '../../fields/article-fields.ts';
import { lettersOf, plainWords } from '../../markup/read/plain-words.ts';
import type { ArticleField, RemoteArticle, RemoteContent } from '../../model/entry.ts';
import type { ArticleEdit, ContentEdit } from '../../model/remote-side.ts';

/** Null where it does; else what was changed, in words for people. */
export function changedSince(sent: ArticleEdit, found: RemoteArticle): string | null {
  for (const [locale, edit] of sent.locales) {
    const there = found.locales.get(locale);
    if (there === undefined) continue;
    const changed = articleNames.find((name) => edit[name] !== undefined && isOther[name](edit, there));
    if (changed !== undefined)
      return changed === 'state' ? 'whether it is published' : `its ${articleFields[changed].label}`;
  }
  return null;
}

/** Whether a field that was sent reads otherwise in what is stored; the author is Intercom's to choose. */
const isOther: { readonly [Name in ArticleField]: (sent: ContentEdit, there: RemoteContent) => boolean } = {
  title: (sent, there) => plain(sent.title ?? '') !== plain(there.title),
  description: (sent, there) => plain(sent.description ?? '') !== plain(there.description),
  state: (sent, there) => sent.state !== there.state,
  author: () => false,
  body: (sent, there) => plainWords(sent.body ?? '', 'html') !== plainWords(there.body, 'html'),
};

/**
 * Whether the answer to an update shows another text than the one that was sent: nothing of what was added is in it, or
 * something that was not sent. A remote that merely leaves out what it cannot store is not meant.
 */
export function isOtherText(was: string, sent: string, answer: string, format: 'plain' | 'html'): boolean {
  const words = (text: string): ReadonlySet<string> =>
    new Set((format === 'html' ? plainWords(text, format) : lettersOf(text)).split(' '));
  const [before, meant, now] = [words(was), words(sent), words(answer)];
  const added = [...meant].filter((word) => !before.has(word));
  const isMissing = added.length > 0 && !added.some((word) => now.has(word));
  return isMissing || [...now].some((word) => !meant.has(word));
}

/** A sign of the words of a body, short enough for the journal; empty for one without words. */
export function wordsSign(body: string, format: 'markdown' | 'html'): string {
  const words = plainWords(body, format);
  return words === '' ? '' : hash('sha256', words, 'base64url').slice(0, 22);
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
