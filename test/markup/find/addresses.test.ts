import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressesOf, replaceAddresses } from '../../../src/markup/find/addresses.ts';
import { tries } from '../../helpers/long.ts';
import { possibleAddresses } from '../../../src/markup/find/possible-addresses.ts';

const spelled = (text: string, format: 'markdown' | 'html' = 'markdown') =>
  addressesOf(text, format).map(({ url, use, at, start, end }) => ({
    url,
    use,
    at: text.slice(at, at + 3),
    written: text.slice(start, end),
  }));

test.each<readonly [string, string, readonly unknown[]]>([
  ['a link', 'a [b](c.md) d', [{ url: 'c.md', use: 'link', at: '[b]', written: 'c.md' }]],
  [
    'an image with a title',
    '![b]( c.png "t" )',
    [{ url: 'c.png', use: 'image', at: '![b', written: 'c.png' }],
  ],
  ['angle brackets', '[b](<c d.md> "t")', [{ url: 'c d.md', use: 'link', at: '[b]', written: 'c d.md' }]],
  [
    'escapes',
    String.raw`[b](c\_d&amp;e.md)`,
    [{ url: 'c_d&e.md', use: 'link', at: '[b]', written: String.raw`c\_d&amp;e.md` }],
  ],
  ['brackets in it', '[b](c(d)e.md)', [{ url: 'c(d)e.md', use: 'link', at: '[b]', written: 'c(d)e.md' }]],
  [
    'a definition that links and images use',
    '[b] and [c][B] and ![d][b]\n\n[b]: <e f.md> "t"',
    [{ url: 'e f.md', use: 'link', at: '[b]', written: 'e f.md' }],
  ],
  [
    'a definition of an image',
    '![d][b]\n\n[b]: e.png',
    [{ url: 'e.png', use: 'image', at: '![d', written: 'e.png' }],
  ],
  [
    'a definition that nobody uses',
    'a\n\n[b]:\n  e.md\n',
    [{ url: 'e.md', use: 'link', at: 'e.m', written: 'e.md' }],
  ],
  [
    'a bare address and one in angle brackets',
    'www.a.example <https://b.example> c@d.example',
    [
      { url: 'http://www.a.example', use: 'link', at: 'www', written: 'www.a.example' },
      { url: 'https://b.example', use: 'link', at: '<ht', written: 'https://b.example' },
      { url: 'mailto:c@d.example', use: 'link', at: 'c@d', written: 'c@d.example' },
    ],
  ],
  [
    'tags in a line',
    `a <a class=x\n HREF = 'b&amp;c.md' >d</a> <img src=e.png>`,
    [
      { url: 'b&c.md', use: 'link', at: '<a ', written: 'b&amp;c.md' },
      { url: 'e.png', use: 'image', at: '<im', written: 'e.png' },
    ],
  ],
  [
    'a block of HTML',
    '<div>\n<a href="b.md">c</a>\n<!-- <a href="d.md"> -->\n</div>',
    [{ url: 'b.md', use: 'link', at: '<a ', written: 'b.md' }],
  ],
  [
    'a picture in a link',
    '[![a](b.png)](c.md)',
    [
      { url: 'b.png', use: 'image', at: '![a', written: 'b.png' },
      { url: 'c.md', use: 'link', at: '[![', written: 'c.md' },
    ],
  ],
  [
    'a quotation in a list, over lines',
    '- > [a](\n  > b.md)\n  >\n  > <a\n  >  href="c.md">x</a>\n  >\n  > <div>\n  >   <img src="d.png">\n  > </div>',
    [
      { url: 'b.md', use: 'link', at: '[a]', written: 'b.md' },
      { url: 'c.md', use: 'link', at: '<a\n', written: 'c.md' },
      { url: 'd.png', use: 'image', at: '<im', written: 'd.png' },
    ],
  ],
  [
    'a table',
    '| a |\n|-|\n| [b](c\\|d.md) |',
    [{ url: 'c|d.md', use: 'link', at: '[b]', written: 'c\\|d.md' }],
  ],
  [
    'a tab before HTML',
    '-\t<div>\n\t<a href="b.md">c</a>\n\t</div>',
    [{ url: 'b.md', use: 'link', at: '<a ', written: 'b.md' }],
  ],
  [
    'Windows line ends',
    'a\r\n\r\n<div>\r\n<a\r\nhref="b.md">c</a></div>\r\n\r\n[d](e.md)',
    [
      { url: 'b.md', use: 'link', at: '<a\r', written: 'b.md' },
      { url: 'e.md', use: 'link', at: '[d]', written: 'e.md' },
    ],
  ],
])('finds an address and its letters: %s', (_, text, expected) => {
  expect(spelled(text)).toEqual(expected);
});

test.each<readonly [string, string]>([
  ['a fence', '```md\n[a](b.md)\n<a href="c.md">\n[d]: e.md\n![f](g.png)\n```'],
  ['a fence in a list', '- a\n\n  ~~~\n  [a](b.md)\n  ~~~'],
  ['a fence that is not closed', '````\n[a](b.md)\n```\n[c](d.md)'],
  ['a line', '`[a](b.md)` and `` <a href="c.md"> ` ``'],
  ['an indentation', 'a\n\n    [a](b.md)\n    <img src="c.png">\n'],
  ['an element of code', '<pre><code>[a](b.md) &lt;a href="c.md"&gt;</code></pre>'],
  ['a block of HTML', '<div>\n[a](b.md)\n</div>'],
  ['a comment', '<!-- [a](b.md)\n\n<a href="c.md">x</a> -->\n\na <!-- <img src="d.png"> --> b'],
  ['an escape', String.raw`\[a](b.md) [c\](d.md) \<a href="e.md">`],
  ['a field of text', '<textarea><a href="b.md"></textarea>'],
])('finds no address that is only quoted: %s', (_, text) => {
  expect(spelled(text)).toEqual([]);
});

test('finds the addresses of stored HTML, with their letters', () => {
  const text = `<p><a href="https://a.example/?b&amp;c">d</a></p><!-- <a href="e"> --><img alt='src="f"' src='g.png'><pre>&lt;img src="h"&gt;</pre>`;
  expect(spelled(text, 'html')).toEqual([
    { url: 'https://a.example/?b&c', use: 'link', at: '<a ', written: 'https://a.example/?b&amp;c' },
    { url: 'g.png', use: 'image', at: '<im', written: 'g.png' },
  ]);
});

test('replaces addresses and nothing else', () => {
  const text = '`a.md` [a.md](a.md "a.md") <a href="a.md">a.md</a>';
  expect(replaceAddresses(text, addressesOf(text, 'markdown'), () => 'b.md')).toBe(
    '`a.md` [a.md](b.md "a.md") <a href="b.md">a.md</a>',
  );
});

const pieces = fc.constantFrom(
  '[a](b.md)',
  '[a](',
  '](<c d.md>)',
  '[e]: f.md\n',
  '\n[e]:\n',
  '[e]',
  '[^1]: ',
  '[',
  ']',
  '(',
  ')',
  ']:',
  '](',
  '\n',
  '\n\n',
  '> ',
  '- ',
  '    ',
  '`',
  '```\n',
  '<a href="g.md">',
  "<img src='h i.png'>",
  '<a\nhref=j.md>',
  '<!--',
  '-->',
  '<div>\n',
  '\\',
  '&amp;',
  ' "t"',
  'k',
  ' ',
  '|',
  '|-|\n',
  '\t',
  '\r\n',
  '![',
  '*',
  '<',
  '>',
);

test('every address of a text is among its possible ones, and its letters spell it', () => {
  const check = (text: string): void => {
    const possible = possibleAddresses(text);
    for (const { url, start, end } of addressesOf(text, 'markdown')) {
      if (url === '' || /^[a-z][a-z0-9+.-]*:/i.test(url)) continue;
      expect({ text, url, found: possible.has(url) }).toEqual({ text, url, found: true });
      expect(end).toBeGreaterThanOrEqual(start);
    }
  };
  const spec = createRequire(import.meta.url)('commonmark-spec') as {
    readonly tests: readonly { readonly markdown: string }[];
  };
  for (const { markdown } of spec.tests) check(markdown.replaceAll('→', '\t'));
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 14 }), (parts) => check(parts.join(''))),
    { numRuns: tries(500, 5000), seed: 7 },
  );
});
