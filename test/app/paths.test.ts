import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, text = 'Text.'): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;
const titles = (): readonly (string | undefined)[] =>
  project.simulator.operator
    .articles()
    .map((one) => one.contents['en']?.title)
    .toSorted();
const paths = (...given: string[]) => ({ paths: given });
const files = {
  'content/a.md': article('A'),
  'content/guides/b.md': article('B'),
  'content/guides/deep/c.md': article('C'),
  'content/guides/deep/c.fr.md': article('C fr'),
  'content/other/d.md': article('D'),
};

test('a push of some paths sends those and the collections that they need, and leaves the rest ahead', async () => {
  await project.write(files);
  const { plan } = await project.push(paths('content/guides/deep/c.fr.md', 'a.md'));
  expect(plan.operations.map((one) => `${one.action} ${one.path}`)).toEqual([
    'create guides',
    'create guides/deep',
    'create a.md',
    'create guides/deep/c.md',
  ]);
  expect(titles()).toEqual(['A', 'C']);
  expect((await project.plan()).summary).toMatchObject({ create: 3, unchanged: 4 });
});

test('a folder stands for all that is in it, and its collection.yaml for the collection alone', async () => {
  await project.write({ ...files, 'content/guides/collection.yaml': 'name: Guides\n' });
  await project.push(paths('content/guides/collection.yaml'));
  expect(titles()).toEqual([]);
  expect(project.simulator.operator.collections().map((one) => one.texts['en']?.name)).toEqual(['Guides']);
  await project.push(paths('guides/'));
  expect(titles()).toEqual(['B', 'C']);
});

test('an error elsewhere does not end the run, and one at the paths does', async () => {
  await project.write({ ...files, 'content/bad.md': 'No title.\n' });
  expect((await project.push({ ...paths('a.md'), isStrict: true })).plan.problems).toEqual([]);
  expect(titles()).toEqual(['A']);
  expect((await project.push(paths('bad.md'))).plan.problems.map((one) => one.code)).toEqual([
    'TITLE_MISSING',
  ]);
});

test('a pull and a sync of some paths leave the others as they are', async () => {
  await project.write(files);
  await project.push();
  for (const one of project.simulator.operator.articles())
    project.simulator.operator.editArticle(one.id, { body: '<p>Theirs.</p>' });
  await project.pull(paths('guides'));
  expect(await project.read('content/guides/b.md')).toContain('Theirs.');
  expect(await project.read('content/a.md')).toContain('Text.');
  await project.write({ 'content/other/d.md': null });
  const { plan } = await project.sync(paths('a.md'));
  expect(plan.operations.map((one) => `${one.side} ${one.action} ${one.path}`)).toEqual([
    'local update a.md',
  ]);
});

test('a file that is gone, and one that only the help center has, are named by where they stood or will stand', async () => {
  await project.write(files);
  await project.push();
  await project.write({ 'content/a.md': null });
  project.simulator.operator.createArticle({ title: 'New there', body: '<p>Text.</p>' });
  await project.push(paths('a.md'));
  expect(
    project.simulator.operator.articles().find((one) => one.contents['en']?.title === 'A')?.contents['en']
      ?.state,
  ).toBe('draft');
  await project.pull(paths('new-there.md'));
  expect(await project.read('content/new-there.md')).toContain('New there');
});

test('a path that names nothing ends the run before anything is written', async () => {
  await project.write(files);
  for (const wrong of ['nowhere.md', 'guides/nowhere', '../sync.config.yaml'])
    await expect(project.push(paths('a.md', wrong))).rejects.toMatchObject({
      code: 'PATH_UNKNOWN',
      kind: 'usage',
    });
  expect(titles()).toEqual([]);
});

test('a moved article that is named takes its place, and the others of its folder stay', async () => {
  await project.write(files);
  await project.push();
  await project.write({ 'content/guides/b.md': null, 'content/moved/b.md': files['content/guides/b.md'] });
  const { plan } = await project.push(paths('moved/b.md'));
  expect(plan.operations.map((one) => `${one.action} ${one.path}`)).toEqual([
    'create moved',
    'move moved/b.md',
  ]);
  expect((await project.plan()).operations).toEqual([]);
});
