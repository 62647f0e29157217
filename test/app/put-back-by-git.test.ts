/* Git puts files back to the last commit and leaves the lock file, or takes it along: going back is nobody's edit. */
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
const text = '---\ntitle: Prices\nstate: published\n---\n\nIt costs ten.\n\nTaxes are extra.\n\nAsk us.\n';

const articles = () => project.simulator.operator.articles();
const body = (): string => articles()[0]?.contents['en']?.body ?? '';
const edit = (from: string, to: string): void => {
  project.simulator.operator.editArticle(articles()[0]?.id ?? 0, { body: body().replace(from, to) });
};

/** In step, and committed with the lock file. */
async function committed(): Promise<void> {
  await project.write({ [file]: text, 'content/guide/collection.yaml': 'name: Guide\n' });
  await project.sync();
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'synced');
}

describe('after a checkout of the content folder alone', () => {
  test('an edit of a teammate stays that was pulled after one of our own was pushed', async () => {
    await committed();
    await project.write({ [file]: text.replace('Taxes', 'Our taxes') });
    await project.push();
    edit('ten', 'twenty, says a teammate');
    await project.pull();
    await project.git('checkout', '-q', '--', 'content');
    expect(await project.read(file)).toBe(text);
    const { plan } = await project.push();
    expect([plan.operations, plan.behind.map((one) => one.path)]).toEqual([[], ['guide/prices.md']]);
    expect(plan.problems.map((one) => one.code)).toEqual(['PUT_BACK']);
    await project.sync();
    expect(await project.read(file)).toMatch(/twenty, says a teammate[^]*Our taxes/);
    expect(body()).toMatch(/twenty, says a teammate[^]*Our taxes/);
    expect((await project.plan()).operations).toEqual([]);
  });

  test('what is written in it then is merged with what the pull had brought', async () => {
    await committed();
    edit('ten', 'twenty, says a teammate');
    await project.pull();
    await project.git('checkout', '-q', '--', 'content');
    await project.write({ [file]: text.replace('Ask us', 'Ask us twice') });
    await project.sync();
    expect(body()).toMatch(/twenty, says a teammate[^]*Ask us twice/);
    expect(await project.read(file)).toMatch(/twenty, says a teammate[^]*Ask us twice/);
  });

  test('so it is where the pull had added a paragraph', async () => {
    await committed();
    edit('Taxes are extra.</p>', 'Taxes are extra.</p><p>Added by a teammate.</p>');
    await project.pull();
    expect(await project.read(file)).toContain('Added by a teammate');
    await project.git('checkout', '-q', '--', 'content');
    await project.write({ [file]: text.replace('It costs', 'All of it costs') });
    await project.sync();
    expect(body()).toMatch(/All of it costs[^]*Added by a teammate/);
  });

  test('an edit of what the pull has brought is an edit', async () => {
    await committed();
    edit('Taxes are extra.</p>', 'Taxes are extra.</p><p>Added by a teammate.</p>');
    await project.pull();
    await project.write({
      [file]: (await project.read(file)).replace('Added by a teammate', 'Added by two'),
    });
    await project.push();
    expect(body()).toContain('Added by two');
    expect(body()).not.toContain('Added by a teammate');
  });

  test('all of it is sent with --take-back', async () => {
    await committed();
    edit('ten', 'twenty, says a teammate');
    await project.pull();
    await project.git('checkout', '-q', '--', 'content');
    await project.push({ takeBack: true });
    expect(body()).toContain('It costs ten');
    expect((await project.plan()).operations).toEqual([]);
  });
});

test('whoever undoes an own edit by hand, before it is committed, has it undone in the help center too', async () => {
  await committed();
  await project.write({ [file]: text.replace('ten', 'eleven') });
  await project.sync();
  expect(body()).toContain('eleven');
  await project.write({ [file]: text });
  const { plan } = await project.sync();
  expect(plan.problems).toEqual([]);
  expect(await project.read(file)).toBe(text);
  expect(body()).toContain('It costs ten');
});

test('whoever moves a file back by hand, before the move is committed, has it moved back in the help center too', async () => {
  await committed();
  const [home] = articles()[0]?.parentIds ?? [];
  await project.write({ 'content/money/collection.yaml': 'name: Money\n' });
  await project.write({ [file]: null, 'content/money/prices.md': text });
  await project.sync();
  expect(articles()[0]?.parentIds).not.toEqual([home]);
  await project.write({ [file]: text, 'content/money/prices.md': null });
  await project.sync();
  expect(articles().map((one) => one.parentIds)).toEqual([[home]]);
  expect(await project.read(file)).toBe(text);
  expect((await project.plan()).operations).toEqual([]);
});

test('where runs delete articles, a file that its author brings back is an article again', async () => {
  const deleting = await openProject({ config: 'deletions: delete\n' });
  try {
    await deleting.write({ [file]: text, 'content/guide/other.md': text.replace('Prices', 'Other') });
    await deleting.sync();
    await deleting.git('add', '-A');
    await deleting.git('commit', '-q', '-m', 'synced');
    await deleting.write({ [file]: null });
    await deleting.sync({ allowDeletes: 1 });
    await deleting.git('checkout', '-q', '--', 'content');
    await deleting.sync();
    expect(await deleting.read(file)).toBe(text);
    const titles = deleting.simulator.operator.articles().map((one) => one.contents['en']?.title);
    expect(titles.toSorted()).toEqual(['Other', 'Prices']);
  } finally {
    await deleting.close();
  }
});

test('a file that was deleted, brought back with the edit of a teammate, and then put back by git is no edit', async () => {
  await project.write({ [file]: text });
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'written');
  await project.sync();
  await project.write({ [file]: null });
  edit('ten', 'twenty, says a teammate');
  await project.sync();
  expect(await project.read(file)).toContain('twenty, says a teammate');
  await project.git('checkout', '-q', '--', file);
  expect((await project.sync()).plan.problems.map((one) => one.code)).toEqual(['PUT_BACK']);
  expect(body()).toContain('twenty, says a teammate');
  expect(await project.read(file)).toContain('twenty, says a teammate');
});

test('a pushed file that a stash took, with the lock file, comes back in its place, whatever its title', async () => {
  await committed();
  await project.write({ 'content/guide/how-much.md': text.replace('Prices', 'What it costs') });
  await project.push();
  await project.git('stash', '-q', '-u');
  await project.sync();
  expect(Object.keys(await project.files())).toEqual([
    'guide/collection.yaml',
    'guide/how-much.md',
    'guide/prices.md',
  ]);
});

test('a file that was put back to an older text, and then to the last commit, is no edit either time', async () => {
  await committed();
  edit('ten', 'twenty, says a teammate');
  await project.pull();
  await project.git('commit', '-q', '-a', '-m', 'pulled');
  await project.git('checkout', '-q', 'HEAD~', '--', file);
  edit('Ask us', 'Ask us twice');
  await project.sync();
  await project.git('checkout', '-q', 'HEAD', '--', file);
  expect((await project.sync()).plan.problems.map((one) => one.code)).toEqual(['PUT_BACK']);
  expect(body()).toMatch(/twenty, says a teammate[^]*Ask us twice/);
  expect(await project.read(file)).toMatch(/twenty, says a teammate[^]*Ask us twice/);
});

test('a pulled file stays that of its article when a reset takes its row and nobody can read it for a while', async () => {
  await committed();
  project.simulator.operator.createArticle({ title: 'Fees', body: '<p class="no-margin">None.</p>' });
  await project.pull();
  await project.git('reset', '-q', '--hard');
  const pulled = await project.read('content/fees.md');
  await project.write({ 'content/fees.md': `---\n: [\n${pulled}` });
  await project.sync();
  await project.write({ 'content/fees.md': pulled.replace('Fees', 'Our fees') });
  await project.sync();
  expect(articles()).toHaveLength(2);
  expect(Object.keys(await project.files())).toHaveLength(3);
});

test('a move that a pull has followed is followed again after a reset of the files', async () => {
  await committed();
  const shelf = project.simulator.operator.createCollection({ name: 'Money' });
  project.simulator.operator.editArticle(articles()[0]?.id ?? 0, { parentId: shelf.id });
  await project.pull();
  const moved = 'content/money/prices.md';
  expect(await project.read(moved)).toContain('Prices');
  await project.git('checkout', '-q', '--', 'content');
  await project.write({ [moved]: null });
  await project.sync();
  expect(articles()[0]?.parentIds).toEqual([shelf.id]);
  expect(await project.read(moved)).toContain('Prices');
});

test('both files of such a move are told, and no second article is made', async () => {
  await committed();
  const shelf = project.simulator.operator.createCollection({ name: 'Money' });
  project.simulator.operator.editArticle(articles()[0]?.id ?? 0, { parentId: shelf.id });
  await project.pull();
  await project.git('checkout', '-q', '--', 'content');
  const { plan } = await project.push();
  expect(plan.problems.map((one) => one.code)).toContain('TWIN');
  expect(articles()).toHaveLength(1);
});

test('a file whose article a teammate deleted goes again where git puts it back', async () => {
  await committed();
  project.simulator.operator.deleteArticle(articles()[0]?.id ?? 0);
  await project.pull();
  await project.git('checkout', '-q', '--', 'content');
  expect((await project.push()).plan.operations).toEqual([]);
  expect(articles()).toHaveLength(0);
  await project.sync();
  expect(Object.keys(await project.files())).not.toContain('guide/prices.md');
});

test('the same file is a new article where somebody restores it from the trash', async () => {
  await committed();
  project.simulator.operator.deleteArticle(articles()[0]?.id ?? 0);
  await project.pull();
  await project.restore('guide/prices.md');
  await project.push();
  expect(articles()).toHaveLength(1);
});

test('a file that its author removed goes public again where git brings it back', async () => {
  await committed();
  await project.write({ 'content/other.md': text.replace('Prices', 'Other') });
  await project.push();
  await project.write({ [file]: null });
  await project.push();
  expect(articles()[0]?.contents['en']?.state).toBe('draft');
  await project.git('checkout', '-q', '--', 'content');
  await project.push();
  expect(articles()[0]?.contents['en']?.state).toBe('published');
});

describe('a new file that was pushed, and then a stash takes the lock file', () => {
  test.each([
    ['with another title', (one: string) => one.replace('Prices', 'All prices')],
    ['as it was', (one: string) => one],
  ])('is not created a second time %s', async (_, change) => {
    await committed();
    const added = 'content/guide/added.md';
    await project.write({ [added]: text.replace('Prices', 'Added').replace('ten', 'eleven') });
    await project.push();
    await project.write({ [added]: change(await project.read(added)).replace('Added', 'Added later') });
    await project.git('stash', '-q');
    await project.sync();
    expect(articles()).toHaveLength(2);
    await project.git('checkout', '-q', '--', '.');
    await project.git('stash', 'pop', '-q');
    await project.sync();
    expect(articles()).toHaveLength(2);
    expect(Object.keys(await project.files()).filter((name) => name.endsWith('.md'))).toHaveLength(2);
  });
});

test('a branch that is switched to during a run does not make its old files edits', async () => {
  await committed();
  await project.git('switch', '-q', '-c', 'later');
  edit('ten', 'twenty, says a teammate');
  await project.killed(
    'pull',
    (step, path, to) =>
      step === 'replace' &&
      path.includes('.tmp') &&
      !path.includes('content') &&
      !String(to).includes('index.'),
  );
  await project.git('commit', '-q', '-a', '-m', 'pulled');
  await project.sync();
  await project.git('switch', '-q', '-f', 'main');
  await project.sync();
  expect(body()).toContain('twenty, says a teammate');
});
