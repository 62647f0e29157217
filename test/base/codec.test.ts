import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBase, printBase, type RowMemory } from '../../src/base/codec.ts';
import { parseEntry } from '../../src/base/row.ts';
import { decodeBodyBase } from '../../src/markup/merge/body-base.ts';
import type { Base, BaseEntry } from '../../src/model/base.ts';
import { localPath, remoteId } from '../../src/model/identity.ts';

const both = <T>(value: T): { local: T; remote: T } => ({ local: value, remote: value });
const article = (id: string, title: string): BaseEntry => ({
  kind: 'article',
  path: localPath(`guides/${title.toLowerCase()}.md`),
  id: remoteId(id),
  parent: remoteId('1'),
  locales: new Map([
    [
      'en',
      {
        title: both(title),
        description: both(''),
        state: both('published' as const),
        author: { local: null, remote: null },
        body: decodeBodyBase('abc.def.12345678(abcdefgh|)ABCDEFGH'),
        gone: false,
        hidden: false,
      },
    ],
  ]),
});
const collection: BaseEntry = {
  kind: 'collection',
  path: localPath('guides'),
  id: remoteId('1'),
  parent: null,
  name: both('Guides'),
  description: both(''),
  icon: both(null),
  translations: new Map(),
  gone: false,
};
const baseOf = (...entries: BaseEntry[]): Base => ({
  pinned: { workspace: 'w', helpCenter: remoteId('7'), defaultLocale: 'en' },
  entries,
  images: [{ address: 'host/a.png', file: localPath('a.png'), digest: 'd' }],
});

test('a lock file that is read again and again reads as it would for the first time', () => {
  const memory: RowMemory = new Map();
  for (const base of [
    baseOf(),
    baseOf(collection, article('2', 'Install')),
    baseOf(collection, article('2', 'Install'), article('3', 'Use')),
    baseOf(collection, article('2', 'Setup'), article('3', 'Use')),
    baseOf(article('3', 'Use')),
    baseOf(),
  ]) {
    const text = printBase(base);
    expect(parseBase(text, 'lock', memory)).toEqual(parseBase(text, 'lock'));
    expect(printBase(parseBase(text, 'lock', memory))).toBe(text);
    expect(memory.size).toBe(base.entries.length);
  }
});

test('rows that did not change are the very rows that were read before', () => {
  const memory: RowMemory = new Map();
  const before = parseBase(printBase(baseOf(article('2', 'Install'), article('3', 'Use'))), 'lock', memory);
  const after = parseBase(printBase(baseOf(article('2', 'Setup'), article('3', 'Use'))), 'lock', memory);
  const useOf = (base: Base) => base.entries.find((row) => row.id === '3');
  expect(useOf(after)).toBe(useOf(before));
});

test('somebody else’s layout of the file is read, and nonsense in it is told, just the same', () => {
  const text = printBase(baseOf(collection, article('2', 'Install')));
  const memory: RowMemory = new Map();
  expect(parseBase(JSON.stringify(JSON.parse(text)), 'lock', memory)).toEqual(parseBase(text, 'lock'));
  const message = (broken: string, rows?: RowMemory): string => {
    try {
      parseBase(broken, 'lock', rows);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  const line = text.split('\n').find((one) => one.includes('install.md')) ?? '';
  for (const broken of [
    text.replace('"id":"2"', '"id":"2/.."'),
    text.replace('"published"', '"public"'),
    text.replace(line, `${line}\n${line}`),
    text.replace(line, line.replace('"guides/', '"../')),
    text.replace('"entries"', '"entry"'),
    text.replace(line, `<<<<<<< ours\n${line}`),
  ]) {
    expect(message(broken)).not.toBe('');
    expect(message(broken, memory)).toBe(message(broken));
  }
});

test('a row is read the same whether the schema has to look at it or not', () => {
  const text = fc.constantFrom('', 'Words', 'published', 'draft', '7', '0', 7, null, undefined);
  const halves = fc.oneof(text, fc.array(text, { maxLength: 3 }));
  const body = fc.constantFrom('abc.def.12345678', '~.x.', 'a.b.(12345678|)', 'a.b', 'a.b.1', 5);
  const content = fc.record(
    { title: halves, description: halves, state: halves, author: halves, body, gone: fc.boolean() },
    { requiredKeys: ['title', 'state', 'author', 'body'] },
  );
  const usual = fc.record(
    {
      title: fc.constantFrom('Words', ['Here', 'There']),
      description: fc.constantFrom('', 'Words', ['Here', 'There']),
      state: fc.constantFrom('published', 'draft', ['draft', 'published']),
      author: fc.constantFrom([null, null], ['a@example.com', '7'], [null, '7']),
      body,
    },
    { requiredKeys: ['title', 'state', 'author', 'body'] },
  );
  const path = fc.constantFrom(
    'a.md',
    'a/b.md',
    '',
    'a',
    '.a/b.md',
    'a/../b.md',
    'a//b.md',
    '/a.md',
    'a\\b.md',
    'node_modules/a.md',
    'a/node_modules',
    'x/node_modules.md',
    '.md',
    'a/.md',
    'a\0.md',
  );
  const row = fc.record(
    {
      path,
      kind: fc.constantFrom('article', 'article', 'article', 'collection'),
      id: fc.constantFrom('1', '12', '', '0', 1, null),
      parent: fc.constantFrom('1', null, '', undefined),
      locales: fc.dictionary(fc.constantFrom('en', 'fr', 'xx'), fc.oneof(usual, content), { maxKeys: 2 }),
      formerly: fc.constantFrom([], ['a.md']),
    },
    { requiredKeys: ['path', 'kind', 'id', 'parent', 'locales'] },
  );
  const plain = fc.record({
    path,
    kind: fc.constant('article'),
    id: fc.constant('1'),
    parent: fc.constant(null),
    locales: fc.dictionary(fc.constantFrom('en', 'fr'), usual, { maxKeys: 2 }),
  });
  fc.assert(
    fc.property(fc.oneof(row, plain), (data) => {
      // A key that nobody knows is passed over, and makes the row an unusual one.
      expect(parseEntry(data)).toEqual(parseEntry({ ...data, added: 1 }));
    }),
    { numRuns: 3000 },
  );
});
