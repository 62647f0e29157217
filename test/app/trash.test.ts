/* What a run replaces or removes and nobody else has is kept, listed and brought back. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const file = 'content/guide/fees.md';
const text = (fee: string, name = 'Fees'): string =>
  `---\ntitle: ${name}\nstate: published\n---\n\nThe fee is ${fee}.\n\nNothing else.\n`;
const remote = () => {
  const [found] = project.simulator.operator.articles();
  if (found === undefined) throw new Error('nothing there');
  return found;
};
const body = (): string => remote().contents['en']?.body ?? '';
const teammate = (from: string, to: string): unknown =>
  project.simulator.operator.editArticle(remote().id, { body: body().replace(from, to) });
const listed = async (): Promise<readonly string[]> =>
  (await project.trash()).map(({ what, path }) => `${what} ${path}`);
const kept = async (): Promise<string> => Object.values(await project.files('.shelfmark/trash')).join('\n');

async function conflict(config = ''): Promise<void> {
  await project.write({
    'sync.config.yaml': `remote:\n  provider: intercom\n${config}`,
    [file]: text('five'),
    'content/guide/collection.yaml': 'name: Guide\n',
  });
  await project.sync();
  await project.write({ [file]: text('six, say authors') });
  teammate('five', 'seven, say teammates');
}

describe('who loses a conflict', () => {
  test.each([
    ['the file, by an answer', '', 'remote', 'replaced guide/fees.md', 'six, say authors'],
    ['the help center, by an answer', '', 'local', 'remote guide/fees.md', 'seven, say teammates'],
    ['the file, by the policy', 'conflicts: remote\n', null, 'replaced guide/fees.md', 'six, say authors'],
    [
      'the help center, by the policy',
      'conflicts: local\n',
      null,
      'remote guide/fees.md',
      'seven, say teammates',
    ],
  ] as const)(
    'is in the trash and comes back for the next push: %s',
    async (_, config, answer, entry, loser) => {
      await conflict(config);
      if (answer !== null) await project.resolve('content/guide/fees.md', answer);
      await project.sync();
      expect(body()).not.toContain(loser);
      expect(await listed()).toContain(entry);
      expect(await kept()).toContain(loser);
      const winner = await project.read(file);
      await project.restore('content/guide/fees.md');
      expect(await project.read(file)).toContain(loser);
      await project.push();
      expect(body()).toContain(loser);
      // What stood there until then is kept in its turn.
      expect(await kept()).toContain(winner.includes('six') ? 'six, say authors' : 'seven, say teammates');
    },
  );
});

test('a text that goes on, or that a commit has, is not kept again', async () => {
  await project.write({ [file]: text('five') });
  await project.sync();
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'synced');
  teammate('five', 'eight');
  await project.pull();
  expect(await listed()).toEqual([]);
  await project.write({ [file]: `${await project.read(file)}\nMore.\n` });
  await project.push();
  expect(await listed()).toEqual([]);
  teammate('eight', 'nine');
  await project.pull();
  expect(await listed()).toEqual(['replaced guide/fees.md']);
});

test('names and descriptions of collections are kept on either side, and come back', async () => {
  await project.write({
    [file]: text('five'),
    'content/guide/collection.yaml': 'name: Guide\ndescription: First\n',
  });
  await project.sync();
  await project.write({ 'content/guide/collection.yaml': 'name: Guide\ndescription: Second\n' });
  await project.push();
  expect(await listed()).toEqual(['remote guide/collection.yaml']);
  const [collection] = project.simulator.operator.collections();
  project.simulator.operator.editCollection(collection?.id ?? 0, { description: 'Third' });
  await project.pull();
  expect(await listed()).toEqual(['replaced guide/collection.yaml', 'remote guide/collection.yaml']);
  const [, first] = await project.trash();
  await project.restore('guide/collection.yaml', first?.run);
  expect(await project.read('content/guide/collection.yaml')).toContain('description: First');
  await project.push();
  expect(project.simulator.operator.collections()[0]?.texts['en']?.description).toBe('First');
});

test('an article that was deleted in the help center by us comes back as its file', async () => {
  await project.write({
    'sync.config.yaml': 'remote:\n  provider: intercom\ndeletions: delete\n',
    [file]: text('five'),
    'content/other.md': text('none', 'Other'),
  });
  await project.sync();
  await project.write({ [file]: null });
  await project.push({ allowDeletes: 2 });
  expect(await listed()).toContain('remote guide/fees.md');
  await project.restore('content/guide/fees.md');
  expect(await project.read(file)).toContain('The fee is five.');
});

test('what is older than thirty days goes, and what is no moment stays', async () => {
  await project.write({
    [file]: text('five'),
    '.shelfmark/trash/2020-01-31T09-00-00-000Z/.remote/a.md.json': '{}',
    '.shelfmark/trash/2020-01-31T09-00-00-000Z/deep/er/b.md': 'x',
    '.shelfmark/trash/by-hand/c.md': 'x',
  });
  await project.sync();
  expect(await readdir(join(project.folder, '.shelfmark/trash'))).toEqual(['by-hand']);
});
