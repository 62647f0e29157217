import { describe, expect, test } from 'vitest';
import { pairOf, pulled } from '../long/one-word.ts';

/** Files, each with one word that a teammate changes in the web editor. */
const files: Readonly<Record<string, string>> = {
  'a paragraph over lines': 'First line\nwith a WORD in it,  \nand   spaces.\n',
  'underscores and entities': '_all_ of __it__ &amp; caf&eacute; \\* WORD &nbsp; end\n',
  'a word in bold that a word follows': 'un**bold**able WORD **WORDS are _here_ too**\n',
  'a setext heading': 'Title WORD\n==========\n\nText.\n',
  'a heading that is closed': '## Title WORD ##\n\nText\n',
  'a heading deeper than Intercom has': '# A\n\n##### Deep WORD\n\nText\n',
  'a loose list': '* one\n\n* two WORD\n\n* three\n',
  'a list of many habits': '- one\n* two\n+ three WORD\n    - four\n      - five\n',
  'numbers that are all one': '1. one\n1. two WORD\n1. three\n',
  'a task list': '- [x] done ~~gone~~\n- [ ] to do WORD\n',
  'a comment in a paragraph': 'Before <!-- note --> WORD after\n',
  'a comment in a step': '1. Open\n\n   <!-- note -->\n\n   Press WORD\n\n2. Close\n',
  'a comment in a callout': '> [!TIP]\n> Be quick.\n>\n> <!-- note -->\n>\n> WORD\n',
  'a box with a title': ':::note The _title_ here\n\nBe WORD with ~~this~~.\n\n:::\n\nAfter.\n',
  'the title of a box': ':::tip[The WORD title]\nText.\n:::\n',
  'a box of MkDocs':
    'Before.\n\n!!! warning "The title"\n\n    Be WORD with ~~this~~,\n    and _that_.\n\n    * one\n    * two\n\nAfter.\n',
  'the title of a box of MkDocs': '!!! note "The WORD title"\n    Text.\n',
  'a box of GitBook': '{% hint style="info" %}\nBe WORD with\n~~this~~.\n{% endhint %}\n\nAfter.\n',
  'a lazy quotation': '> one WORD\ntwo\nthree\n',
  'a quotation in a list': '- a\n  > quoted WORD\n  > lines\n- b\n',
  'marks that Intercom drops':
    'Press <kbd>Ctrl</kbd>, H<sub>2</sub>O, x<sup>2</sup>, ~~old~~ <small>fine</small> WORD\n',
  'a word in a mark that Intercom drops': 'Press <kbd>WORD</kbd> or ~~this~~ now\n',
  'a link by reference':
    'See [the WORD docs][docs] and [more][].\n\n[docs]: https://x.test/docs "Title"\n[more]: <https://x.test/more>\n',
  'a link with a title': 'See [the WORD](https://x.test "Its title") and <https://y.test>.\n',
  'a link of an odd scheme': '- Go and [open WORD](ourapp://open?page=1).\n- Then [x](obsidian://y) z\n',
  'a table of one line each': '|a|b|\n|-|:-:|\n|one WORD|`x|y`|\n|~~s~~|**t**\n',
  'a table without outer pipes': 'a | b\n--- | ---\none | two WORD\n\\| | `c`\n',
  'a table with a picture': '| a | b |\n|---|---|\n| ![alt](https://x.test/a.png) | WORD |\n',
  'code with a language': '~~~ js {1,3}\nconst WORD = 1;\n\n  indented();\n~~~\n',
  'code in a list': '1. Run\n\n   ```sh\n   npm WORD\n     more\n   ```\n\n2. Done\n',
  'code by indentation': 'Text\n\n    code WORD\n      more\n\nEnd\n',
  'raw HTML':
    '<div class="frame" data-x="1">\n  <p>One &copy; WORD</p>\n  <!-- note -->\n  <p>Two</p>\n</div>\n',
  'raw HTML in a list':
    '1. Open\n2. Press\n\n   <div class="frame"><img alt="B" src="https://x.test/b.png" /></div>\n3. WORD it\n',
  details: '<details>\n<summary>More <b>of</b> WORD</summary>\n\nText\n\n* a\n* b\n\n</details>\n',
  'text in details':
    '<details>\n<summary>More</summary>\n\nText WORD\n\n<!-- note -->\n\n* a\n* b\n\n</details>\n',
  'a picture in a heading': '# Name WORD [![b](https://x.test/b.svg)](https://x.test)\n\nText\n',
  'a description of a picture': 'A\n\n![The WORD here](https://x.test/a.png "Title")\n\nB\n',
  'a picture within a text': 'Press ![icon](https://x.test/i.png "T") to WORD it\n',
  'template tags': 'Hello {{ name | default: "you" }} and {% raw %} WORD {% endraw %}\n',
  'a rule in a list': '- a\n- ---\n- b\n\nWORD\n',
  'a rule behind a list': 'A WORD.\n\n* one\n* two\n\n* * *\n\nText\n',
  Chinese: '这是一个很长的句子，WORD 其中没有空格。**粗体**后面。\n',
  'right to left': '<p dir="rtl">שלום WORD עולם</p>\n\nمرحبا WORD2 بالعالم\n',
  'a footnote': 'Text[^1] WORD\n\n[^1]: The note.\n',
  'windows line ends': 'First\r\nline WORD\r\n\r\n* a\r\n* b `c`\r\n',
  'a box in a box': '> [!NOTE]\n> ~~One~~\n>\n> > [!WARNING] Its title\n> > a WORD\n> >\n> > * b\n>\n> Two\n',
  'a box in a quotation in a step': '1. a\n2. b\n\n   > c\n   >\n   > > ~~d~~ WORD\n',
  'a footnote in details':
    '<details>\n<summary>More</summary>\n\nText[^1] WORD _b_\n\n* a\n\n[^1]: The note.\n\n</details>\n',
  'the text of a footnote in details':
    '<details>\n<summary>More</summary>\n\nText[^1]\n\n[^1]: The WORD\n    note.\n\n</details>\n',
  'code with marks in it': '<pre><code>a <b>WORD</b>\n\n  <i>b</i></code></pre>\n\nText\n',
  'text with marks in it that is kept as it is': '<pre>\na <b>WORD</b>\n\n  <i>b</i>\n</pre>\n',
  'a table with cells over several rows':
    '<table>\n<tr valign="middle">\n<td rowspan="2" align="center">\n  <a href="https://x.test">WORD</a><br><br>\n  <img src="https://x.test/a.png" width="64">\n</td>\n<td><s>a</s></td>\n</tr>\n<tr valign="middle">\n<td>b</td>\n</tr>\n</table>\n',
  'a picture in a link of HTML':
    '<p align="center">\n  <a href="https://x.test">\n    <picture>\n      <img alt="The WORD" src="https://x.test/b.svg">\n    </picture>\n  </a>\n</p>\n\nText\n',
  'an aligned paragraph': '<!-- align: center -->\nIn the middle WORD\n\nText\n',
  'a button': '<!-- button -->\n[Press WORD](https://x.test/a)\n\nText\n',
  'a table with lists in its cells':
    '| a | b |\n|---|---|\n| <ul><li>one</li><li>two **WORD**</li></ul> | <p>c</p><p>d</p> |\n',
  'a linked picture and a heading in boxes of HTML':
    '<p align="center">\n  <a href="https://x.test">\n    <img src="https://x.test/a.png" width="200" alt="A" />\n  </a>\n</p>\n\n<div align="center">\n<h1>Name</h1>\n<i><b>The WORD here.</b></i>\n</div>\n<br>\n\nText\n',
  'alignment by HTML':
    '<h1 align="center">\n  <img alt="L" src="https://x.test/l.png" width="50">\n  <br>\n  Name WORD\n</h1>\n\nText\n',
};

describe('a word that a teammate changes is all that changes in the file', () => {
  test.each(Object.entries(files))('%s', (_, file) => {
    const pair = pairOf(file);
    if (pair === null) throw new Error('Intercom would refuse it');
    expect(pair.stored).toContain('WORD');
    expect(pulled(pair, pair.stored.replace('WORD', 'CHANGED'))).toBe(file.replace('WORD', 'CHANGED'));
    expect(pulled(pair, pair.stored.replace('WORD', 'A < B *c* [d] _e_ 1. `f`'))).toContain(
      file.slice(file.indexOf('WORD') + 6),
    );
  });
});

const changes: readonly (readonly [string, string, (html: string) => string, string])[] = [
  [
    'an item is added',
    '* a\n* ~~b~~\n',
    (html) => html.replace('</ul>', '<li><p class="no-margin">c</p></li></ul>'),
    '* a\n* ~~b~~\n* c\n',
  ],
  [
    'an item is added in the middle of a loose list',
    '1) a ~~x~~\n\n2) b\n\n3) c\n',
    (html) => html.replace('b</p></li>', 'b</p></li><li><p class="no-margin">new</p></li>'),
    '1) a ~~x~~\n\n2) b\n\n3) new\n\n3) c\n',
  ],
  [
    'an item is taken away',
    '- a\n- b\n- ~~c~~\n  d\n',
    (html) => html.replace('<li><p class="no-margin">b</p></li>', ''),
    '- a\n- ~~c~~\n  d\n',
  ],
  [
    'the last item is taken away',
    '- a\n- ~~b~~\n- c\n\nText\n',
    (html) => html.replace('<li><p class="no-margin">c</p></li>', ''),
    '- a\n- ~~b~~\n\nText\n',
  ],
  [
    'a row is added',
    '|a|b|\n|-|-|\n|~~c~~|d|\n',
    (html) =>
      html.replace(
        '</tbody>',
        '<tr><td><p class="no-margin">e</p></td><td><p class="no-margin">f</p></td></tr></tbody>',
      ),
    '|a|b|\n|-|-|\n|~~c~~|d|\n| e | f |\n',
  ],
  [
    'a row is taken away',
    '| a |\n|---|\n| b |\n| ~~c~~ |\n',
    (html) => html.replace('<tr><td><p class="no-margin">b</p></td></tr>', ''),
    '| a |\n|---|\n| ~~c~~ |\n',
  ],
  [
    'an empty cell is filled',
    '| a | b |\n|---|---|\n|  | ~~c~~ |\n',
    (html) => html.replace('<p class="no-margin"></p>', '<p class="no-margin">new</p>'),
    '| a | b |\n|---|---|\n| new | ~~c~~ |\n',
  ],
  [
    'words become bold',
    'One two ~~three~~ four\n',
    (html) => html.replace('two', '<b>two</b>'),
    'One **two** ~~three~~ four\n',
  ],
  [
    'words lose their mark',
    'One __two__ ~~three~~ four\n',
    (html) => html.replace('<b>two</b>', 'two'),
    'One two ~~three~~ four\n',
  ],
  [
    'all of a bold word goes',
    'One **two**. ~~three~~\n',
    (html) => html.replace('<b>two</b>', 'too'),
    'One too. ~~three~~\n',
  ],
  [
    'a link is put on a word',
    'One two ~~three~~\n',
    (html) => html.replace('two', '<a href="https://x.test">two</a>'),
    'One [two](https://x.test) ~~three~~\n',
  ],
  [
    'words are added to a text over lines',
    'one\ntwo ~~x~~\n',
    (html) => html.replace('two', 'and two'),
    'one\nand two ~~x~~\n',
  ],
  [
    'a sentence is added behind a mark',
    'One **two**\n\n~~x~~ y\n',
    (html) => html.replace('</b>', '</b> More.').replace('y<', 'z<'),
    'One **two** More.\n\n~~x~~ z\n',
  ],
  [
    'a paragraph is added to a step',
    '1. Open ~~x~~\n\n   Then\n2. Close\n',
    (html) => html.replace('Then</p>', 'Then</p><p class="no-margin">New</p>'),
    '1. Open ~~x~~\n\n   Then\n\n   New\n2. Close\n',
  ],
  [
    'a paragraph is taken out of a callout',
    '> [!NOTE]\n> One ~~x~~\n>\n> Two\n>\n> Three\n',
    (html) => html.replace('<p class="no-margin">Two</p>', ''),
    '> [!NOTE]\n> One ~~x~~\n>\n> Three\n',
  ],
  [
    'two items change',
    '* one ~~x~~\n* two\n* three\n',
    (html) => html.replace('one', 'uno').replace('three', 'tres'),
    '* uno ~~x~~\n* two\n* tres\n',
  ],
  [
    'the first cell of a row without outer pipes is emptied',
    'a | b\n--- | ---\nc | ~~d~~\ne | f\n',
    (html) => html.replace('>c<', '><'),
    'a | b\n--- | ---\n|  | ~~d~~\ne | f\n',
  ],
  [
    'a picture is moved',
    'One\n\n![Alt](https://x.test/a.png "T")\n\nTwo ~~x~~\n',
    (html) => html.replace(/(<div.*<\/div>)(.*)/u, '$2$1'),
    'One\n\nTwo ~~x~~\n\n![Alt](https://x.test/a.png "T")\n',
  ],
  [
    'what only the file can hold is moved',
    'One\n\n|a|\n|-|\n|~~b~~|\n\nPress <kbd>K</kbd>\n\n~~Three~~\n',
    (html) => html.replace(/(<p class="no-margin">One<\/p>)(.*)(<p.*Three<\/p>)$/u, '$3$2$1'),
    '~~Three~~\n\n|a|\n|-|\n|~~b~~|\n\nPress <kbd>K</kbd>\n\nOne\n',
  ],
  [
    'the text of a footnote is taken away',
    '_One_[^1] [two][2]\n\n* a ~~b~~\n\n[2]: https://x.test\n\n[^1]: The note.\n',
    (html) => html.replace('<p class="no-margin">[1] The note.</p>', ''),
    '*One*\\[1\\] [two](https://x.test)\n\n* a ~~b~~\n\n[2]: https://x.test\n',
  ],
  [
    'a text between a picture and a definition is taken away',
    '_One_\n\n![a](https://x.test/a.png)\ntext\n\n[2]: https://x.test\n\n~~Two~~ [two][2]\n',
    (html) => html.replace('<p class="no-margin">text</p>', ''),
    '_One_\n\n![a](https://x.test/a.png)\n\n[2]: https://x.test\n\n~~Two~~ [two][2]\n',
  ],
  [
    'a list is copied to behind itself',
    '_One_ [two][2]\n\n+ a\n+ b\n\n~~Three~~\n\n[2]: https://x.test\n',
    (html) => html.replace(/(<ul>.*<\/ul>)/u, '$1$1'),
    '_One_ [two][2]\n\n+ a\n+ b\n\n- a\n- b\n\n~~Three~~\n\n[2]: https://x.test\n',
  ],
  [
    'a numbered list is copied to behind itself',
    '_One_\n\n1) a\n1) b\n\n~~Three~~\n',
    (html) => html.replace(/(<ol>.*<\/ol>)/u, '$1$1'),
    '_One_\n\n1) a\n1) b\n\n1. a\n1. b\n\n~~Three~~\n',
  ],
  [
    'a line break is added',
    '* one ~~x~~ two\n* b\n',
    (html) => html.replace('x two', 'x<br>two'),
    '* one ~~x~~\\\n  two\n* b\n',
  ],
];

describe('a change of another kind touches only what it is about', () => {
  test.each(changes)('%s', (_, file, change, expected) => {
    const pair = pairOf(file);
    if (pair === null) throw new Error('Intercom would refuse it');
    const html = change(pair.stored);
    expect(html).not.toBe(pair.stored);
    expect(pulled(pair, html)).toBe(expected);
  });
});
