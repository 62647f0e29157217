/* Whether an article that was looked up still says what a create sent, although it may be stored in another spelling. */
import { hash } from 'node:crypto';
import type { RemoteArticle } from '../model/entry.ts';
import type { ArticleEdit } from '../model/remote-side.ts';

/** Null where it does; else what was changed, in words for people. */
export function changedSince(sent: ArticleEdit, found: RemoteArticle): string | null {
  for (const [locale, edit] of sent.locales) {
    const there = found.locales.get(locale);
    if (there === undefined) continue;
    const isChanged = (field: 'title' | 'description'): boolean =>
      edit[field] !== undefined && plain(edit[field]) !== plain(there[field]);
    if (isChanged('title')) return 'its title';
    if (isChanged('description')) return 'its description';
    if (edit.body !== undefined && wordsOf(edit.body) !== wordsOf(there.body)) return 'its text';
    if (edit.state !== undefined && edit.state !== there.state) return 'whether it is published';
  }
  return null;
}

/** A sign of the words of a text, short enough for the journal; empty for a text without words. */
export function wordsSign(text: string): string {
  const words = wordsOf(text);
  return words === '' ? '' : hash('sha256', words, 'base64url').slice(0, 22);
}

/** Markdown and HTML of a plain text come to the same; where they do not, it is taken for another text. */
const wordsOf = (text: string): string =>
  (text.replaceAll(/<[^>]*>|&#?\w+;/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
