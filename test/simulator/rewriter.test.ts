import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../src/simulator/state/api-error.ts';
import { parseHtml, textOf } from '../../src/look/html.ts';
import type { SourceNode } from '../../src/look/html.ts';
import { rewriteBody } from '../../src/simulator/rewrite/rewriter.ts';
import { defaultSwitches } from '../../src/simulator/state/switches.ts';
import type { Switches } from '../../src/simulator/state/switches.ts';
import { tries } from '../helpers/long.ts';

const copy = 'https://downloads.intercomcdn.com/i/o/w/1/ab';

function rewrite(html: string, switches: Partial<Switches> = {}, origin: 'api' | 'editor' = 'api'): string {
  let count = 0;
  return rewriteBody(html, {
    switches: { ...defaultSwitches, ...switches },
    origin,
    newHeadingDigits: () => {
      count += 1;
      return String(count).padStart(10, '0');
    },
    storeImage: (source) =>
      source.includes('missing')
        ? null
        : source.startsWith(copy)
          ? source
          : `${copy}/${encodeURIComponent(source.split('/').at(-1) ?? '')}`,
  });
}

function refusal(html: string, switches: Partial<Switches> = {}): string {
  try {
    rewrite(html, switches);
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

const p = (inside: string): string => `<p class="no-margin">${inside}</p>`;
const table = (rows: string): string =>
  `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody>${rows}</tbody></table></div>`;
const image = (rest: string): string => `<div class="intercom-container"><img src="${copy}/${rest}></div>`;
const link = (href: string, inside: string): string =>
  `<a href="${href}" target="_blank" class="intercom-content-link">${inside}</a>`;

describe('what is sent comes back as', () => {
  test.each([
    ['a paragraph without margin', '<p>Hello</p>', p('Hello')],
    ['a paragraph around bare text', 'Hello', p('Hello')],
    ['a paragraph around bare inline tags', '<b>a</b> and <i>b</i>', p('<b>a</b> and <i>b</i>')],
    ['b and i', '<p><strong>a</strong> <em>b</em></p>', p('<b>a</b> <i>b</i>')],
    ['items with paragraphs', '<ul><li>One</li></ul>', `<ul><li>${p('One')}</li></ul>`],
    ['headings with ids', '<h1>Setup</h1>', '<h1 id="h_0000000001">Setup</h1>'],
    [
      'levels moved up to the first',
      '<h2>A</h2><h3>B</h3>',
      '<h1 id="h_0000000001">A</h1><h2 id="h_0000000002">B</h2>',
    ],
    [
      'levels as they are beside a first one',
      '<h1>A</h1><h3>B</h3>',
      '<h1 id="h_0000000001">A</h1><h3 id="h_0000000002">B</h3>',
    ],
    [
      'three levels at most',
      '<h1>A</h1><h5>B</h5>',
      '<h1 id="h_0000000001">A</h1><h3 id="h_0000000002">B</h3>',
    ],
    ['a heading that keeps its id', '<h1 id="h_1a2b3c4d5e">A</h1>', '<h1 id="h_1a2b3c4d5e">A</h1>'],
    ['a heading without a foreign id', '<h1 id="setup">A</h1>', '<h1 id="h_0000000001">A</h1>'],
    [
      'an id that is never given twice',
      '<h1 id="h_1a2b3c4d5e">A</h1><h1 id="h_1a2b3c4d5e">B</h1>',
      '<h1 id="h_1a2b3c4d5e">A</h1><h1 id="h_0000000001">B</h1>',
    ],
    ['a link in a new window', '<a href="https://x.test/a">t</a>', p(link('https://x.test/a', 't'))],
    ['an image of its own', '<p><img src="https://x.test/a.png" alt="A"></p>', image('a.png" alt="A"')],
    [
      'an image between the halves of a paragraph',
      '<p>x <img src="https://x.test/a.png" width="10" height="20px" title="t" style="border:0"> y</p>',
      p('x') + image('a.png" width="10" height="20"') + p('y'),
    ],
    [
      'a table without a head',
      '<table><thead><tr><th>K</th></tr></thead><tbody><tr><td>V</td></tr></tbody></table>',
      table(`<tr><td>${p('K')}</td></tr><tr><td>${p('V')}</td></tr>`),
    ],
    [
      'cells with spans and colours',
      '<table><tr><td colspan="2" rowspan="1" style="background-color:#e8e8e880;color:red;width: 155px">a</td></tr></table>',
      table(`<tr><td colspan="2" style="background-color: #e8e8e880; width: 155px;">${p('a')}</td></tr>`),
    ],
    [
      'an empty paragraph for each line break',
      '\n<p>a</p>\n  \n<p>b</p>\n',
      p('') + p('a') + p('') + p('b') + p(''),
    ],
    ['nothing for blanks between blocks', '<p>a</p>  <p>b</p>', p('a') + p('b')],
    ['nothing for line breaks in lists and tables', '<ul>\n<li>a</li>\n</ul>', `<ul><li>${p('a')}</li></ul>`],
    [
      'a video of a known player',
      '<iframe src="https://www.loom.com/share/abc" width="9"></iframe>',
      '<div class="intercom-h2b-video"><iframe src="https://www.loom.com/embed/abc" frameborder="0" webkitallowfullscreen="" mozallowfullscreen="" allowfullscreen=""></iframe></div>',
    ],
    [
      'a button',
      '<a class="intercom-h2b-button" href="https://x.test/">Go</a>',
      '<div class="intercom-container"><a href="https://x.test/" target="_blank" class="intercom-h2b-button">Go</a></div>',
    ],
    [
      'text with three entities',
      '<p>&amp; &lt; &gt; &quot; &#39; &mdash; 😀 é</p>',
      p('&amp; &lt; &gt; " \' — 😀 é'),
    ],
    ['a no-break space for an intended blank line', '<p><br></p><p>&nbsp;</p>', p('\u00a0') + p('\u00a0')],
    ['an empty paragraph', '<p></p><p> </p>', p('') + p('')],
    ['line breaks inside a paragraph', '<p>a<br/>b</p>', p('a<br>b')],
    ['a rule', '<hr class="x">', '<hr>'],
    [
      'alignment before no-margin',
      '<p class="no-margin intercom-align-center other">a</p>',
      '<p class="intercom-align-center no-margin">a</p>',
    ],
    [
      'an aligned heading and image',
      '<h1 class="intercom-align-right">a</h1><p class="intercom-align-center"><img src="https://x.test/a.png"></p>',
      `<h1 class="intercom-align-right" id="h_0000000001">a</h1><div class="intercom-container intercom-align-center"><img src="${copy}/a.png"></div>`,
    ],
    [
      'an image in an item after its text',
      '<ul><li>a <img src="https://x.test/a.png"></li></ul>',
      `<ul><li>${p('a')}${image('a.png"')}</li></ul>`,
    ],
    [
      'a linked image without the link class',
      '<a href="https://x.test/"><img src="https://x.test/a.png"></a>',
      `<div class="intercom-container"><a href="https://x.test/" target="_blank"><img src="${copy}/a.png"></a></div>`,
    ],
    [
      'code without its language',
      '<pre><code class="language-js">a\n  &lt;b&gt;</code></pre>',
      '<pre><code>a\n  &lt;b&gt;</code></pre>',
    ],
    [
      'the line feed of the editor before a heading',
      `${p('')}\n<h1 id="h_1a2b3c4d5e">a</h1>`,
      `${p('')}\n<h1 id="h_1a2b3c4d5e">a</h1>`,
    ],
    [
      'a callout with its two colours',
      '<div class="intercom-interblocks-callout" style="border-color:#334bfa33;background-color:#e3e7fa80;margin:0"><p>a</p></div>',
      `<div class="intercom-interblocks-callout" style="border-color: #334bfa33; background-color: #e3e7fa80;">${p('a')}</div>`,
    ],
    [
      'a collapsible section',
      '<details><summary><h2>T</h2></summary><p>a</p></details>',
      `<details><summary><h1 id="h_0000000001">T</h1></summary><div class="collapsible-section-content">${p('a')}</div></details>`,
    ],
    ['contents of what is unknown', '<div>a</div><section><span>b</span></section>', p('a') + p('b')],
    ['text of u, s and sup', '<p><u>a</u><s>b</s><sup>c</sup></p>', p('abc')],
    ['contents of a quotation', '<blockquote><p>a</p></blockquote>', p('a')],
    ['nothing of scripts, forms and comments', 'a<script>x</script><form>y</form><!-- z -->', p('a')],
    ['a list from its first number', '<ol start="4"><li>a</li></ol>', `<ol><li>${p('a')}</li></ol>`],
    [
      'a link without a bad address',
      '<a href="java\nscript:alert(1)">t</a>',
      p('<a target="_blank" class="intercom-content-link">t</a>'),
    ],
    [
      'a list in a list',
      '<ul><li>a<ol><li>b</li></ol></li></ul>',
      `<ul><li>${p('a')}<ol><li>${p('b')}</li></ol></li></ul>`,
    ],
    ['marks around paragraphs put inside', '<b><p>a</p></b>', p('<b>a</b>')],
  ])('%s', (_, sent, stored) => {
    expect(rewrite(sent)).toBe(stored);
  });
});

describe('Intercom refuses', () => {
  test.each([
    ['an image that cannot be fetched', '<img src="https://x.test/missing.png">'],
    ['an image as data', '<img src="data:image/png;base64,AAAA">'],
    ['an image with a relative address', '<img src="images/a.png">'],
    ['an empty list', '<ul></ul>'],
    ['a list of empty items', '<ul><li></li><li> </li></ul>'],
    ['a table in an item', '<ul><li><table><tr><td>a</td></tr></table></li></ul>'],
    ['an empty table', '<table></table>'],
    ['a table in a table', '<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>'],
    ['a description list', '<dl><dt>a</dt></dl>'],
    ['a frame of another host', '<iframe src="https://evil.test/"></iframe>'],
  ])('%s', (_, html) => {
    expect(refusal(html)).toMatch(/^400 parameter_invalid: /);
  });

  test('a body that is nested without end, without falling over', () => {
    expect(refusal('<div>'.repeat(20_000))).toMatch(/^(?:400 parameter_invalid|accepted)/);
  });
});

describe('a switch turns', () => {
  test.each<[string, Partial<Switches>, string, string]>([
    [
      'ids of headings',
      { headingIds: 'renew' },
      '<h1 id="h_1a2b3c4d5e">a</h1>',
      '<h1 id="h_0000000001">a</h1>',
    ],
    ['other inline tags', { otherInline: 'keep' }, '<p><u>a</u></p>', p('<u>a</u>')],
    [
      'quotations',
      { blockquote: 'keep' },
      '<blockquote>a</blockquote>',
      `<blockquote>${p('a')}</blockquote>`,
    ],
    ['breaks in code', { codeBreaks: 'br' }, '<pre>a\nb</pre>', '<pre><code>a<br>b</code></pre>'],
    [
      'collapsible sections',
      { collapsibleSections: 'unwrap' },
      '<details><summary>a</summary><p>b</p></details>',
      p('a') + p('b'),
    ],
    ['images as data', { dataImages: 'drop' }, '<p>a<img src="data:x"></p>', p('a')],
  ])('%s', (_, switches, sent, stored) => {
    expect(rewrite(sent, switches)).toBe(stored);
  });

  test('lists in lists', () => {
    expect(refusal('<ul><li><ul><li>a</li></ul></li></ul>', { nestedLists: 'refuse' })).toContain('400');
  });
});

test('a person in the web editor keeps levels and gets no empty paragraphs, but a line feed before headings', () => {
  const sent = `${p('')}<h2 id="h_1a2b3c4d5e">a</h2>\n${p('b')}`;
  expect(rewrite(sent, {}, 'editor')).toBe(`${p('')}\n<h2 id="h_1a2b3c4d5e">a</h2>${p('b')}`);
});

const leaf = fc.oneof(
  fc.constantFrom('text', ' ', '\n', '&nbsp;', '&amp;', '<br>', '<hr>', 'x\ny', '<!-- c -->', '&#13;', '😀'),
  fc.constantFrom(
    '<img src="https://x.test/a.png">',
    '<iframe src="https://youtu.be/abc"></iframe>',
    '<script>bad</script>',
    '</p>',
    '</div>',
    '<td>',
    '<a class="intercom-h2b-button" href="https://x.test/">Go</a>',
  ),
);
const wrappers =
  'p div span b strong i em code a u h1 h2 h3 h4 ul ol li table tr td th thead pre blockquote details summary section center button'.split(
    ' ',
  );
const callout = '<div class="intercom-interblocks-callout">';
const markup = fc.letrec<{ nodes: string; node: string }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 4 }).map((list) => list.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(fc.constantFrom(...wrappers), tie('nodes')).map(([tag, inside]) => {
      const attributes =
        tag === 'a' ? ' href="https://x.test/?a=1&amp;b"' : tag === 'h2' ? ' id="h_0a0a0a0a0a"' : '';
      return `<${tag}${attributes}>${inside}</${tag}>`;
    }),
    tie('nodes').map((inside) => `${callout}${inside}</div>`),
    tie('nodes').map((inside) => `<ul><li>${inside}x</li></ul>`),
    tie('nodes').map((inside) => `<table><tr><td>${inside}</td></tr></table>`),
  ),
})).nodes;

/** Letters that a reader sees, without white space. */
function visible(html: string): string {
  const dropped = /^(?:script|style|textarea|form|input|template|iframe)$/;
  const text = (node: SourceNode): string => {
    if (node.type !== 'element') return textOf(node);
    return dropped.test(node.tagName) ? '' : node.children.map(text).join('');
  };
  return parseHtml(html).map(text).join('').replaceAll(/\s/g, '');
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

test.each<[string, Partial<Switches>]>([
  ['as shipped', {}],
  ['turned', { otherInline: 'keep', blockquote: 'keep', codeBreaks: 'br', collapsibleSections: 'unwrap' }],
])('with the switches %s, storing what was stored changes nothing and no text is lost', (_, switches) => {
  fc.assert(
    fc.property(markup, (html) => {
      let stored: string;
      try {
        stored = rewrite(html, switches);
      } catch (error) {
        if (error instanceof ApiError) return;
        throw error;
      }
      expect(rewrite(stored, switches)).toBe(stored);
      // A caption moves before its table, so only the letters are compared.
      expect(sorted(visible(stored))).toBe(sorted(visible(html)));
    }),
    { numRuns: tries(300, 1200) },
  );
});

test('no input makes it fail', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'<>/="\' &;abp\n') })),
      (html) => {
        expect(refusal(html)).not.toBe('');
      },
    ),
    { numRuns: tries(250, 1000) },
  );
});
