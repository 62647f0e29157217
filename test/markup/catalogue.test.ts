import { expect, test } from 'vitest';
import { catalogue } from './helpers/catalogue.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';

test.each(catalogue)('%s', (_, stored, wanted) => {
  const text = toMarkdown(stored);
  expect(text).toBe(`${wanted}\n`);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  const sent = toHtml(text);
  expect(meaningOf(html(sent))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(sent)).toBe(text);
});

test('all patterns in one body stay apart', () => {
  const stored = catalogue.map(([, one]) => one).join('');
  const text = toMarkdown(stored);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(toHtml(text))).toBe(text);
});
