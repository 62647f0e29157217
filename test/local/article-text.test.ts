import { expect, test } from 'vitest';
import { editArticle } from '../../src/local/article-text.ts';

test.each([
  [
    'a plain value',
    '---\ntitle: Old # note\nstate: draft\n---\nText\n',
    { title: 'New' },
    '---\ntitle: New # note\nstate: draft\n---\nText\n',
  ],
  ['single quotes', "---\ntitle: 'Old'\n---\n", { title: "It's: new" }, "---\ntitle: 'It''s: new'\n---\n"],
  [
    'a missing key',
    '---\ntitle: T\n# end\n---\nText',
    { state: 'published' },
    '---\ntitle: T\nstate: published\n# end\n---\nText',
  ],
  [
    'an empty value',
    '---\ntitle: T\ndescription: # none yet\n---\n',
    { description: 'D' },
    '---\ntitle: T\ndescription: D # none yet\n---\n',
  ],
  [
    'an empty value at the end of its line',
    '---\ntitle: T\ndescription:\n---\n',
    { description: 'D' },
    '---\ntitle: T\ndescription: D\n---\n',
  ],
  [
    'Windows line ends',
    '\ufeff---\r\ntitle: T\r\n---\r\n\r\nOld',
    { author: 'a@b.c', body: 'New\n\nText\n' },
    '\ufeff---\r\ntitle: T\r\nauthor: a@b.c\r\n---\r\n\r\nNew\r\n\r\nText',
  ],
  ['a heading', '# Old *title* #\n\nText\n', { title: 'New *title* #' }, '# New \\*title\\* \\# #\n\nText\n'],
  ['a heading over two lines', 'Old\n=====\nText\n', { title: '1. New' }, '1\\. New\n=====\nText\n'],
  [
    'a block',
    '---\ntitle: T\ndescription: |\n  Old\n  text\nstate: draft\n---\n',
    { description: 'New' },
    '---\ntitle: T\ndescription: |\n  New\nstate: draft\n---\n',
  ],
  [
    'a block that has to become quotes',
    '---\ntitle: T\ndescription: >- # a note\n  Old\n  text\nstate: draft\n---\n',
    { description: ' New\ttext' },
    '---\ntitle: T\ndescription: " New\\ttext" # a note\nstate: draft\n---\n',
  ],
  ['no front matter', '# T\n\nText\n', { state: 'draft' }, '---\nstate: draft\n---\n\n# T\n\nText\n'],
  [
    'a title that no heading can hold',
    '# T\n\nText\n',
    { title: 'Two\nlines' },
    '---\ntitle: "Two\\nlines"\n---\n\nText\n',
  ],
  [
    'braces',
    '---\n{title: T}\n---\n',
    { state: 'draft', title: 'A, b' },
    '---\n{title: "A, b", state: draft}\n---\n',
  ],
  ['no body', '---\ntitle: T\n---\n', { body: 'Text' }, '---\ntitle: T\n---\n\nText\n'],
  ['a body that goes', '---\ntitle: T\n---\n\nText\n', { body: '' }, '---\ntitle: T\n---\n'],
] as const)('an edit keeps everything around %s', (_name, text, edit, expected) => {
  expect(editArticle(text, edit)).toBe(expected);
});
