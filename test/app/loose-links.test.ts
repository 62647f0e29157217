import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
const config = (more: string): string => `remote:\n  provider: intercom\n${more}`;

test('a link from the root of the site leads to the article, as file or as page, before and after it exists', async () => {
  const links = '[a](/guide/target.md), [b](/guide/target), [c](/guide/target.md#part), [d](</guide/target>)';
  await project.write({ 'content/other/from.md': article('From', links) });
  expect((await project.validate()).problems.map((one) => one.code)).toEqual(Array(4).fill('LINK_BROKEN'));
  await project.push();
  await project.write({ 'content/guide/target.md': article('Target', 'Text.\n\n## Part\n\nMore.') });
  expect((await project.validate()).problems).toEqual([]);
  await project.push();
  const address = addressOf('Target');
  const id = /id="(h_[^"]*)"/.exec(found('Target').contents['en']?.body ?? '')?.[1] ?? '';
  expect(linksOf('From')).toEqual([address, address, `${address}#${id}`, address]);
  expect((await project.plan('sync')).operations).toEqual([]);
  expect((await project.plan('sync')).baseEdits).toEqual([]);
});

test('siteRoot says what such links are relative to; what is not below it leads nowhere, and is told', async () => {
  await project.write({
    'sync.config.yaml': config('siteRoot: /docs\n'),
    'content/a.md': article('A', 'Text.'),
    'content/b.md': article('B', '[a](/docs/a) [b](/a.md) [c](//a.md)'),
  });
  expect((await project.validate()).problems.map((one) => `${one.code} ${one.message}`)).toEqual([
    'LINK_BROKEN The link to /a.md leads nowhere.',
  ]);
  await project.push();
  expect(linksOf('B')[0]).toBe(addressOf('A'));
});

test('a picture from the root of the site is the file of the content folder', async () => {
  await project.write({
    'sync.config.yaml': config('assets:\n  baseUrl: https://cdn.example.com/{path}?v={hash}\n'),
    'content/guide/a.md': article('A', '![One](/img/one.png)'),
    'content/img/one.png': 'one',
  });
  expect((await project.validate()).problems).toEqual([]);
  await project.push();
  expect((await project.plan('sync')).operations).toEqual([]);
  await project.write({ 'content/img/one.png': 'two' });
  expect((await project.plan('push')).operations.map((one) => one.path)).toEqual(['guide/a.md']);
});

test.each([
  ['caf\u00e9.md', 'cafe\u0301.md'],
  ['cafe\u0301.md', 'caf\u00e9.md'],
  ['caf\u00e9/e\u0301.md', 'cafe%CC%81/%C3%A9.md'],
])('a link finds the file whose name has the same letters: %s', async (file, link) => {
  await project.write({
    [`content/${file}`]: article('Place', 'Text.'),
    'content/b.md': article('B', `[there](${link})`),
  });
  expect((await project.validate()).problems).toEqual([]);
  await project.push();
  expect(linksOf('B')).toEqual([addressOf('Place')]);
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('articles in step stay so with a lock from before such links were understood, until they are changed', async () => {
  await project.write({ 'content/b.md': article('B', 'See [a](/a.md).') });
  await project.push();
  // As the version before wrote it down: without a sign for links of that kind.
  const lock = join(project.folder, 'sync.lock.json');
  const before = await readFile(lock, 'utf8');
  expect(before).toContain('~~~.');
  await writeFile(lock, before.replace('~~~.', '.'));
  await project.write({ 'content/a.md': article('A', 'Text.') });
  expect((await project.plan('push')).operations.map((one) => one.path)).toEqual(['a.md']);
  await project.push();
  expect((await project.plan('sync')).operations).toEqual([]);
  expect(linksOf('B')).toEqual(['/a.md']);
  await project.write({ 'content/b.md': article('B', 'See [a](/a.md), again.') });
  await project.sync();
  expect(linksOf('B')).toEqual([addressOf('A')]);
});

test('an article that a teammate moved takes links from the root of the site along', async () => {
  await project.write({
    'content/one/collection.yaml': 'name: One\n',
    'content/two/collection.yaml': 'name: Two\n',
    'content/one/a.md': article('A', 'Text.'),
    'content/one/c.md': article('C', 'Text.'),
    'content/b.md': article('B', '[a](/one/a.md#x) [b](/one/a) [c](/one/c) `/one/a` `[a](/one/a)`'),
  });
  await project.sync();
  const two = project.simulator.operator.collections().find((one) => one.texts['en']?.name === 'Two');
  project.simulator.operator.editArticle(found('A').id, { parentId: two?.id ?? 0 });
  await project.sync();
  expect(await project.read('content/b.md')).toContain(
    '[a](/two/a.md#x) [b](/two/a) [c](/one/c) `/one/a` `[a](/one/a)`',
  );
  expect((await project.plan('sync')).operations).toEqual([]);
});
