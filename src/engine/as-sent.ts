/* Whether an article that was looked up still says what a create sent, although it may be stored in another spelling. */
import { hash } from 'node:crypto';
import { decodeHTML } from 'entities';
import { isBlockTag } from '../markup/html/runs.ts';
import { articleFields, articleNames } from '../fields/article-fields.ts';
import type { ArticleField, RemoteArticle, RemoteContent } from '../model/entry.ts';
import type { ArticleEdit, ContentEdit } from '../model/remote-side.ts';

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
  body: (sent, there) => wordsOf(sent.body ?? '') !== wordsOf(there.body),
};

/**
 * Whether the answer to an update shows another text than the one that was sent: nothing of what was added is in it, or
 * something that was not sent. A remote that merely leaves out what it cannot store is not meant.
 */
export function isOtherText(was: string, sent: string, answer: string): boolean {
  const words = (text: string): ReadonlySet<string> => new Set(wordsOf(text).split(' '));
  const [before, meant, now] = [words(was), words(sent), words(answer)];
  const added = [...meant].filter((word) => !before.has(word));
  const isMissing = added.length > 0 && !added.some((word) => now.has(word));
  return isMissing || [...now].some((word) => !meant.has(word));
}

/** A sign of the words of a body, short enough for the journal; empty for one without words. */
export const wordsSign = (html: string): string => signOf(wordsOf(html));

/** The same of Markdown, as far as its text is plain; where it is not, it is taken for another one. */
export const markdownWordsSign = (text: string): string =>
  signOf(lettersOf(text.replaceAll(/<[^>]*>/g, ' ')));

const signOf = (words: string): string =>
  words === '' ? '' : hash('sha256', words, 'base64url').slice(0, 22);

/** The words of a body as a reader sees them; a tag in the middle of a word does not part it. */
function wordsOf(html: string): string {
  const text = html.replaceAll(/<\/?([a-z][a-z0-9]*)[^<>]*>/gi, (_, tag: string) =>
    isBlockTag(tag.toLowerCase()) || tag.toLowerCase() === 'br' ? ' ' : '',
  );
  return lettersOf(decodeHTML(text));
}

const lettersOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
