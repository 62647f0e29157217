import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-asking-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('init asks at a terminal for what the flags do not say, and again where an answer does not fit', async () => {
  const { code, out } = await runCommand(['init', '--provider', 'intercom'], {
    folder,
    typed: ['eurpe', 'eu', '', 'english', 'fr', 'n'],
  });
  expect(code).toBe(0);
  expect(out).toContain('"eurpe" is not a region');
  const config = await readFile(join(folder, 'sync.config.yaml'), 'utf8');
  expect(config).toContain('region: eu\n');
  expect(config).toContain('defaultLocale: fr\n');
});

test.each([
  ['n', 'Nothing was written'],
  ['yes', '1 deleted'],
])('a run that deletes asks at a terminal first, and %s is an answer', async (answer, said) => {
  await mkdir(join(folder, 'content'));
  await writeFile(
    join(folder, 'sync.config.yaml'),
    'remote:\n  provider: simulator\ndeletions: delete\nmaxDeletes: 1\n',
  );
  const names = ['refunds', 'install'].map((name) => join(folder, 'content', `${name}.md`));
  for (const name of names) await writeFile(name, '# Refunds\n\nText.\n');
  await runCommand(['push', '--yes'], { folder });
  await rm(names[0] ?? '');
  const { out } = await runCommand(['push', '--no-color'], { folder, typed: [answer] });
  expect(out).toContain('This plan deletes or unpublishes entries. Carry it out? [y/N]');
  expect(out).toContain(said);
  expect(out.includes('Done:')).toBe(answer === 'yes');
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s at a question stops the command, and nothing was written', async (_, key) => {
  const { code, err } = await runCommand(['init'], { folder, typed: [key] });
  expect(code).toBe(130);
  expect(err).toContain('Stopped.');
  await expect(readFile(join(folder, 'sync.config.yaml'))).rejects.toThrow('ENOENT');
});
