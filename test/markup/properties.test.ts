import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentHtml } from './helpers/documents.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown, writtenMeaningOf } from './helpers/meaning.ts';
import { tries } from '../helpers/long.ts';

test('any stored body becomes Markdown that means the same, and comes back as it was', () => {
  fc.assert(
    fc.property(documentHtml, (stored) => {
      const body = html(stored);
      const text = toMarkdown(stored);
      const wanted = writtenMeaningOf(body).join(' ');
      expect(meaningOf(markdown(text)).join(' ')).toBe(wanted);
      expect(meaningOf(html(toHtml(text))).join(' ')).toBe(wanted);
    }),
    { numRuns: tries(38, 150) },
  );
});

const pieces = fc.constantFrom(
  '*',
  '**',
  '_',
  '~~',
  '`',
  '[',
  ']',
  '](u)',
  '](<a b> "t")',
  '![',
  '[x]',
  '[x]: /u\n',
  '&amp;',
  '&nbsp;',
  '\\',
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  '  \n',
  '\\\n',
  '- ',
  '* ',
  '1. ',
  '> ',
  '> [!NOTE]\n> ',
  '# ',
  '## ',
  '    ',
  '  ',
  '\t',
  '```\n',
  '---\n',
  '===\n',
  '| a | b |\n|---|:-:|\n| c | ',
  'foo',
  'bar ',
  ' baz',
  '.',
  '!',
  'http://a.b/c',
  ' ',
  '<b>',
  '</b>',
  '<u>',
  '</u>',
  '<div>\n',
  '</div>\n',
  '<div class="x">',
  '<br>',
  '<p>',
  '</p>',
  '<details>\n<summary>s</summary>\n\n',
  '\n\n</details>\n',
  '<!-- c -->',
  '<!-- align: center -->\n',
  '<!-- button -->\n',
  '<table><tr><td>',
  '</td></tr></table>',
  '<ul><li>',
  '<pre>',
  '</pre>',
  '<img src="/i">',
  '<a href="/l">',
  '</a>',
  'é',
  '「',
  '[^1]',
  '[^1]: ',
  '{{ v }}',
  '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
  '<span style="color:red">',
  '</span>',
  '<h2>',
  '</h2>',
);

test('any Markdown at all is sent as what it means, and comes back as that', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 14 }), (parts) => {
      const text = parts.join('');
      const body = markdown(text);
      const sent = html(toHtml(text));
      // A stretch of HTML that holds several blocks is one here and several there.
      if (body.blocks.every(({ type }) => type !== 'mixed')) {
        expect(meaningOf(sent).join(' ')).toBe(meaningOf(body).join(' '));
      }
      expect(meaningOf(markdown(toMarkdown(sent.text))).join(' ')).toBe(meaningOf(sent).join(' '));
    }),
    { numRuns: tries(150, 600), examples: [[['*<div class="x"><span style="color:red">[![a](/b)](/c)']]] },
  );
});

test('reading never fails, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(markdown(text).text).toBe(text);
      expect(html(text).text).toBe(text);
      expect(typeof toHtml(text) + typeof toMarkdown(text)).toBe('stringstring');
    }),
    { numRuns: tries(75, 300) },
  );
});
