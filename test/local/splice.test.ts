import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editArticle, printArticle, readArticle } from '../../src/local/article-text.ts';
import type { ArticleFileEdit } from '../../src/model/plan.ts';
import { editCollection, printCollection, readCollection } from '../../src/local/collection-text.ts';
import { readYamlQuickly } from '../../src/local/yaml/yaml-quick.ts';
import { meaningOf, pairsOf, readYaml } from '../../src/local/yaml/yaml-source.ts';
import type { YamlReading } from '../../src/local/yaml/yaml-source.ts';
import { localPath } from '../../src/model/identity.ts';
import type { LocalContent } from '../../src/model/entry.ts';
import { tries } from '../helpers/long.ts';

const utf8 = new TextEncoder();

function contentOf(text: string): LocalContent {
  const reading = readArticle(utf8.encode(text), { file: localPath('a.md'), shown: 'a.md' });
  if (!reading.ok) throw new Error(JSON.stringify({ text, problems: reading.problems }));
  return reading.content;
}

function collectionOf(text: string): Extract<ReturnType<typeof readCollection>, { ok: true }>['content'] {
  const reading = readCollection(utf8.encode(text), { shown: 'c', defaultLocale: 'en' });
  if (!reading.ok) throw new Error(JSON.stringify({ text, problems: reading.problems }));
  return reading.content;
}

/** Values that YAML and Markdown would love to take for something else. */
const awkward = fc.oneof(
  fc.constantFrom(
    'Plain words', "It's", 'Say "hi"', 'a: b', 'a #b', '#1', '- x', '? x', '[x]', '{x}', '*x*', '_x_ `y`', '&x', '!x', '%x',
    '@x', '`x`', '|', '>', 'null', '~', 'true', 'No', '42', '1.0', '2024-01-01', '---', '...', 'x:', ':x', 'a\\b', "'", '"',
    '\\', '<b>', '&amp;', '1. x', '===', '![x](y)', '[x](y)', 'C #', 'x\ty', 'a  b', '日本語', 'é🎉', '\u2028x', '\u00a0x',
    '<<', 'a,b', 'a]b', '}', 'x\u0085y', '\u202ex', 'https://a.b/c?d=e#f', '~~x~~', 'a | b', '+ x', '# x', 'x #', 'a\\', '\\*',
  ), // prettier-ignore
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }),
);
const words = awkward.filter((text) => text.trim() !== '' && !/\p{Surrogate}|\0/u.test(text));

/** How a value may be spelled in a file, as lines of YAML for a key. */
const spelling = fc.constantFrom(
  (key: string) => `${key}: old value`,
  (key: string) => `${key}: old value   # a note`,
  (key: string) => `${key}: 'old ''value'''`,
  (key: string) => `${key}: "old \\"value\\"" # note`,
  (key: string) => `"${key}": old`,
  (key: string) => `${key}:   old`,
  (key: string) => `${key}: old\n  and more`,
  (key: string) => `${key}: |\n  old\n  lines`,
  (key: string) => `${key}: |- # note\n    old\n\n    lines`,
  (key: string) => `${key}: >\n  old\n  lines\n`,
  (key: string) => `${key}: "old\n  and more"`,
  (key: string) => `${key} : old`,
);
const noise = fc.constantFrom(
  '# a comment', '', 'tags: [a, b, "c"]', 'menu:\n  main:\n    weight: 10 # heavy', 'list:\n- one\n-   two', 'date: 2024-01-01',
  'number: 0123', "odd: 'x'  ", 'empty:', 'blockish: |+\n  kept\n\n', 'quoted: "a\\tb"'
); // prettier-ignore

interface Shape {
  readonly text: string;
  readonly has: { readonly title: boolean; readonly description: boolean };
}

/** Articles of every shape: with and without front matter, keys, comments, byte order mark, line ends at all. */
const article: fc.Arbitrary<Shape> = fc
  .record({
    title: fc.constantFrom('key', 'atx', 'closed atx', 'setext'),
    titleSpelling: spelling,
    description: fc.option(spelling, { nil: null }),
    state: fc.constantFrom(null, 'state: draft', "state: 'published' # live", 'state: "draft"'),
    noises: fc.uniqueArray(noise, { maxLength: 4 }),
    reversed: fc.boolean(),
    bom: fc.boolean(),
    crlf: fc.boolean(),
    body: fc.constantFrom(
      '',
      'Text',
      'Text\n',
      'One\n\nTwo\n\n\n',
      '    code\n\n- a\n  - b\n',
      '\n\nText',
      '---\n\nx\n',
      'x  \n',
    ),
  })
  .map((shape) => {
    const keys = [
      ...(shape.title === 'key' ? [shape.titleSpelling('title')] : []),
      ...(shape.description === null ? [] : [shape.description('description')]),
      ...(shape.state === null ? [] : [shape.state]),
    ];
    const lines = shape.reversed ? [...shape.noises, ...keys.toReversed()] : [...keys, ...shape.noises];
    const front = lines.length === 0 ? '' : `---\n${lines.join('\n')}\n---\n`;
    const headings = {
      key: '',
      atx: '# Old *title*\n',
      'closed atx': '\n #   Old title ##  \n',
      setext: 'Old\ntitle\n===\n',
    };
    const gap = shape.title === 'key' || shape.body === '' ? '' : '\n';
    const text = `${shape.bom ? '\ufeff' : ''}${front}${headings[shape.title]}${gap}${shape.body}`;
    return {
      text: shape.crlf ? text.replaceAll('\n', '\r\n') : text,
      has: { title: shape.title === 'key', description: shape.description !== null },
    };
  });

const edits: fc.Arbitrary<ArticleFileEdit> = fc.record(
  {
    title: words.filter((text) => text.length <= 255),
    description: awkward.filter((text) => !/\p{Surrogate}/u.test(text)),
    state: fc.constantFrom('published', 'draft'),
    author: words,
    body: fc.constantFrom(
      '',
      'New text',
      '# Heading\n\nNew\n',
      '\n\nNew',
      '    code',
      '---\nx: y\n---\n',
      '> quote\n\n- a\n',
    ),
  },
  { requiredKeys: [] },
);

const trimmed = (body: string): string =>
  body
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/\n+$/, '');

describe('an edit of an article', () => {
  test('gives the values that were asked for, and leaves the others', () => {
    fc.assert(
      fc.property(article, edits, ({ text }, edit) => {
        const before = contentOf(text);
        const after = contentOf(editArticle(text, edit));
        expect(after.title).toBe(edit.title ?? before.title);
        expect(after.description).toBe(edit.description ?? before.description);
        expect(after.state).toBe(edit.state ?? before.state);
        expect(after.author).toBe(edit.author ?? before.author);
        expect(trimmed(after.body)).toBe(trimmed(edit.body ?? before.body));
      }),
      { numRuns: tries(38, 150) },
    );
  });

  test('keeps every other line byte for byte, in its order', () => {
    fc.assert(
      fc.property(article, edits, ({ text }, edit) => {
        const edited = editArticle(text, edit);
        const kept = text
          .split(/(?<=\n)/)
          .filter((line) =>
            /comment|tags|menu|main|weight|list|^- one|^-   two|date|number|odd|empty/.test(line),
          );
        let at = 0;
        for (const line of kept) {
          const found = edited.indexOf(line, at);
          expect(found, JSON.stringify({ line, edited })).toBeGreaterThanOrEqual(at);
          at = found + line.length;
        }
        expect(edited.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
        if (text.includes('\r\n')) expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
        else expect(edited).not.toContain('\r');
      }),
      { numRuns: tries(50, 200) },
    );
  });

  test('touches one value only, and a note behind it stays', () => {
    fc.assert(
      fc.property(article, words, ({ text, has }, value) => {
        if (!has.description) return;
        const edited = editArticle(text, { description: value });
        let start = 0;
        while (start < text.length && text[start] === edited[start]) start += 1;
        let end = 0;
        while (end < text.length - start && text.at(-1 - end) === edited.at(-1 - end)) end += 1;
        const old = text.slice(start, text.length - end);
        expect(text.slice(0, start)).toMatch(/description"?\s*:|^$/);
        expect(old).not.toMatch(/\btitle|state|comment|tags|menu/);
        const notes = (source: string): number => source.split(/# (?:a )?note/).length;
        expect(notes(edited)).toBe(notes(text) + notes(value) - 1);
      }),
      { numRuns: tries(50, 200) },
    );
  });

  test('that says what the file says already changes nothing', () => {
    fc.assert(
      fc.property(article, ({ text }) => {
        const { title, description, state, body } = contentOf(text);
        expect(editArticle(text, { title, description, body, ...(state === null ? {} : { state }) })).toBe(
          text,
        );
        expect(editArticle(text, {})).toBe(text);
      }),
      { numRuns: tries(25, 100) },
    );
  });

  test('done twice is done once, and undone gives the old values back', () => {
    fc.assert(
      fc.property(article, edits, ({ text }, edit) => {
        const once = editArticle(text, edit);
        expect(editArticle(once, edit)).toBe(once);
        const { title, description, body } = contentOf(text);
        const back = contentOf(editArticle(once, { title, description, body }));
        expect({ ...back, body: trimmed(back.body) }).toMatchObject({
          title,
          description,
          body: trimmed(body),
        });
      }),
      { numRuns: tries(25, 100) },
    );
  });

  test('refuses a file that cannot be read, and says why', () => {
    expect(() => editArticle('---\ntitle: [\n---\n', { title: 'x' })).toThrow(/cannot be edited/);
  });
});

describe('a new article', () => {
  test('reads as what was printed', () => {
    const content = fc.record({
      title: words.filter((text) => text.length <= 255),
      description: awkward.filter((text) => !/\p{Surrogate}/u.test(text)),
      state: fc.constantFrom('published' as const, 'draft' as const),
      author: fc.option(words, { nil: null }),
      body: fc.constantFrom('', 'Text', '\n\nText\n\n', '# Heading\n', '    code\n'),
    });
    fc.assert(
      fc.property(content, (wanted) => {
        const text = printArticle(wanted);
        expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
        const { title, description, state, author, body } = contentOf(text);
        expect({ title, description, state, author, body: trimmed(body) }).toEqual({
          ...wanted,
          body: trimmed(wanted.body),
        });
      }),
      { numRuns: tries(50, 200) },
    );
  });

  test('has quotes only where YAML needs them', () => {
    const content = {
      description: "It's easy, (really): no",
      state: 'draft',
      author: 'a@b.c',
      body: 'Text',
    } as const;
    expect(printArticle({ ...content, title: 'Install the app – it’s "easy"' })).toBe(
      '---\ntitle: Install the app – it’s "easy"\ndescription: "It\'s easy, (really): no"\nstate: draft\nauthor: a@b.c\n---\n\nText\n',
    );
    expect(printArticle({ ...content, title: 'Say "yes": now', description: '', author: '42' })).toBe(
      '---\ntitle: \'Say "yes": now\'\nstate: draft\nauthor: "42"\n---\n\nText\n',
    );
  });
});

describe('a collection file', () => {
  const texts = fc.record({
    name: words,
    description: awkward.filter((text) => !/\p{Surrogate}/u.test(text)),
  });
  const translations = fc.dictionary(fc.constantFrom('fr', 'de', 'pt-BR'), texts, { maxKeys: 3 });
  const source = fc
    .record({
      name: fc.option(spelling, { nil: null }),
      description: fc.option(spelling, { nil: null }),
      icon: fc.constantFrom(null, 'icon: book', "icon: 'star' # five", 'icon:'),
      translations: fc.constantFrom(
        null,
        'translations:',
        'translations: # none yet',
        'translations: {}',
        'translations:\n  fr:\n    name: Vieux # note\n    description: "x"\n',
        'translations:\n    # indented by four\n    fr:\n        name: Vieux',
        'translations: {fr: {name: Vieux}, de: {name: "Alt", description: y}}',
        'translations:\n  fr: {name: Vieux}\n  de:\n    name: >-\n      Alt\n',
      ),
      noises: fc.uniqueArray(noise, { maxLength: 3 }),
      ending: fc.constantFrom('', '\n', '\n\n# the end\n'),
      start: fc.constantFrom('', '# head\n', '---\n', '\ufeff'),
      reversed: fc.boolean(),
      crlf: fc.boolean(),
    })
    .map((shape) => {
      const keys = [shape.name?.('name'), shape.description?.('description'), shape.icon, shape.translations];
      const lines = [...keys, ...shape.noises].filter((line) => line !== null && line !== undefined);
      const text = shape.start + (shape.reversed ? lines.toReversed() : lines).join('\n') + shape.ending;
      return shape.crlf ? text.replaceAll('\n', '\r\n') : text;
    })
    .filter((text) => readCollection(utf8.encode(text), { shown: 'c', defaultLocale: 'en' }).ok);
  const edit = fc.record(
    {
      name: words,
      description: awkward.filter((text) => !/\p{Surrogate}/u.test(text)),
      icon: fc.constantFrom('book', 'star', 'x: y'),
      translations: fc.dictionary(fc.constantFrom('fr', 'de', 'pt-BR'), fc.option(texts, { nil: null }), {
        maxKeys: 3,
      }),
    },
    { requiredKeys: [] },
  );

  test('reads after an edit as what was asked for, with all comments and line ends', () => {
    fc.assert(
      fc.property(source, edit, (text, wanted) => {
        const before = collectionOf(text);
        const edited = editCollection(text, wanted);
        const after = collectionOf(edited);
        expect(after.name).toBe(wanted.name ?? before.name);
        expect(after.description ?? '').toBe(wanted.description ?? before.description ?? '');
        expect(after.icon).toBe(wanted.icon ?? before.icon);
        const expected = new Map<string, unknown>(before.translations);
        for (const [locale, texts] of Object.entries(wanted.translations ?? {})) {
          if (texts === null) expected.delete(locale);
          else expected.set(locale, texts);
        }
        expect(new Map<string, unknown>(after.translations)).toEqual(expected);
        for (const comment of ['# head', '# a comment', '# the end', '# none yet', '# five']) {
          expect(edited.includes(comment)).toBe(text.includes(comment));
        }
        if (text.includes('\r\n')) expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
        if (text !== '') expect(edited.endsWith('\n')).toBe(text.endsWith('\n'));
        expect(editCollection(edited, wanted)).toBe(edited);
      }),
      { numRuns: tries(38, 150) },
    );
  });

  test('reads as what was printed', () => {
    const content = fc.record({
      name: words,
      description: awkward.filter((text) => !/\p{Surrogate}/u.test(text)),
      icon: fc.option(words, { nil: null }),
      translations,
    });
    fc.assert(
      fc.property(content, (wanted) => {
        const read = collectionOf(printCollection(wanted));
        expect({ name: read.name, description: read.description ?? '', icon: read.icon }).toEqual({
          name: wanted.name,
          description: wanted.description,
          icon: wanted.icon,
        });
        expect(Object.fromEntries(read.translations)).toEqual(wanted.translations);
      }),
      { numRuns: tries(25, 100) },
    );
  });

  test('looks as a person would write it', () => {
    const translations = {
      fr: { name: 'Guide', description: 'Tout' },
      de: { name: 'Hilfe', description: '' },
    };
    expect(
      printCollection({ name: 'Guide: all', description: 'All of it', icon: 'book', translations }),
    ).toBe(
      'name: "Guide: all"\ndescription: All of it\nicon: book\ntranslations:\n  de:\n    name: Hilfe\n  fr:\n    name: Guide\n    description: Tout\n',
    );
  });
});

describe('the quick reading of YAML', () => {
  test('never differs from the full one', () => {
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('title', 'state', 'x_1', 'null'), fc.constantFrom(': ', ':', ':  '), awkward)
        .map((parts) => parts.join('')),
      noise,
      spelling.map((spell) => spell('author')),
    );
    const seen = (reading: YamlReading): unknown =>
      reading.ok
        ? [
            meaningOf(reading.yaml),
            pairsOf(reading.yaml.map).map(({ offset, value }) => [offset, value?.range?.slice(0, 2)]),
          ]
        : 'broken';
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
        const text = lines.map((one) => one + eol).join('');
        expect(seen(readYamlQuickly(text))).toEqual(seen(readYaml(text)));
      }),
      { numRuns: tries(38, 150) },
    );
  });
});
