import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { titleOfName } from '../../src/local/names.ts';
import { changeFiles } from '../helpers/change-files.ts';
import { runCommand } from '../helpers/command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'titles-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('with "titles: fileName" a file without a title is named after itself, and what it says itself comes first', async () => {
  await changeFiles(folder, {
    'sync.config.yaml': 'remote:\n  provider: simulator\n',
    'content/02-set_up-sso.md': 'Some words.\n',
    'content/02-set_up-sso.fr.md': 'Des mots.\n',
    'content/own.md': '# Of its own\n\nWords.\n',
    'content/key.md': '---\ntitle: A key\n---\n\nWords.\n',
  });
  const without = await runCommand(['plan'], { folder });
  expect([without.code, without.out]).toEqual([1, expect.stringContaining('The article has no title.')]);
  // What was remembered of the files counts for nothing under another setting.
  await changeFiles(folder, { 'sync.config.yaml': 'titles: fileName\nremote:\n  provider: simulator\n' });
  const { code, out } = await runCommand(['plan'], { folder });
  expect(code).toBe(0);
  for (const title of ['Set up sso', 'Of its own', 'A key']) expect(out).toContain(`“${title}”`);
  expect((await runCommand(['push', '--yes'], { folder })).code).toBe(0);
  expect((await runCommand(['plan'], { folder })).out).toContain('Nothing to do, 3 in step.');
  expect(await readFile(join(folder, 'content/02-set_up-sso.md'), 'utf8')).toBe('Some words.\n');
});

test.each([
  ['set-up', 'Set up'],
  ['01_first-steps', 'First steps'],
  ['3. Numbers', 'Numbers'],
  ['2024-01', '2024 01'],
  ['404', '404'],
  ['éclair', 'Éclair'],
])('%s.md is "%s"', (name, title) => {
  expect(titleOfName(name)).toBe(title);
});
