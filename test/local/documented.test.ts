import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('every problem that the content folder can have is explained in docs/problems.md', async () => {
  const folder = new URL('../../src/local/', import.meta.url);
  const sources = await Promise.all(
    (await readdir(folder, { recursive: true }))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFile(new URL(name, folder), 'utf8')),
  );
  const codes = sources
    .join('\n')
    .matchAll(/\b\w*(?:Problem|tell|Error)\(\s*'([A-Z][A-Z0-9_]+)'|code: '([A-Z_]+)'/g);
  const page = await readFile(new URL('../../docs/problems.md', import.meta.url), 'utf8');
  const said = [...codes].map(([, called, given]) => called ?? given ?? '');
  expect(said.length).toBeGreaterThan(25);
  expect(said.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
