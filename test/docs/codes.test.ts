import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('every code that a user can meet is explained in docs/problems.md', () => {
  const documented = readFileSync(join(root, 'docs/problems.md'), 'utf8');
  const codes = new Set<string>();
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(join(root, 'src', name), 'utf8');
    for (const [, code = ''] of text.matchAll(
      /(?:\bcode: |ShelfmarkError\(\s*|UnknownOutcome\(\s*|problem\(\s*'(?:error|warning)',\s*)'([A-Z]+(?:_[A-Z0-9]+)+)'/g,
    )) {
      codes.add(code);
    }
  }
  expect(codes.size).toBeGreaterThan(60);
  expect([...codes].filter((code) => !documented.includes(`\`${code}\``))).toEqual([]);
});

test('every key of the config file is explained in docs/config.md', () => {
  const documented = readFileSync(join(root, 'docs/config.md'), 'utf8');
  const schema = readFileSync(join(root, 'src/config/schema.ts'), 'utf8');
  const keys = [...schema.matchAll(/^ {4}(\w+): /gm)]
    .map((match) => match[1] ?? '')
    .filter((key) => !['error', 'code', 'message'].includes(key));
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter((key) => !documented.includes(key))).toEqual([]);
});
