import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printArticle, readArticle } from '../../src/local/article-text.ts';
import { localPath } from '../../src/model/identity.ts';
import { tries } from '../helpers/long.ts';
import { html, markdown, meaningOf, toMarkdown } from '../markup/helpers/meaning.ts';
import { pairOf, pulled } from '../markup/long/one-word.ts';

/** Texts that mean something at the start of a line, in a file or to git. */
const signs = fc.constantFrom(
  '<<<<<<< HEAD',
  '<<<<<<<',
  '>>>>>>> theirs',
  '>>>>>>>',
  '=======',
  '|||||||',
  '---',
  '--- ',
  '+++',
  '***',
  '___',
  '# Title',
  '####### x',
  '- item',
  '+ item',
  '* item',
  '1. one',
  '1) one',
  '> quoted',
  '```',
  '~~~ js',
  '| a | b |',
  '|---|',
  ':--',
  'title: other',
  ':::note',
  '[x]: https://x.test',
  '[ ] task',
  '[!NOTE]',
  '<!-- x -->',
  '<div>',
  '&lt;',
  '    indented',
  'word',
);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const line = fc
  .tuple(signs, fc.constantFrom('', ' ', ' word', '<br>'))
  .map(([sign, more]) => escape(sign) + more);
const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => all.join('<br>'));
const block = lines.chain((text) =>
  fc.constantFrom(
    `<p>${text}</p>`,
    `<p><b>${text}</b></p>`,
    `<h2>${text}</h2>`,
    `<ul><li>${text}</li><li><p>${text}</p><p>${text}</p></li></ul>`,
    `<ol><li>${text}</li></ol>`,
    `<table><tbody><tr><td>${text}</td><td>b</td></tr><tr><td>c</td><td>${text}</td></tr></tbody></table>`,
    `<table><tbody><tr><td colspan="2">${text}</td></tr><tr><td>c</td><td>${text}</td></tr></tbody></table>`,
    `<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80;"><p>${text}</p></div>`,
    `<details><summary>${text}</summary><p>${text}</p></details>`,
    `<pre><code>${text}</code></pre>`,
    `<div class="other"><p>${text}</p></div>`,
    `<p style="color: red">${text}</p>`,
  ),
);

const accepted = (body: string): string => {
  const text = printArticle({ title: 'T', description: '', state: 'draft', author: null, body });
  const path = localPath('a.md');
  const reading = readArticle(new TextEncoder().encode(text), { file: path, shown: 'content/a.md' });
  return reading.ok ? 'accepted' : JSON.stringify(reading.problems);
};

test('whatever a pull writes into a file, the next run accepts and reads as it was', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
      const remote = html(blocks.join(''));
      const body = toMarkdown(blocks.join(''));
      expect(accepted(body)).toBe('accepted');
      expect(meaningOf(markdown(body))).toEqual(meaningOf(remote));
    }),
    { numRuns: tries(120, 10_000) },
  );
});

test('so does whatever is put into a line that was there', () => {
  const file =
    'WORD first\nsecond line\n\n- WORD\n- b\n\n| WORD | b |\n|---|---|\n| c | WORD |\n\n> WORD\n> more\n';
  fc.assert(
    fc.property(lines, (text) => {
      const pair = pairOf(file);
      if (pair === null) throw new Error('Intercom would refuse it');
      const stored = pair.stored.replaceAll('WORD', text);
      const body = pulled(pair, stored);
      expect(accepted(body)).toBe('accepted');
      expect(meaningOf(markdown(body))).toEqual(meaningOf(html(stored)));
    }),
    { numRuns: tries(60, 5000) },
  );
});
