import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';
import { planText } from '../../src/report/plan-text.ts';
import { styleOf } from '../../src/report/style.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const idOf = (title: string): number => {
  const one = project.simulator.operator.articles().find((each) => each.contents['en']?.title === title);
  if (one === undefined) throw new Error(`no article ${title}`);
  return one.id;
};
const collection = (name: string): number => {
  const one = project.simulator.operator.collections().find((each) => each.texts['en']?.name === name);
  if (one === undefined) throw new Error(`no collection ${name}`);
  return one.id;
};

const samples = [
  '```md\nSee [Setup](setup.md) first, [home](../home.md) and ![x](x.png).\n<a href="setup.md">x</a>\n[1]: setup.md\n```',
  '    [Setup](setup.md)',
  'In a line: `[Setup](setup.md)` and `` <img src="x.png"> ``.',
  '<pre><code>[Setup](setup.md)</code></pre>',
  '<!-- [Setup](setup.md) -->',
].join('\n\n');
const links = (up: string, home: string): string =>
  `See [Setup](${up}setup.md#part "setup.md"), [Home](<${home}home.md>) and [Setup][1].\n\n[1]: ${up}setup.md`;

beforeEach(async () => {
  await project.write({
    'content/a/collection.yaml': 'name: A\n',
    'content/b/collection.yaml': 'name: B\n',
    'content/home.md': article('Home', `Go to [links](a/links.md) or read \`[links](a/links.md)\`.`),
    'content/a/setup.md': article('Setup', 'Hello.\n\n# Part\n\nMore.'),
    'content/a/links.md': article('Links', `${links('', '../')}\n\n${samples}`),
    'content/b/other.md': article('Other', 'Text.'),
  });
  await project.sync();
});

const body = async (file: string): Promise<string> =>
  (await project.read(`content/${file}`)).split('---\n\n')[1] ?? '';

test.each(['pull', 'sync'] as const)(
  'an article that a teammate moved takes its links along, and its samples stay: %s',
  async (direction) => {
    project.simulator.operator.editArticle(idOf('Links'), { parentId: collection('B') });
    const plan = await project.plan(direction);
    const text = planText(plan, { style: styleOf(false), isVerbose: false });
    expect(text).toContain('See [Setup]({+../a/+}setup.md#part "setup.md")');
    expect(
      plan.operations.map(({ path, action, fields }) => [path, action, fields.map(({ field }) => field)]),
    ).toEqual(
      expect.arrayContaining([
        ['home.md', 'update', ['body']],
        ['a/links.md', 'move', ['parent', 'body']],
      ]),
    );
    await project[direction]();
    expect(await body('b/links.md')).toBe(`${links('../a/', '../')}\n\n${samples}\n`);
    expect(await body('home.md')).toBe('Go to [links](b/links.md) or read `[links](a/links.md)`.\n');
    expect((await project.plan('sync')).operations).toEqual([]);
  },
);

test('an article that a teammate both moved and edited shows the edit and the links', async () => {
  const one = project.simulator.operator.articles().find(({ id }) => id === idOf('Links'));
  const stored = one?.contents['en']?.body ?? '';
  project.simulator.operator.editArticle(idOf('Links'), {
    parentId: collection('B'),
    body: stored.replace('In a line', 'On a line'),
  });
  await project.sync();
  expect(await body('b/links.md')).toBe(
    `${links('../a/', '../')}\n\n${samples.replace('In a line', 'On a line')}\n`,
  );
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('a collection that a teammate renamed or moved takes its links along', async () => {
  project.simulator.operator.editCollection(collection('A'), { parentId: collection('B') });
  await project.sync();
  expect(await body('b/a/links.md')).toBe(`${links('', '../../')}\n\n${samples}\n`);
  expect(await body('home.md')).toBe('Go to [links](b/a/links.md) or read `[links](a/links.md)`.\n');
  expect((await project.plan('sync')).operations).toEqual([]);
});
