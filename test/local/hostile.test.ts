import * as path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArticle } from '../../src/local/article-text.ts';
import { readCollection } from '../../src/local/collection-text.ts';
import { articleName, foldName, nameFault } from '../../src/local/names.ts';
import { freeName, slugOfTitle } from '../../src/local/slug.ts';
import { localPath, remoteId } from '../../src/model/identity.ts';
import { tries } from '../helpers/long.ts';

function read(text: string): ReturnType<typeof readArticle> {
  return readArticle(new TextEncoder().encode(text), { file: localPath('a.md'), shown: 'a.md' });
}

function codesOf(text: string): readonly string[] {
  const reading = read(text);
  return reading.ok ? [] : reading.problems.map(({ code }) => code);
}

declare global {
  var shelfmarkCanary: number | undefined;
}

describe('front matter never runs, hides or costs anything', () => {
  test.each([
    '---js',
    '---javascript',
    '---JS',
    '--- js',
    '--- JavaScript ',
    '---coffee',
    '---json',
    '---toml',
    '---yaml',
    '\ufeff---js',
  ])('%j opens no front matter and is told as such', (fence) => {
    const code = 'globalThis.shelfmarkCanary = (globalThis.shelfmarkCanary ?? 0) + 1';
    for (const eol of ['\n', '\r\n']) {
      expect(codesOf(`${fence}${eol}${code}, {title: "T"}${eol}---${eol}text`)).toEqual([
        'FRONT_MATTER_FENCE',
      ]);
    }
    expect(globalThis.shelfmarkCanary).toBeUndefined();
  });

  test.each(['--- ', '---\t', '\ufeff---  '])(
    '%j opens it like a fence without blanks, and runs nothing',
    (fence) => {
      const code = 'globalThis.shelfmarkCanary = (globalThis.shelfmarkCanary ?? 0) + 1';
      for (const eol of ['\n', '\r\n']) {
        expect(codesOf(`${fence}${eol}title: T${eol}---${eol}text`)).toEqual([]);
        expect(codesOf(`${fence}${eol}${code}, {title: "T"}${eol}---${eol}text`)).toEqual(['YAML_BROKEN']);
      }
      expect(globalThis.shelfmarkCanary).toBeUndefined();
    },
  );

  test('thousands of blank lines are refused instead of being looked through again and again', () => {
    for (const gap of ['\n', '\r\n', '  \n', '\u2003'])
      expect(codesOf(`---\ntitle: T\n${gap.repeat(20_000)}state: draft\n---\ntext`)).toEqual([
        'FRONT_MATTER_TOO_LARGE',
      ]);
    expect(codesOf(`---\ntitle: T${'\n'.repeat(400)}---\ntext${'\n'.repeat(20_000)}text`)).toEqual([]);
  });

  test.each([
    ['an alias', 'a: &x 1\ntitle: *x'],
    ['an anchor', 'title: &x T'],
    ['a tag', 'title: !!js/function T'],
    ['a standard tag', 'title: !!str T'],
    ['a merge key', '<<: {title: T}'],
    ['a second document', 'title: T\n--- |\nstate: draft'],
    ['a directive', '%YAML 1.1\ntitle: T'],
    ['a line of dashes', 'title: T\n----'],
    ['a key that is a list', '? [a]\n: b\ntitle: T'],
    ['half of a character', 'title: "\\ud83d"'],
    ['nine levels', 'title: T\na: [[[[[[[[[1]]]]]]]]]'],
    [
      'nine levels of keys',
      `title: T\n${Array.from({ length: 9 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')} 1`,
    ],
    ['a reserved sign', 'title: @T'],
    ['a tab', '\ttitle: T'],
  ])('%s is refused', (_name, yaml) => {
    expect(codesOf(`---\n${yaml}\n---\n`)).toEqual(['YAML_BROKEN']);
  });

  test('eight levels are enough for anybody', () => {
    expect(codesOf('---\ntitle: T\na: [[[[[[[1]]]]]]]\n---\n')).toEqual([]);
  });

  test.each([
    [
      'billion laughs',
      `a: &a [x,x]\n${'bcdefghi'.replace(/./g, (key) => `${key}: &${key} [*a,*a,*a,*a,*a,*a,*a,*a]\n`)}`,
    ],
    ['brackets', `a: ${'['.repeat(60_000)}`],
    ['closed brackets', `a: ${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['braces', `a: ${'{'.repeat(60_000)}`],
    ['dashes', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
    ['colons', `a: ${'b: '.repeat(20_000)}`],
    ['indents', Array.from({ length: 350 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['a long line that almost matches', `title: ${'a '.repeat(30_000)}:`],
  ])('a bomb of %s is refused at once', (_name, yaml) => {
    const started = performance.now();
    expect(codesOf(`---\n${yaml}\n---\n`)).toEqual(['YAML_BROKEN']);
    const collection = readCollection(new TextEncoder().encode(yaml), { shown: 'c', defaultLocale: 'en' });
    expect(collection.ok).toBe(false);
    // Some hundred times what it takes, for a busy machine.
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('keys that reach for the prototype are keys like any other', () => {
    const reading = read('---\ntitle: T\n__proto__: {polluted: yes}\nconstructor: x\ntoString: y\n---\n');
    expect(reading.ok && reading.unknownKeys.map(({ key }) => key)).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('an error is told every time the same file is read, not only the first', () => {
    for (let time = 0; time < 3; time += 1) expect(codesOf('---\ntitle: [\n---\n')).toEqual(['YAML_BROKEN']);
  });

  test.each([
    '0123', '0x1f', '0o17', '1_000', '1.10', '1e3', '.5', '+1', '-1', '12:30:45', '2024-01-01', '2024-01-01T10:00:00Z',
    'yes', 'no', 'on', 'off', 'true', 'False', '.inf', '.nan', '9007199254740993', '12345678901234567890', '=', '1,000',
    'NULL x', '~x', 'y', 'n', '010', '1__0',
  ])('a title of %s stays what was written', (text) => {
    const reading = read(`---\ntitle: ${text}\n---\n`);
    expect(reading.ok && reading.content.title).toBe(text);
  }); // prettier-ignore

  test.each(['~', 'null', 'Null', 'NULL', ''])('a description of %j says nothing', (text) => {
    const reading = read(`---\ntitle: T\ndescription: ${text}\n---\n`);
    expect(reading.ok && reading.content.description).toBe('');
  });

  test('an id keeps all its digits', () => {
    const reading = read('---\ntitle: T\nid: 9007199254740993123\n---\n');
    expect(reading.ok && reading.pinnedId).toBe('9007199254740993123');
  });
});

describe('names', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '../../.git/hooks/post-checkout', '..\\..\\x', 'C:evil', 'C:\\evil', '/etc/passwd', '\\\\server\\share', 'a\0b',
      'CON', 'con', 'nul.md', 'COM1', 'COM\u00b9', '.git', '.GIT', '.g\u200cit', 'git~1', 'node_modules', '~', '..', '.',
      'aux.', 'prn ', 'ＣＯＮ', 'lpt9', 'conin$', 'x'.repeat(500), 'İ', 'ﬁ', '日本語', '🎉', '-', '--help',
    ), // prettier-ignore
    fc.string(),
  );

  test('a slug is a harmless name below the folder on every system', () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const slug = slugOfTitle(title);
        expect(slug).toMatch(
          /^(?:[a-z0-9\p{Lo}\p{Lm}\p{M}\p{Nd}]+(?:-[a-z0-9\p{Lo}\p{Lm}\p{M}\p{Nd}]+)*)?$/u,
        );
        expect(slug).not.toMatch(/^\p{M}|\p{Default_Ignorable_Code_Point}/u);
        expect([...slug].length).toBeLessThanOrEqual(85);
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(185);
        expect(slug.normalize('NFC')).toBe(slug);
        if (slug !== '') expect(nameFault(slug)).toBeNull();
        for (const system of [path.posix, path.win32]) {
          const root = system.sep === '/' ? '/root' : 'C:\\root';
          expect(system.resolve(root, `${slug}.md`).startsWith(root + system.sep)).toBe(true);
        }
      }),
      { numRuns: tries(2000, 10_000) },
    );
  });

  test.each([
    ['Install the app!', 'install-the-app'],
    ["Don't panic – it’s fine", 'dont-panic-its-fine'],
    ['Été à Łódź: straße, smørrebrød & œuvre', 'ete-a-lodz-strasse-smorrebrod-oeuvre'],
    ['Часто задаваемые вопросы', 'chasto-zadavaemye-voprosy'],
    ['Ρυθμίσεις', 'rythmiseis'],
    ['日本語の使い方', '日本語の使い方'],
    ['ガイド: はじめに', 'ガイド-はじめに'],
    ['자주 묻는 질문', '자주-묻는-질문'],
    ['كيف أبدأ؟', 'كيف-أبدأ'],
    ['सहायता केंद्र', 'सहायता-केंद्र'],
    ['วิธีเริ่มต้น', 'วิธีเริ่มต้น'],
    ['API の v2', 'api-の-v2'],
    ['字'.repeat(100), '字'.repeat(60)],
    ['🎉', ''],
    ['', ''],
    ['CON', 'con-page'],
    ['v2.0', 'v2-0'],
    [`${'word '.repeat(15)}${'x'.repeat(60)}`, 'word-'.repeat(15).slice(0, -1)],
  ])('%j becomes %j', (title, slug) => {
    expect(slugOfTitle(title)).toBe(slug);
  });

  test('a name that is taken gets the id behind it, the same one on every run', () => {
    const id = remoteId('42');
    expect(freeName('faq', id, () => false)).toBe('faq');
    expect(freeName('faq', id, (name) => name === 'faq')).toBe('faq-42');
    expect(freeName('faq', id, (name) => name === 'faq' || name === 'faq-42')).toBe('faq-42-2');
    expect(freeName('', id, () => false)).toBe('entry-42');
    expect(
      freeName('x'.repeat(80), id, (name) => name.length === 80 && !name.includes('-')).length,
    ).toBeLessThanOrEqual(80);
  });

  test.each([
    ['Faq', 'faq', true],
    ['caf\u00e9', 'cafe\u0301', true],
    ['ﬁne', 'fine', true],
    ['\u212aelvin', 'kelvin', true],
    ['STRASSE', 'straße', true],
    ['ΣΑΣ', 'σας', true],
    ['a', 'b', false],
    ['e', 'é', false],
  ])('%j and %j are one name on a disk without an eye for case: %s', (left, right, same) => {
    expect(foldName(left) === foldName(right)).toBe(same);
  });

  test.each([
    'CON',
    'con.md',
    'nul',
    'Aux.x.y',
    'COM1',
    'com\u00b9.md',
    'LPT9',
    'x.',
    'x ',
    'a:b',
    'a?b',
    'a\tb',
    'a\u202eb',
    '.git',
    '.GIT',
    '.g\u200cit',
    'git~1',
    'GIT~1.',
    '',
    '.',
    '..',
    'a/b',
    'a\\b',
  ])('a file cannot be called %j everywhere', (name) => {
    expect(nameFault(name)).not.toBeNull();
  });

  test.each([
    'console',
    'con-page',
    'nullify.md',
    'com10',
    'v2.0.md',
    'été.md',
    '日本語',
    'a b',
    'a(1)',
    'github',
    '🎉.md',
    'gitx~1',
  ])('a file can be called %j everywhere', (name) => {
    expect(nameFault(name)).toBeNull();
  });

  test.each([
    ['install.md', null, 'install'],
    ['install.fr.md', 'fr', 'install'],
    ['install.pt-BR.md', 'pt-BR', 'install'],
    ['v2.0.md', null, 'v2.0'],
    ['v2.0.de.md', 'de', 'v2.0'],
    ['fr.md', null, 'fr'],
    ['install.us.md', 'unknown', 'install'],
    ['install.FR.md', 'unknown', 'install'],
    ['install.es-419.md', 'unknown', 'install'],
    ['notes.draft.md', null, 'notes.draft'],
  ])('%s is read as the locale %s of %s', (name, locale, stem) => {
    expect(articleName(name)).toMatchObject({ locale, stem });
  });
});
