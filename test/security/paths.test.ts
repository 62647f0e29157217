import * as fc from 'fast-check';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldName, nameFault } from '../../src/local/names.ts';
import { openWorkplace, trace, withIntercom } from './commanding.ts';
import { articleRow, collectionRow, json, startHostile } from './hostile-intercom.ts';

/** Titles that somebody writes who wants a file where none belongs. */
const titles: readonly string[] = [
  '../../evil', '../../.git/hooks/post-checkout', '..', '.', '...', '/', '/etc/passwd', '//server/share', '\\\\server\\share',
  '..\\..\\evil', 'C:evil', 'C:\\evil', 'file:///etc/passwd', '~/.ssh/authorized_keys', '$HOME', '`id`', '$(id)', '%2e%2e%2f', '..%2f',
  '\u0000', 'a\u0000b', '\u001b[31m', '\r\n', '\u202egnp.exe', '\u2066x\u2069', '\ufeff', '\u200b', '\u{e0041}', '\ud800', '\udc00x',
  'CON', 'con.md', 'NUL', 'nul', 'AUX', 'PRN', 'COM1', 'COM\u00b9', 'LPT9', 'CONIN$', 'x.', 'x ', ' x', 'x...', 'a:b', 'a|b', 'a?b', 'a*b',
  '.git', '.GIT', '.g\u200cit', 'git~1', '.gitignore', '.github/workflows/x.yml', '.env', '.shelfmark', 'node_modules', 'collection.yaml',
  'collection', 'sync.lock.json', 'README', 'index', 'images', 'fr', 'x.fr', 'x.md', '-', '--help', '-rf', 'ＣＯＮ', 'ﬁ', 'fi', 'FI', 'ß', 'SS', 'ss',
  'é', 'e\u0301', 'K', '\u212a', 'İ', 'ı', 'I', 'i', '日本語', '🎉', 'مرحبا', 'x'.repeat(10_000), '日'.repeat(500), ' ', '', '\t', '__proto__',
  'constructor', 'toString', '---', '# x', '<script>', '"', "'", '[[x]]', '{{x}}', 'Faq', 'FAQ', 'faq',
]; // prettier-ignore

const random = fc.sample(
  fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme' })),
  {
    numRuns: 60,
    seed: 20,
  },
);

test('whatever a title is, its file is a plain one of its own below the content folder, on every system', async () => {
  const all = [...titles, ...random];
  const articles = all.map((title, index) =>
    articleRow(1000 + index, { title, parent_id: index % 3 === 0 ? 1 + (index % 40) : null }),
  );
  const collections = all
    .slice(0, 120)
    .map((name, index) =>
      collectionRow(1 + index, { name, parent_id: index >= 40 ? 1 + (index % 40) : null }),
    );
  const { env } = await startHostile({ articles, collections });
  const place = await openWorkplace({ 'sync.config.yaml': withIntercom });
  await place.write({ 'content/.keep': '' });

  const pulled = await place.run(['pull'], env);
  expect(pulled.all).not.toMatch(trace);
  expect(await readdir(join(place.folder, '..'))).toEqual(['project']);
  expect((await place.names()).filter((name) => !/^(?:content|\.shelfmark)(?:\/|$)/.test(name))).toEqual([
    'sync.config.yaml',
    'sync.lock.json',
  ]);

  const names = (await place.names('content')).filter((name) => name !== '.keep');
  // A title that no file can have is told, and left where it is.
  const usable = all.filter((title) => title.trim() !== '' && title.length <= 255).length;
  expect(names.filter((name) => name.endsWith('.md')).length).toBe(usable);
  const folded = new Set<string>();
  for (const name of names) {
    for (const part of name.split('/')) expect([part, nameFault(part)]).toEqual([part, null]);
    expect(Buffer.byteLength(name)).toBeLessThan(400);
    const found = await lstat(join(place.folder, 'content', name));
    expect(found.isDirectory() || (found.isFile() && /\.md$|\/collection\.yaml$/.test(name))).toBe(true);
    if (found.isFile()) expect([name, found.mode & 0o111]).toEqual([name, 0]);
    // Two names that are one file on a disk without an eye for case would lose one of the two.
    expect([name, folded.has(foldName(name))]).toEqual([name, false]);
    folded.add(foldName(name));
  }
  expect(pulled.code).toBe(0);

  // What was made up from such titles is read again as what it was.
  const again = await place.run(['plan', '--json'], env);
  const plan = JSON.parse(again.out) as { operations: unknown[]; problems: { severity: string }[] };
  expect([plan.operations, plan.problems.filter(({ severity }) => severity === 'error')]).toEqual([[], []]);
});

test('a title that is changed to lead elsewhere moves no file there', async () => {
  const rows = [articleRow(7, { title: 'Honest', parent_id: 5 })];
  const shelves = [collectionRow(5, { name: 'Shelf' })];
  const { env } = await startHostile({
    articles: rows,
    collections: shelves,
    answer(asked, response) {
      if (asked.method === 'GET') return false;
      json(response, {}, 500);
      return true;
    },
  });
  const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/.keep': '' });
  expect((await place.run(['pull'], env)).code).toBe(0);
  expect(await place.names('content')).toEqual([
    '.keep',
    'shelf',
    'shelf/collection.yaml',
    'shelf/honest.md',
  ]);
  rows[0] = articleRow(7, { title: '../../../etc/cron.d/evil', parent_id: 5, updated_at: 1_800_000_000 });
  shelves[0] = collectionRow(5, { name: '../../.git/hooks', updated_at: 1_800_000_000 });
  expect((await place.run(['pull'], env)).code).toBe(0);
  expect(await place.names('content')).toEqual([
    '.keep',
    'shelf',
    'shelf/collection.yaml',
    'shelf/honest.md',
  ]);
  expect(await readdir(join(place.folder, '..'))).toEqual(['project']);
});
