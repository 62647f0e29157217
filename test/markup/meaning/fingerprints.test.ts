import { expect, test } from 'vitest';
import { baseOf, decodeBodyBase, encodeBodyBase, pulledBase } from '../../../src/markup/merge/body-base.ts';
import { quickHash } from '../../../src/markup/meaning/quick-hash.ts';
import { referencesOf } from '../../../src/markup/find/references.ts';
import { isIntercomImageHost } from '../../../src/markup/meaning/intercom-images.ts';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { slugOf } from '../../../src/markup/meaning/slug.ts';
import { markupVersion } from '../../../src/markup/meaning/version.ts';
import { html, markdown, meaningOf, toHtml } from '../helpers/meaning.ts';

// These stand in the locks of users. When one must change, so must the version.
test.each<readonly [string, string]>([
  ['a', '5F2qFEBJ'],
  ['*a* **b** `c`', 'pmkTsPNf'],
  ['a\\\nb', '-BSZwxj-'],
  ['[a](https://x.test "t")', 'toW-tCE9'],
  ['# a', 'D4e-HKxr'],
  ['# a\n\n## b\n\n### c', 'D4e-HKxr nVp2yMZ9 SG7Fy_LU'],
  ['<!-- align: center -->\na', 'z2k665N_'],
  ['![a](https://x.test/b.png)', 'm1WW1qbr'],
  ['[![a](https://x.test/b.png)](/u)', 'I5Y5yzfK'],
  ['```js\na\n\nb\n```', 'UX5Dvmu4'],
  ['- a\n- b', 'QiH_x758'],
  ['1. a\n   - b\n\n     c', 'wbTmDtnR'],
  ['| a | b |\n|---|:-:|\n| c | d<br>e |', 'vvlvUkdv'],
  ['<!-- table header: #d7efdc80 -->\n| a |\n|---|\n| b |', 'cxq3it7R'],
  ['---', 'fUIbW2KK'],
  ['> [!WARNING]\n> a', 'DRmksb4m'],
  ['> a', 'LK9MTDVn'],
  ['<details>\n<summary>a</summary>\n\nb\n\n</details>', 'gSFl4TZN'],
  ['<iframe src="https://www.youtube.com/embed/abc123"></iframe>', 'U5T53F7C'],
  ['<!-- button -->\n[a](/u)', 'mooYdqp1'],
  ['<div class="card"><p>a</p></div>', 'N0KLgMOO'],
  ['a <u>b</u> ~~c~~ <span style="color:red">d</span>', 'ssJ_bSfK'],
  ['&nbsp;', 'xf_EjvIF'],
  ['中文 été ❤️', 'Dv-uSNiO'],
  ['<img src="/a.png" width="300">', 'FUFGvcE4'],
])('the fingerprint of %j never changes', (text, fingerprint) => {
  expect(markupVersion).toBe(1);
  expect(meaningOf(markdown(text))).toEqual(fingerprint.split(' '));
  expect(meaningOf(html(toHtml(text)))).toEqual(fingerprint.split(' '));
});

test.each([
  ['bullets', '- a\n- b\n', '* a\n\n* b\n'],
  ['emphasis', '*a* **b**', '_a_ __b__'],
  ['code fences and languages', '```js\na\n```', '~~~\na\n~~~'],
  ['line breaks in a paragraph', 'a\nb', 'a b'],
  ['titles, first numbers, task boxes', '3. [a](/u "t")\n', '1. [a](/u)\n'],
  ['boxes of tasks', '- [x] a', '- a'],
  ['the way a link is written', '[a]\n\n[a]: /u', '[a](/u)'],
  ['entities', 'a &copy; &amp; b', 'a © & b'],
  ['the level that headings start at', '## a\n\n### b', '# a\n\n## b'],
  ['comments', 'a\n\n<!-- note -->\n\nb', 'a\n\nb'],
  ['padding of tables', '|a|b|\n|-|-|\n|c|d|', '| a | b |\n| --- | --- |\n| c | d |'],
])('%s do not count', (_, left, right) => {
  expect(meaningOf(markdown(left))).toEqual(meaningOf(markdown(right)));
});

test.each([
  ['words', 'a', 'b'],
  ['emphasis', '*a*', '**a**'],
  ['where a link leads', '[a](/u)', '[a](/v)'],
  ['an image', '![a](/u)', '![b](/u)'],
  ['levels of headings', '# a\n\n## b', '# a\n\n### b'],
  ['the kind of a list', '- a', '1. a'],
  ['what is in which item', '- a\n  - b', '- a\n- b'],
  ['white space in code', '```\n a\n```', '```\na\n```'],
  ['alignment', '<!-- align: center -->\na', 'a'],
  ['the color of a callout', '> [!NOTE]\n> a', '> [!TIP]\n> a'],
  ['line breaks that are wanted', 'a\\\nb', 'a b'],
])('%s counts', (_, left, right) => {
  expect(meaningOf(markdown(left))).not.toEqual(meaningOf(markdown(right)));
});

test('half of a pair of surrogates means what a file makes of it', () => {
  const prints = (text: string): readonly string[] => html(text).blocks.map((one) => one.fingerprint);
  expect(prints('<p>a\ud83d</p>')).toEqual(prints('<p>a\ufffd</p>'));
  expect(prints('<p>a\ud83d\ude00</p>')).not.toEqual(prints('<p>a\ufffd</p>'));
});

test('a base fits into one line of a lock and comes back whole', () => {
  const base = baseOf(markdown('a\n\n~~b~~\n\nc\n'), html('<p>a</p><p>b</p><p>c</p><p>d</p>'));
  const text = encodeBodyBase(base);
  expect(text).toMatch(/^[\w.()|-]+$/u);
  expect(decodeBodyBase(text)).toEqual(base);
  for (const bad of ['', 'x', 'a.b.c', 'a.b.(12345678)', 'a.b.12345678\n', '..(123|)']) {
    expect(() => decodeBodyBase(bad)).toThrow(RangeError);
  }
  expect(decodeBodyBase(encodeBodyBase(baseOf(markdown(''), html(''))))).toMatchObject({ segments: [] });
});

test('the base of a pull knows nothing of the local text until it is written', () => {
  const base = baseOf(markdown('a\n'), html('<p>a</p>'));
  expect(pulledBase(base, html('<p>a</p>'))).toEqual(base);
  expect(pulledBase(base, html('<p>b</p>')).localQuick).toBe('');
});

test('the quick hash sees edits, and neither line ends nor signed addresses', () => {
  expect(quickHash('a\r\nb', 'markdown')).toBe(quickHash('a\nb', 'markdown'));
  expect(quickHash('\ufeffa', 'markdown')).toBe(quickHash('a', 'markdown'));
  expect(quickHash('a', 'markdown')).not.toBe(quickHash('b', 'markdown'));
  const image = (query: string): string =>
    `<img src="https://downloads.intercomcdn.com/i/o/1/a.png?${query}" alt="x">`;
  expect(quickHash(image('expires=1&amp;signature=2&amp;req=3'), 'html')).toBe(
    quickHash(image('expires=4&amp;signature=5&amp;req=6'), 'html'),
  );
  expect(quickHash(image('expires=1&amp;signature=2'), 'html')).not.toBe(quickHash('<img alt="x">', 'html'));
});

test('signed addresses of images mean the same as bare ones, on every host of Intercom', () => {
  for (const host of [
    'downloads.intercomcdn.com',
    'downloads.intercomcdn.eu',
    'downloads.au.intercomcdn.com',
    'uploads.eu.intercomcdn.com',
    'uploads.intercomusercontent.com',
    'acme.intercom-attachments-7.com',
    'acme.au.intercom-attachments.com',
  ]) {
    expect(isIntercomImageHost(host)).toBe(true);
    expect(plainRefs.read(`https://${host}/i/o/1/a.png?expires=1&signature=2&req=3`, 'image')).toBe(
      `https://${host}/i/o/1/a.png`,
    );
  }
  expect(isIntercomImageHost('intercomcdn.com.evil.test')).toBe(false);
  expect(plainRefs.read('https://x.test/a.png?v=1', 'image')).toBe('https://x.test/a.png?v=1');
});

test('fragments are those of GitHub', () => {
  expect(slugOf('Set up: the "App" (v2)')).toBe('set-up-the-app-v2');
  expect(slugOf('Über uns — Größe')).toBe('über-uns--größe');
  expect(slugOf('snake_case & co')).toBe('snake_case--co');
});

test('addresses are found with their places, in links, images, definitions and HTML', () => {
  const text = '[a](one.md) ![b](two.png)\n\n- [c][r] <a href="three.md">d</a>\n\n[r]: four.md\n';
  expect(referencesOf(markdown(text)).map(({ url, use, line, column }) => [url, use, line, column])).toEqual([
    ['one.md', 'link', 1, 1],
    ['two.png', 'image', 1, 13],
    ['four.md', 'link', 3, 3],
    ['three.md', 'link', 3, 10],
  ]);
  expect(
    referencesOf(html('<p><a href="/x">a</a><img src="/y"></p>')).map(({ url, use }) => [url, use]),
  ).toEqual([
    ['/x', 'link'],
    ['/y', 'image'],
  ]);
});
