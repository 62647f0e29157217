import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { isSpacedOut, spellHtml } from '../../../src/markup/spell/spell-html.ts';
import { blockHtml } from '../helpers/documents.ts';
import { html, markdown, meaningOf, toHtml } from '../helpers/meaning.ts';

const spelled = (stored: string, text: string): string =>
  spellHtml(html(stored), markdown(text).blocks, plainRefs);

const stored =
  '<h1 id="h_e324f0a1dd">Setup</h1><p class="intercom-align-left">a <a href="#h_e324f0a1dd" target="_blank" class="intercom-content-link">x</a></p><p class="no-margin"></p>\n<div class="intercom-container"><img src="https://downloads.intercomcdn.com/i/o/1/a.png?expires=1&amp;signature=2&amp;req=3" width="9" height="9"></div><p class="no-margin">c</p>';
const file = '# Setup\n\na [x](#setup)\n\n![](https://downloads.intercomcdn.com/i/o/1/a.png)\n\nc\n';

test('a body that means the same keeps the bytes of every block', () => {
  expect(spelled(stored, file)).toBe(stored.replace('\n', ''));
});

test('one changed block leaves the others as the remote wrote them', () => {
  expect(spelled(stored, file.replace('c\n', 'd\n'))).toBe(stored.replace('\n', '').replace('>c<', '>d<'));
});

test('a heading that gets other words keeps its id, and so do the links to it', () => {
  const out = spelled(stored, file.replace('Setup', 'Installation').replace('#setup', '#installation'));
  expect(out).toContain('<h1 id="h_e324f0a1dd">Installation</h1>');
  expect(out).toContain('href="#h_e324f0a1dd"');
});

test('a new heading gets an id only when something links to it, always the same one', () => {
  const out = toHtml('[down](#the-end)\n\n# Other\n\n# The end\n');
  const id = /<h1 id="(h_[0-9a-f]{10})">The end<\/h1>/u.exec(out)?.[1];
  expect(out).toContain(`href="#${String(id)}"`);
  expect(out).toContain('<h1>Other</h1>');
  expect(toHtml('[down](#the-end)\n\n# Other\n\n# The end\n')).toBe(out);
});

test('of two headings with the same words each keeps its own id', () => {
  const twice =
    '<h1 id="h_0000000001">A</h1><p>x</p><h1 id="h_0000000002">A</h1><p><a href="#h_0000000002">to the second</a></p>';
  const text = '# A\n\nx\n\n# A\n\n[to the second](#a-1)\n';
  expect(meaningOf(html(twice))).toEqual(meaningOf(markdown(text)));
  expect(spelled(twice, text)).toBe(twice);
});

test('a link follows its heading when another takes the words', () => {
  const two = '<h1 id="h_0000000001">A</h1><h1 id="h_0000000002">B</h1><p><a href="#h_0000000001">go</a></p>';
  const out = spelled(two, '# B\n\n# A\n\n[go](#a)\n');
  expect(out).toMatch(/<h1 id="(h_\w+)">A<\/h1><p[^>]*><a href="#\1"/u);
});

test('nothing stands between new blocks, unless the article has empty lines between its blocks', () => {
  expect(toHtml('a\n\nb\n')).toBe('<p class="no-margin">a</p><p class="no-margin">b</p>');
  const airy = '<p>a</p><p class="no-margin"></p><p>b</p><p class="no-margin"></p><p>c</p>';
  expect(spelled(airy, 'a\n\nb\n\nnew\n\nc\n')).toBe(
    '<p>a</p><p class="no-margin"></p><p>b</p><p class="no-margin"></p><p class="no-margin">new</p><p class="no-margin"></p><p>c</p>',
  );
});

test('a table that changes in one cell keeps the widths of its columns', () => {
  const wide =
    '<table><tbody><tr><td style="background-color: #e8e8e880; width: 155px;">a</td><td style="width: 9px;">b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>';
  expect(
    spelled(
      '<table><tbody><tr><td style="width: 155px;">a</td></tr><tr><td style="width: 155px;">c</td></tr></tbody></table>',
      '| a |\n|---|\n| x |\n',
    ),
  ).toContain('<td style="width: 155px;">x</td>');
  expect(html(wide).blocks).toHaveLength(1);
});

test('a row below a lone tinted row is not tinted like it', () => {
  const tinted = (rest: string): string =>
    `<table><tbody><tr><td style="background-color: #d7efdc80;">a</td></tr>${rest}</tbody></table>`;
  const target = html(tinted('<tr><td>b</td></tr>')).blocks;
  const out = spellHtml(html(tinted('')), target, plainRefs);
  expect(meaningOf(html(out))).toEqual(target.map(({ fingerprint }) => fingerprint));
  expect(out).toContain('<td><p class="no-margin">b</p></td>');
});

test('headings start at the first level, or where the remote starts', () => {
  expect(toHtml('### a\n\n#### b\n')).toBe('<h1>a</h1><h2>b</h2>');
  expect(spelled('<h2 id="h_0000000001">a</h2><p>x</p>', '# a\n\n## new\n\nx\n')).toBe(
    '<h2 id="h_0000000001">a</h2><h3>new</h3><p>x</p>',
  );
});

test('nothing that could run is ever sent back, not even when the remote holds it', () => {
  const bad =
    '<p>a</p><p onclick="x()">b<script>alert(1)</script></p><p><a href="java&#10;script:x">c</a></p>';
  const out = spelled(bad, 'a\n\nb\n\nc\n');
  expect(out).not.toMatch(/script|onclick/iu);
});

test('whatever changes in one block, the remote keeps the others byte by byte', () => {
  fc.assert(
    fc.property(
      fc.array(blockHtml, { minLength: 1, maxLength: 5 }),
      blockHtml,
      fc.nat(),
      (blocks, other, seed) => {
        const body = html(blocks.join(''));
        fc.pre(body.blocks.length > 0 && !/<h\d/u.test(blocks.join('') + other));
        const at = seed % body.blocks.length;
        const target = body.blocks.toSpliced(at, 1, ...html(other).blocks);
        const out = spellHtml(body, target, plainRefs);
        expect(meaningOf(html(out))).toEqual(target.map(({ fingerprint }) => fingerprint));
        for (const [index, { source }] of body.blocks.entries())
          if (index !== at) expect(out).toContain(source);
      },
    ),
    { numRuns: 70 },
  );
});

test('blocks of a new body stand apart where they are to, and those of an old one as its others do', () => {
  const { blocks } = markdown('a\n\nb\n\n- c\n');
  const empty = '<p class="no-margin"></p>';
  const [a, b, c] = [
    '<p class="no-margin">a</p>',
    '<p class="no-margin">b</p>',
    '<ul><li><p class="no-margin">c</p></li></ul>',
  ];
  expect(spellHtml(html(''), blocks, plainRefs, true)).toBe(`${a}${empty}${b}${empty}${c}`);
  expect(spellHtml(html(''), blocks, plainRefs, false)).toBe(`${a}${b}${c}`);
  const [spaced, dense] = [html(`<p>a</p>${empty}<p>b</p>${empty}`), html('<p>a</p><p>b</p>')];
  expect([spaced, dense, html('<p>a</p>')].map(isSpacedOut)).toEqual([true, false, null]);
  expect(spellHtml(spaced, blocks, plainRefs)).toBe(`<p>a</p>${empty}<p>b</p>${empty}${c}${empty}`);
  expect(spellHtml(dense, blocks, plainRefs)).toBe(`<p>a</p><p>b</p>${c}`);
  // In front of what stood first, too; and nothing is left over where that goes.
  expect(spellHtml(spaced, markdown('x\n\na\n\nb\n').blocks, plainRefs)).toBe(
    `<p class="no-margin">x</p>${empty}<p>a</p>${empty}<p>b</p>${empty}`,
  );
  expect(spellHtml(spaced, markdown('b\n').blocks, plainRefs)).toBe(`<p>b</p>${empty}`);
});
