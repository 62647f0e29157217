import { describe, expect, test } from 'vitest';
import { plainRefs } from '../../../src/markup/meaning/refs.ts';
import { blockMarkdown } from '../../../src/markup/print/block-markdown.ts';
import { readHtml } from '../../../src/markup/read/read-html.ts';
import { readMarkdown } from '../../../src/markup/read/read-markdown.ts';

const codesOf = (text: string): readonly string[] =>
  readMarkdown(text, plainRefs).findings.map((one) => one.code);

test.each([
  ['ADMONITION', ':::youtube\n\nx\n\n:::\n\n:::steps Title\nMore.\n:::'],
  ['ADMONITION', '!!! note "Title"\nText.\n\n??? tip\n    More.'],
  ['TEMPLATE_TAG', '{% tabs %}\nText.\n{% endtabs %}'],
  ['TEMPLATE_TAG', 'The price is {{ price }}.\n\n{{< youtube x >}}'],
  ['MODULE_LINE', "import Tabs from '@theme/Tabs';\n\nexport const x = 1;\n\nText."],
  ['ADMONITION', '=== "Linux"\n\n    Text.\n\n=== "Windows"\n\n    Text.'],
  ['TEMPLATE_TAG', 'Words.\n\n--8<-- "snippets/x.md"'],
  ['COMPONENT', '<Tabs>\n  <TabItem value="a">\n    Text.\n  </TabItem>\n</Tabs>'],
  ['DEFINITION_LIST', '<dl><dt>a</dt><dd>b</dd></dl>'],
  ['COMPONENT', 'Press <Button size="s">here</Button> or <Icon />.'],
  ['WIKI_LINK', 'See [[Other page]] and [[page|text]].'],
  ['FORMULA', '$$\na + b\n$$\n\nAnd $x^2$ is a square.'],
  ['HIGHLIGHT', 'This is ==important== and ==this==.'],
  ['PRIVATE_REMARK', 'Words. %% ask Ada %%\n\n%%\nmore\nof it\n%%'],
  ['ATTRIBUTE_LIST', 'Words.\n{: .note }\n\n- x\n{:toc}\n\n## Head {: #head }'],
  ['DIAGRAM', '```mermaid\ngraph TD\n```\n\n```mermaid\ngraph LR\n```'],
])('%s is told once, however often it stands in a text: %j', (code, text) => {
  expect(codesOf(text)).toEqual([code]);
});

test.each([
  'Write `:::note`, `{{ x }}` or `==x==`.',
  '```\n{% x %}\n[[wiki]]\nimport a from "b";\n```',
  'It costs $5 or $10, and $20_000 a year.',
  'a == b and c == d',
  'Import your contacts from the list, and export them again.',
  'See [a [b] c](https://example.com) and [[1]](https://example.com).',
  'Use {braces} and 100 % of them, or 5 %% and 6 %%.',
  'A face {:) and a set {: x }.',
  'Print %d%% done.',
])('what only looks like it is not told: %j', (text) => {
  expect(codesOf(text)).toEqual([]);
});

describe('a callout', () => {
  const meaning = (text: string): readonly string[] =>
    readMarkdown(text, plainRefs).blocks.map((one) => one.fingerprint);

  test.each([
    ['> [!tip] Good to know\n> Some words.', '> [!TIP]\n> **Good to know**\n>\n> Some words.'],
    [
      '> [!NOTE] With *emphasis* and `code`\n> Words.',
      '> [!NOTE]\n> **With *emphasis* and `code`**\n>\n> Words.',
    ],
    ['> [!Warning]- Folded\n> Words.', '> [!WARNING]\n> **Folded**\n>\n> Words.'],
    ['> [!info] Only a title', '> [!NOTE]\n> **Only a title**'],
    ['> [!danger]\n> Words.', '> [!CAUTION]\n> Words.'],
    ['> [!tip] Title\n>\n> - one\n> - two', '> [!TIP]\n> **Title**\n>\n> - one\n> - two'],
  ])('may have a title behind its marker, in any case: %j', (text, plain) => {
    expect(meaning(text)).toEqual(meaning(plain));
    expect(codesOf(text)).toEqual([]);
  });

  test('that says a marker in its text, as 0.1.0 sent it, keeps saying it', () => {
    const stored = (text: string): string =>
      `<div class="intercom-interblocks-callout" style="background-color: #e8e8e880; border-color: #73737633;"><p class="no-margin">${text}</p></div>`;
    for (const text of ['[!TIP] Good to know', '[!tip]', '[!NOTE] <b>x</b>']) {
      const [block] = readHtml(stored(text), plainRefs).blocks;
      expect(meaning(block === undefined ? '' : blockMarkdown(block, plainRefs))).toEqual([
        block?.fingerprint,
      ]);
    }
  });
});
