/* Two people merge in git what both have synced: the way that the message names leads to one article each. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setMergeDriver } from '../../src/app/init.ts';
import { mergeMarked, mergeVersions } from '../../src/app/merge-lock.ts';
import { findConfig } from '../../src/config/find-config.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { outsideOf } from '../helpers/outside.ts';
import { runCommand } from '../helpers/command.ts';
import { program } from '../helpers/program.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
let other: Project;

beforeEach(async () => {
  project = await openProject();
  other = await project.beside();
});
afterEach(async () => {
  await other.close();
  await project.close();
});

const article = (title: string, text: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;
const titles = (): readonly string[] =>
  project.simulator.operator.articles().map((one) => one.contents['en']?.title ?? '');

/** Both clones change the same rows and add rows of their own; git leaves the lock file in conflict. */
async function inConflict(): Promise<void> {
  await project.write({ 'content/a.md': article('A', 'First.'), 'content/b.md': article('B', 'Second.') });
  await project.sync();
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'start');
  await other.git('fetch', '-q', project.folder, 'main');
  await other.git('reset', '-q', '--hard', 'FETCH_HEAD');
  await project.write({
    'content/a.md': article('A', 'First, as one puts it.'),
    'content/mine.md': article('Mine', 'Mine.'),
  });
  await project.push();
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'one');
  await other.write({
    'content/b.md': article('B', 'Second, as the other puts it.'),
    'content/a.md': article('A', 'First.').replace('state:', 'description: More\nstate:'),
  });
  await other.write({ 'content/other.md': article('Other', 'Theirs.') });
  await other.sync();
  await other.git('add', '-A');
  await other.git('commit', '-q', '-m', 'other');
  await other.git('pull', '-q', '--no-rebase', '--no-edit', project.folder, 'main').catch(() => undefined);
}

test('a lock file with conflict markers is put together, and the next sync creates nothing twice', async () => {
  await inConflict();
  await other.git('checkout', '--ours', '--', 'content').catch(() => undefined);
  expect(await other.read('sync.lock.json')).toContain('<<<<<<<');
  await expect(other.sync()).rejects.toMatchObject({
    code: 'BASE_CONFLICT',
    hint: expect.stringContaining('shelfmark merge-lock'),
  });
  const outside = outsideOf(other.folder);
  const config = await findConfig(nodeFiles, other.folder, { file: null, target: null });
  expect(await mergeMarked(config, outside)).toBe(true);
  expect(await mergeMarked(config, outside)).toBe(false);
  const { entries } = JSON.parse(await other.read('sync.lock.json')) as { entries: { path?: string }[] };
  expect(entries.flatMap(({ path }) => path ?? []).toSorted()).toEqual([
    'a.md',
    'b.md',
    'mine.md',
    'other.md',
  ]);
  await other.sync();
  expect(titles().toSorted()).toEqual(['A', 'B', 'Mine', 'Other']);
  expect((await other.plan()).summary).toMatchObject({ create: 0, delete: 0 });
});

test('as a merge driver it writes what both know over the version of ours', async () => {
  await inConflict();
  for (const [name, stage] of [
    ['before', ':1:'],
    ['ours', ':2:'],
    ['theirs', ':3:'],
  ] as const)
    await other.write({ [name]: await other.git('show', `${stage}sync.lock.json`) });
  await mergeVersions({ before: 'before', ours: 'ours', theirs: 'theirs' }, outsideOf(other.folder));
  const merged = await other.read('ours');
  for (const path of ['a.md', 'b.md', 'mine.md', 'other.md']) expect(merged).toContain(`{"path":"${path}"`);
  await other.write({ theirs: '{"version": 99}' });
  await expect(
    mergeVersions({ before: 'before', ours: 'ours', theirs: 'theirs' }, outsideOf(other.folder)),
  ).rejects.toMatchObject({ code: 'BASE_NEWER' });
  expect(await other.read('ours')).toBe(merged);
});

test('set up by init, git calls it in a merge, and the next sync has nothing to ask', async () => {
  expect(await setMergeDriver(outsideOf(project.folder))).toEqual(['.gitattributes']);
  expect(await setMergeDriver(outsideOf(project.folder))).toEqual([]);
  expect(await project.read('.gitattributes')).toBe('sync.lock*.json merge=shelfmark\n');
  await other.git('status');
  await other.git(
    'config',
    'merge.shelfmark.driver',
    `"${process.execPath}" "${program}" merge-lock %O %A %B`,
  );
  await inConflict();
  await other.git('checkout', '--ours', '--', 'content').catch(() => undefined);
  const merged = await other.read('sync.lock.json');
  expect(merged).not.toContain('<<<<<<<');
  for (const path of ['a.md', 'b.md', 'mine.md', 'other.md']) expect(merged).toContain(`{"path":"${path}"`);
  await other.sync();
  expect(titles().toSorted()).toEqual(['A', 'B', 'Mine', 'Other']);
});

test('init says what each clone has to be told once, and leaves a project that is set up as it is', async () => {
  const config = await project.read('sync.config.yaml');
  const { code, out } = await runCommand(['init', '--merge-driver'], { folder: project.folder });
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('git config merge.shelfmark.driver "shelfmark merge-lock %O %A %B"'),
  ]);
  expect(await project.read('.gitattributes')).toBe('sync.lock*.json merge=shelfmark\n');
  expect(await project.read('sync.config.yaml')).toBe(config);
});
