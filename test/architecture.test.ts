import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/**
 * Who may import whom. A room may always import from itself; `markup/*` stands for a room and all rooms within it.
 * Rooms within a hall are listed from the ground up: each knows only rooms above it in this table.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  decode: [],
  ports: [],
  look: [],
  browser: ['look'],

  'markup/meaning': [],
  'markup/markdown': [],
  'markup/html': ['markup/meaning'],
  'markup/find': ['markup/meaning', 'markup/markdown', 'markup/html'],
  'markup/read': ['markup/meaning', 'markup/markdown', 'markup/html', 'markup/find'],
  'markup/print': ['markup/meaning', 'markup/markdown', 'markup/html', 'markup/read'],
  'markup/merge': ['markup/meaning', 'markup/read', 'markup/print'],
  'markup/splice': [
    'markup/meaning',
    'markup/markdown',
    'markup/html',
    'markup/read',
    'markup/print',
    'markup/merge',
  ],
  'markup/spell': [
    'markup/meaning',
    'markup/html',
    'markup/read',
    'markup/print',
    'markup/merge',
    'markup/splice',
  ],

  model: ['decode', 'markup/*'],
  fields: ['model', 'markup/meaning', 'markup/merge'],

  'plan/terms': ['model', 'fields', 'markup/*'],
  'plan/pair': ['plan/terms', 'model', 'fields'],
  'plan/place': ['plan/terms', 'model'],
  'plan/links': ['plan/terms', 'plan/pair', 'plan/place', 'model', 'fields', 'markup/*'],
  'plan/compare': ['plan/terms', 'plan/links', 'model', 'fields', 'markup/*'],
  'plan/decide': [
    'plan/terms',
    'plan/pair',
    'plan/place',
    'plan/links',
    'plan/compare',
    'model',
    'fields',
    'markup/*',
  ],
  plan: ['plan/*', 'model', 'fields', 'markup/*'],
  translations: ['plan/*', 'model', 'fields', 'markup/*'],
  'translations/exchange': ['translations', 'plan/*', 'model', 'fields', 'markup/*'],
  audit: ['plan/*', 'model', 'fields', 'markup/*'],

  'report/sight': [],
  report: ['report/sight', 'model', 'fields'],
  'report/formats': ['report', 'model'],
  'report/state': [
    'report',
    'report/sight',
    'report/formats',
    'translations',
    'audit',
    'plan/terms',
    'model',
  ],
  base: ['model', 'fields', 'decode', 'markup/*', 'ports'],

  'local/yaml': ['model'],
  local: ['local/yaml', 'model', 'fields', 'markup/*', 'decode', 'ports'],

  'intercom/wire': ['model', 'fields', 'decode'],
  'intercom/http': ['intercom/wire', 'model', 'decode', 'ports'],
  intercom: ['intercom/wire', 'intercom/http', 'model', 'fields', 'decode', 'ports'],
  'intercom/probe': ['intercom', 'intercom/wire', 'intercom/http', 'model', 'ports'],

  'simulator/state': ['model', 'look', 'ports'],
  'simulator/rewrite': ['simulator/state', 'look'],
  'simulator/api': ['simulator/state', 'simulator/rewrite', 'model', 'decode', 'ports'],
  'simulator/faults': ['simulator/state', 'simulator/api', 'model'],
  'simulator/operator': ['simulator/state', 'simulator/api', 'simulator/faults', 'model'],
  'simulator/pages': ['simulator/state', 'look'],
  simulator: ['simulator/*', 'model', 'look', 'ports'],

  config: ['model', 'decode', 'ports'],
  preview: ['plan/links', 'simulator/state', 'simulator/rewrite', 'model', 'markup/*', 'report', 'look'],

  'engine/remote': ['plan/*', 'model', 'fields', 'markup/*', 'ports'],
  'engine/watch': ['plan/*', 'model', 'ports'],
  engine: ['engine/remote', 'plan/*', 'base', 'model', 'fields', 'markup/*', 'ports'],

  'app/adapters': ['engine/*', 'local/*', 'intercom/http', 'config', 'model', 'markup/*', 'ports'],
  'app/project': [
    'app/adapters',
    'engine',
    'plan/terms',
    'base',
    'local/*',
    'intercom/*',
    'simulator',
    'config',
    'report',
    'look',
    'model',
    'ports',
  ],
  'app/watch': [
    'app/project',
    'app/adapters',
    'engine/*',
    'base',
    'local/*',
    'intercom/http',
    'config',
    'model',
    'ports',
  ],
  'app/doctor': ['app/project', 'app/adapters', 'base', 'local/*', 'intercom/*', 'config', 'model', 'ports'],
  'app/preview': [
    'app/project',
    'plan/terms',
    'app/adapters',
    'plan',
    'base',
    'local/*',
    'preview',
    'look',
    'config',
    'model',
    'ports',
  ],
  'app/state': [
    'app/project',
    'app/adapters',
    'intercom/http',
    'engine',
    'translations/*',
    'audit',
    'report/formats',
    'plan/*',
    'base',
    'local/*',
    'config',
    'fields',
    'model',
    'ports',
  ],
  app: [
    'app/*',
    'engine/*',
    'translations',
    'plan/*',
    'base',
    'local/*',
    'intercom/*',
    'preview',
    'look',
    'config',
    'report/*',
    'model',
    'ports',
  ],

  'cli/terminal': ['report', 'report/formats', 'report/sight', 'model', 'ports'],
  'cli/commands': ['cli/terminal', 'app/*', 'simulator', 'report/*', 'config', 'model', 'decode', 'ports'],
  'cli/state': ['cli/commands', 'cli/terminal', 'app/*', 'report/*', 'audit', 'config', 'model', 'ports'],
  cli: ['cli/*', 'app/*', 'report/*', 'model', 'ports'],
  library: [
    'app/*',
    'engine',
    'intercom/http',
    'simulator',
    'simulator/operator',
    'plan',
    'config',
    'markup/*',
    'report',
    'report/state',
    'model',
    'ports',
  ],

  'action/git': ['model', 'ports'],
  'action/event': ['action/git', 'app/*', 'report/*', 'config', 'model', 'decode', 'ports'],
  'action/publish': ['action/event', 'action/git', 'base', 'config', 'report', 'model', 'ports'],
  'action/pages': [
    'action/event',
    'action/publish',
    'app/*',
    'report/*',
    'translations',
    'config',
    'model',
    'ports',
  ],
  action: ['action/*', 'app/*', 'report/*', 'translations', 'config', 'model', 'ports'],
};

/** These decide; they reach no disk, network, clock, chance or environment. */
const pureHalls: readonly string[] = [
  'decode',
  'fields',
  'markup',
  'model',
  'plan',
  'translations',
  'audit',
  'report',
  'look',
];

const rooms = Object.keys(mayImport);

const reaches = [
  /from 'node:(?!crypto'|path'|zlib')/,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bprocess\.(?!argv0)/,
  /\bfetch\(/,
  /\bsetTimeout\b/,
];

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.split('\\').join('/'), text: readFileSync(join(source, name), 'utf8') }));

/** The room that a file stands in: its folder. */
const roomOf = (name: string): string => dirname(name);

function allows(room: string, other: string): boolean {
  if (room === other) return true;
  return (mayImport[room] ?? []).some((one) =>
    one.endsWith('/*') ? `${other}/`.startsWith(one.slice(0, -1)) : one === other,
  );
}

function importsOf(file: { readonly name: string; readonly text: string }): readonly string[] {
  return [...file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map((match) =>
    relative(source, resolve(source, dirname(file.name), match[1] ?? ''))
      .split('\\')
      .join('/'),
  );
}

describe('the rooms of the source', () => {
  test('every file stands in a room of the table, and every room of the table holds files', () => {
    expect([...new Set(files.map((file) => roomOf(file.name)))].toSorted()).toEqual(rooms.toSorted());
  });

  test('no room is a hall: twenty files at most', () => {
    const counts = rooms.map((room) => files.filter((file) => roomOf(file.name) === room).length);
    expect(rooms.filter((_, at) => (counts[at] ?? 0) > 20)).toEqual([]);
  });

  test.each(rooms)('%s imports only from rooms that it may know', (room) => {
    const strangers = files
      .filter((file) => roomOf(file.name) === room)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => !allows(room, roomOf(name)))
          .map((name) => `${file.name} → ${name}`),
      );
    expect(strangers).toEqual([]);
  });

  test('no files import each other, types included', () => {
    const imports = new Map(files.map((file) => [file.name, importsOf(file)]));
    expect(circleIn(imports)).toEqual([]);
    expect(circleIn(new Map(Object.entries({ a: ['b'], b: ['c'], c: ['a'] })))).toEqual(['a', 'b', 'c', 'a']);
  });

  test.each(pureHalls)('%s decides without disk, network, clock or chance', (hall) => {
    const reaching = files
      .filter((file) => file.name.startsWith(`${hall}/`))
      .flatMap((file) =>
        reaches
          .filter((pattern) => pattern.test(file.text))
          .map((pattern) => `${file.name}: ${String(pattern)}`),
      );
    expect(reaching).toEqual([]);
  });

  test('of zod only what is used is bundled: as one object it brings everything, in fifty languages', () => {
    const whole = files.filter((file) => /import (?:\{[^}]*\bz\b[^}]*\}|\w+) from 'zod'/.test(file.text));
    expect(whole.map((file) => file.name)).toEqual([]);
  });

  test('the client and its simulator meet over HTTP only', () => {
    const across = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => [file.name, name].every((one) => /^(?:intercom|simulator)\//.test(one)))
        .filter((name) => file.name.split('/')[0] !== name.split('/')[0])
        .map((name) => `${file.name} → ${name}`),
    );
    expect(across).toEqual([]);
  });
});

/** The first circle of imports that is found, as a way back to where it began; empty where there is none. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (done.has(name)) return [];
    for (const next of imports.get(name) ?? []) {
      const circle = visit(next, [...way, name]);
      if (circle.length > 0) return circle;
    }
    done.add(name);
    return [];
  };
  for (const name of imports.keys()) {
    const circle = visit(name, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
