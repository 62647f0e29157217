import { expect, test } from 'vitest';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';

const callout = (background: string, border: string, inner: string): string =>
  `<div class="intercom-interblocks-callout" style="background-color: ${background}; border-color: ${border};">${inner}</div>`;
const container = (inner: string): string => `<div class="intercom-container">${inner}</div>`;

const rows: readonly (readonly [what: string, stored: string, markdown: string])[] = [
  ['a paragraph', '<p class="no-margin">text</p>', 'text'],
  [
    'empty paragraphs',
    '<p class="no-margin">a</p><p class="no-margin"></p>\n<p class="no-margin">b</p>',
    'a\n\nb',
  ],
  ['a line left empty on purpose', '<p class="no-margin">&nbsp;</p>', '&nbsp;'],
  ['very old classes', '<p class="intercom-align-left">a</p>', 'a'],
  ['headings', '<h2 id="h_e324f0a1dd">a</h2><h3 id="h_e324f0a1de">b</h3>', '# a\n\n## b'],
  ['a heading that ends in #', '<h1>C #</h1>', '# C \\#'],
  ['a heading of two lines', '<h1>a<br>b</h1>', '# a<br>b'],
  ['bold, italics, code', '<p><b>b</b> <i>i</i> <code>c</code></p>', '**b** *i* `c`'],
  ['bold with a space at its end', '<p><b>bold </b>x</p>', '**bold** x'],
  ['bold within a word', '<p>in<b>wor</b>d</p>', 'in**wor**d'],
  ['bold that asterisks cannot open', '<p>a<b>x:</b>b</p>', 'a<b>x:</b>b'],
  ['bold beside East Asian brackets', '<p>中<b>「文」</b>字</p>', '中<b>「文」</b>字'],
  ['bold and italics side by side', '<p><b>a</b><i>b</i></p>', '<b>a</b>*b*'],
  ['bold italics', '<p><b><i>x</i> y</b></p>', '***x* y**'],
  ['empty bold', '<p>a<b></b></p>', 'a'],
  [
    'a link',
    '<p><a href="https://x.test" target="_blank" class="intercom-content-link">t</a></p>',
    '[t](https://x.test)',
  ],
  ['a link with parentheses', '<p><a href="https://x.test/a_(b)">t]</a></p>', '[t\\]](https://x.test/a_(b))'],
  ['a link with a space', '<p><a href="/a b">t</a></p>', '[t](/a%20b)'],
  ['a bold link', '<p><b><a href="/u">z</a></b></p>', '[**z**](/u)'],
  ['a link within bold', '<p><b>a <a href="/u">z</a></b></p>', '**a [z](/u)**'],
  ['an address as its own text', '<p><a href="https://x.test">https://x.test</a></p>', '<https://x.test>'],
  ['a mail address', '<p><a href="mailto:a@b.co">a@b.co</a></p>', '<a@b.co>'],
  ['a link without address', '<p><a target="_blank">t</a></p>', '<a>t</a>'],
  ['a link without text', '<p>a<a href="/u"></a></p>', 'a'],
  [
    'addresses that are text',
    '<p>https://x.test a@b.co www.x.test</p>',
    'https\\://x.test a\\@b.co www\\.x.test',
  ],
  [
    'an image',
    container('<img src="https://x.test/i.png" width="12" height="8" alt="A" style="height: auto;">'),
    '![A](https://x.test/i.png)',
  ],
  [
    'an image of Intercom',
    container(
      '<img src="https://downloads.intercomcdn.com/i/o/1/2/a.png?expires=1&amp;signature=2&amp;req=3">',
    ),
    '![](https://downloads.intercomcdn.com/i/o/1/2/a.png)',
  ],
  ['an image described with signs', container('<img src="/i.png" alt="a]b*c">'), '![a\\]b\\*c](/i.png)'],
  [
    'a centred image',
    '<div class="intercom-container intercom-align-center"><img src="/i.png"></div>',
    '<!-- align: center -->\n![](/i.png)',
  ],
  ['a resized image', container('<img src="/i.png" width="300">'), '<img src="/i.png" alt="" width="300">'],
  [
    'a linked image',
    container('<a href="/u" target="_blank"><img src="/i.png" alt="x"></a>'),
    '[![x](/i.png)](/u)',
  ],
  [
    'a centred heading',
    '<h1 class="intercom-align-center" id="h_0f1e2d3c4b">c</h1>',
    '<!-- align: center -->\n# c',
  ],
  ['justified text', '<p class="intercom-align-justify no-margin">c</p>', '<!-- align: justify -->\nc'],
  ['a blue callout', callout('#e3e7fa80', '#334bfa33', '<p class="no-margin">x</p>'), '> [!NOTE]\n> x'],
  [
    'a green callout in other words',
    callout('rgba(215, 239, 220, 0.5)', '#1bb15733', '<p>x</p>'),
    '> [!TIP]\n> x',
  ],
  [
    'a yellow callout',
    callout('#feedaf80', '#fbc91633', '<p>x</p><ul><li>y</li></ul>'),
    '> [!WARNING]\n> x\n>\n> - y',
  ],
  ['a red callout', callout('#fed9db80', '#fd3a5733', '<p>x</p>'), '> [!CAUTION]\n> x'],
  ['a grey callout', callout('#e8e8e880', '#73737633', '<p>x</p>'), '> [!IMPORTANT]\n> x'],
  [
    'a callout of a color of its own',
    callout('#123456', '#000000', '<p>x</p>'),
    '<div class="intercom-interblocks-callout" style="background-color: #123456; border-color: #000000;"><p>x</p></div>',
  ],
  [
    'a table',
    '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><p class="no-margin">a</p></td><td><p class="no-margin">b</p></td></tr><tr><td><p class="no-margin">c</p></td><td></td></tr></tbody></table></div>',
    '| a   | b   |\n| --- | --- |\n| c   |     |',
  ],
  [
    'a table with the usual tint',
    '<table><tr><td style="background-color: #e8e8e880">a</td></tr><tr><td>b</td></tr></table>',
    '| a   |\n| --- |\n| b   |',
  ],
  [
    'a table with a green first row',
    '<table><tr><td style="background-color: #d7efdc80">a</td></tr><tr><td>b</td></tr></table>',
    '<!-- table header: #d7efdc80 -->\n| a   |\n| --- |\n| b   |',
  ],
  [
    'a table with pipes and breaks',
    '<table><tr><td>a|b</td><td><code>c|d</code></td></tr><tr><td>x<br>y</td><td>z</td></tr></table>',
    '| a\\|b   | `c\\|d` |\n| ------ | ------ |\n| x<br>y | z      |',
  ],
  [
    'an aligned column',
    '<table><tr><td><p class="intercom-align-center">a</p></td></tr><tr><td><p class="intercom-align-center">b</p></td></tr></table>',
    '| a   |\n| :-: |\n| b   |',
  ],
  [
    'a table with an image',
    '<table><tr><td><img src="/i.png" alt="x"></td></tr></table>',
    '| ![x](/i.png) |\n| ------------ |',
  ],
  [
    'a cell of two paragraphs',
    '<table><tr><td><p>a</p><p>b</p></td></tr></table>',
    '<table>\n<tr><td><p>a</p><p>b</p></td></tr>\n</table>',
  ],
  [
    'a list in a cell, cells across',
    '<table><tr><td><ul><li>q</li></ul></td><td colspan="2">w</td></tr></table>',
    '<table>\n<tr><td><ul><li>q</li></ul></td><td colspan="2">w</td></tr>\n</table>',
  ],
  [
    'a ragged table',
    '<table><tr><td>a</td></tr><tr><td>a</td><td>b</td></tr></table>',
    '<table>\n<tr><td>a</td></tr>\n<tr><td>a</td><td>b</td></tr>\n</table>',
  ],
  [
    'lists in lists',
    '<ul><li><p class="no-margin">a</p><ol><li><p class="no-margin">b</p><ul><li>c</li></ul></li></ol></li></ul>',
    '- a\n  1. b\n     - c',
  ],
  ['a list straight in a list', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
  ['an item of two paragraphs', '<ul><li><p>a</p><p>b</p></li><li>c</li></ul>', '- a\n\n  b\n\n- c'],
  [
    'an image in a step',
    `<ol><li><p class="no-margin">a</p>${container('<img src="/i.png">')}</li><li>b</li></ol>`,
    '1. a\n\n   ![](/i.png)\n\n2. b',
  ],
  ['code in an item', '<ul><li>a<pre><code>x\n\ny</code></pre></li></ul>', '- a\n\n  ```\n  x\n\n  y\n  ```'],
  ['an item that starts with code', '<ul><li><pre><code>x</code></pre></li></ul>', '- ```\n  x\n  ```'],
  ['an empty item', '<ul><li>a</li><li></li></ul>', '- a\n-'],
  [
    'lists side by side',
    '<ul><li>a</li></ul><ul><li>b</li></ul><ol><li>c</li></ol><ol><li>d</li></ol>',
    '- a\n\n* b\n\n1. c\n\n1) d',
  ],
  ['a list and code', '<ul><li>a</li></ul><pre><code>x</code></pre>', '- a\n\n```\nx\n```'],
  ['a rule in an item', '<ul><li><hr></li></ul>', '- ***'],
  ['code', '<pre><code>a\n\nb</code></pre>', '```\na\n\nb\n```'],
  ['code with breaks', '<pre><code>a<br>b</code></pre>', '```\na\nb\n```'],
  ['code with blank lines around', '<pre><code>\n\na\n\n</code></pre>', '```\n\n\na\n\n```'],
  ['code with a fence', '<pre><code>```\nx\n```</code></pre>', '````\n```\nx\n```\n````'],
  ['code with a tab', '<pre><code>\tx</code></pre>', '```\n\tx\n```'],
  ['pre without code', '<pre>x</pre>', '```\nx\n```'],
  ['bold in code', '<pre><code><b>x</b>\n\ny</code></pre>', '<pre><code><b>x</b>&#10;&#10;y</code></pre>'],
  ['backticks in code', '<p><code>a`b</code> <code>``</code></p>', '``a`b`` ` `` `'],
  ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
  [
    'a video',
    '<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/abc" frameborder="0" webkitallowfullscreen="" mozallowfullscreen="" allowfullscreen=""></iframe></div>',
    '<iframe src="https://www.youtube.com/embed/abc"></iframe>',
  ],
  [
    'a button',
    container('<a class="intercom-h2b-button" target="_blank" href="/u">Go</a>'),
    '<!-- button -->\n[Go](/u)',
  ],
  [
    'a centred button',
    '<div class="intercom-container intercom-align-center"><a class="intercom-h2b-button" target="_blank" href="/u">Go</a></div>',
    '<!-- button align: center -->\n[Go](/u)',
  ],
  [
    'collapsible sections',
    '<details><summary><h1 id="h_5a4b3c2d1e">A</h1></summary><div class="collapsible-section-content"><p class="no-margin">x</p><details><summary>B</summary><div class="collapsible-section-content"><p>y</p></div></details></div></details>',
    '<details>\n<summary><h1>A</h1></summary>\n\nx\n\n<details>\n<summary>B</summary>\n\ny\n\n</details>\n\n</details>',
  ],
  ['breaks', '<p>a<br>b<br><br>c</p>', 'a\\\nb\\\n\\\nc'],
  ['a break at the end', '<p>a<br></p>', 'a<br>'],
  ['a break before dashes', '<p>a<br>---</p>', 'a\\\n\\---'],
  ['spaces that nobody sees', '<p>a&nbsp;b\u200bc\u00add</p>', 'a&nbsp;b&#x200B;c&shy;d'],
  ['variables', '<p>Hi {{ first_name }}, {{a|b}}</p>', 'Hi {{ first_name }}, {{a|b}}'],
  [
    'what Markdown has no word for',
    '<p><u>u</u> H<sub>2</sub>O <del>d</del> <kbd>k</kbd> <span style="color: red">r</span></p>',
    '<u>u</u> H<sub>2</sub>O ~~d~~ <kbd>k</kbd> <span style="color: red">r</span>',
  ],
  [
    'an unknown box',
    '<div class="card"><pre><code>a\n\nb</code></pre></div>',
    '<div class="card"><pre><code>a&#10;&#10;b</code></pre></div>',
  ],
  ['an unknown element', '<p><x-y>a</x-y></p>', '<x-y>a</x-y>'],
  ['text from right to left', '<p dir="rtl">r</p>', '<p dir="rtl">r</p>'],
  ['emoji', '<p>❤️ 👨‍👩‍👧</p>', '❤️ 👨‍👩‍👧'],
  [
    'entities',
    '<p>&lt;b&gt; &amp;copy; &amp;amp; &lt;br&gt; &lt;!-- x --&gt; a & b < c</p>',
    '\\<b> \\&copy; \\&amp; \\<br> \\<!-- x --> a & b < c',
  ],
  ['words with underscores', '<p>snake_case __init__ # x - x</p>', 'snake_case \\_\\_init\\_\\_ # x - x'],
  [
    'signs at the start',
    '<p># x</p><p>- x</p><p>1. x</p><p>1986. x</p><p>+ x</p><p>&gt; x</p>',
    '\\# x\n\n\\- x\n\n1\\. x\n\n1986\\. x\n\n\\+ x\n\n\\> x',
  ],
  [
    'signs in the middle',
    '<p>*x*</p><p>[a](b)</p><p>~5</p><p>a~b~c $5</p><p>C:\\new \\</p><p>2 * 3 * 4</p><p>[1] and [2]</p>',
    '\\*x\\*\n\n\\[a\\](b)\n\n~5\n\na\\~b\\~c $5\n\nC:\\new \\\\\n\n2 * 3 * 4\n\n[1] and [2]',
  ],
  ['boxes that are text', '<ul><li>[ ] x</li></ul><p>[!NOTE]</p>', '- \\[ ] x\n\n\\[!NOTE]'],
  [
    'markup of the public page',
    '<div class="intercom-interblocks-paragraph no-margin intercom-interblocks-align-left"><p>a</p></div><div class="intercom-interblocks-heading"><h1 id="a">b</h1></div>',
    'a\n\n# b',
  ],
  ['a long line', `<p>${'word '.repeat(400)}end</p>`, `${'word '.repeat(400)}end`],
];

test.each(rows)('%s', (_, stored, wanted) => {
  const text = toMarkdown(stored);
  expect(text).toBe(`${wanted}\n`);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  const sent = toHtml(text);
  expect(meaningOf(html(sent))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(sent)).toBe(text);
});

test('all patterns in one body stay apart', () => {
  const stored = rows.map(([, one]) => one).join('');
  const text = toMarkdown(stored);
  expect(meaningOf(markdown(text))).toEqual(meaningOf(html(stored)));
  expect(toMarkdown(toHtml(text))).toBe(text);
});
