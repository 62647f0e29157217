import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { spellingsOf } from '../../src/model/secret.ts';
import { filesWith, hearCalled, listened } from '../helpers/no-token.ts';
import { openProject } from '../helpers/project.ts';
import { openWorkplace, secret, withIntercom } from './commanding.ts';

const docs = resolve(import.meta.dirname, '../../docs');

test('every command that a test starts with a token is listened to, whichever test it is', async () => {
  const place = await openWorkplace({ 'sync.config.yaml': withIntercom });
  const before = listened().heard;
  await place.run(['status'], { INTERCOM_TOKEN: secret, INTERCOM_URL: 'http://127.0.0.1:9' });
  expect(listened().heard).toBe(before + 1);
  // A word of the help in the place of a token shows that it would be found.
  await place.run(['--help'], { INTERCOM_TOKEN: 'Keeps a folder of Markdown' });
  expect(listened()).toEqual({ heard: before + 2, found: ['"shelfmark --help" printed the token'] });
});

test('nothing is taken from a test that listens itself, whenever it begins to', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("all of it")']);
  await new Promise((done) => setTimeout(done, 50));
  let said = '';
  for await (const part of child.stdout) said += String(part);
  expect(said).toBe('all of it');
});

test.each(spellingsOf(secret))('a file that holds the token is found, spelt as %s', async (spelling) => {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-token-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'journal.jsonl'), `{"note":"${spelling}"}\n`);
  await writeFile(join(folder, 'clean.md'), 'Nothing here.\n');
  expect(filesWith(folder, spellingsOf(secret))).toEqual([join(folder, 'journal.jsonl')]);
});

test('every test that docs/security.md names is there, and every file of this folder is named', async () => {
  const text = await readFile(join(docs, 'security.md'), 'utf8');
  const named = [...text.matchAll(/\]\((\.\.\/test\/[^)]+)\)/g)].map((one) => one[1] ?? '');
  expect(named.length).toBeGreaterThan(20);
  for (const name of new Set(named))
    expect([name, (await stat(join(docs, name))).isFile()]).toEqual([name, true]);
  const own = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts'));
  expect(own.filter((name) => !named.includes(`../test/security/${name}`))).toEqual([]);
});

test('a command that a test calls as a function is listened to as well', async () => {
  const project = await openProject();
  const { token } = project.simulator;
  hearCalled(token, new Error(`it was ${Buffer.from(token).toString('base64')}`));
  expect(listened().found).toEqual(['a run told the token']);
  await project.write({ '.shelfmark/journal.jsonl': token, 'content/a.md': `# A\n\n${token}\n` });
  await project.close();
  expect(listened().found).toEqual([expect.stringContaining('journal.jsonl')]);
});
