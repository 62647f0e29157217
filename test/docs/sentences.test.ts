/* Pages that can be read at first sight: short sentences, and cells of tables that are no paragraphs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const most = 30;
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'docs/config.md',
  'docs/architecture.md',
  'docs/ci.md',
  'docs/watch.md',
  'docs/glossary.md',
  ...readdirSync(join(root, 'content'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !/\.(?:fr|de)\.md$/.test(name))
    .map((name) => `content/${name}`),
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
    .replaceAll(/^> ?/gm, '');
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
