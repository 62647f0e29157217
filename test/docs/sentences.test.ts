/* Pages that can be read at first sight: short sentences, and cells of tables that are no paragraphs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const most = 30;
const pagesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.split('\\').join('/')}`);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...pagesBelow('docs'),
  ...pagesBelow('content'),
];

const words = (text: string): number =>
  text
    .replaceAll(/\]\([^)]*\)/g, ']')
    .split(/\s+/)
    .filter(Boolean).length;

function tooLong(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replaceAll(/^ *```[\s\S]*?^ *```/gm, '\n')
    .replaceAll(/^> ?/gm, '')
    // A few words in bold are often a sentence of their own, with its full stop inside.
    .replaceAll('**', '');
  return text.split(/\n\s*\n/).flatMap((part) =>
    part.trimStart().startsWith('|')
      ? part.split(/[|\n]/).filter((cell) => words(cell) > most)
      : part
          .split(/\n\s*(?:[-*]|\d+\.)\s/)
          .flatMap((item) => item.replaceAll('\n', ' ').split(/(?<=[.!?])\s/))
          .filter((sentence) => words(sentence) > most),
  );
}

test.each(pages)('%s has no sentence and no cell of more than thirty words', (page) => {
  expect(tooLong(page)).toEqual([]);
});
