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

const article = (title: string, body: string, state = 'published'): string =>
  `---\ntitle: ${title}\n${state === '' ? '' : `state: ${state}\n`}---\n\n${body}\n`;
const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, place, message }) => `${code} ${place.file}:${String(place.line)} ${message}`);

test('a link from a published article to a draft is told, as long as it is one', async () => {
  await project.write({
    'content/a.md': article('A', 'See [b](b.md) and [c](<sub/c d.md>).'),
    'content/b.md': article('B', 'Back to [a](a.md) and [c](<sub/c d.md>).', 'draft'),
    'content/sub/c d.md': article('C', 'Text.', ''),
  });
  const expected = [
    'LINK_TO_DRAFT content/a.md:6 The link to b.md leads to a draft, which readers cannot open.',
    'LINK_TO_DRAFT content/a.md:6 The link to sub/c d.md leads to a draft, which readers cannot open.',
  ];
  expect(told((await project.validate()).problems)).toEqual(expected);
  const { plan } = await project.push();
  expect(told(plan.problems)).toEqual(expected);
  // What is in step is no news; validate goes on telling.
  expect(told((await project.plan('sync')).problems)).toEqual([]);
  expect(told((await project.validate()).problems)).toEqual(expected);
  await project.write({
    'content/b.md': article('B', 'Text.'),
    'content/sub/c d.md': article('C', 'Text.'),
  });
  expect(told((await project.validate()).problems)).toEqual([]);
  await project.push();
  await project.write({ 'content/b.md': article('B', 'Text.', 'draft') });
  expect(told((await project.plan('push')).problems)).toEqual(expected.slice(0, 1));
});

test('an article that says nothing of its state is what the help center has', async () => {
  await project.write({
    'content/a.md': article('A', 'See [b](b.md).'),
    'content/b.md': article('B', 'Text.'),
  });
  await project.push();
  await project.write({ 'content/a.md': article('A', 'Now see [b](b.md).') });
  await project.write({ 'content/b.md': article('B', 'Text.', '') });
  expect(told((await project.validate()).problems)).toEqual([]);
  expect(told((await project.plan('push')).problems)).toEqual([]);
});

test('a translation is looked at for itself, and one that is missing for the article in the default language', async () => {
  await project.write({
    'content/a.md': article('A', 'See [b](b.md#part).'),
    'content/a.fr.md': article('A', 'Voir [b](b.md#partie), [b](b.md#part), [c](c.md#part).'),
    'content/b.md': article('B', '## Part\n\nText.'),
    'content/b.fr.md': article('B', '## Partie\n\nText.'),
    'content/c.md': article('C', '## Part\n\nText.', 'draft'),
  });
  expect(told((await project.validate()).problems)).toEqual([
    'ANCHOR_UNKNOWN content/a.fr.md:6 The link to b.md#part leads to the article, but to no heading of it.',
    'LINK_TO_DRAFT content/a.fr.md:6 The link to c.md#part leads to a draft, which readers cannot open.',
  ]);
});

test('a link to a heading that another article does not have is told, however it spells the file', async () => {
  await project.write({
    'content/a.md': article(
      'A',
      [
        '[one](guide/b.md#set-up) [two](guide/b.md#set-up-1) [three](/guide/b#größe) [four](guide/b.md#gr%C3%B6%C3%9Fe)',
        '[id](guide/b.md#h_0123456789) [top](guide/b.md#) [folder](guide/#any)',
        '[no](guide/b.md#missing) [no](/guide/b#Set-up) <a href="guide/b.md#nor-this">no</a> [own](a.md#gone)',
      ].join('\n\n'),
    ),
    'content/guide/b.md': article(
      'B',
      '## Set up\n\n> [!TIP]\n> ### Set `up`!\n\n<h2>Größe</h2>\n\n```\n## Missing\n```',
    ),
  });
  const expected = [
    'ANCHOR_UNKNOWN content/a.md:10 The link to guide/b.md#missing leads to the article, but to no heading of it.',
    'ANCHOR_UNKNOWN content/a.md:10 The link to /guide/b#Set-up leads to the article, but to no heading of it.',
    'ANCHOR_UNKNOWN content/a.md:10 The link to guide/b.md#nor-this leads to the article, but to no heading of it.',
    'ANCHOR_UNKNOWN content/a.md:10 The link to a.md#gone leads to the article, but to no heading of it.',
  ];
  expect(told((await project.validate()).problems)).toEqual(expected);
  expect(told((await project.push()).plan.problems)).toEqual(expected);
  expect((await project.plan('sync')).operations).toEqual([]);
});
