/* Files that were put back to what a pull has replaced, such as by git: that is told, and nobody's edit. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const file = 'content/guide/prices.md';
const french = 'content/guide/prices.fr.md';
const folder = 'content/guide/collection.yaml';
const before = {
  [file]:
    '---\ntitle: Prices\ndescription: What it costs\nstate: published\n---\n\nIt costs ten.\n\nTaxes are extra.\n',
  [french]: '---\ntitle: Prix\nstate: published\n---\n\nDix.\n',
  [folder]: 'name: Guide\ndescription: All of it\n',
};

const remote = () => {
  const [article] = project.simulator.operator.articles();
  const [collection] = project.simulator.operator.collections();
  if (article === undefined || collection === undefined) throw new Error('nothing there');
  return { article, collection };
};
const body = (): string => remote().article.contents['en']?.body ?? '';

/** A teammate edits everything, and a pull brings it home. */
async function pulled(): Promise<void> {
  await project.write(before);
  await project.sync();
  const { operator } = project.simulator;
  const { article, collection } = remote();
  operator.editArticle(article.id, {
    title: 'All prices',
    body: body().replace('ten', 'twenty, says a teammate'),
  });
  operator.editCollection(collection.id, { name: 'Guides' });
  await project.pull();
  expect(await project.read(file)).toContain('title: All prices');
}

describe('after a pull that finished, files that are put back', () => {
  test.each([
    ['as they were', before],
    [
      'with other line ends',
      Object.fromEntries(Object.entries(before).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')])),
    ],
  ])('%s are told by a push, which sends nothing, and brought forward by a sync', async (_, files) => {
    await pulled();
    await project.write(files);
    const { plan } = await project.push();
    expect(plan.operations).toEqual([]);
    expect(plan.behind.map(({ path, reason }) => [path, reason])).toEqual([
      ['guide', 'its file was put back to what it said before a pull'],
      ['guide/prices.md', 'its file was put back to what it said before a pull'],
    ]);
    expect(plan.problems.map(({ code, severity, place }) => [code, severity, place.file])).toEqual([
      ['PUT_BACK', 'warning', 'content/guide/collection.yaml'],
      ['PUT_BACK', 'warning', 'content/guide/prices.md'],
    ]);
    await project.sync();
    expect(await project.read(file)).toMatch(/title: All prices[^]*twenty, says a teammate/);
    expect(await project.read(folder)).toContain('name: Guides');
    expect(body()).toContain('twenty, says a teammate');
    expect(remote().collection.texts['en']?.name).toBe('Guides');
    expect((await project.plan()).statuses).toEqual([]);
  });

  test('are sent with --take-back, and are then what both sides agree on', async () => {
    await pulled();
    await project.write(before);
    await project.push({ takeBack: true });
    expect(body()).toContain('It costs ten.');
    expect(remote().article.contents['en']?.title).toBe('Prices');
    expect(remote().collection.texts['en']?.name).toBe('Guide');
    expect((await project.plan()).statuses).toEqual([]);
    // What the teammate had said was no old text of the file: it is an edit like any other.
    await project.write({ [file]: before[file]?.replace('ten', 'twenty') ?? '' });
    expect((await project.push()).plan.operations).toHaveLength(1);
    expect(body()).toContain('twenty');
  });

  test('are known in every clone, for the lock file remembers', async () => {
    await pulled();
    await project.git('add', '-A');
    await project.git('commit', '-q', '-m', 'pulled');
    await project.write(before);
    await project.write({ '.shelfmark': null });
    expect((await project.push()).plan.operations).toEqual([]);
    expect(body()).toContain('says a teammate');
  });

  test('are edits once somebody writes in them', async () => {
    await pulled();
    await project.write({
      [file]: (await project.read(file)).replace('twenty, says a teammate', 'ten, and not more'),
    });
    const { plan } = await project.push();
    expect(plan.behind).toEqual([]);
    expect(body()).toContain('ten, and not more');
  });
});

test('a commit that reverts lock and files together is behind, and brought forward by a sync', async () => {
  await project.write(before);
  await project.sync();
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'synced');
  project.simulator.operator.editArticle(remote().article.id, { body: body().replace('ten', 'thirty') });
  await project.pull();
  await project.git('commit', '-q', '-a', '-m', 'pulled');
  await project.git('revert', '--no-edit', 'HEAD');
  const { plan } = await project.push();
  expect([plan.operations, plan.behind.map((one) => one.path)]).toEqual([[], ['guide/prices.md']]);
  await project.sync();
  expect(body()).toContain('thirty');
  expect(await project.read(file)).toContain('thirty');
});

test('a file that was put back while the article was deleted in the help center goes with it', async () => {
  await pulled();
  await project.write({ [file]: before[file] ?? '' });
  project.simulator.operator.deleteArticle(remote().article.id);
  const { plan } = await project.push();
  expect(plan.conflicts).toEqual([]);
  expect(plan.behind.map((one) => one.path)).toContain('guide/prices.md');
});
