import { expect, test } from 'vitest';
import { baseOf, isBodyChanged } from '../../src/markup/body-base.ts';
import { mergeBodies } from '../../src/markup/merge-bodies.ts';
import { plainRefs } from '../../src/markup/refs.ts';
import { spellHtml } from '../../src/markup/spell-html.ts';
import { spellMarkdown } from '../../src/markup/spell-markdown.ts';
import { html, markdown } from './helpers/meaning.ts';

const megabyte = (piece: string): string => piece.repeat(Math.floor(1_000_000 / piece.length));
const counted = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join('');

const texts: Readonly<Record<string, string>> = {
  'quotes in quotes': megabyte('>'),
  'lists in lists': megabyte('- '),
  'stairs of lists': counted(1000, (at) => `${' '.repeat(at)}- a\n`),
  'stairs, then empty lines': counted(90, (at) => `${'  '.repeat(at)}- a\n`) + '\n'.repeat(500_000),
  'emphasis that never closes': megabyte('**a_'),
  'emphasis in emphasis': megabyte('*a **a '),
  'runs of backticks, all different': counted(1400, (at) => `${'`'.repeat(at)} `),
  'opening brackets': megabyte('['),
  'links that never end': megabyte('[a](<b'),
  'links with parentheses': `[a](${megabyte('(')}`,
  'links with titles': `[a](b ${megabyte('"')}`,
  'images in images': megabyte('![['),
  'thousands of links': megabyte('[a](b)'),
  'comments that never end': megabyte('<!-- '),
  'sections of data that never end': megabyte('<![CDATA['),
  'tags that never end': megabyte('<a '),
  'one tag with endless attributes': `<a ${megabyte('b c ')}>`,
  'one short line, again and again': megabyte('a\n'),
  'one short paragraph, again and again': megabyte('a\n\n'),
  'thousands of headings': megabyte('# a\n'),
  'references that repeat a long address': `[a]: /${'x'.repeat(50_000)}\n\n${'[a] '.repeat(200_000)}`,
  'a table without its cells': `${'|a'.repeat(5000)}|\n${'|-'.repeat(5000)}|\n${'x\n'.repeat(400_000)}`,
  'boxes that never close': megabyte('<div>\n\n'),
  'addresses without spaces': megabyte('http://'),
  'parentheses after an address': `http://a.b/${megabyte(')')}`,
  'signs of mail': megabyte('a@'),
  escapes: megabyte('\\'),
  'more than a body may have': 'a'.repeat(1_100_000),
};

test.each(Object.entries(texts))('Markdown of a megabyte ends soon or is refused: %s', (_, text) => {
  const start = performance.now();
  const body = markdown(text);
  const read = performance.now() - start;
  const refused = body.findings.find(({ code }) => code === 'BODY_TOO_LARGE' || code === 'BODY_TOO_COMPLEX');
  if (refused !== undefined) {
    expect(refused.severity).toBe('error');
    expect(refused.line).toBeGreaterThan(0);
    expect(body.blocks).toHaveLength(1);
  }
  // The bound is 200 ms on a quiet machine; tests share theirs with others.
  expect(read).toBeLessThan(2000);
  const base = baseOf(body, body);
  expect(isBodyChanged(base, body)).toBe(false);
  expect(mergeBodies(base, body, { ...body, blocks: body.blocks.slice(1) }).kind).toBe('clean');
});

const pages: Readonly<Record<string, string>> = {
  'boxes in boxes': megabyte('<div>'),
  'bold in paragraphs': '<b>'.repeat(150) + megabyte('<p>x'),
  'fonts in paragraphs': counted(150, (at) => `<font a=${String(at)}>`) + megabyte('<p>x'),
  'tables in tables': megabyte('<table>'),
  'cells without rows': megabyte('<td>'),
  'attributes without end': `<a ${counted(90_000, (at) => `a${String(at)} `)}>`,
  'paragraphs without end': megabyte('<p>a'),
  'ends without starts': megabyte('</p>'),
  'less-than signs': megabyte('<'),
  ampersands: megabyte('&amp'),
  stars: megabyte('* '),
  backticks: `<pre>${megabyte('`')}`,
  underscores: megabyte('_'),
};

test.each(Object.entries(pages))('HTML of a megabyte ends soon or is refused: %s', (_, text) => {
  const start = performance.now();
  const body = html(text);
  expect(performance.now() - start).toBeLessThan(2000);
  expect(spellMarkdown(markdown(''), body.blocks, plainRefs)).toBeTypeOf('string');
  expect(performance.now() - start).toBeLessThan(5000);
});

// What is tried again and again to get scripts past converters; each in Markdown and in HTML.
const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.test/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" ONERROR="alert(1)">',
  '<img/onerror=alert(1) src=x>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext></p><script>alert(1)</script>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="https://evil.test/"></iframe>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="java&Tab;script:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="javascript&colon;alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href=" javascript:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="java\u200bscript:alert(1)">x</a>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<p style="width: expression(alert(1))">x</p>',
  '<div style="behavior: url(#x)">x</div>',
  '<style>@import "javascript:alert(1)";</style>',
  '<link rel=stylesheet href="javascript:alert(1)">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="javascript:alert(1)//">',
  '<form action="javascript:alert(1)"><input type=submit></form>',
  '<button formaction="javascript:alert(1)">x</button>',
  '<details ontoggle=alert(1) open>x</details>',
  '<video><source onerror="alert(1)"></video>',
  '<video poster="javascript:alert(1)"></video>',
  '<body onload=alert(1)>',
  '<table background="javascript:alert(1)"><tr><td>x</td></tr></table>',
  '<td background="javascript:alert(1)">',
  '<marquee onstart=alert(1)>x</marquee>',
  '<x onclick=alert(1)>x</x>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea><script>alert(1)</script>',
  '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
  '<a xlink:href="javascript:alert(1)">x</a>',
  '<isindex action="javascript:alert(1)">',
  '<input onfocus=alert(1) autofocus>',
  '[x](javascript:alert(1))',
  '[x](JAVASCRIPT:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](&#x6A;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:x)',
  '![x](javascript:alert(1))',
  '[x][r]\n\n[r]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '[x](  javascript:alert(1))',
  '<!-- button -->\n[x](javascript:alert(1))',
  '![x](data:text/html,x)',
  '[x](jav\\ascript:alert(1))',
  '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
];
const runningTag =
  /<(?:script|svg|math|object|embed|style|link|meta|base|form|input|template|noscript|textarea|marquee)\b|<[^>]*\son[a-z]+\s*=|(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data)\s*:|<[^>]*(?:expression\s*\(|srcdoc)/iu;
const runningLink = /\]\(\s*<?\s*(?:javascript|vbscript|data):|\]:\s*<?(?:javascript|vbscript|data):/iu;

test.each(attacks)('nothing that runs gets through: %s', (attack) => {
  for (const body of [
    markdown(attack),
    html(attack),
    markdown(`- a\n- ${attack}`),
    html(`<ul><li>${attack}</li></ul>`),
  ]) {
    const sent = spellHtml(html(''), body.blocks, plainRefs);
    const written = spellMarkdown(markdown(''), body.blocks, plainRefs);
    expect(sent).not.toMatch(runningTag);
    // Escaped or in code it is text and no tag.
    const bare = written.replace(/\\[!-/:-@[-`{-~]/gu, '');
    expect(bare).not.toMatch(runningTag);
    expect(bare).not.toMatch(runningLink);
    expect(html(sent).findings.filter(({ code }) => code.startsWith('UNSAFE'))).toEqual([]);
    expect(markdown(written).findings.filter(({ code }) => code.startsWith('UNSAFE'))).toEqual([]);
  }
});
