import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../../src/markup/meaning/body.ts';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { spellMarkdown } from '../../../src/markup/spell/spell-markdown.ts';
import { blockHtml } from '../helpers/documents.ts';
import { html, markdown, meaningOf, toMarkdown } from '../helpers/meaning.ts';
import { tries } from '../../helpers/long.ts';

/** A file whose spelling nobody would print, and the remote's words for it. */
const file = `---
Setext title
============

*   one
*   two


__bold__ and [a reference][r],
over two lines

<!-- a note to ourselves -->

~~~ js
code()
~~~

5. five
6. six

[r]: https://x.test "Title"

1986\\. The end   `;

const spelled = (text: string, target: readonly Block[]): string =>
  spellMarkdown(markdown(text), target, plainRefs);

/** The blocks of a body with one of them put in another's place. */
function withBlock(text: string, at: number, stored: string): readonly Block[] {
  return markdown(text).blocks.toSpliced(at, 1, ...html(stored).blocks);
}

test('a body that means the same keeps every byte', () => {
  const remote = html(
    '<hr><h1>Setext title</h1><ul><li><p class="no-margin">one</p></li><li>two</li></ul><p><b>bold</b> and <a href="https://x.test">a reference</a>, over two lines</p><pre><code>code()</code></pre><ol><li>five</li><li>six</li></ol><p>1986. The end</p>',
  );
  expect(meaningOf(remote)).toEqual(meaningOf(markdown(file)));
  expect(spelled(file, remote.blocks)).toBe(file);
});

test('one changed block leaves all other bytes alone', () => {
  expect(spelled(file, withBlock(file, 3, '<p><b>bolder</b></p>'))).toBe(
    file.replace(/__bold__[^]*?lines/u, '**bolder**'),
  );
});

test('what only Markdown can hold survives a change of its block', () => {
  expect(spelled(file, withBlock(file, 4, '<pre><code>other()</code></pre>'))).toBe(
    file.replace('~~~ js\ncode()\n~~~', '~~~ js\nother()\n~~~'),
  );
  expect(spelled(file, withBlock(file, 5, '<ol><li>five</li><li>seven</li></ol>'))).toBe(
    file.replace('6. six', '6. seven'),
  );
  expect(
    spelled(
      '- [x] done\n- [ ] open\n',
      withBlock('- [x] done\n- [ ] open\n', 0, '<ul><li>done</li><li>still open</li></ul>'),
    ),
  ).toBe('- [x] done\n- [ ] still open\n');
  const quoted = '> one\n\nx\n';
  const grey =
    '<div class="intercom-interblocks-callout" style="background-color: #e8e8e880;"><p>two</p></div>';
  expect(spelled(quoted, withBlock(quoted, 0, grey))).toBe('> two\n\nx\n');
});

test('within a changed block the spelling of what did not change stays', () => {
  const wrapped = 'A __long__ line that\nsomebody broke by hand,\nwith a [link][r].\n\n[r]: /u\n';
  expect(
    spelled(
      wrapped,
      withBlock(
        wrapped,
        0,
        '<p>A <b>long</b> line that nobody broke by hand, with a <a href="/u">link</a>.</p>',
      ),
    ),
  ).toBe(wrapped.replace('somebody', 'nobody'));
  const list = '*   one\n*   two, which\n    goes on\n\n*   three\n';
  expect(
    spelled(list, withBlock(list, 0, '<ul><li>one</li><li>two, which goes on</li><li>four</li></ul>')),
  ).toBe(list.replace('three', 'four'));
  const table = '|a|b|\n|-|:-:|\n|c|d|\n';
  const cell = (text: string): string => `<td><p class="intercom-align-center">${text}</p></td>`;
  expect(
    spelled(
      table,
      withBlock(
        table,
        0,
        `<table><tr><td>a</td>${cell('b')}</tr><tr><td>longer than before</td>${cell('d')}</tr></table>`,
      ),
    ),
  ).toBe(table.replace('c', 'longer than before'));
});

test('a file with mixed line ends keeps those of the blocks that stay', () => {
  const text = 'a\r\nb\r\n\nc\n';
  expect(spelled(text, withBlock(text, 1, '<p>d</p>'))).toBe('a\r\nb\r\n\nd\n');
});

test('blocks come and go without a trace around them', () => {
  const blocks = markdown(file).blocks;
  expect(spelled(file, blocks.toSpliced(3, 1))).toBe(file.replace(/__bold__[^]*?lines\n\n/u, ''));
  expect(spelled(file, blocks.toSpliced(4, 0, ...html('<p>new</p>').blocks))).toBe(
    file.replace('two lines\n\n', 'two lines\n\nnew\n\n'),
  );
  expect(spelled('a\n', markdown('a\n\nb\n').blocks)).toBe('a\n\nb\n');
  expect(spelled('a\n', markdown('b\n\na\n').blocks)).toBe('b\n\na\n');
  expect(spelled('a\n\nb\n', markdown('b\n').blocks)).toBe('b\n');
  expect(spelled('a\n\nb\n', markdown('a\n').blocks)).toBe('a\n');
  expect(spelled('', markdown('a').blocks)).toBe('a\n');
  expect(spelled('a\n', [])).toBe('');
});

test('comments and definitions stay when the blocks around them go', () => {
  const text = 'a\n\n<!-- keep me -->\n\nb\n\n[r]: /u\n\nc [r]\n';
  const out = spelled(text, markdown(text).blocks.toSpliced(1, 1));
  expect(out).toContain('<!-- keep me -->');
  expect(out).toContain('[r]: /u');
  expect(meaningOf(markdown(out))).toEqual(meaningOf(markdown('a\n\nc [r](/u)\n')));
});

test('a block that moved keeps its bytes', () => {
  const [first, second, third] = markdown('* a\n\n__b__\n\nc\n').blocks;
  expect(
    spelled(
      '* a\n\n__b__\n\nc\n',
      [second, third, first].flatMap((one) => one ?? []),
    ),
  ).toBe('__b__\n\nc\n\n* a\n');
});

test('lines end as they did, and the last one too', () => {
  const text = 'a\r\n\r\nb\r\n\r\nc';
  expect(spelled(text, withBlock(text, 1, '<ul><li>x</li><li>y</li></ul>'))).toBe(
    'a\r\n\r\n- x\r\n- y\r\n\r\nc',
  );
});

test('headings keep the level that the file starts with', () => {
  const text = '## a\n\n### b\n';
  const remote = html('<h1>a</h1><h2>new</h2><p>x</p>');
  expect(spelled(text, remote.blocks)).toBe('## a\n\n### new\n\nx\n');
});

test('text and images of one paragraph are blocks of their own, as Intercom stores them', () => {
  const text = 'Click ![icon](/i.png) to go.\n';
  const stored =
    '<p>Click</p><div class="intercom-container"><img src="/i.png" alt="icon"></div><p>to go.</p>';
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  expect(spelled(text, html(stored).blocks)).toBe(text);
  expect(spelled(text, html(stored.replace('to go.', 'to leave.')).blocks)).toBe(
    'Click ![icon](/i.png) to leave.\n',
  );
});

test('an image that is a tag, and HTML with several blocks, are cut as Intercom stores them', () => {
  const text = 'Click <img src="/i.png"> or <a href="/u"><img src="/j.png"></a>.\n\n<p>a</p>\n<p>b</p>\n';
  expect(markdown(text).blocks.map(({ source }) => source)).toEqual([
    'Click',
    '<img src="/i.png">',
    'or',
    '<a href="/u"><img src="/j.png"></a>',
    '.',
    '<p>a</p>',
    '<p>b</p>',
  ]);
  expect(spelled(text, withBlock(text, 6, '<p>c</p>'))).toBe(text.replace('<p>b</p>', '<p>c</p>'));
  // Cut at an image, neither half of the bold text would be whole.
  expect(markdown('a <b>x <img src="/i.png"> y</b>\n').blocks).toHaveLength(1);
});

test('lists that a comment keeps apart need no second one', () => {
  const text = '- a\n\n<!-- two lists -->\n\n- b\n\nc\n';
  expect(spelled(text, withBlock(text, 2, '<p>d</p>'))).toBe(text.replace('c\n', 'd\n'));
  expect(spelled(text, withBlock(text, 0, '<ul><li>x</li></ul>'))).toBe(text.replace('- a', '- x'));
});

test('new lists beside old ones stay lists of their own', () => {
  const target = [...markdown('- a\n').blocks, ...html('<ul><li>b</li></ul>').blocks];
  const out = spelled('- a\n', target);
  expect(meaningOf(markdown(out))).toEqual(target.map(({ fingerprint }) => fingerprint));
  expect(out).toBe('- a\n\n* b\n');
});

test('whatever the remote does to one block, the others keep their bytes', () => {
  fc.assert(
    fc.property(
      fc.array(blockHtml, { minLength: 1, maxLength: 5 }),
      blockHtml,
      fc.nat(),
      (stored, other, seed) => {
        const text = toMarkdown(stored.join(''));
        const body = markdown(text);
        fc.pre(body.blocks.length > 0);
        const at = seed % body.blocks.length;
        // Heading levels count from the highest one, so a heading that comes or goes can change others.
        fc.pre(!/<h\d/u.test(other) && !/<h\d/u.test(stored.join('')));
        const target = body.blocks.toSpliced(at, 1, ...html(other).blocks);
        const out = spelled(text, target);
        expect(meaningOf(markdown(out))).toEqual(target.map(({ fingerprint }) => fingerprint));
        for (const [index, { source }] of body.blocks.entries())
          if (index !== at) expect(out).toContain(source);
      },
    ),
    { numRuns: tries(18, 70) },
  );
});
