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

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const told = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ code, place }) => `${code} ${place.file}:${String(place.line)}:${String(place.column)}`);
const found = (title: string) => {
  const one = project.simulator.operator.articles().find((each) => each.contents['en']?.title === title);
  if (one === undefined) throw new Error(`no article ${title}`);
  return one;
};
const bodyOf = (title: string): string => found(title).contents['en']?.body ?? '';
const linksOf = (title: string): readonly string[] =>
  [...bodyOf(title).matchAll(/href="([^"]*)"/g)].map((one) => one[1] ?? '');
const idOf = (title: string, heading: string): string =>
  new RegExp(`id="(h_[^"]*)"[^>]*>${heading}`).exec(bodyOf(title))?.[1] ?? 'none';

test('links to the name of a heading lead to that heading, in its own article and in others', async () => {
  await project.write({
    'content/a.md': article('A', '[one](b.md#setup), [two](/b#setup), [three](b.md#sp%C3%A4ter)'),
    'content/b.md': article(
      'B',
      '[own](#setup), [later](#sp\u00e4ter)\n\n## First steps {#setup}\n\nText.\n\nMore *words* {#sp\u00e4ter}\n---\n\nText.',
    ),
  });
  const expected = ['HEADING_NAME content/b.md:8:16'];
  expect(told((await project.validate()).problems)).toEqual(expected);
  const { plan } = await project.push();
  expect(told(plan.problems)).toEqual(expected);
  const address = `${project.simulator.site}/en/articles/${found('B').id}`;
  const [first, later] = [idOf('B', 'First steps'), idOf('B', 'More')];
  expect(linksOf('B')).toEqual([`#${first}`, `#${later}`]);
  expect(linksOf('A')).toEqual([`${address}#${first}`, `${address}#${first}`, `${address}#${later}`]);
  expect((await project.plan('sync')).operations).toEqual([]);
  expect((await project.plan('sync')).baseEdits).toEqual([]);
});

test('the links keep their spelling in the file when a teammate edits other words', async () => {
  await project.write({
    'content/b.md': article('B', 'See [own](#setup).\n\nOther words.\n\n## First steps {#setup}\n\nText.'),
  });
  await project.push();
  project.simulator.operator.editArticle(found('B').id, {
    body: bodyOf('B').replace('Other words', 'New words'),
  });
  await project.sync();
  expect(await project.read('content/b.md')).toContain(
    'See [own](#setup).\n\nNew words.\n\n## First steps {#setup}\n\nText.',
  );
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('a name may hold any sign, and the heading may be closed, bold or in a callout', async () => {
  await project.write({
    'content/a.md': article(
      'A',
      '[x](#set_up_now), [y](#a*b), [z](#1.2:c)\n\n> [!NOTE]\n> ## One {#set_up_now} ##\n\n## **Two** {#a*b}\n\n### Three {#1.2:c}',
    ),
  });
  expect((await project.validate()).problems.map((one) => one.message)).toEqual([
    'Readers see "{#set_up_now}" at the end of this heading. Links to that name lead to it all the same.',
  ]);
});

test('a name in code, in the middle of a heading or in a paragraph is none, and a link to it is told', async () => {
  await project.write({
    'content/a.md': article(
      'A',
      '[x](#one) [y](#two) [z](#three)\n\n## Write `x {#one}`\n\n## The {#two} sign\n\nText {#three}\n\n```\n## X {#one}\n```',
    ),
  });
  expect(told((await project.validate()).problems)).toEqual([
    'ANCHOR_UNKNOWN content/a.md:6:1',
    'ANCHOR_UNKNOWN content/a.md:6:11',
    'ANCHOR_UNKNOWN content/a.md:6:21',
  ]);
});

test('wiki links are told once for each file, wherever they are, and not in code', async () => {
  await project.write({
    'content/a.md': article('A', 'Text.\n\n- See [[Other page]] and [[page|text]].'),
    'content/b.md': article('B', '| a | b |\n|---|---|\n| c | **[[Gr\u00f6\u00dfe]]** |'),
    'content/c.md': article(
      'C',
      '`[[x]]` \\[[x]] a[[0]] [[ -f x ]] [[1]]\n\n```\n[[x]]\n```\n\n[1]: https://example.com',
    ),
    'content/d.md': article('D', '[[*One* page]]'),
  });
  expect(told((await project.validate()).problems)).toEqual([
    'WIKI_LINK content/a.md:8:7',
    'WIKI_LINK content/b.md:8:9',
    'WIKI_LINK content/d.md:6:1',
  ]);
});
