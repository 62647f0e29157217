import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../src/model/problem.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string): string => `---\ntitle: ${title}\nstate: published\n---\n\nText.\n`;
const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, place, message }) => `${code} ${place.file}: ${message}`);

test('what becomes of a new README.md or index.md is told once for each folder, until it is in the help center', async () => {
  await project.write({
    'content/index.md': article('Start'),
    'content/guide/README.md': article('Guide'),
    'content/guide/README.fr.md': article('Guide (fr)'),
    'content/guide/index.md': article('More'),
    'content/guide/deep/_index.md': article('Deep'),
    'content/guide/reindex.md': article('Reindex'),
    'content/guide/readme-first.md': article('Read me first'),
  });
  const expected = [
    'FOLDER_PAGE content/guide/README.md: README.md and index.md become articles in the collection guide, not the page of that collection.',
    'FOLDER_PAGE content/guide/deep/_index.md: _index.md becomes an article in the collection guide/deep, not the page of that collection.',
    'FOLDER_PAGE content/index.md: index.md becomes an article outside every collection, not the first page of the help center.',
  ];
  expect(told((await project.validate()).problems)).toEqual(expected);
  const { plan } = await project.push();
  expect(told(plan.problems)).toEqual(expected);
  expect((await project.validate()).problems).toEqual([]);
  expect((await project.plan('sync')).problems).toEqual([]);
  await project.write({ 'content/guide/deep/Readme.md': article('Notes') });
  expect(told((await project.plan('push')).problems)).toEqual([
    'FOLDER_PAGE content/guide/deep/Readme.md: Readme.md becomes an article in the collection guide/deep, not the page of that collection.',
  ]);
});

test("a page that a teammate called so is nobody else's business", async () => {
  await project.write({ 'content/a.md': article('A') });
  await project.push();
  project.simulator.operator.createArticle({ title: 'Index', body: '<p>Text.</p>' });
  await project.pull();
  expect((await project.validate()).problems).toEqual([]);
});
