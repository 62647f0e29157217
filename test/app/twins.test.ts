import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
let other: Project;

beforeEach(async () => {
  project = await openProject();
  other = await project.beside();
});
afterEach(async () => {
  await other.close();
  await project.close();
});

const article = (title: string, body = 'Some words.'): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const titles = (): readonly string[] =>
  project.simulator.operator.articles().map((one) => one.contents['en']?.title ?? '');
const bodyOf = (title: string): string =>
  project.simulator.operator.articles().find((one) => one.contents['en']?.title === title)?.contents['en']
    ?.body ?? '';
const codes = (run: { plan: { problems: readonly { code: string; place: { file: string } }[] } }) =>
  run.plan.problems.map((one) => `${one.code} ${one.place.file}`);

/** Lets the second folder be a clone of the first one. */
async function share(): Promise<void> {
  await cp(join(project.folder, 'content'), join(other.folder, 'content'), { recursive: true });
  await other.write({ 'sync.lock.json': await project.read('sync.lock.json') });
}

describe('two people who create one article', () => {
  const news = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`content/news/${name}.md`, article(`News ${name}`, `Words of ${name}.`)]),
  );

  test('one after the other in one moment: the second creates nothing, and the next run links', async () => {
    await project.write({ 'content/start.md': article('Start') });
    await project.push();
    await share();
    for (const one of [project, other]) await one.write({ 'content/new.md': article('New') });
    let isFirst = true;
    const run = await other.push({
      tell: (event) => {
        // Between the reading of the second and its first call that writes.
        if (event.event !== 'planned' || !isFirst) return;
        isFirst = false;
        project.simulator.operator.createArticle({
          title: 'New',
          body: '<p>Some words.</p>',
          state: 'published',
        });
      },
    });
    expect(run.outcomes?.map((one) => one.status)).toEqual(['stale']);
    expect(exitCodeOfRun(run)).toBe(3);
    expect(titles().toSorted()).toEqual(['New', 'Start']);
    const next = await other.sync();
    expect([exitCodeOfRun(next), next.plan.summary.adopt, titles().length]).toEqual([0, 1, 2]);
  });

  test('in lockstep: who comes second is told, and nobody gets the second ones as files', async () => {
    await project.write({ 'content/news/start.md': article('Start') });
    await project.push();
    await share();
    for (const one of [project, other]) await one.write(news);
    const runs = await Promise.all([project.push(), other.push()]);
    const twice = titles().length - new Set(titles()).size;
    if (twice > 0) {
      expect(runs.some((run) => exitCodeOfRun(run) === 3)).toBe(true);
      const next = await project.sync();
      expect(codes(next).filter((one) => one.startsWith('TWIN'))).toHaveLength(twice);
      expect(exitCodeOfRun(next)).toBe(1);
    }
    expect(Object.keys(await project.files())).toHaveLength(4);
  });

  test('with a new collection of their own: the second collection is left alone with all that is in it', async () => {
    await project.write(news);
    await project.push();
    const { operator } = project.simulator;
    const { id: parentId } = operator.createCollection({ name: 'News' });
    for (const name of ['a', 'b'])
      operator.createArticle({
        title: `News ${name}`,
        body: `<p>Words of ${name}.</p>`,
        parentId,
        state: 'published',
      });
    operator.createArticle({ title: 'Only there', body: '<p>x</p>', parentId });
    const files = await project.files();
    for (const direction of ['sync', 'push', 'pull'] as const) {
      const run = await project[direction]();
      expect(exitCodeOfRun(run)).toBe(1);
      expect(codes(run)).toEqual(['TWIN content/news', 'TWIN content/news/a.md', 'TWIN content/news/b.md']);
      expect(run.plan.operations).toEqual([]);
    }
    expect(await project.files()).toEqual(files);
  });
});

describe('a second file for an article', () => {
  test('as git brings it is not created, and keeps nothing else from it', async () => {
    await project.write({ 'content/guide/a.md': article('Setting up', 'Words.\n\nMore words.') });
    await project.push();
    await project.write({
      'content/guide/b.md': article('Setting up', 'Words.\n\nMore words.'),
      'content/guide/c.md': article('Other'),
    });
    const run = await project.push();
    expect(codes(run)).toEqual(['TWIN content/guide/b.md']);
    expect(run.plan.problems[0]?.message).toContain('content/guide/a.md');
    expect(exitCodeOfRun(run)).toBe(1);
    expect(titles().toSorted()).toEqual(['Other', 'Setting up']);
    await project.write({ 'content/guide/b.md': null });
    expect(exitCodeOfRun(await project.sync())).toBe(0);
  });

  test('with another text, another title or in another collection is an article of its own', async () => {
    await project.write({ 'content/guide/a.md': article('Setting up', 'Words.') });
    await project.push();
    await project.write({
      'content/guide/b.md': article('Setting up', 'Other words.'),
      'content/guide/c.md': article('Setting up again', 'Words.'),
      'content/more/a.md': article('Setting up', 'Words.'),
    });
    expect(codes(await project.push())).toEqual([]);
    expect(titles()).toHaveLength(4);
  });
});

describe('two pushes that edit different paragraphs of one article', () => {
  test('what was written over stays ahead, is told, and comes back with the next sync', async () => {
    await project.write({ 'content/a.md': article('A', 'First.\n\nSecond.\n\nThird.') });
    await project.push();
    await project.write({ 'content/a.md': article('A', 'First of mine.\n\nSecond.\n\nThird.') });
    let done = 0;
    const run = await project.push({
      tell: (event) => {
        if (event.event !== 'outcome') return;
        done += 1;
        // Somebody who read the article before we wrote it writes it after us.
        const old = bodyOf('A').replace('First of mine.', 'First.').replace('Third.', 'Third of theirs.');
        const [found] = project.simulator.operator.articles();
        project.simulator.operator.editArticle(found?.id ?? 0, { storedBody: old });
      },
    });
    expect(done).toBe(1);
    expect(run.outcomes).toMatchObject([{ status: 'stale' }]);
    expect(run.outcomes?.[0]?.message).toMatch(/wrote over it/);
    expect(exitCodeOfRun(run)).toBe(3);
    expect(exitCodeOfRun(await project.sync())).toBe(0);
    expect(bodyOf('A')).toMatch(/First of mine\.[^]*Third of theirs\./);
    expect(await project.read('content/a.md')).toMatch(/First of mine\.[^]*Third of theirs\./);
  });

  test('an edit that builds on ours is no reason to send ours again', async () => {
    await project.write({ 'content/a.md': article('A', 'First.\n\nSecond.') });
    await project.push();
    await project.write({ 'content/a.md': article('A', 'First of mine.\n\nSecond.') });
    const run = await project.push({
      tell: (event) => {
        if (event.event !== 'outcome') return;
        const [found] = project.simulator.operator.articles();
        const now = bodyOf('A').replace('Second.', 'Second of theirs.');
        project.simulator.operator.editArticle(found?.id ?? 0, { storedBody: now });
      },
    });
    expect(exitCodeOfRun(run)).toBe(0);
    const next = await project.sync();
    expect(next.plan.operations.map((one) => one.side)).toEqual(['local']);
    expect(await project.read('content/a.md')).toMatch(/First of mine\.[^]*Second of theirs\./);
  });
});
