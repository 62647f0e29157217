import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('every file of the source that a page for builders names is there', () => {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  const named = [...pages, 'src/plan/README.md', 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/`((?:[a-z-]+\/)+[a-z0-9-]+\.ts)`/g)].map(
      (match) => ({
        page,
        file: match[1] ?? '',
      }),
    ),
  );
  const missing = named.filter(
    ({ file }) => !['', 'src', 'test', 'src/plan'].some((folder) => existsSync(join(root, folder, file))),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
