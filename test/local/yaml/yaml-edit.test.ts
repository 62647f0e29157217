/*
 * Edits of single values, over hundreds of front matters: those of real files, and such as people write. The second test
 * watches over the choice to splice texts instead of editing the syntax tree of `yaml` (docs/decisions/0011-front-matter).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CST, Parser, isMap, isScalar, parse, type Scalar } from 'yaml';
import { isLong } from '../../helpers/long.ts';
import { setValue } from '../../../src/local/yaml/yaml-edit.ts';
import { pairsOf, readYaml, valueOf } from '../../../src/local/yaml/yaml-source.ts';

const root = resolve(import.meta.dirname, '../../..');

function realOnes(): readonly string[] {
  const folders = [join(root, 'content'), join(root, 'node_modules/playwright-core')];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => /^---\n(.*?\n)---\n/s.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? []),
  );
}

const values = fc.constantFrom(
  'Install the app', 'install', '"How to: start"', "'It''s easy'", '"Say \\"hi\\""', 'a  b   # with a note', "'x' # note",
  '"x" # note', 'two\n  lines', '|\n  one\n\n  two', '>-\n  folded\n  text', '|- # note\n    deep\n    text', '2024-01-01', '',
); // prettier-ignore
const others = fc.constantFrom(
  '# a comment', '', 'tags: [a, "b", c]', 'list:\n  - one\n  - two # note', 'menu: {main: {weight: 10}}', 'draft: true',
); // prettier-ignore
const generated = fc
  .tuple(
    values,
    values,
    values,
    values,
    fc.array(others, { maxLength: 3 }),
    fc.constantFrom('  ', '    '),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([title, description, name, flow, noise, indent, eol]) =>
    [
      `title: ${title}`,
      ...new Set(noise),
      `description:   ${description}`,
      'seo:',
      ...`name: ${name}`.split('\n').map((line) => indent + line),
      `inline: {x: ${/^[|>]|\n|#/.test(flow) ? 'y' : flow}, z: w}`,
      'last: end',
      '',
    ]
      .join('\n')
      .replaceAll('\n', eol),
  );
const sources = [...realOnes(), ...fc.sample(generated, { numRuns: 300, seed: 7 })];

/** Values from a harmless one to those that YAML takes for something else, or that hide what they are. */
const news = [
  'Plain words',
  'a: b',
  "It's",
  'Say "hi": now',
  'x # y',
  '42',
  'null',
  'Two\nlines',
  'x\u202ey',
  '日本語',
  '',
];

interface Place {
  readonly keys: readonly string[];
  readonly scalar: Scalar;
}

/** Every value of a text that is not a list or a mapping. */
function placesOf(source: string): readonly Place[] {
  const reading = readYaml(source);
  if (!reading.ok) throw new Error(`${JSON.stringify(source)}: ${reading.fault.message}`);
  const walk = (map: unknown, above: readonly string[]): readonly Place[] =>
    isMap(map)
      ? pairsOf(map).flatMap(({ key, value }) =>
          isScalar(value) ? [{ keys: [...above, key], scalar: value }] : walk(value, [...above, key]),
        )
      : [];
  return walk(reading.yaml.map, []);
}

/** What is wrong with an edit; null for one that sets the value for every reader and keeps every other byte. */
function faultOf(source: string, { keys, scalar }: Place, value: string, edited: string): string | null {
  const [start = 0, end = 0] = scalar.range ?? [];
  if (!edited.startsWith(source.slice(0, start).trimEnd())) return 'something before it';
  if (!edited.endsWith(source.slice(end).trimStart())) return 'something after it';
  const notes = source.slice(start, end).match(/ # note/g) ?? [];
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  if (isBlock && notes.length > 0 && !edited.includes('# note')) return 'its note';
  if (source.includes('\r\n') && /(?<!\r)\n/.test(edited)) return 'line ends';
  if (/\u202e/.test(edited)) return 'a sign that nobody sees';
  const found = placesOf(edited);
  if (found.length !== placesOf(source).length) return 'other values';
  const mine = found.find((one) => one.keys.join('.') === keys.join('.'));
  const read = mine === undefined ? null : valueOf(mine.scalar);
  if ((read ?? '') !== value) return 'its value';
  const elsewhere = keys.reduce<unknown>(
    (map, key) => (map as Record<string, unknown> | null)?.[key],
    parse(edited, { logLevel: 'silent' }),
  );
  return value === '' || typeof elsewhere === 'string' ? null : 'its type for other tools';
}

/** The same edit by the syntax tree of the library. */
function editTree(source: string, { keys, scalar }: Place, value: string): string {
  const [document] = [...new Parser().parse(source)].filter((one) => one.type === 'document');
  let edited: string | null = null;
  const { offset } = { offset: scalar.range?.[0] ?? -1 };
  if (document !== undefined)
    CST.visit(document, ({ value: token }, path) => {
      if (token === undefined || !('offset' in token) || token.offset !== offset || !CST.isScalar(token))
        return;
      const parent = CST.visit.parentCollection(document, path);
      CST.setScalarValue(token, value, { afterKey: true, inFlow: parent.type === 'flow-collection' });
      edited = CST.stringify(document);
    });
  return edited ?? `${keys.join('.')} has no token\n`;
}

/**
 * How many edits end how, by the style of the value before. The gate changes one value of each front matter; the long
 * search changes every value to each new one.
 */
function endings(edit: (source: string, place: Place, value: string) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const tried = sources.flatMap((source, index) => {
    const places = placesOf(source);
    const all = places.flatMap((place) => news.map((value) => ({ source, place, value })));
    return isLong ? all : all.filter((_, at) => at === (index * 7) % all.length);
  });
  for (const { source, place, value } of tried) {
    const ending = faultOf(source, place, value, edit(source, place, value)) ?? 'right';
    const what = `${place.scalar.type ?? ''}: ${ending}`;
    found.set(what, (found.get(what) ?? 0) + 1);
  }
  return found;
}

const styles = ['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'];

test('a value of any front matter is set for every reader, and every other byte stays', () => {
  expect(sources.length).toBeGreaterThan(330);
  const found = endings((source, { keys }, value) => setValue(source, keys, value));
  expect([...found.keys()].toSorted()).toEqual(styles.map((style) => `${style}: right`).toSorted());
});

test('a block gives way to quotes where it would hide a sign', () => {
  expect(setValue('description: |\n  a\nlast: b\n', ['description'], 'x\u202ey\nz')).toBe(
    'description: "x\\u202ey\\nz"\nlast: b\n',
  );
});

test('the syntax tree of the library still loses line ends, hides signs and writes texts as numbers', () => {
  const found = endings(editTree);
  for (const fault of ['line ends', 'a sign that nobody sees', 'its type for other tools', 'its value'])
    expect([...found.keys()]).toContainEqual(expect.stringContaining(fault));
});
