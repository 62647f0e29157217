/* The JSON Schemas of the package, by which editors complete and check, say what the readers of the files say. */
import { Ajv, type ValidateFunction } from 'ajv';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/read-config.ts';
import { collectionNames } from '../../src/fields/collection-fields.ts';
import { valueNames } from '../../src/fields/article-fields.ts';
import { readArticle } from '../../src/local/article-text.ts';
import { readCollection } from '../../src/local/collection-text.ts';
import { collectionSchema, frontMatterSchema } from '../../src/local/key-schema.ts';
import { localPath } from '../../src/model/identity.ts';
import { runCommand } from '../helpers/command.ts';

const root = resolve(import.meta.dirname, '../..');
const compiled = new Map<string, ValidateFunction>();
const schema = (name: string): ValidateFunction => {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, 'schemas', `${name}.json`), 'utf8');
  const made = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text));
  compiled.set(name, made);
  return made;
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('they are made from the sources as they are now', () => {
  execFileSync(process.execPath, ['scripts/schemas.mjs', '--check'], { cwd: root });
});

/** Texts that are right, and texts that are wrong. */
const configs: readonly (readonly [isRight: boolean, text: string])[] = [
  [true, 'remote: {provider: simulator}'],
  [true, 'content: docs\ndefaultLocale: pt-BR\nremote: {provider: intercom, region: eu, version: "2.11"}'],
  [true, 'remote: {provider: intercom, version: 2.11, helpCenter: 123, author: 7}'],
  [true, 'remote: {provider: intercom, helpCenter: "123", author: ada@example.com}'],
  [true, 'remote: {provider: simulator}\nmaxDeletes: 5\nconflicts: local\ndeletions: keep\nspacing: never'],
  [
    true,
    'remote: {provider: simulator}\nmaxDeletes: 100%\ngitIgnored: sync\nsiteRoot: /docs/\nlock: a.lock.json',
  ],
  [
    true,
    'remote: {provider: simulator}\nassets: {baseUrl: "https://a.example/{path}?v={hash}", download: false}',
  ],
  [true, 'remote: {provider: simulator}\ntargets: {staging: {tokenVariable: STAGING_TOKEN, maxDeletes: 3%}}'],
  [
    true,
    'remote: {provider: simulator}\ntargets: {staging: {remote: {provider: intercom}, lock: a.lock.json}}',
  ],
  [false, 'content: docs'],
  [false, 'remote: {}'],
  [false, 'remote: {provider: zendesk}'],
  [false, 'remote: {provider: simulator, region: europe}'],
  [false, 'remote: {provider: simulator, version: "2.9"}'],
  [false, 'remote: {provider: simulator, helpCenter: abc}'],
  [false, 'remote: {provider: simulator, helpCenter: 0}'],
  [false, 'remote: {provider: simulator, author: ""}'],
  [false, 'remote: {provider: simulator, token: abc}'],
  [false, 'remote: {provider: simulator}\ndefaultLocal: en'],
  [false, 'remote: {provider: simulator}\ndefaultLocale: xx'],
  [false, 'remote: {provider: simulator}\ncontent: ""'],
  [false, 'remote: {provider: simulator}\nconflicts: mine'],
  [false, 'remote: {provider: simulator}\nmaxDeletes: 101%'],
  [false, 'remote: {provider: simulator}\nmaxDeletes: -1'],
  [false, 'remote: {provider: simulator}\nmaxDeletes: 1.5'],
  [false, 'remote: {provider: simulator}\nassets: {baseUrl: "https://a.example/"}'],
  [false, 'remote: {provider: simulator}\nassets: {baseUrl: "ftp://a.example/{path}"}'],
  [false, 'remote: {provider: simulator}\nassets: {download: 1}'],
  [false, 'remote: {provider: simulator}\nsiteRoot: docs'],
  [false, 'remote: {provider: simulator}\nsiteRoot: //docs'],
  [false, 'remote: {provider: simulator}\ntargets: {Staging: {}}'],
  [false, 'remote: {provider: simulator}\ntargets: {staging: {tokenVariable: GITHUB_TOKEN}}'],
  [false, 'remote: {provider: simulator}\ntargets: {staging: {tokenVariable: github_token}}'],
  [false, 'remote: {provider: simulator}\ntargets: {staging: {tokenVariable: A-B}}'],
  [false, 'remote: {provider: simulator}\ntargets: {staging: {content: docs}}'],
];

test.each(configs)('sync.config.yaml: %s for %s', (isRight, text) => {
  const isRead = (): boolean => {
    try {
      readConfig(text, '/p/sync.config.yaml', 'sync.config.yaml', null);
      return true;
    } catch {
      return false;
    }
  };
  expect([isRead(), schema('sync.config')(parse(text))]).toEqual([isRight, isRight]);
});

test.each([
  [true, 'title: Refunds\ndescription: Money\nstate: published\nauthor: ada@example.com\nid: 12'],
  [true, 'title: 2026\ndescription: 7\nauthor: 12\nstate: draft'],
  [true, 'title: yes\ndescription:\nauthor: null'],
  [true, 'title: Refunds\nowner: billing\ntags: [a, b]\nid: my-slug'],
  [true, `title: ${'a'.repeat(255)}`],
  [false, 'title:'],
  [false, 'title: "  "'],
  [false, `title: ${'a'.repeat(256)}`],
  [false, 'title: [a]'],
  [false, 'title: A\ndescription: {a: b}'],
  [false, 'title: A\nauthor: [a]'],
  [false, 'title: A\nstate: publishd'],
  [false, 'title: A\nstate:'],
])('front matter: %s for %s', (isRight, text) => {
  const place = { file: localPath('a.md'), shown: 'a.md' };
  const reading = readArticle(bytes(`---\n${text}\n---\n\nText.\n`), place);
  expect([reading.ok, schema('front-matter')(parse(text))]).toEqual([isRight, isRight]);
});

test.each([
  [true, 'name: Billing\ndescription: Money\nicon: bank\nid: 7'],
  [true, 'name: 2026\ndescription:\nowner: me'],
  [true, 'description: Only this'],
  [true, 'name: Billing\ntranslations:\n  fr:\n    name: Facturation\n    description: Argent'],
  [true, 'name: Billing\ntranslations:'],
  [false, 'name:'],
  [false, 'name: " "'],
  [false, 'name: [a]'],
  [false, 'icon: {a: b}'],
  [false, 'translations: fr'],
  [false, 'translations: {xx: {name: A}}'],
  [false, 'translations: {fr: Facturation}'],
  [false, 'translations: {fr: {description: A}}'],
  [false, 'translations: {fr: {name: ""}}'],
])('collection.yaml: %s for %s', (isRight, text) => {
  const reading = readCollection(bytes(`${text}\n`), { shown: 'collection.yaml', defaultLocale: 'en' });
  expect([reading.ok, schema('collection')(parse(text))]).toEqual([isRight, isRight]);
});

test('each key that is read has a place in them, with words that explain it', () => {
  expect(Object.keys(frontMatterSchema.shape).sort()).toEqual(
    [...valueNames, 'id', 'reviewed', 'owner', 'covers'].sort(),
  );
  expect(Object.keys(collectionSchema.shape).sort()).toEqual(
    [...collectionNames, 'translations', 'id', 'order'].sort(),
  );
  const keysOf = (one: unknown, path = ''): readonly string[] => {
    if (typeof one !== 'object' || one === null) return [];
    const {
      properties = {},
      additionalProperties,
      anyOf = [],
    } = one as {
      properties?: Record<string, { description?: string }>;
      additionalProperties?: unknown;
      anyOf?: unknown[];
    };
    return [
      ...Object.entries(properties).flatMap(([key, inner]) => [
        ...(inner.description === undefined && !('properties' in inner) ? [`${path}${key}`] : []),
        ...keysOf(inner, `${path}${key}.`),
      ]),
      ...keysOf(additionalProperties, `${path}*.`),
      ...anyOf.flatMap((each) => keysOf(each, path)),
    ];
  };
  for (const name of ['sync.config', 'collection', 'front-matter'])
    expect(keysOf(schema(name).schema)).toEqual([]);
});

test('docs/config.md says of each key what editors say', () => {
  type Keys = Readonly<Record<string, { readonly description?: string; readonly properties?: Keys }>>;
  const said = (keys: Keys, path = ''): readonly string[] =>
    Object.entries(keys).flatMap(([key, { description, properties }]) =>
      properties === undefined ? [`${path}${key}: ${description}`] : said(properties, `${path}${key}.`),
    );
  const { properties } = schema('sync.config').schema as { properties: Keys };
  const rows =
    readFileSync(join(root, 'docs/config.md'), 'utf8').split('## Keys')[1]?.split('\n## ')[0] ?? '';
  const written = [...rows.matchAll(/^\| `([\w.<>]+)` .*\| (.+?) +\|$/gm)].map(
    ([, key = '', meaning = '']) => `${key.replace('.<name>', '')}: ${meaning}`,
  );
  expect(written.toSorted()).toEqual(said(properties).toSorted());
});

test('the files that init writes name them: those of the package where it is installed, else those of the release', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-schemas-'));
  try {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const first = async (name: string): Promise<string | undefined> =>
      (await readFile(join(folder, name), 'utf8')).split('\n')[0];
    const init = ['init', '--provider', 'simulator', '--yes'];
    expect((await runCommand(init, { folder })).code).toBe(0);
    expect([await first('sync.config.yaml'), await first('content/getting-started/collection.yaml')]).toEqual(
      ['sync.config', 'collection'].map(
        (name) =>
          `# yaml-language-server: $schema=https://raw.githubusercontent.com/shelfmark/shelfmark/v${manifest.version}/schemas/${name}.json`,
      ),
    );

    for (const name of ['sync.config.yaml', 'content']) await rm(join(folder, name), { recursive: true });
    const installed = join(folder, 'node_modules/shelfmark/schemas');
    await mkdir(installed, { recursive: true });
    for (const name of ['sync.config.json', 'collection.json']) await writeFile(join(installed, name), '{}');
    expect((await runCommand(init, { folder })).code).toBe(0);
    expect([await first('sync.config.yaml'), await first('content/getting-started/collection.yaml')]).toEqual(
      [
        '# yaml-language-server: $schema=node_modules/shelfmark/schemas/sync.config.json',
        '# yaml-language-server: $schema=../../node_modules/shelfmark/schemas/collection.json',
      ],
    );
    expect((await runCommand(['sync', '--yes'], { folder })).code).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
