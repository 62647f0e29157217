import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const found = (title: string) => {
  const one = project.simulator.operator.articles().find((each) => each.contents['en']?.title === title);
  if (one === undefined) throw new Error(`no article ${title}`);
  return one;
};
const linksOf = (title: string): readonly string[] =>
  [...(found(title).contents['en']?.body ?? '').matchAll(/href="([^"]*)"/g)].map((one) => one[1] ?? '');
const addressOf = (title: string): string => `${project.simulator.site}/en/articles/${found(title).id}`;
const writes = () => project.simulator.operator.calls().filter((call) => call.method !== 'GET');
const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map((one) => `${one.code} ${one.place.file}:${one.place.line} ${one.message} ${one.hint}`);

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(join(project.folder, 'content', to)), { recursive: true });
  await rename(join(project.folder, 'content', from), join(project.folder, 'content', to));
}

async function isSettled(): Promise<void> {
  const plan = await project.plan('sync');
  expect(plan.operations).toEqual([]);
  expect(plan.conflicts).toEqual([]);
}

describe('a link to an article that does not exist yet', () => {
  test('gets its address with the push that creates the article', async () => {
    await project.write({ 'content/a.md': article('A', 'See [b](b.md) and [c](c.md).') });
    await project.push();
    expect(linksOf('A')).toEqual(['b.md', 'c.md']);
    await project.write({ 'content/b.md': article('B', 'Text.') });
    const { plan } = await project.push();
    expect(plan.operations.map((one) => `${one.action} ${one.path} ${one.reason}`)).toEqual([
      'create b.md new file',
      'update a.md what its links or images lead to is new',
    ]);
    expect(linksOf('A')).toEqual([addressOf('B'), 'c.md']);
    await isSettled();
  });

  test('gets its address also where a pull brought the article', async () => {
    await project.write({ 'content/a.md': article('A', 'See [b](b.md).') });
    await project.push();
    project.simulator.operator.createArticle({ title: 'B', body: '<p>Text.</p>' });
    await project.pull();
    await project.push();
    expect(linksOf('A')).toEqual([addressOf('B')]);
    await isSettled();
  });

  test('leads to the new article where the one it led to was deleted for good', async () => {
    await project.write({
      'sync.config.yaml': 'remote:\n  provider: intercom\ndeletions: delete\n',
      'content/a.md': article('A', 'See [b](b.md).'),
      'content/b.md': article('B', 'Text.'),
    });
    await project.push();
    await project.write({ 'content/b.md': null });
    const { plan } = await project.push();
    expect(told(plan.problems)).toEqual([
      'LINK_GONE content/a.md:6 The link to b.md leads to an article whose file is gone. Correct or remove the link, or bring the file back.',
    ]);
    await isSettled();
    await project.write({ 'content/b.md': article('B', 'Text.') });
    await project.push();
    expect(linksOf('A')).toEqual([addressOf('B')]);
    await isSettled();
  });
});

describe('a file that was moved', () => {
  beforeEach(async () => {
    await project.write({
      'content/a.md': article('A', 'See [b](b.md#part).\n\nMore.'),
      'content/b.md': article('B', 'Text.\n\n# Part\n\nSee [a](a.md) and [there](#part).'),
    });
    await project.push();
    await move('b.md', 'guides/way/b.md');
  });
  const stale =
    'LINK_MOVED content/a.md:6 The link to b.md#part is out of date: what it leads to was moved. Readers still get there. Write "guides/way/b.md#part" instead.';
  const own =
    'LINK_MOVED content/guides/way/b.md:10 The link to a.md is out of date: this file was moved. Readers still get there. Write "../../a.md" instead.';

  test('takes nothing from readers: links to it and in it keep their addresses, before and after it was pushed', async () => {
    const before = [linksOf('A'), linksOf('B')];
    project.simulator.operator.clearCalls();
    await project.push();
    expect(writes().map((call) => `${call.method} ${call.path.replace(/\/\d+$/, '')}`)).toEqual([
      'POST /help_center/collections',
      'POST /help_center/collections',
      'PUT /articles',
    ]);
    await isSettled();
    await project.write({
      'content/a.md': article('A', 'See [b](b.md#part), really.\n\nMore.'),
      'content/guides/way/b.md': article('B', 'Text.\n\n# Part\n\nSee [a](a.md) and [there](#part), really.'),
    });
    await project.push();
    expect([linksOf('A'), linksOf('B')]).toEqual(before);
    await isSettled();
  });

  test('is told with the link to write, by plan and by validate, until it is written', async () => {
    expect(told((await project.plan('push')).problems)).toEqual([stale, own]);
    expect(told((await project.validate()).problems)).toEqual([stale, own]);
    await project.push();
    expect(told((await project.plan('sync')).problems)).toEqual([stale, own]);
    expect(told((await project.validate()).problems)).toEqual([stale, own]);
    await project.write({
      'content/a.md': article('A', 'See [b](guides/way/b.md#part).\n\nMore.'),
      'content/guides/way/b.md': article('B', 'Text.\n\n# Part\n\nSee [a](../../a.md) and [there](#part).'),
    });
    project.simulator.operator.clearCalls();
    const { plan } = await project.push();
    expect(told(plan.problems)).toEqual([]);
    expect(writes()).toEqual([]);
    await project.write({ 'content/a.md': article('A', 'See [b](guides/way/b.md#part).\n\nNo more.') });
    await project.push();
    expect(await project.read('sync.lock.json')).not.toContain('formerly');
    expect(told((await project.validate()).problems)).toEqual([]);
  });

  test('is found after several moves, and gives way to a new file in its old place', async () => {
    await project.push();
    await move('guides/way/b.md', 'guides/b.md');
    await project.push();
    await project.write({ 'content/a.md': article('A', 'See [b](b.md#part).\n\nNo more.') });
    await project.push();
    expect(linksOf('A')[0]).toMatch(addressOf('B'));
    await project.write({ 'content/b.md': article('Other', 'Something else.') });
    await project.push();
    expect(linksOf('A')[0]).toMatch(addressOf('Other'));
    await isSettled();
  });

  test('is followed by other machines, which know it from the lock file alone', async () => {
    await project.push();
    const clone = await project.beside();
    await clone.write({
      'sync.lock.json': await project.read('sync.lock.json'),
      'content/a.md': article('A', 'See [b](b.md#part).\n\nNo more.'),
      'content/guides/way/b.md': await project.read('content/guides/way/b.md'),
    });
    expect(told((await clone.validate()).problems)).toEqual([stale, own]);
    await clone.push();
    expect(linksOf('A')[0]).toMatch(addressOf('B'));
    await clone.close();
  });
});

test('a folder that was renamed with all that is in it keeps the links inside, and tells those from outside', async () => {
  await project.write({
    'content/guides/collection.yaml': 'name: Guides\n',
    'content/guides/a.md': article('A', 'See [b](b.md).'),
    'content/guides/b.md': article('B', 'Text.'),
    'content/guides/b.fr.md': article('B fr', 'Texte.'),
    'content/out.md': article('Out', 'See [a](guides/a.md), [b](guides/b.fr.md) and [all](guides/).'),
  });
  await project.push();
  const before = linksOf('Out');
  await move('guides', 'manual');
  project.simulator.operator.clearCalls();
  const { plan } = await project.push();
  expect(plan.problems.map((one) => `${one.place.file}:${one.place.line} ${one.hint}`)).toEqual([
    'content/out.md:6 Write "manual/a.md" instead.',
    'content/out.md:6 Write "manual/b.fr.md" instead.',
    'content/out.md:6 Write "manual" instead.',
  ]);
  expect(writes()).toEqual([]);
  await project.write({
    'content/out.md': article('Out', 'See [a](guides/a.md), [b](guides/b.fr.md) and [all](guides/)!'),
  });
  await project.push();
  expect(linksOf('Out')).toEqual(before);
  await isSettled();
});

test('a moved picture, or one whose article was moved, is told with the address to write', async () => {
  await project.write({
    'sync.config.yaml':
      'remote:\n  provider: intercom\nassets:\n  baseUrl: https://cdn.example.com/{path}?v={hash}\n',
    'content/a.md': article('A', '![One](one.png)'),
    'content/b.md': article('B', '![Two](two.png)'),
    'content/one.png': 'one',
    'content/two.png': 'two',
  });
  await project.push();
  await move('one.png', 'images/one.png');
  await move('b.md', 'guides/b.md');
  expect(told((await project.plan('push')).problems)).toEqual([
    'IMAGE_MISSING content/a.md:6 There is no image one.png in the content folder. It was moved: write "images/one.png" instead.',
    'IMAGE_MISSING content/guides/b.md:6 There is no image guides/two.png in the content folder. This file was moved: write "../two.png" instead.',
  ]);
});
