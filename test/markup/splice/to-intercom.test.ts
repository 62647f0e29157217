import { describe, expect, test } from 'vitest';
import { decorate, pairFrom, pairOf, pushed, stored } from '../long/one-word.ts';

const p = (text: string): string => `<p class="no-margin">${text}</p>`;
const cdn = 'https://downloads.intercomcdn.com/i/o/w/1/a/x.png';
const picture = `<img src="${cdn}" alt="Alt" width="326" height="196" style="height: auto;">`;
const table = (rows: string): string =>
  `<div class="intercom-interblocks-table-container"><table role="presentation" style="border: 1px;"><tbody>${rows}</tbody></table></div>`;

/** Bodies as Intercom stores them, each with one word that an author changes in the file. */
const bodies: Readonly<Record<string, string>> = {
  'the size of a picture in a list': `<ul><li>${p('One')}<div class="intercom-container">${picture}</div></li><li>${p('WORD')}</li></ul>`,
  'the size of a picture whose description changes': `<div class="intercom-container"><img src="${cdn}" alt="WORD" width="3" height="1"></div>`,
  'the size of a picture in a cell': table(
    `<tr><td><div class="intercom-container">${picture}</div></td><td>${p('WORD')}</td></tr>`,
  ),
  'the size of a picture in a callout': `<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;">${p('WORD')}<div class="intercom-container intercom-align-center">${picture}</div></div>`,
  'the size of a picture in a section': `<details><summary>${p('More')}</summary><div class="collapsible-section-content"><div class="intercom-container">${picture}</div>${p('WORD')}</div></details>`,
  'widths of columns and shades of cells': table(
    `<tr><td>${p('One')}</td><td style="width: 300px;">${p('Two')}</td></tr><tr><td>${p('WORD')}</td><td style="background-color: #feedaf;">${p('Four')}</td></tr>`,
  ),
  'a table without a shade': table(
    `<tr><td>${p('WORD')}</td><td>${p('b')}</td></tr><tr><td>${p('c')}</td><td>${p('d')}</td></tr>`,
  ),
  'cells with lists and colspans': table(
    `<tr><td colspan="2">${p('a')}<ul><li>${p('WORD')}</li></ul></td></tr><tr><td>${p('c')}</td><td style="padding: 3px;">${p('d')}</td></tr>`,
  ),
  'lists and paragraphs in cells': table(
    `<tr><td>${p('a')}</td><td>${p('b')}</td></tr><tr><td><ul><li>${p('one')}</li><li id="z">${p('two <b>WORD</b>')}</li></ul></td><td style="width: 30px;">${p('c')}${p('d')}</td></tr>`,
  ),
  'alignment to the left': `<p class="intercom-align-left no-margin">One WORD</p><h2 class="intercom-align-left" id="h_0123456789">Two</h2>`,
  'plain paragraphs in items': `<ol><li>One</li><li><p>WORD</p></li></ol>`,
  'other spellings of marks': `<p><strong>One</strong> <em>two</em> WORD <i><b>x</b></i></p>`,
  'links with targets and classes': `<p><a href="https://x.test" target="_blank" class="intercom-content-link">One</a> WORD <a href="https://y.test">two</a></p>`,
  'a word in a link': `<p><a href="https://x.test" target="_blank" class="intercom-content-link">One WORD</a> two</p>`,
  'links side by side': `<p><a href="https://x.test">One</a> <a href="https://x.test">Again</a> and WORD.</p>`,
  'a no-break space at the end of bold': `<p>Press <b>Save&nbsp;</b>or <i>&nbsp;WORD</i> twice</p>`,
  'a full stop that alone is bold': `<p>Press <b>Save</b> WORD<b>.</b> Then<b>,</b> wait</p>`,
  entities: `<p>&quot;One&quot; &gt; two&nbsp;&nbsp;three &eacute; WORD</p>`,
  'ids and empty paragraphs': `<h2 id="h_0123456789">One</h2>${p('')}${p('WORD')}${p('')}<p class="no-margin">Two</p>`,
  'a word of a heading with an id': `<h1 id="h_0123456789">One WORD</h1>${p('Two')}`,
  comments: `<p>one<!-- note --> WORD</p>`,
  'line breaks': `<p>one<br>two WORD<br/>three</p>`,
  'code of several lines': `<pre><code>one\n  two WORD\n\nthree &lt;x&gt;</code></pre>`,
  'code with breaks': `<pre><code>one<br>  two WORD<br>three</code></pre>`,
  'data attributes and styles': `<p style="color: red" data-x="1">One WORD</p><ul data-y="2"><li id="z">${p('a')}</li></ul>`,
  'a deep list': `<ul><li>${p('a')}<ol><li>${p('b')}<ul><li>${p('WORD')}</li></ul></li></ol></li><li>c</li></ul>`,
  'a callout of another tool': `<div class="intercom-interblocks-callout" style="border-color:#334bfa33;background-color:#e3e7fa80"><p>One WORD</p></div>`,
  'a button': `<div class="intercom-container intercom-align-center"><a class="intercom-h2b-button" target="_blank" href="https://x.test">Press WORD</a></div>`,
  'marks that Markdown has no word for': `<p><u>One</u> <span style="color: red">two</span> WORD x<sup>2</sup></p>`,
  'a lone heading of the second level': `<h2 id="h_0123456789">One WORD</h2>${p('two')}`,
  'headings that begin with the second level': `<h2 id="h_0123456789">One</h2>${p('two WORD')}<h3>Three</h3>`,
};

describe('a word that an author changes is all that changes in Intercom', () => {
  test.each(Object.entries(bodies))('%s', (_, body) => {
    const pair = pairFrom(body);
    expect(pair.file).toContain('WORD');
    expect(pushed(pair, pair.file.replace('WORD', 'CHANGED'))).toBe(body.replace('WORD', 'CHANGED'));
    expect(pushed(pair, pair.file.replace('WORD', 'two & three'))).toBe(
      body.replace('WORD', 'two &amp; three'),
    );
  });
});

const changes: readonly (readonly [string, string, (file: string) => string, string])[] = [
  [
    'an item is added',
    `<ul><li id="z">${picture}</li><li>b</li></ul>`,
    (file) => `${file.trimEnd()}\n- c\n`,
    `<ul><li id="z">${picture}</li><li>b</li><li>${p('c')}</li></ul>`,
  ],
  [
    'an item is taken away',
    `<ul><li id="z">a</li><li>b</li><li style="x: y">c</li></ul>`,
    (file) => file.replace('- b\n', ''),
    `<ul><li id="z">a</li><li style="x: y">c</li></ul>`,
  ],
  [
    'a row is added',
    table(`<tr><td style="width: 9px;">a</td></tr><tr><td style="width: 9px;">b</td></tr>`),
    (file) => `${file.trimEnd()}\n| c |\n`,
    table(
      `<tr><td style="width: 9px;">a</td></tr><tr><td style="width: 9px;">b</td></tr><tr><td style="width: 9px;">${p('c')}</td></tr>`,
    ),
  ],
  [
    'a row is taken away',
    table(
      `<tr><td style="width: 9px;">a</td></tr><tr><td>b</td></tr><tr><td style="width: 8px;">c</td></tr>`,
    ),
    (file) => file.replace(/\n\| b +\|/u, ''),
    table(`<tr><td style="width: 9px;">a</td></tr><tr><td style="width: 8px;">c</td></tr>`),
  ],
  [
    'a word becomes bold',
    `<p class="intercom-align-left">One two <em>three</em></p>`,
    (file) => file.replace('two', '**two**'),
    `<p class="intercom-align-left">One <b>two</b> <em>three</em></p>`,
  ],
  [
    'a paragraph is added to a callout',
    `<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;"><p id="z">a</p></div>`,
    (file) => `${file.trimEnd()}\n>\n> b\n`,
    `<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;"><p id="z">a</p>${p('b')}</div>`,
  ],
  [
    'a picture is put in the place of another',
    `<div class="intercom-container">${picture}</div>`,
    (file) => file.replace(cdn, 'https://x.test/new.png'),
    `<div class="intercom-container"><img src="https://x.test/new.png" alt="Alt" style="height: auto;"></div>`,
  ],
];

describe('a change of another kind touches only what it is about', () => {
  test.each(changes)('%s', (_, body, change, expected) => {
    const pair = pairFrom(body);
    const file = change(pair.file);
    expect(file).not.toBe(pair.file);
    expect(pushed(pair, file)).toBe(expected);
  });
});

/** Files that Intercom has no word for all of; a teammate has given pictures a size, and cells a width. */
const files: readonly (readonly [string, string, (file: string) => string, (html: string) => string])[] = [
  [
    'a picture in a box of HTML in a step',
    '1. Open\n\n   <div class="frame"><img alt="The WORD" src="https://x.test/b.png" /></div>\n\n   Then\n2. Close\n',
    (file) => file.replace('WORD', 'CHANGED'),
    (html) => html.replace('WORD', 'CHANGED'),
  ],
  [
    'a picture alone in a box of HTML',
    '<div class="frame">\n\n![The WORD](https://x.test/a.png "T")\n\n</div>\n\nText\n',
    (file) => file.replace('WORD', 'CHANGED'),
    (html) => html.replace('WORD', 'CHANGED'),
  ],
  [
    'a picture in a link of HTML',
    '<p align="center">\n  <br>\n  <a href="https://x.test">\n    <picture>\n      <img alt="The WORD" src="https://x.test/b.svg">\n    </picture>\n  </a>\n</p>\n\nText\n',
    (file) => file.replace('WORD', 'CHANGED'),
    (html) => html.replace('WORD', 'CHANGED'),
  ],
  [
    'a table alone in a box of HTML',
    '<div class="frame">\n\n|a|\n|-|\n|~~b~~ WORD|\n|c|\n\n</div>\n\nText\n',
    (file) => file.replace('WORD', 'CHANGED'),
    (html) => html.replace('WORD', 'CHANGED'),
  ],
  [
    'a box in a box',
    '> a\n>\n> > [!TIP]\n> > One ~~two~~ WORD\n> >\n> > ![b](https://x.test/b.png)\n',
    (file) => file.replace('WORD', 'CHANGED'),
    (html) => html.replace('WORD', 'CHANGED'),
  ],
  [
    'a word more in a link of an odd scheme',
    '[go WORD](obsidian://x) and ~~y~~\n',
    (file) => file.replace('WORD', 'the WORD'),
    (html) => html.replace('WORD', 'the WORD'),
  ],
  [
    'a word of code that ends in a blank',
    '<pre><code>a <b>WORD</b>\n\n  b</code></pre>\n\nMore ![b](https://x.test/b.png)\n',
    (file) => file.replace('WORD', ''),
    (html) => html.replace('WORD', ''),
  ],
  [
    'a picture that is moved',
    'One\n\n![Alt](https://x.test/a.png)\n\nTwo ~~x~~\n\nThree\n',
    (file) => file.replace(/(!.*\n\n)(Two.*\n\n)/u, '$2$1'),
    (html) => html.replace(/(<div.*<\/div>)(<p[^<]*<\/p>)/u, '$2$1'),
  ],
  [
    'a table that is moved',
    'Zero\n\nOne\n\n|a|b|\n|-|-|\n|~~q~~|w|\n\n- Two ~~x~~\n',
    (file) => file.replace(/(One\n\n)(\|[^]*\|\n\n)/u, '$2$1'),
    (html) => html.replace(/(<p class="no-margin"><\/p><p[^>]*>One<\/p>)(<div.*<\/div>)/u, '$2$1'),
  ],
];

describe('what Intercom holds of a text that it has no word for stays as it is there', () => {
  test.each(files)('%s', (_, file, change, expected) => {
    const pair = pairOf(file, decorate);
    if (pair === null) throw new Error('Intercom would refuse it');
    const sent = stored(pushed(pair, change(file)));
    expect(sent).not.toBe(pair.stored);
    expect(sent).toBe(expected(pair.stored));
  });
});

test('a paragraph that moves takes the space before it along', () => {
  const body = `${p('One')}${p('Two')}${p('')}${p('Three <u>x</u>')}${p('Four')}`;
  const pair = pairFrom(body);
  const moved = pair.file.replace(/(Two\n\n)(Three.*\n\n)/u, '$2$1');
  expect(pushed(pair, moved)).toBe(`${p('One')}${p('')}${p('Three <u>x</u>')}${p('Two')}${p('Four')}`);
});
