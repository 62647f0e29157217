import { expect, test } from 'vitest';
import { readHtml } from '../../src/markup/read/read-html.ts';
import { readMarkdown } from '../../src/markup/read/read-markdown.ts';
import { plainRefs } from '../../src/markup/meaning/refs.ts';
import { spellHtml } from '../../src/markup/spell/spell-html.ts';
import { spellMarkdown } from '../../src/markup/spell/spell-markdown.ts';

const fingerprints = (body: { blocks: readonly { fingerprint: string }[] }): readonly string[] =>
  body.blocks.map(({ fingerprint }) => fingerprint);

test('a body keeps its meaning on the way to the remote and back', () => {
  const local = readMarkdown(
    '## Top\n\nSome *text*.\n\n- one\n  - two\n\n| a | b |\n|---|---|\n| c | d |\n',
    plainRefs,
  );
  const html = spellHtml(readHtml('', plainRefs), local.blocks, plainRefs);
  const remote = readHtml(html, plainRefs);
  expect(fingerprints(remote)).toEqual(fingerprints(local));
  const again = spellMarkdown(readMarkdown('', plainRefs), remote.blocks, plainRefs);
  expect(again).toBe(
    '# Top\n\nSome *text*.\n\n- one\n  - two\n\n| a   | b   |\n| --- | --- |\n| c   | d   |\n',
  );
});
