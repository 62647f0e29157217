import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { page, readFlow } from '../../../src/markup/html/flow.ts';
import type { Reading } from '../../../src/markup/html/reading.ts';
import { sanitise } from '../../../src/markup/html/sanitise.ts';
import { parseMarkdown } from '../../../src/markup/markdown/parse-markdown.ts';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { readPlain } from '../../../src/markup/read/markdown-canon.ts';
import { buildDom } from '../../../src/markup/read/markdown-dom.ts';
import { unitsOf } from '../../../src/markup/read/markdown-units.ts';

const spec = createRequire(import.meta.url)('commonmark-spec') as {
  readonly tests: readonly { readonly markdown: string }[];
};

/** What both ways make of each unit that can go the short one, with what they report. */
function bothWays(text: string): readonly { readonly short: unknown; readonly long: unknown }[] {
  return unitsOf(parseMarkdown(text)).units.flatMap(({ nodes }) => {
    const [told, said]: [string[], string[]] = [[], []];
    const reading = (list: string[]): Reading => ({
      refs: plainRefs,
      slugs: new Map(),
      report: (code, _, detail = '') => list.push(`${code} ${detail}`),
    });
    const short = readPlain(nodes, reading(told));
    if (short === null) return [];
    const report = reading(said).report;
    const long = readFlow(sanitise(buildDom(nodes), report), reading(said), page);
    return [
      { short: { content: short, told: told.toSorted() }, long: { content: long, told: said.toSorted() } },
    ];
  });
}

const agree = (text: string): number => {
  const units = bothWays(text);
  for (const { short, long } of units) expect(short).toEqual(long);
  return units.length;
};

describe('the short way from Markdown to its meaning ends where the long one through HTML does', () => {
  test('for every example of CommonMark that holds no HTML', () => {
    const count = spec.tests.reduce((sum, { markdown }) => sum + agree(markdown.replaceAll('→', '\t')), 0);
    expect(count).toBeGreaterThan(700);
  });

  test('for whatever pieces of Markdown are put together', () => {
    const piece = fc.constantFrom(
      'word',
      ' ',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '3) ',
      '    ',
      '# ',
      '###### ',
      '*',
      '**',
      '_',
      '~~',
      '`',
      '``',
      '```\n',
      '~~~js title\n',
      '[a](b.md)',
      '[',
      '](x "t")',
      '![alt  text](i.png "t")',
      '![](i.png)',
      '[![i](i.png)](b)',
      '---\n',
      '***\n',
      '| a | b |\n| :-: | --: |\n',
      '| c |\n',
      '| *x* | ![i](i.png) | \\\n',
      '[x]',
      '- [x] ',
      '- [ ] ',
      '\\\n',
      '  \n',
      '&nbsp;',
      '&amp;',
      '[!NOTE]\n',
      '> [!TIP]\n> ',
      '[^1]',
      'https://example.com/a',
      '<https://example.com>',
      '#h',
      '[c]: /d\n',
      '\t',
      '\r\n',
      '\u00a0',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        agree(pieces.join(''));
      }),
      { numRuns: 3000 },
    );
  });
});
