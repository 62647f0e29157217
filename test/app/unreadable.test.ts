import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOfRun } from '../../src/app/exit-codes.ts';
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
const stored = (title: string) => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  if (found === undefined) throw new Error(`no article ${title}`);
  return found;
};
const bodyOf = (title: string, locale = 'en'): string => stored(title).contents[locale]?.body ?? '';
const editStored = (title: string, storedBody: string, locale = 'en'): void => {
  project.simulator.operator.editArticle(
    stored(title).id,
    locale === 'en' ? { storedBody } : { locales: { [locale]: { storedBody } } },
  );
};

/** Beyond what is converted, each in another way. */
const beyond: Readonly<Record<string, { readonly html: string; readonly limit: RegExp }>> = {
  long: {
    html: `<p>Kept.</p>${`<p>${'word '.repeat(2000)}</p>`.repeat(450)}`,
    limit: /4,50\d,\d{3} characters, at most 4,194,304/,
  },
  'of many parts': { html: `<p>Kept.</p>${'<p>x</p>'.repeat(45_000)}`, limit: /150,000 signs of syntax/ },
  'of many tags': {
    html: `<p>Kept.</p><p>${'<i>a</i>'.repeat(160_000)}</p>`,
    limit: /320,00\d tags, at most 100,000/,
  },
  deep: { html: `<p>Kept.</p>${'<div>'.repeat(300)}x${'</div>'.repeat(300)}`, limit: /200 deep/ },
};

describe('a text in the help center that cannot be converted', () => {
  test.each(Object.entries(beyond))(
    '%s: both sides keep theirs, and it is told',
    async (_, { html, limit }) => {
      await project.write({ 'content/log.md': article('Log', 'First words.') });
      await project.push();
      const before = await project.read('content/log.md');
      editStored('Log', html);
      for (const direction of ['sync', 'pull', 'push', 'sync'] as const) {
        const run = await project[direction]();
        expect(exitCodeOfRun(run)).toBe(1);
        expect(run.plan.operations).toEqual([]);
        const [problem, ...more] = run.plan.problems;
        expect(more).toEqual([]);
        expect(problem).toMatchObject({ code: 'REMOTE_TEXT_UNREADABLE', place: { file: 'content/log.md' } });
        expect(problem?.message).toContain('"Log" (en)');
        expect(problem?.message).toMatch(limit);
      }
      expect(await project.read('content/log.md')).toBe(before);
      expect(bodyOf('Log')).toBe(html);
      // Once it can be read, everything goes on.
      editStored('Log', '<p>Kept.</p>');
      expect(exitCodeOfRun(await project.sync())).toBe(0);
      expect(await project.read('content/log.md')).toContain('Kept.');
    },
  );

  test('is not written over by an edit, a move, an answer or a deletion here', async () => {
    const html = beyond['deep']?.html ?? '';
    await project.write({ 'content/log.md': article('Log', 'First words.') });
    await project.push();
    editStored('Log', html);
    await project.write({ 'content/log.md': article('Log', 'Other words.') });
    expect(exitCodeOfRun(await project.sync())).toBe(1);
    for (const answer of ['local', 'remote', 'markers'] as const)
      await project.resolve('content/log.md', answer).catch(() => undefined);
    await project.write({ 'content/log.md': null, 'content/guide/log.md': article('Log', 'Other words.') });
    await project.sync();
    await project.write({ 'content/guide/log.md': null });
    await project.sync();
    expect(bodyOf('Log')).toBe(html);
    expect(stored('Log').contents['en']?.state).toBe('published');
  });

  test('of one language holds the article in all of them', async () => {
    await project.write({
      'content/log.md': article('Log', 'First words.'),
      'content/log.fr.md': article('Journal', 'Premiers mots.'),
    });
    await project.push();
    const html = beyond['deep']?.html ?? '';
    editStored('Log', html, 'fr');
    editStored('Log', '<p>First words, changed.</p>');
    const files = await project.files();
    const run = await project.sync();
    expect(run.plan.problems.map((one) => one.place.file)).toEqual(['content/log.fr.md']);
    expect(run.plan.problems[0]?.message).toContain('"Journal" (fr)');
    expect(await project.files()).toEqual(files);
    expect(bodyOf('Log', 'fr')).toBe(html);
  });

  test('is not fetched into a folder that lacks it, nor linked with a file of the same title', async () => {
    await project.write({ 'content/log.md': article('Log', 'First words.') });
    await project.push();
    const html = beyond['deep']?.html ?? '';
    editStored('Log', html);
    const other = await project.beside();
    const pull = await other.pull();
    expect(pull.plan.problems.map((one) => one.code)).toEqual(['REMOTE_TEXT_UNREADABLE']);
    expect(await other.files()).toEqual({});
    await other.write({ 'content/log.md': article('Log', 'Words of mine.') });
    expect((await other.adopt()).linked).toEqual([]);
    await other.sync();
    expect(await other.read('content/log.md')).toBe(article('Log', 'Words of mine.'));
    expect(bodyOf('Log')).toBe(html);
    expect(project.simulator.operator.articles()).toHaveLength(1);
    await other.close();
  });
});

describe('a file that cannot be converted', () => {
  const deep = `${'>'.repeat(120)} x`;

  test('holds its article, whatever happens on the other side, and is told with its line', async () => {
    await project.write({ 'content/log.md': article('Log', 'First words.\n\nLast words.') });
    await project.push();
    await project.write({ 'content/log.md': article('Log', `First words.\n\n${deep}`) });
    for (const change of ['<p>First words.</p><p>Changed words.</p>', null]) {
      if (change !== null) editStored('Log', change);
      for (const direction of ['push', 'sync', 'pull'] as const) {
        const run = await project[direction]();
        expect(exitCodeOfRun(run)).toBe(1);
        expect(run.plan.problems).toMatchObject([
          { code: 'BODY_TOO_COMPLEX', place: { file: 'content/log.md', line: 8 } },
        ]);
      }
    }
    await project.resolve('content/log.md', 'local').catch(() => undefined);
    expect(bodyOf('Log')).toContain('Changed words');
    expect(await project.read('content/log.md')).toContain(deep);
    expect((await project.validate()).problems.map((one) => one.code)).toEqual(['BODY_TOO_COMPLEX']);
  });

  test('is never created empty, and keeps no other from being created', async () => {
    await project.write({
      'content/log.md': article('Log', deep),
      'content/news.md': article('News', 'Some words.'),
    });
    const run = await project.push();
    expect(exitCodeOfRun(run)).toBe(1);
    expect(run.plan.problems.map((one) => one.code)).toEqual(['BODY_TOO_COMPLEX']);
    expect(project.simulator.operator.articles().map((one) => one.contents['en']?.title)).toEqual(['News']);
  });
});

test('a text of a megabyte comes, goes, and takes an edit of a word on both sides', async () => {
  await project.write({ 'content/log.md': article('Log', 'First words.') });
  await project.push();
  editStored('Log', `<p>START</p><p>${'words and more words of it '.repeat(40_000)}</p><p>LAST</p>`);
  expect(exitCodeOfRun(await project.pull())).toBe(0);
  const file = await project.read('content/log.md');
  await project.write({ 'content/log.md': file.replace('START', 'BEGIN') });
  editStored('Log', bodyOf('Log').replace('LAST', 'CHANGED'));
  expect(exitCodeOfRun(await project.sync())).toBe(0);
  expect(bodyOf('Log')).toContain('BEGIN</p>');
  expect(await project.read('content/log.md')).toBe(
    file.replace('START', 'BEGIN').replace('LAST', 'CHANGED'),
  );
  expect((await project.plan()).operations).toEqual([]);
});

test('a file that cannot be read, and may be that of a new article, gets no second one beside it', async () => {
  project.simulator.operator.createArticle({ title: 'New', body: '<p>Text.</p>', state: 'published' });
  await project.write({ 'content/new.md': article('New', 'Text.').replace('state:', ': [') });
  const { plan } = await project.pull();
  expect(Object.keys(await project.files())).toEqual(['new.md']);
  expect(plan.statuses.map(({ standing, details }) => [standing, details])).toEqual([
    ['held', ['waits until new.md can be read, which may be its file']],
  ]);
  await project.write({ 'content/new.md': article('New', 'Text.') });
  await project.sync();
  expect(Object.keys(await project.files())).toEqual(['new.md']);
  expect(project.simulator.operator.articles()).toHaveLength(1);
});
