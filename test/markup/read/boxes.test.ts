import { describe, expect, test } from 'vitest';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import type { Canon } from '../../../src/markup/meaning/canon.ts';
import { readHtml } from '../../../src/markup/read/read-html.ts';
import { readMarkdown } from '../../../src/markup/read/read-markdown.ts';
import { spellHtml } from '../../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../../src/markup/spell/spell-markdown.ts';
import { pairOf, pulled } from '../long/one-word.ts';

const html = (text: string): string =>
  spellHtml(readHtml('', plainRefs), readMarkdown(text, plainRefs).blocks, plainRefs);
const codes = (text: string): readonly string[] =>
  readMarkdown(text, plainRefs).findings.map((one) => one.code);
const kinds = (text: string): readonly Canon['kind'][] =>
  readMarkdown(text, plainRefs).blocks.flatMap((block) => block.content.map((one) => one.kind));

const alert = (kind: string, title = ''): string =>
  `> [!${kind}]${title === '' ? '' : ` ${title}`}\n> Some *words*.\n>\n> - one\n> - two\n\nAfter.\n`;
const inside = 'Some *words*.\n\n- one\n- two\n';
const indented = '    Some *words*.\n\n    - one\n    - two\n';

describe('a box of another tool is a callout, as if it were written as on GitHub', () => {
  test.each([
    [`:::note\n\n${inside}\n:::\n\nAfter.\n`, alert('NOTE')],
    [`:::note\n${inside}:::\nAfter.\n`, alert('NOTE')],
    [`::: tip Good to know\n${inside}:::\n\nAfter.\n`, alert('TIP', 'Good to know')],
    [`:::danger[Be *careful*]\n${inside}:::\n\nAfter.\n`, alert('CAUTION', 'Be *careful*')],
    [`:::Info Title {.wide}\n${inside}:::\n\nAfter.\n`, alert('NOTE', 'Title')],
    [`:::{warning} Title\n${inside}:::\n\nAfter.\n`, alert('WARNING', 'Title')],
    [`!!! note "A title"\n${indented}\nAfter.\n`, alert('NOTE', 'A title')],
    [`!!! warning inline end ""\n\n${indented}\nAfter.\n`, alert('WARNING')],
    [`!!! tip\n${indented}After.\n`, alert('TIP')],
    [`{% hint style="success" %}\n${inside}{% endhint %}\n\nAfter.\n`, alert('TIP')],
    [`{% hint %}\r\n${inside.replaceAll('\n', '\r\n')}{% endhint %}\r\n\r\nAfter.\r\n`, alert('NOTE')],
  ])('%j', (text, same) => {
    expect(html(text)).toBe(html(same));
    expect(codes(text)).toEqual([]);
  });

  test('boxes stand in boxes, in lists and in quotations, and hold code with their own signs', () => {
    expect(kinds('::::note\n:::tip\nInner.\n:::\nOuter.\n::::\n\nAfter.\n')).toEqual([
      'callout',
      'paragraph',
    ]);
    expect(kinds(':::note\n```\n:::\n```\nStill in.\n:::\n\nAfter.\n')).toEqual(['callout', 'paragraph']);
    expect(html('- Step\n\n  :::note\n  Text.\n  :::\n')).toBe(html('- Step\n\n  > [!NOTE]\n  > Text.\n'));
  });
});

describe('what is no box stays text, and is told', () => {
  test.each([
    [':::note\n\nNobody ends it.\n'],
    [':::youtube\n\nText.\n\n:::\n'],
    ['!!! note\nNothing is indented.\n'],
    ['??? note "Folded"\n    Text.\n'],
    ['{% hint style="info" %}\nText.\n'],
  ])('%j', (text) => {
    expect(kinds(text)).not.toContain('callout');
    expect(codes(text)).toHaveLength(1);
  });

  test('in code it is code', () => {
    expect(kinds('```\n:::note\nx\n:::\n```\n')).toEqual(['code']);
  });

  test('what a teammate writes like that in Intercom is escaped in the file, and stays text', () => {
    const body = readHtml(
      '<p>:::note</p><p>Text</p><p>:::</p><p>!!! tip</p><p>{% hint %}</p><p>{% endhint %}</p>',
      plainRefs,
    );
    const file = spellMarkdown(readMarkdown('', plainRefs), body.blocks, plainRefs);
    expect(file).toContain('\\:::note');
    expect(new Set(kinds(file))).toEqual(new Set(['paragraph']));
  });
});

describe('a teammate changes a box in Intercom', () => {
  test('a paragraph that is added stands in it, in its spelling', () => {
    for (const [file, expected] of [
      [
        ':::note Title\n\nOne ~~two~~.\n\n:::\n\nAfter.\n',
        ':::note Title\n\nOne ~~two~~.\n\nNew.\n\n:::\n\nAfter.\n',
      ],
      [
        '!!! note "Title"\n    One ~~two~~.\n\nAfter.\n',
        '!!! note "Title"\n    One ~~two~~.\n\n    New.\n\nAfter.\n',
      ],
    ] as const) {
      const pair = pairOf(file);
      if (pair === null) throw new Error('Intercom would refuse it');
      const at = pair.stored.indexOf('</p></div>');
      const there = pair.stored.slice(0, at) + '</p><p class="no-margin">New.' + pair.stored.slice(at);
      expect(pulled(pair, there)).toBe(expected);
    }
  });

  test('one that is taken away is gone from the file, signs and all', () => {
    const pair = pairOf('Before.\n\n:::note\n\nOne.\n\n:::\n\nAfter.\n');
    if (pair === null) throw new Error('Intercom would refuse it');
    expect(
      pulled(pair, pair.stored.replace(/<div class="intercom-interblocks-callout"[^]*?<\/div>/u, '')),
    ).toBe('Before.\n\nAfter.\n');
  });
});

test('thousands of heads and ends are read in no time that counts', () => {
  const many = `${':::note\n'.repeat(90)}${':::::tip\n\n'.repeat(3000)}${':::\n'.repeat(3000)}`;
  expect(codes(many).length).toBeGreaterThan(0);
});
