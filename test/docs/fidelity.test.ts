import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureFidelity, printFidelity } from '../../bench/fidelity.ts';

/** What a table is about: its head and its first column. */
const shapeOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| -'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return cells.some((cell) => /^[\d.]+ %$/u.test(cell)) ? (cells[1] ?? '') : cells.join('|');
    });

test('the tables of docs/fidelity.md are those that the benchmark prints', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/fidelity.md'), 'utf8');
  const tables = docs.slice(docs.indexOf('Of '), docs.indexOf('## The measures'));
  const figures = measureFidelity(['# Title\n\nSome **bold** words.\n\n- one\n- two\n'], 1);
  expect(shapeOf(tables)).toEqual(shapeOf(printFidelity(figures)));
  // What Shelfmark promises holds for the smallest body, too.
  expect(figures.converters.slice(0, 2).every(({ text, structure }) => text === 1 && structure === 1)).toBe(
    true,
  );
  expect(figures.edits.every(({ of, one }) => of > 0 && of === one)).toBe(true);
});
