import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
const sections = text.split(`\n${'-'.repeat(80)}\n`);
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const bundle = readFileSync(join(root, 'dist/action.mjs'), 'utf8');

test.each([
  'got',
  'gray-matter',
  'parse5',
  'yaml',
  'zod',
  'p-queue',
  'diff',
  'entities',
  'commander',
  'chokidar',
  'hpagent',
])('the licence of %s goes along with the bundles that hold it', (name) => {
  expect(Object.keys(devDependencies)).toContain(name);
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const section = sections.find(
    (one) => one.includes(`\n${name} ${version} (`) || one.startsWith(`${name} ${version} (`),
  );
  expect(section).toMatch(/copyright|permission to use|licensed under/i);
  const own = ['LICENSE', 'license', 'LICENSE.md']
    .map((file) => join(root, 'node_modules', name, file))
    .find(existsSync);
  const first = own === undefined ? '' : (readFileSync(own, 'utf8').trim().split('\n')[0] ?? '').trim();
  expect(section).toContain(first);
});

test('what others need beneath is named, too, once each, and no folder of the machine that built it', () => {
  const named = sections.map((one) => /(?:^|\n)(\S+ \d\S*) \(/.exec(one)?.[1]);
  expect(named).not.toContain(undefined);
  expect(new Set(named).size).toBe(named.length);
  expect(named.length).toBeGreaterThan(30);
  expect(text).not.toContain(root);
  expect(text).not.toContain('node_modules');
  expect(bundle.length).toBeGreaterThan(text.length / 10);
});
