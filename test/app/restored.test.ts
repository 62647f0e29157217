import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, body = `Words of ${title}.`): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;

/** Puts everything back as from a copy: the same texts in the same places, under new ids. */
async function restoreAll(): Promise<void> {
  const { operator, url, token } = project.simulator;
  const call = async (method: string, path: string): Promise<unknown> =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Intercom-Version': '2.11' },
    });
  const articles = operator.articles();
  const collections = operator.collections();
  const newId = new Map<number, number>();
  for (const one of articles) await call('DELETE', `/articles/${one.id}`);
  for (const one of collections.toReversed()) await call('DELETE', `/help_center/collections/${one.id}`);
  for (const one of collections)
    newId.set(
      one.id,
      operator.createCollection({
        name: one.texts['en']?.name ?? '',
        parentId: one.parentId === null ? null : (newId.get(one.parentId) ?? null),
      }).id,
    );
  for (const one of articles) {
    const content = one.contents['en'];
    if (content === undefined) continue;
    const parentId = one.parentIds[0] === undefined ? null : (newId.get(one.parentIds[0]) ?? null);
    operator.createArticle({
      title: content.title,
      storedBody: content.body,
      state: content.state,
      parentId,
    });
  }
}

test.each([1, 2, 3, 8])(
  'a help center of %i articles that was restored under new ids is linked again, without a write',
  async (count) => {
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`content/guide/part-${at}.md`, article(`Part ${at}`)]),
    );
    await project.write(files);
    await project.push();
    const before = await project.files();
    await restoreAll();
    project.simulator.operator.clearCalls();
    const run = await project.sync();
    expect(run.plan.refusals).toEqual([]);
    expect(run.plan.operations).toEqual([]);
    expect(exitCodeOfRun(run)).toBe(0);
    expect(project.simulator.operator.calls().filter((one) => one.method !== 'GET')).toEqual([]);
    expect(await project.files()).toEqual(before);
    await project.write({ 'content/guide/part-0.md': article('Part 0', 'Other words.') });
    expect((await project.push()).outcomes?.map((one) => one.status)).toEqual(['done']);
    expect(project.simulator.operator.articles()).toHaveLength(count);
  },
);

test('what was deleted there and is not there again goes, and another text under the same title is no restoring', async () => {
  await project.write({
    'content/a.md': article('A'),
    'content/b.md': article('B'),
    'content/c.md': article('C'),
  });
  await project.push();
  const { operator } = project.simulator;
  const found = operator.articles().find((one) => one.contents['en']?.title === 'B');
  await fetch(`${project.simulator.url}/articles/${found?.id ?? 0}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${project.simulator.token}`, 'Intercom-Version': '2.11' },
  });
  operator.createArticle({ title: 'B', body: '<p>Quite another text.</p>' });
  const run = await project.sync();
  expect(run.plan.operations.map((one) => one.action).toSorted()).toEqual(['create', 'delete']);
  expect(Object.values(await project.files()).join('\n')).toContain('Quite another text.');
});

test.each([
  ['an hour ahead of the help center', -3_600_000],
  ['an hour behind it', 3_600_000],
])('with a clock that is %s creates are noted by the time of the help center', async (_, milliseconds) => {
  const { operator } = project.simulator;
  operator.moveClock(milliseconds);
  await project.write({ 'content/new.md': article('New') });
  const noted: number[] = [];
  await project.push({
    tell: ({ event }) => {
      if (event !== 'outcome') return;
      const lines = readFileSync(join(project.folder, '.shelfmark/journal.jsonl'), 'utf8').trim().split('\n');
      for (const line of lines) {
        const note: unknown = JSON.parse(line);
        if (typeof note === 'object' && note !== null && 'at' in note && typeof note.at === 'number')
          noted.push(note.at);
      }
    },
  });
  expect(noted).toHaveLength(1);
  expect(Math.abs((noted[0] ?? 0) - operator.now())).toBeLessThan(60_000);
});

test('an article that could be any of several that are gone holds itself and these, and nothing else', async () => {
  const text = Array.from({ length: 12 }, (_, at) => `Sentence number ${at} of the text.`).join('\n\n');
  await project.write({
    'content/a.md': article('Same', text),
    'content/x/b.md': article('Same', text),
    'content/other.md': article('Other'),
  });
  await project.push();
  await project.write({
    'content/a.md': null,
    'content/x/b.md': null,
    'content/y/c.md': article('Same', `${text}\n\nOne more.`),
    'content/other.md': article('Other', 'Changed words.'),
  });
  const run = await project.push();
  expect(run.plan.problems.map((one) => one.code)).toEqual(['MOVE_AMBIGUOUS']);
  expect(run.outcomes?.filter((one) => one.operation.path === 'other.md').map((one) => one.status)).toEqual([
    'done',
  ]);
  expect(
    project.simulator.operator.articles().every((one) => one.contents['en']?.state === 'published'),
  ).toBe(true);
});
