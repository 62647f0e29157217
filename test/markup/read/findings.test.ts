import { expect, test } from 'vitest';
import { markdown } from '../helpers/meaning.ts';

test.each([
  ['a\n\n<script>x</script>\n', 'error UNSAFE_HTML 3:1'],
  ['- a\n- [x](javascript:alert(1))\n', 'error UNSAFE_ADDRESS 2:7'],
  ['<img src=x onerror=alert(1)>', 'error UNSAFE_HTML 1:1'],
  ['![x](data:image/png;base64,AA)', 'error IMAGE_DATA 1:1'],
  ['a\n\n<iframe src="https://evil.test"></iframe>', 'error UNKNOWN_PLAYER 3:1'],
  ['- a\n\n  | a |\n  |---|\n  | b |', 'error TABLE_IN_LIST 1:1'],
  ['<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>', 'error TABLE_IN_TABLE 1:16'],
  ['- a\n\n  > [!NOTE]\n  > | b |\n  > |---|\n', 'error TABLE_IN_LIST 1:1'],
  [
    '<table><tr><td><ul><li><table><tr><td>x</td></tr></table></li></ul></td></tr></table>',
    'error TABLE_IN_TABLE 1:24',
  ],
  ['<dl><dt>a</dt></dl>', 'error DEFINITION_LIST 1:1'],
  ['-\n-\n', 'error EMPTY_LIST 1:1'],
  ['- ```\n   \n  ```\n', 'error EMPTY_LIST 1:1'],
  ['<table></table>', 'error EMPTY_TABLE 1:1'],
  ['a\n\n<<<<<<< HEAD\nb\n', 'error CONFLICT_MARKERS 3:1'],
  ['a\n>>>>>>> theirs\n', 'error CONFLICT_MARKERS 2:1'],
  ['<div>\n\nfoo\n', 'warning UNCLOSED_TAG 1:1'],
  ['<form><input></form>', 'warning FORM_REMOVED 1:1'],
  ['a <u>b</u>', 'warning UNKNOWN_ELEMENT 1:3'],
  ['[x](slack://open)', 'warning ODD_SCHEME 1:5'],
  ['# a\n\n#### b\n\n##### c\n', 'warning HEADING_DEPTH 3:1'],
  ['a\n\n> q', 'warning QUOTE_AS_CALLOUT 3:1'],
  ['- a\n\n  > q', 'warning BOX_INSIDE 1:1'],
  ['> [!NOTE]\n> a\n>\n> > [!TIP]\n> > b', 'warning BOX_INSIDE 1:1'],
  ['<blockquote><p>a</p><blockquote>b</blockquote></blockquote>', 'warning BOX_INSIDE 1:21'],
  ['<div class="alert">a</div>', 'warning LOOK_DROPPED 1:1'],
  ['<p dir="rtl">a</p>', 'warning LOOK_DROPPED 1:1'],
  ['a <img src="https://x.test/a.png"> b', 'warning IMAGE_IN_TEXT 1:3'],
  ['3. a', 'warning LIST_START 1:1'],
  ['- [x] a', 'warning TASK_BOX 1:3'],
  ['- plain\n- [ ] a', 'warning TASK_BOX 2:3'],
  ['see [x](#nope)', 'warning ANCHOR_UNKNOWN 1:5'],
  ['a[^1]\n\n[^1]: b\n', 'warning FOOTNOTE 1:2'],
  ['a ![b](/c)', 'warning IMAGE_IN_TEXT 1:3'],
  ['<!-- align: center -->\n- a', 'warning NOTE_UNUSED 1:1'],
])('%j is told as %s', (text, told) => {
  const found = markdown(text).findings.map(
    ({ severity, code, line, column }) => `${severity} ${code} ${String(line)}:${String(column)}`,
  );
  expect(found).toContain(told);
});

test('every finding says what is wrong and what to do', () => {
  for (const { message, hint } of markdown('<script>x</script>\n\n> q\n\n[x](#nope)\n').findings) {
    expect(message).toMatch(/\.$/u);
    expect(hint).toMatch(/\.$/u);
  }
});

test('a warning of a kind is told once for a body, an error each time', () => {
  const codes = (text: string): readonly string[] => markdown(text).findings.map(({ code }) => code);
  expect(codes('> a\n\nb\n\n> c\n')).toEqual(['QUOTE_AS_CALLOUT']);
  expect(codes('<script></script>\n\nb\n\n<script></script>\n')).toEqual(['UNSAFE_HTML', 'UNSAFE_HTML']);
});

test('an ordinary body has no findings', () => {
  const text =
    '# Set up\n\nSome **bold** text, [a link](other.md#x), `code`.\n\n1. One\n2. Two\n   - Three\n\n![Shot](shot.png)\n\n```js\n<<<<<<< not a conflict\n```\n\n| a | b |\n| - | - |\n| c | d |\n\n> [!NOTE]\n> Careful, see [above](#set-up).\n\n---\n';
  expect(markdown(text).findings).toEqual([]);
});

test('each link to a heading that is not there, and each address of an odd scheme, is told, up to fifty of a kind', () => {
  const told = (text: string) => markdown(text).findings.map(({ code, message }) => `${code} ${message}`);
  expect(told('See [one](#first) and [two](#second), [one](#first).\n\n- [three](#third)')).toEqual([
    'ANCHOR_UNKNOWN The link "#first" leads to a heading that is not in this article.',
    'ANCHOR_UNKNOWN The link "#second" leads to a heading that is not in this article.',
    'ANCHOR_UNKNOWN The link "#third" leads to a heading that is not in this article.',
  ]);
  expect(told('[a](sms:+15550100) [b](slack://open) <a href="sms:1">c</a>')).toEqual([
    'ODD_SCHEME Intercom takes the link away from the address "sms:+15550100".',
    'ODD_SCHEME Intercom takes the link away from the address "slack://open".',
    'ODD_SCHEME Intercom takes the link away from the address "sms:1".',
  ]);
  const many = Array.from({ length: 200 }, (_, index) => `[a](#a${index})`).join('\n\n');
  expect(told(many)).toHaveLength(50);
});
