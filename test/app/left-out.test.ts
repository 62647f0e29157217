import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
const folders: string[] = [];

beforeEach(async () => {
  project = await openProject({ config: 'assets:\n  baseUrl: https://example.com/{path}?v={hash}\n' });
});
afterEach(async () => {
  await project.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const gitIn = (folder: string, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always', ...args],
    { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
const git = (...args: string[]): string => gitIn(project.folder, ...args);
const commit = (): void => {
  git('add', '-A');
  git('commit', '-q', '-m', 'work');
};
const article = (title: string, body = 'Some words.'): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const states = (): Record<string, string> =>
  Object.fromEntries(
    project.simulator.operator
      .articles()
      .flatMap((one) => Object.values(one.contents).map((content) => [content.title, content.state])),
  );
const allPublished = (): boolean => Object.values(states()).every((state) => state === 'published');

async function start(files: Readonly<Record<string, string>>): Promise<void> {
  await project.write({ '.gitignore': '.shelfmark/\n', ...files });
  git('init', '-q', '-b', 'main');
  expect(exitCodeOfRun(await project.push())).toBe(0);
  commit();
}

const folderOf = (name: string): Record<string, string> => ({
  [`content/${name}/collection.yaml`]: `name: The ${name}\n`,
  [`content/${name}/a.md`]: article(`${name} A`),
  [`content/${name}/b.md`]: article(`${name} B`),
  [`content/${name}/b.fr.md`]: article(`${name} B en français`),
});

describe('what git left out of the folder', () => {
  test('by a sparse checkout is not here, and not gone: nothing of it is unpublished, fetched or moved', async () => {
    await start({ ...folderOf('one'), ...folderOf('two'), 'content/top.md': article('Top') });
    git('sparse-checkout', 'set', 'content/one');
    expect(Object.keys(await project.files())).not.toContain('two/a.md');
    await project.write({ 'content/one/a.md': article('one A', 'Other words.') });
    for (const direction of ['push', 'sync', 'pull'] as const) {
      const run = await project[direction]();
      expect(run.plan.problems).toMatchObject([
        { code: 'NOT_HERE', severity: 'warning', place: { file: 'content/two/a.md' } },
      ]);
      expect(run.plan.refusals).toEqual([]);
      expect(exitCodeOfRun(run)).toBe(0);
    }
    expect(allPublished()).toBe(true);
    expect(Object.keys(states())).toHaveLength(7);
    expect(
      project.simulator.operator.articles().some((one) => one.contents['en']?.body.includes('Other')),
    ).toBe(true);
    expect(Object.keys(await project.files()).filter((file) => file.startsWith('two/'))).toEqual([]);
    git('sparse-checkout', 'disable');
    const run = await project.sync();
    expect([run.plan.operations, run.plan.problems]).toEqual([[], []]);
  });

  test('in one language only leaves the whole article as it is', async () => {
    await start(folderOf('one'));
    git('sparse-checkout', 'set', '--no-cone', '/*', '!*.fr.md');
    await project.write({ 'content/one/b.md': article('one B', 'Other words.') });
    const run = await project.sync();
    expect(run.plan.operations).toEqual([]);
    expect(run.plan.problems.map((one) => one.code)).toEqual(['NOT_HERE']);
    expect(allPublished()).toBe(true);
  });

  test('without the file of a collection does not rename it', async () => {
    await start(folderOf('one'));
    git('sparse-checkout', 'set', '--no-cone', '/*', '!collection.yaml');
    const run = await project.sync();
    expect(run.plan.operations).toEqual([]);
    expect(project.simulator.operator.collections().map((one) => one.texts['en']?.name)).toEqual(['The one']);
  });

  test('while it is told to count as unchanged is not gone; what is removed beside it is', async () => {
    await start({ ...folderOf('one'), 'content/c.md': article('C'), 'content/d.md': article('D') });
    git('update-index', '--assume-unchanged', 'content/c.md');
    await project.write({ 'content/c.md': null, 'content/d.md': null });
    await project.push();
    expect(states()).toMatchObject({ C: 'published', D: 'draft' });
  });

  test('since a merge has not settled it is not gone', async () => {
    await start({ ...folderOf('one'), 'content/c.md': article('C') });
    git('checkout', '-q', '-b', 'other');
    git('rm', '-q', 'content/c.md');
    git('commit', '-q', '-m', 'without');
    git('checkout', '-q', 'main');
    await project.write({ 'content/c.md': article('C', 'Other words.') });
    await project.push();
    commit();
    expect(() => git('merge', '-q', 'other')).toThrow();
    await project.write({ 'content/c.md': null });
    const run = await project.push();
    expect(run.plan.problems.map((one) => one.code)).toEqual(['NOT_HERE']);
    expect(states()['C']).toBe('published');
    git('rm', '-q', 'content/c.md');
    await project.push();
    expect(states()['C']).toBe('draft');
  });

  test.each(['content', 'content/texts'])(
    'as the submodule %s is not gone, and it is told',
    async (place) => {
      const texts = mkdtempSync(join(tmpdir(), 'shelfmark-texts-'));
      folders.push(texts);
      gitIn(texts, 'init', '-q', '-b', 'main');
      writeFileSync(join(texts, 'only.md'), article('Only'));
      gitIn(texts, 'add', '-A');
      gitIn(texts, 'commit', '-q', '-m', 'texts');
      rmSync(join(project.folder, 'content'), { recursive: true });
      await project.write({ '.gitignore': '.shelfmark/\n' });
      git('init', '-q', '-b', 'main');
      git('submodule', '--quiet', 'add', texts, place);
      expect(exitCodeOfRun(await project.push())).toBe(0);
      commit();
      git('submodule', '--quiet', 'deinit', '--force', '--all');
      for (const direction of ['push', 'sync'] as const) {
        const ended = await project[direction]().then(
          (run) => [exitCodeOfRun(run), ...run.plan.problems.map((one) => one.code)],
          (error: unknown) => [1, (error as { code: string }).code],
        );
        expect(ended).toEqual([1, place === 'content' ? 'CONTENT_NOT_HERE' : 'NOT_HERE']);
      }
      expect(states()).toEqual({ Only: 'published' });
      git('submodule', '--quiet', 'update', '--init');
      expect((await project.plan()).operations).toEqual([]);
    },
  );
});

describe('pointers of Git LFS', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0123456789abcdef'.repeat(4)}\nsize 70\n`;

  test('are not texts', async () => {
    await start({ 'content/a.md': article('A'), 'content/b.md': article('B') });
    await project.write({ 'content/a.md': pointer, 'content/c.md': article('C') });
    const run = await project.sync();
    expect(exitCodeOfRun(run)).toBe(1);
    expect(run.plan.problems).toMatchObject([{ code: 'LFS_POINTER', place: { file: 'content/a.md' } }]);
    expect(states()).toEqual({ A: 'published', B: 'published', C: 'published' });
    expect(await project.read('content/a.md')).toBe(pointer);
  });

  test('are not pictures: their articles are left as they are, and told', async () => {
    await start({ 'content/a.md': article('A', '![A picture](a.png)'), 'content/a.png': 'bytes' });
    await project.write({ 'content/a.png': pointer });
    const run = await project.push();
    expect(run.plan.operations).toEqual([]);
    expect(run.plan.problems).toMatchObject([{ code: 'IMAGE_NOT_HERE', place: { file: 'content/a.md' } }]);
    expect(run.plan.problems[0]?.message).toContain('a.png');
  });

  test('of the very picture that was sent change nothing', async () => {
    // The SHA-256 of "bytes".
    const same = pointer.replace(
      /[0-9a-f]{64}/,
      '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9',
    );
    await start({ 'content/a.md': article('A', '![A picture](a.png)'), 'content/a.png': 'bytes' });
    await project.write({ 'content/a.png': same });
    const run = await project.sync();
    expect([run.plan.operations, run.plan.problems]).toEqual([[], []]);
  });

  test('a picture that a sparse checkout left out changes nothing, and holds an edit of its article', async () => {
    await start({
      'content/a.md': article('A', '![A picture](pictures/a.png)'),
      'content/pictures/a.png': 'bytes',
    });
    git('sparse-checkout', 'set', '--no-cone', '/*', '!*.png');
    const idle = await project.sync();
    expect([idle.plan.operations, exitCodeOfRun(idle)]).toEqual([[], 0]);
    await project.write({ 'content/a.md': article('A', '![A picture](pictures/a.png)\n\nMore.') });
    const run = await project.push();
    expect(run.plan.operations).toEqual([]);
    expect(run.plan.problems.map((one) => one.code)).toContain('IMAGE_NOT_HERE');
    git('sparse-checkout', 'disable');
    expect(exitCodeOfRun(await project.push())).toBe(0);
  });
});

describe('what git ignores', () => {
  const drafts = { 'content/drafts/x.md': article('X'), 'content/drafts/y.md': article('Y') };

  test('is not content, told once, and what is linked of it is left as it is', async () => {
    await start({ 'content/a.md': article('A'), 'content/was.md': article('Was') });
    await project.write({ '.gitignore': '.shelfmark/\ndrafts/\nwas.md\n', ...drafts });
    git('rm', '-q', '--cached', 'content/was.md');
    const run = await project.push();
    expect(run.plan.problems).toMatchObject([{ code: 'GIT_IGNORED', severity: 'warning' }]);
    expect(run.plan.problems[0]?.message).toContain('2 more');
    expect(exitCodeOfRun(run)).toBe(0);
    expect(states()).toEqual({ A: 'published', Was: 'published' });
    // Another file may go, whatever lies ignored beside it.
    await project.write({ 'content/a.md': null, 'content/b.md': article('B', 'Quite another text.') });
    await project.push();
    expect(states()).toMatchObject({ A: 'draft', Was: 'published' });
  });

  test('of a language leaves that language as it is, and the others go on', async () => {
    await start(folderOf('one'));
    await project.write({ '.gitignore': '.shelfmark/\n*.fr.md\n' });
    git('rm', '-q', '--cached', 'content/one/b.fr.md');
    await project.write({ 'content/one/b.md': article('one B', 'Other words.') });
    const run = await project.sync();
    expect(run.plan.operations.map((one) => one.reason)).toEqual(['text changed here']);
    expect(allPublished()).toBe(true);
  });

  test('is content where the config says so, and where the whole folder is ignored', async () => {
    await start({ 'content/a.md': article('A') });
    await project.write({ '.gitignore': '.shelfmark/\ndrafts/\n', ...drafts });
    await project.write({
      'sync.config.yaml': `${await project.read('sync.config.yaml')}gitIgnored: sync\n`,
    });
    await project.push();
    expect(Object.keys(states()).toSorted()).toEqual(['A', 'X', 'Y']);
    git('rm', '-q', '-r', '--cached', 'content');
    await project.write({ '.gitignore': '.shelfmark/\ncontent/\n' });
    const config = (await project.read('sync.config.yaml')).replace('gitIgnored: sync\n', '');
    await project.write({ 'sync.config.yaml': config });
    const run = await project.sync();
    expect([run.plan.operations, run.plan.problems]).toEqual([[], []]);
  });
});

test('a folder of one or two articles is not unpublished whole', async () => {
  await start({ 'content/a.md': article('A') });
  await project.write({ 'content/a.md': null });
  const one = await project.push();
  expect(one.plan.refusals.map((refusal) => refusal.code)).toEqual(['LOCAL_EMPTIED']);
  await project.write({
    'content/a.md': article('A'),
    'content/b.md': article('B'),
    'content/c.md': article('C'),
  });
  await project.push();
  await project.write({ 'content/a.md': null, 'content/b.md': null });
  const two = await project.push();
  expect(exitCodeOfRun(two)).toBe(0);
  await project.write({
    'content/a.md': article('A'),
    'content/b.md': article('B'),
    'content/d.md': article('D'),
  });
  await project.push();
  await project.write({ 'content/a.md': null, 'content/b.md': null, 'content/c.md': null });
  const three = await project.push();
  expect(three.plan.refusals.map((refusal) => refusal.code)).toEqual(['TOO_MANY_DELETIONS']);
});
