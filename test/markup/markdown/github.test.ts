import { expect, test } from 'vitest';
import type { MdBlock } from '../../../src/markup/markdown/markdown-tree.ts';
import { parseMarkdown } from '../../../src/markup/markdown/parse-markdown.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from '../helpers/meaning.ts';
import { shapeOf } from '../helpers/shape.ts';
import { parseWithOracle } from './oracle/oracle-markdown.ts';

/**
 * A case of our own for every rule that an example of GitHub's specification shows (version 0.29, sections 4.10, 5.3,
 * 6.5, 6.9 and 6.11), with the HTML that GitHub makes of it. The examples themselves are in `spec.test.ts`.
 */
const cases: readonly (readonly [rule: string, text: string, html: string])[] = [
  [
    'a table has a head, a row of dashes and rows',
    '| Plan | Price |\n| --- | --- |\n| Basic | 9 |\n',
    '<table><tr><th>Plan</th><th>Price</th></tr><tr><td>Basic</td><td>9</td></tr></table>',
  ],
  [
    'colons align columns; outer pipes may be missing, and nothing need line up',
    '| a | long head |\n:-: | ---:\nx | y\n',
    '<table><tr><th align="center">a</th><th align="right">long head</th></tr><tr><td align="center">x</td><td align="right">y</td></tr></table>',
  ],
  [
    'a colon on the left aligns to the left, which is how everything is',
    '|a|\n|:-|\n|b|\n',
    '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>',
  ],
  [
    'a pipe behind a backslash is content, in code and in bold text too',
    '| one\\|two |\n| - |\n| x `\\|` y |\n| **\\|** z |\n',
    '<table><tr><th>one|two</th></tr><tr><td>x <code>|</code> y</td></tr><tr><td><b>|</b> z</td></tr></table>',
  ],
  [
    'another block ends a table',
    '| a |\n| - |\n| b |\n> c\n',
    '<table><tr><td>a</td></tr><tr><td>b</td></tr></table><blockquote><p>c</p></blockquote>',
  ],
  [
    'an empty line ends a table, a line of text does not',
    '| a | b |\n| - | - |\nc\n\nd\n',
    '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table><p>d</p>',
  ],
  [
    'a head with another number of cells than dashes makes no table',
    '| a | b |\n| - |\n| c |\n',
    '<p>| a | b | | - | | c |</p>',
  ],
  [
    'rows that are too short are filled up, and what is too much is left out',
    '| a | b |\n| - | - |\n| c |\n| d | e | f |\n',
    '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr><tr><td>d</td><td>e</td></tr></table>',
  ],
  ['a table may have a head alone', '| a | b |\n| - | - |\n', '<table><tr><td>a</td><td>b</td></tr></table>'],
  [
    'a list item may begin with a box, open or checked',
    '- [ ] open\n- [x] done\n- [X] done, too\n',
    '<ul><li>open</li><li>done</li><li>done, too</li></ul>',
  ],
  [
    'boxes stand in lists within lists',
    '- [x] a\n  - [ ] b\n  - [x] c\n- [ ] d\n',
    '<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>',
  ],
  ['a box that nothing follows is text', '- [ ]\n- [x]a\n', '<ul><li>[ ]</li><li>[x]a</li></ul>'],
  ['one or two tildes strike out', '~~gone~~ and ~away~\n', '<p><del>gone</del> and <del>away</del></p>'],
  ['no tilde strikes out over the end of a paragraph', 'a ~~b\n\nc~~ d\n', '<p>a ~~b</p><p>c~~ d</p>'],
  ['three tildes strike nothing out', 'a ~~~b~~~ c\n', '<p>a ~~~b~~~ c</p>'],
  ['www. makes an address', 'www.x.test\n', '<p><a href="http://www.x.test">www.x.test</a></p>'],
  [
    'and so it does in the middle of a text, with a path behind it',
    'See www.x.test/a/b for it\n',
    '<p>See <a href="http://www.x.test/a/b">www.x.test/a/b</a> for it</p>',
  ],
  [
    'what ends a sentence does not belong to the address',
    'Go to www.x.test. Or www.x.test/a.b, or (www.x.test/c)! Or *www.x.test/d*\n',
    '<p>Go to <a href="http://www.x.test">www.x.test</a>. Or <a href="http://www.x.test/a.b">www.x.test/a.b</a>, or (<a href="http://www.x.test/c">www.x.test/c</a>)! Or <i><a href="http://www.x.test/d">www.x.test/d</a></i></p>',
  ],
  [
    'parentheses belong to it as long as they are in pairs',
    'www.x.test/a?b=(c) (www.x.test/a?b=(c)) (www.x.test/a?b=(c))) (www.x.test/a?b=(c)\n',
    '<p><a href="http://www.x.test/a?b=(c)">www.x.test/a?b=(c)</a> (<a href="http://www.x.test/a?b=(c)">www.x.test/a?b=(c)</a>) (<a href="http://www.x.test/a?b=(c)">www.x.test/a?b=(c)</a>)) (<a href="http://www.x.test/a?b=(c)">www.x.test/a?b=(c)</a></p>',
  ],
  [
    'parentheses inside do not count where the address does not end in one',
    'www.x.test/a?b=(c))+d\n',
    '<p><a href="http://www.x.test/a?b=(c))+d">www.x.test/a?b=(c))+d</a></p>',
  ],
  [
    'something like an entity at its end does not belong to it',
    'www.x.test/a?b=c&d=e www.x.test/a?b=c&copy;\n',
    '<p><a href="http://www.x.test/a?b=c&amp;d=e">www.x.test/a?b=c&amp;d=e</a> <a href="http://www.x.test/a?b=c">www.x.test/a?b=c</a>©</p>',
  ],
  [
    'a less-than sign ends it',
    'www.x.test/a<b\n',
    '<p><a href="http://www.x.test/a">www.x.test/a</a>&lt;b</p>',
  ],
  [
    'http and https make an address',
    'http://x.test and (https://x.test/a?b=(c))\n',
    '<p><a href="http://x.test">http://x.test</a> and (<a href="https://x.test/a?b=(c)">https://x.test/a?b=(c)</a>)</p>',
  ],
  [
    'a name, an at sign and a host make one of mail',
    'me@x.test\n',
    '<p><a href="mailto:me@x.test">me@x.test</a></p>',
  ],
  [
    'a plus may stand before the at sign, not behind it',
    'a+b@x.test, but not a@x+y.test\n',
    '<p><a href="mailto:a+b@x.test">a+b@x.test</a>, but not a@x+y.test</p>',
  ],
  [
    'dots, dashes and underscores may stand in it, the last two not at its end, and no dot belongs to it there',
    'a.b-c_d@x.test a.b@x.test. a.b@x.test- a.b@x.test_\n',
    '<p><a href="mailto:a.b-c_d@x.test">a.b-c_d@x.test</a> <a href="mailto:a.b@x.test">a.b@x.test</a>. a.b@x.test- a.b@x.test_</p>',
  ],
  [
    'an address within a word is none',
    'axhttp://x.test, awww.x.test\n',
    '<p>axhttp://x.test, awww.x.test</p>',
  ],
  [
    'an address in code, or in the text of a link, stays as it is',
    '`www.x.test` [www.x.test](/u)\n',
    '<p><code>www.x.test</code> <a href="/u">www.x.test</a></p>',
  ],
];

/** A table with rows as long as its head, as GitHub shows it; the reference parser leaves them as they are. */
function squared(block: MdBlock): MdBlock {
  if (block.type !== 'table') return block;
  return { ...block, rows: block.rows.map((row) => block.align.map((_, column) => row[column] ?? [])) };
}

test.each(cases)('%s', (_, text, expected) => {
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(expected)));
  const sent = toHtml(text);
  const back = toMarkdown(sent);
  expect(meaningOf(html(sent))).toEqual(meaningOf(markdown(text)));
  expect(meaningOf(markdown(back))).toEqual(meaningOf(markdown(text)));
  expect(toHtml(back)).toBe(sent);
  expect(shapeOf(parseMarkdown(text))).toEqual(shapeOf(parseWithOracle(text).map(squared)));
});

test('what GitHub shows as text because it could run is refused here, and never sent', () => {
  for (const tag of ['title', 'textarea', 'style', 'xmp', 'noembed', 'noframes', 'script', 'plaintext']) {
    const text = `a <${tag}> b\n\n<${tag}>\nc\n`;
    expect({ tag, codes: markdown(text).findings.map(({ code }) => code) }).toEqual({
      tag,
      codes: expect.arrayContaining(['UNSAFE_HTML']) as unknown,
    });
    expect(toHtml(text)).not.toContain(`<${tag}`);
  }
  // Frames are how videos are shown; any other is refused.
  expect(markdown('<iframe src="https://x.test"></iframe>').findings.map(({ code }) => code)).toEqual([
    'UNKNOWN_PLAYER',
  ]);
});

/** Where we do not do as GitHub does, each with the reason. */
const exceptions: readonly (readonly [reason: string, text: string, html: string])[] = [
  [
    'Intercom takes links to other schemes away, so a bare address of such a scheme stays text',
    'ftp://x.test/a',
    '<p>ftp://x.test/a</p>',
  ],
  [
    'the link of a bare mail address begins behind a scheme that somebody wrote before it; it leads to the same place',
    'mailto:me@x.test',
    '<p>mailto:<a href="mailto:me@x.test">me@x.test</a></p>',
  ],
];

test.each(exceptions)('an exception: %s', (_, text, expected) => {
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(expected)));
  expect(toHtml(toMarkdown(toHtml(text)))).toBe(toHtml(text));
});

test('footnotes are read as GitHub reads them', () => {
  const text = 'text[^1] and[^b]\n\n[^1]: one\n\n[^b]: two\n    more\n';
  expect(shapeOf(parseMarkdown(text))).toEqual(shapeOf(parseWithOracle(text)));
  const sent = toHtml(text);
  expect(meaningOf(html(sent))).toEqual(meaningOf(markdown(text)));
  expect(toHtml(toMarkdown(sent))).toBe(sent);
});
