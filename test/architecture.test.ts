import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/** Who may import whom. A room may always import from itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  decode: [],
  fields: ['decode'],
  ports: [],
  markup: [],
  model: ['fields', 'decode', 'markup'],
  plan: ['model', 'fields', 'markup'],
  report: ['model', 'fields'],
  base: ['model', 'fields', 'decode', 'markup', 'ports'],
  local: ['model', 'fields', 'decode', 'ports'],
  'remotes/intercom': ['model', 'fields', 'decode', 'ports', 'markup'],
  'remotes/intercom/simulator': ['model', 'decode', 'ports'],
  config: ['model', 'decode', 'ports'],
  preview: ['plan', 'model', 'markup', 'remotes/intercom/simulator'],
  engine: ['plan', 'base', 'model', 'markup', 'ports'],
  app: [
    'engine',
    'plan',
    'base',
    'model',
    'markup',
    'fields',
    'decode',
    'ports',
    'config',
    'local',
    'remotes/intercom',
    'remotes/intercom/simulator',
    'report',
    'preview',
  ],
  action: ['app', 'report', 'model', 'decode', 'ports', 'config', 'base'],
  cli: ['app', 'report', 'model', 'decode', 'ports', 'config', 'remotes/intercom/simulator'],
};

/** These decide; they reach no disk, network, clock, chance or environment. */
const pureRooms: readonly string[] = ['decode', 'fields', 'markup', 'model', 'plan', 'report'];

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

function roomOf(name: string): string {
  const rooms = Object.keys(mayImport).filter((room) => name.startsWith(`${room}/`));
  return rooms.toSorted((left, right) => right.length - left.length)[0] ?? '';
}

function importsOf(file: { readonly name: string; readonly text: string }): readonly string[] {
  return [...file.text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/g)].map((match) =>
    relative(source, resolve(source, dirname(file.name), match[1] ?? ''))
      .split('\\')
      .join('/'),
  );
}

describe('the rooms of the source', () => {
  test('every file stands in a room', () => {
    expect(files.filter((file) => roomOf(file.name) === '').map((file) => file.name)).toEqual([]);
  });

  test.each(Object.keys(mayImport))('%s imports only from rooms that it may know', (room) => {
    const allowed = [room, ...(mayImport[room] ?? [])];
    const strangers = files
      .filter((file) => roomOf(file.name) === room)
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => !allowed.includes(roomOf(name)))
          .map((name) => `${file.name} → ${name}`),
      );
    expect(strangers).toEqual([]);
  });

  test.each(pureRooms)('%s decides without disk, network, clock or chance', (room) => {
    const reaching = files
      .filter((file) => roomOf(file.name) === room)
      .flatMap((file) =>
        reaches
          .filter((pattern) => pattern.test(file.text))
          .map((pattern) => `${file.name}: ${String(pattern)}`),
      );
    expect(reaching).toEqual([]);
  });

  test('the client and its simulator meet over HTTP only', () => {
    const simulator = files.filter((file) => file.name.startsWith('remotes/intercom/simulator/'));
    const client = files.filter((file) => roomOf(file.name) === 'remotes/intercom');
    expect(client.flatMap((file) => importsOf(file).filter((name) => name.includes('/simulator/')))).toEqual(
      [],
    );
    expect(
      simulator.flatMap((file) => importsOf(file).filter((name) => roomOf(name) === 'remotes/intercom')),
    ).toEqual([]);
  });
});
