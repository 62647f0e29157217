import { expect, test } from 'vitest';
import { localPath, type LocalPath } from '../../../src/model/identity.ts';
import { respellLinks } from '../../../src/plan/links/respell.ts';

const [from, to] = [localPath('guides/here.md'), localPath('manual/deep/here.md')];
const places = new Map([
  ['guides/install.md', 'guides/install.md'],
  ['guides/old name.md', 'new/new name.md'],
  ['guides/café.md', 'guides/été/café.md'],
  ['guides', 'guides'],
  ['guides/img/a.png', 'guides/img/a.png'],
  ['guides/a&b.md', "guides/a&b's (1).md"],
]);
const respelled = (text: string): string =>
  respellLinks(text, from, to, (path) => (places.get(path) as LocalPath | undefined) ?? null);

test.each<readonly [string, string, string]>([
  ['a link', '[a](install.md)', '[a](../../guides/install.md)'],
  ['its anchor', '[a](install.md#set-up)', '[a](../../guides/install.md#set-up)'],
  ['its query', '[a](./install.md?plain=1#set-up)', '[a](../../guides/install.md?plain=1#set-up)'],
  ['an anchor with escapes', String.raw`[a](install.md#set\_up)`, '[a](../../guides/install.md#set_up)'],
  ['its title', '[a]( install.md "install.md" )', '[a]( ../../guides/install.md "install.md" )'],
  ['angle brackets', '[a](<old name.md>)', '[a](<../../new/new name.md>)'],
  ['percent signs', '[a](old%20name.md)', '[a](../../new/new%20name.md)'],
  [
    'letters of other languages',
    '[a](café.md) [b](caf%C3%A9.md)',
    '[a](../../guides/été/café.md) [b](../../guides/%C3%A9t%C3%A9/caf%C3%A9.md)',
  ],
  ['a folder', '[a](../guides/) [b](../guides)', '[a](../../guides/) [b](../../guides)'],
  ['an image', '![install.md](img/a.png)', '![install.md](../../guides/img/a.png)'],
  ['a definition', '[a][b]\n\n[b]: install.md', '[a][b]\n\n[b]: ../../guides/install.md'],
  ['a definition that nobody uses', '[b]: <install.md> (t)', '[b]: <../../guides/install.md> (t)'],
  [
    'raw HTML',
    `<a title="install.md" href='install.md'>x</a><img src=img/a.png>`,
    `<a title="install.md" href='../../guides/install.md'>x</a><img src=../../guides/img/a.png>`,
  ],
  [
    'signs that mean something',
    `[a](a&b.md) <a href="a&amp;b.md">x</a>`,
    `[a](../../guides/a%26b%27s%20%281%29.md) <a href="../../guides/a%26b%27s%20%281%29.md">x</a>`,
  ],
  ['a quotation in a list', '- > [a](\n  > install.md)', '- > [a](\n  > ../../guides/install.md)'],
])(
  'a link that has to follow a move is written anew, and what is around it stays: %s',
  (_, text, expected) => {
    expect(respelled(text)).toBe(expected);
  },
);

test('nothing that is only quoted, absolute or unknown is rewritten', () => {
  const text = [
    '```md\n[a](install.md)\n[b]: install.md\n<a href="install.md">\n![c](img/a.png)\n```',
    '    [a](install.md)',
    'In a line `[a](install.md)` and <code>install.md</code> and \\[a](install.md).',
    '<pre>\n[a](install.md)\n&lt;img src="img/a.png"&gt;\n</pre>',
    '<!-- [a](install.md) <a href="install.md"> -->',
    '[a](https://example.com/install.md) [b](/guides/install.md) [c](#install.md) [d](other.md) [e](mailto:install.md)',
    'src = "install.md" and href="install.md"',
  ].join('\n\n');
  expect(respelled(text)).toBe(text);
});
