import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintsOf } from '../../../src/markup/meaning/body.ts';
import { plainRefs, type Refs } from '../../../src/markup/meaning/refs.ts';
import { blockRead } from '../../../src/markup/merge/merge-words.ts';
import { agreedMarkdown } from '../../../src/markup/print/block-markdown.ts';
import { readMarkdown } from '../../../src/markup/read/read-markdown.ts';
import { documentHtml } from '../helpers/documents.ts';
import { toMarkdown } from '../helpers/meaning.ts';
import { tries } from '../../helpers/long.ts';

/** As a folder reads its own links: by what they lead to. */
const folderRefs: Refs = {
  read: (url, use) => (url.endsWith('.md') ? `article:${url.length}` : plainRefs.read(url, use)),
  write: (ref) => ref,
};

const isAgreed = (text: string): void => {
  for (const block of readMarkdown(text, folderRefs).blocks) {
    if (block.content.length !== 1 || block.type === 'heading') continue;
    const again = blockRead(agreedMarkdown(block));
    expect(again === null ? [] : fingerprintsOf([again])).toEqual(fingerprintsOf([block]));
  }
};

test('a paragraph is remembered in the words of its file', () => {
  const text = 'Ask *us* for [help](https://example.com/help), `any[0](time)`.';
  const [block] = readMarkdown(text, folderRefs).blocks;
  expect(block === undefined ? '' : agreedMarkdown(block)).toBe(text);
});

test.each([
  ['a link to another article', '[Install](install.md) it.'],
  [
    'a link by the name of a definition',
    'Ask [us][] or [them][us], `https://example.com/`.\n\n[us]: https://example.com/',
  ],
  [
    'an address that is spelled otherwise',
    'Ask [us](https://example.com/a%20b) and [us](<https://example.com/a b>).',
  ],
  ['a picture', 'See ![the door](door.png) here.'],
  ['a footnote', 'So it is[^1].\n\n[^1]: It is.'],
])('%s is remembered as what it means', (_what, text) => {
  isAgreed(text);
});

test('whatever a help center stored is remembered as what it means', () => {
  fc.assert(
    fc.property(documentHtml, (stored) => isAgreed(toMarkdown(stored))),
    { numRuns: tries(30, 300) },
  );
});
