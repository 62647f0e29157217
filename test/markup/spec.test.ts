import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMarkdown } from '../../src/markup/parse-markdown.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from './helpers/meaning.ts';
import { parseWithOracle } from './oracle/oracle-markdown.ts';

const spec = createRequire(import.meta.url)('commonmark-spec') as {
  readonly tests: readonly { readonly markdown: string; readonly number: number }[];
};
const examples = spec.tests.map(({ markdown: text, number }) => ({
  number,
  text: text.replaceAll('→', '\t'),
}));

/** A tree without places, and with white space that means nothing in HTML and code made alike. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'start' && key !== 'end')
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const kind = 'type' in value ? value.type : null;
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const loose =
        (kind === 'code' && key === 'text') ||
        (typeof one === 'string' && ['html', 'alt', 'info'].includes(key));
      return [key, loose ? String(one).replace(/\s+/gu, ' ').trim() : shapeOf(one)];
    }),
  );
}

test('every example of the specification is read as CommonMark says', () => {
  expect(examples.length).toBeGreaterThan(640);
  for (const { number, text } of examples) {
    expect({ number, tree: shapeOf(parseMarkdown(text)) }).toEqual({
      number,
      tree: shapeOf(parseWithOracle(text)),
    });
  }
});

test('every example ends at the same meaning: Markdown, HTML, Markdown, HTML', () => {
  for (const { number, text } of examples) {
    const sent = toHtml(text);
    const back = toMarkdown(sent);
    const first = meaningOf(markdown(text));
    expect({ number, meaning: meaningOf(html(sent)) }).toEqual({ number, meaning: first });
    expect({ number, meaning: meaningOf(markdown(back)) }).toEqual({ number, meaning: first });
    expect({ number, sent: toHtml(back) }).toEqual({ number, sent });
    expect({ number, back: toMarkdown(toHtml(back)) }).toEqual({ number, back });
  }
});

const github: readonly string[] = [
  '| foo | bar |\n| --- | --- |\n| baz | bim |\n',
  '| abc | defghi |\n:-: | -----------:\nbar | baz\n',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n',
  '| abc | def |\n| --- |\n| bar |\n',
  '| abc | def |\n| --- | --- |\n',
  '- [ ] foo\n- [x] bar\n',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n',
  '~~Hi~~ Hello, ~there~ world!\n',
  'This ~~has a\n\nnew paragraph~~.\n',
  'This will ~~~not~~~ strike.\n',
  'www.commonmark.org\n',
  'Visit www.commonmark.org/help for more.\n',
  'Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.\n',
  'www.google.com/search?q=Markup+(business)\n\n(www.google.com/search?q=Markup+(business))\n',
  'www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;\n',
  'www.commonmark.org/he<lp\n',
  'http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))\n',
  'foo@bar.baz\n',
  "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.\n",
  'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_\n',
  'text[^1] and[^b]\n\n[^1]: one\n\n[^b]: two\n    more\n',
  'a | b\n- | -\n`c` | d\n',
];

test('what GitHub adds is read as GitHub reads it', () => {
  for (const text of github) {
    // A row that is too short is filled up, as GitHub shows it.
    const filled = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll(',[]]', ']'));
    expect({ text, tree: filled(shapeOf(parseMarkdown(text))) }).toEqual({
      text,
      tree: filled(shapeOf(parseWithOracle(text))),
    });
    const sent = toHtml(text);
    expect(meaningOf(html(sent))).toEqual(meaningOf(markdown(text)));
    expect(toHtml(toMarkdown(sent))).toBe(sent);
  }
});

const pieces = fc.constantFrom(
  '*',
  '**',
  '_',
  '__',
  '~~',
  '`',
  '``',
  '[',
  ']',
  '(',
  ')',
  '![',
  '](u)',
  '](<a b> "t")',
  '[x]',

  '&amp;',
  '&copy;',
  '\\',
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  '  \n',
  '\\\n',
  '- ',
  '* ',
  '1. ',

  '> ',
  '# ',
  '## ',
  '    ',
  '  ',
  '\t',
  '```\n',
  '~~~\n',
  '---\n',
  '===\n',
  'foo',
  'bar ',
  ' baz',
  'word',
  '.',
  '!',
  'http://a.b/c',
  ' www.x.y',
  ' me@a.bc',
  ' ',
  '<http://x.y>',
  '"',
  ':',
  'é',
  '中',
  '{{ v }}',
);

test('no text at all is read differently from how the reference parser reads it', () => {
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (parts) => {
      const text = parts.join('');
      // The reference parser lets a number or an empty item stop a paragraph one level further in than the specification.
      // It also wants nothing but spaces before a line break that they make hard.
      fc.pre(!/\t +\n|x\.y[^ \n]*\\/u.test(text));
      // And it takes an empty item after code by indentation for text.
      fc.pre(!/^[ \t>]*(?:[-*]|\d[.)])[ \t]*$/mu.test(text));
      fc.pre(!/^[ \t>]*(?:[-*]|\d[.)])[ \t]+(?:[-*]|\d[.)])[ \t]*(?:[-*\d]|$)/mu.test(text));
      expect(shapeOf(parseMarkdown(text))).toEqual(shapeOf(parseWithOracle(text)));
    }),
    { numRuns: 1500, seed: 3 },
  );
});
