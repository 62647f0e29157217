import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const install =
  '---\ntitle: Install\nstate: published\n---\n\nFirst paragraph.\n\nSecond paragraph.\n\n- one\n- two\n';
const remoteInstall = () =>
  project.simulator.operator.articles().find((one) => one.contents['en']?.title === 'Install');
const idOf = (title: string): number => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  if (found === undefined) throw new Error(`no article ${title}`);
  return found.id;
};
const writes = () => project.simulator.operator.calls().filter((call) => call.method !== 'GET');

async function start(): Promise<void> {
  await project.write({
    'content/guides/collection.yaml': 'name: Guides # the guides\nicon: rocket\n',
    'content/guides/install.md': install,
    'content/guides/use.md': '# Use\n\nSee [install](install.md).\n',
    'content/guides/deep/more.md': '---\ntitle: More\n---\nText.\n',
    'content/news.md': '---\ntitle: News\n---\nNews.\n',
  });
  const { outcomes } = await project.push();
  expect(outcomes?.map((one) => `${one.status} ${one.operation.action} ${one.operation.path}`)).toEqual([
    'done create guides',
    'done create guides/deep',
    'done create guides/deep/more.md',
    'done create guides/install.md',
    'done create news.md',
    'done create guides/use.md',
  ]);
  project.simulator.operator.clearCalls();
}

describe('starting', () => {
  test('a first push creates every entry once and the next plan is empty', async () => {
    await start();
    const plan = await project.plan('sync');
    expect(plan.operations).toEqual([]);
    expect(plan.summary).toMatchObject({ unchanged: 6, conflict: 0, behind: 0, adopt: 0 });
    expect(writes()).toEqual([]);
  });

  test('a pull into an empty folder writes readable files, and the next plan is empty', async () => {
    await start();
    const other = await project.beside();
    const { outcomes } = await other.pull();
    expect(outcomes?.every((one) => one.status === 'done')).toBe(true);
    expect(await other.files()).toMatchInlineSnapshot(`
      {
        "guides/collection.yaml": "name: Guides
      icon: rocket
      ",
        "guides/deep/collection.yaml": "name: Deep
      ",
        "guides/deep/more.md": "---
      title: More
      state: draft
      author: docs@example.com
      ---

      Text.
      ",
        "guides/install.md": "---
      title: Install
      state: published
      author: docs@example.com
      ---

      First paragraph.

      Second paragraph.

      - one
      - two
      ",
        "guides/use.md": "---
      title: Use
      state: draft
      author: docs@example.com
      ---

      See [install](install.md).
      ",
        "news.md": "---
      title: News
      state: draft
      author: docs@example.com
      ---

      News.
      ",
      }
    `);
    expect((await other.plan('sync')).operations).toEqual([]);
    await other.close();
  });

  test('equal files and an existing help center are linked without a write', async () => {
    await start();
    const other = await project.beside();
    for (const [path, text] of Object.entries(await project.files()))
      await other.write({ [`content/${path}`]: text });
    const plan = await other.plan('sync');
    expect(plan.conflicts).toEqual([]);
    expect(plan.summary).toMatchObject({ adopt: 6, create: 0, update: 0 });
    await other.sync();
    expect(writes()).toEqual([]);
    expect((await other.plan('sync')).summary).toMatchObject({ adopt: 0, unchanged: 6 });
    await other.close();
  });
});

describe('one side changes', () => {
  test('only the changed field is sent', async () => {
    await start();
    await project.write({
      'content/guides/install.md': install.replace('title: Install', 'title: "Install it"'),
    });
    await project.push();
    expect(writes().map((call) => [call.method, JSON.parse(call.body)])).toEqual([
      ['PUT', { title: 'Install it', author_id: 7310001 }],
    ]);
  });

  test('a changed paragraph leaves the html of the others as it is stored', async () => {
    await start();
    const id = idOf('Install');
    project.simulator.operator.editArticle(id, {
      storedBody:
        '<p class="intercom-align-left">First paragraph.</p><p class="no-margin">Second paragraph.</p><ul><li><p class="no-margin">one</p></li><li><p class="no-margin">two</p></li></ul>',
    });
    await project.write({
      'content/guides/install.md': install.replace('Second paragraph.', 'Second changed.'),
    });
    const { plan } = await project.push();
    expect(plan.behind).toEqual([]);
    const sent = JSON.parse(writes()[0]?.body ?? '{}') as { body: string };
    expect(sent.body).toContain(
      '<p class="intercom-align-left">First paragraph.</p><p class="no-margin">Second changed.</p>',
    );
  });

  test('a remote edit changes that block of the file and nothing else', async () => {
    await start();
    const id = idOf('Install');
    const body = remoteInstall()?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(id, {
      body: body.replace('Second paragraph', 'Another <b>paragraph</b>'),
    });
    const { outcomes } = await project.pull();
    expect(outcomes?.map((one) => one.status)).toEqual(['done']);
    expect(await project.read('content/guides/install.md')).toBe(
      install.replace('Second paragraph', 'Another **paragraph**'),
    );
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('a push leaves an entry alone that was changed in the help center, and says so', async () => {
    await start();
    project.simulator.operator.editArticle(idOf('Install'), { title: 'Install!' });
    await project.write({ 'content/guides/install.md': install.replace('First', 'Very first') });
    const { plan } = await project.push();
    expect(plan.behind.map((one) => one.path)).toEqual(['guides/install.md']);
    expect(writes()).toEqual([]);
  });

  test('a renamed folder costs no call and keeps every id', async () => {
    await start();
    const before = await project.files('content/guides');
    await project.write({ 'content/guides': null });
    for (const [path, text] of Object.entries(before))
      await project.write({ [`content/handbook/${path}`]: text });
    const plan = await project.plan('push');
    expect(plan.problems).toEqual([]);
    expect(plan.operations).toEqual([]);
    await project.push();
    expect(writes()).toEqual([]);
    expect((await project.plan('sync')).summary.unchanged).toBe(6);
  });

  test('a file moved to another folder is one update of its parent', async () => {
    await start();
    await project.write({
      'content/guides/install.md': null,
      'content/guides/deep/install.md': install,
      'content/guides/use.md': '# Use\n\nSee [install](deep/install.md).\n',
    });
    const { plan } = await project.push();
    expect(plan.operations.map((one) => [one.action, one.path])).toEqual([
      ['move', 'guides/deep/install.md'],
    ]);
    expect(writes().length).toBe(1);
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('a renamed and edited file keeps its id', async () => {
    await start();
    const id = idOf('Install');
    await project.write({
      'content/guides/install.md': null,
      'content/guides/setup.md': install.replace('- two', '- three'),
      'content/guides/use.md': '# Use\n\nSee [install](setup.md).\n',
    });
    const { plan } = await project.push();
    expect(plan.operations.map((one) => [one.action, one.path, one.id])).toEqual([
      ['update', 'guides/setup.md', String(id)],
    ]);
  });

  test('what was moved in the help center is moved in the folder', async () => {
    await start();
    const deep = project.simulator.operator.collections().find((one) => one.texts['en']?.name === 'Deep');
    project.simulator.operator.editArticle(idOf('Install'), { parentId: deep?.id ?? 0 });
    await project.pull();
    expect(Object.keys(await project.files())).toContain('guides/deep/install.md');
    expect((await project.plan('sync')).operations).toEqual([]);
    expect((await project.plan('sync')).problems).toEqual([]);
  });

  test('a collection moved in the help center takes its folder along', async () => {
    await start();
    const deep = project.simulator.operator.collections().find((one) => one.texts['en']?.name === 'Deep');
    project.simulator.operator.editCollection(deep?.id ?? 0, { parentId: null, name: 'Deeper' });
    const { outcomes } = await project.pull();
    expect(outcomes?.map((one) => [one.status, one.message])).toEqual([['done', null]]);
    expect(Object.keys(await project.files())).toEqual([
      'deep/collection.yaml',
      'deep/more.md',
      'guides/collection.yaml',
      'guides/install.md',
      'guides/use.md',
      'news.md',
    ]);
    expect((await project.plan('sync')).operations).toEqual([]);
  });
});

describe('both sides change', () => {
  test('edits to different paragraphs are merged and reach both sides', async () => {
    await start();
    const body = remoteInstall()?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(idOf('Install'), {
      body: body.replace('Second paragraph', 'Theirs'),
    });
    await project.write({ 'content/guides/install.md': install.replace('First paragraph', 'Ours') });
    const { outcomes } = await project.sync();
    expect(outcomes?.map((one) => [one.operation.side, one.status, one.message])).toEqual([
      ['local', 'done', null],
      ['remote', 'done', null],
    ]);
    expect(await project.read('content/guides/install.md')).toBe(
      install.replace('First paragraph', 'Ours').replace('Second paragraph', 'Theirs'),
    );
    expect(remoteInstall()?.contents['en']?.body).toContain('Ours');
    expect(remoteInstall()?.contents['en']?.body).toContain('Theirs');
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('edits to one paragraph are a conflict that holds both sides and is told every time', async () => {
    await start();
    const body = remoteInstall()?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(idOf('Install'), {
      body: body.replace('Second paragraph', 'Theirs'),
    });
    await project.write({ 'content/guides/install.md': install.replace('Second paragraph', 'Ours') });
    for (let run = 0; run < 2; run += 1) {
      const { plan, outcomes } = await project.sync();
      expect(plan.conflicts.map((one) => [one.path, one.field, one.local, one.remote])).toEqual([
        ['guides/install.md', 'body', 'Ours.\n', 'Theirs.\n'],
      ]);
      expect(outcomes).toEqual([]);
    }
    expect(writes()).toEqual([]);
  });

  test('a title changed here and a state changed there go together', async () => {
    await start();
    project.simulator.operator.editArticle(idOf('Install'), { state: 'draft' });
    await project.write({ 'content/guides/install.md': install.replace('title: Install', 'title: Set up') });
    await project.sync();
    expect(await project.read('content/guides/install.md')).toBe(
      install.replace('title: Install', 'title: Set up').replace('published', 'draft'),
    );
    expect((await project.plan('sync')).operations).toEqual([]);
  });
});

describe('deletions', () => {
  test('a file that is gone unpublishes its article, and its return publishes it again', async () => {
    await start();
    await project.write({ 'content/guides/install.md': null, 'content/guides/use.md': '# Use\n\nSee.\n' });
    const { plan } = await project.push();
    expect(plan.summary).toMatchObject({ delete: 1, update: 1 });
    expect(remoteInstall()?.contents['en']?.state).toBe('draft');
    expect((await project.plan('sync')).operations).toEqual([]);
    await project.write({ 'content/guides/install.md': install });
    await project.push();
    expect(remoteInstall()?.contents['en']?.state).toBe('published');
    expect((await project.plan('sync')).operations).toEqual([]);
    expect(project.simulator.operator.articles().length).toBe(4);
  });

  test('an edit in the help center beats the deletion of the file', async () => {
    await start();
    const body = remoteInstall()?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(idOf('Install'), {
      body: body.replace('Second paragraph', 'Theirs'),
    });
    await project.write({ 'content/guides/install.md': null });
    await project.sync();
    expect(await project.read('content/guides/install.md')).toContain('Theirs');
    expect(remoteInstall()?.contents['en']?.state).toBe('published');
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('what was deleted in the help center goes to the trash', async () => {
    await start();
    project.simulator.operator.deleteArticle(idOf('News'));
    const { outcomes } = await project.pull();
    expect(outcomes?.map((one) => one.status)).toEqual(['done']);
    expect(Object.keys(await project.files())).not.toContain('news.md');
    expect(
      Object.keys(await project.files('.shelfmark/trash')).some((name) => name.endsWith('news.md')),
    ).toBe(true);
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('a file that was edited after its article was deleted is a conflict', async () => {
    await start();
    project.simulator.operator.deleteArticle(idOf('News'));
    await project.write({ 'content/news.md': '---\ntitle: News\n---\nMore news.\n' });
    const { plan } = await project.sync();
    expect(plan.conflicts.map((one) => [one.path, one.reason])).toEqual([
      ['news.md', 'edited here, deleted in the help center'],
    ]);
    expect(Object.keys(await project.files())).toContain('news.md');
  });

  test('a whole folder that is gone is refused beyond the allowed number', async () => {
    await start();
    for (let index = 0; index < 8; index += 1)
      await project.write({
        [`content/many/a${index}.md`]: `# A${index}\n\nText ${index}.\n`,
        [`content/many/a${index}.fr.md`]: `---\ntitle: A${index}\nstate: published\n---\nTexte.\n`,
      });
    await project.push();
    for (let index = 0; index < 8; index += 1)
      await project.write({
        [`content/many/a${index}.md`]: `---\nstate: published\n---\n# A${index}\n\nText ${index}.\n`,
      });
    await project.push();
    await project.write({ 'content/many': null });
    const { plan, outcomes } = await project.push();
    expect(plan.refusals.map((one) => [one.code, one.hint])).toEqual([
      ['TOO_MANY_DELETIONS', 'If that is what you want, run it again with --allow-deletes 8.'],
    ]);
    expect(outcomes).toBeNull();
    const allowed = await project.push({ allowDeletes: 8 });
    expect(allowed.outcomes?.every((one) => one.status === 'done')).toBe(true);
  });
});

describe('links', () => {
  test('a link to a heading of another article leads to that heading and comes back as it was', async () => {
    const a = '# A\n\nFirst.\n\nSee [how](b.md#set-it-up).\n';
    await project.write({
      'content/a.md': a,
      'content/b.md': '# B\n\n## Before\n\nText.\n\n## Set it up\n\nSee [a](a.md).\n',
    });
    await project.push();
    const bodyOf = (title: string): string =>
      project.simulator.operator.articles().find((one) => one.contents['en']?.title === title)?.contents['en']
        ?.body ?? '';
    const id = /id="(h_\w+)">Set it up/.exec(bodyOf('B'))?.[1] ?? 'none';
    expect(bodyOf('A')).toContain(`/articles/${idOf('B')}#${id}"`);
    expect((await project.plan('sync')).operations).toEqual([]);
    project.simulator.operator.editArticle(idOf('A'), {
      body: bodyOf('A').replace('See', 'Look').replace('First', 'One'),
    });
    await project.pull();
    expect(await project.read('content/a.md')).toBe(a.replace('See', 'Look').replace('First', 'One'));
  });

  test('a link in a translation leads to that language, also when its target is new', async () => {
    await project.write({
      'content/a.md': '---\ntitle: A\n---\n\nSee [b](b.md).\n',
      'content/a.fr.md': '---\ntitle: A\n---\n\nVoir [b](b.md).\n',
      'content/b.md': '---\ntitle: B\n---\n\nSee [a](a.md).\n',
      'content/b.fr.md': '---\ntitle: B\n---\n\nVoir [a](a.md).\n',
    });
    await project.push();
    const french = project.simulator.operator.articles().map((one) => one.contents['fr']?.body ?? '');
    expect(french.every((body) => /\/fr\/articles\/\d+"/.test(body))).toBe(true);
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('relative links follow what was moved in the help center', async () => {
    await start();
    const deep = project.simulator.operator.collections().find((one) => one.texts['en']?.name === 'Deep');
    project.simulator.operator.editArticle(idOf('Install'), { parentId: deep?.id ?? 0 });
    await project.pull();
    expect(await project.read('content/guides/use.md')).toBe('# Use\n\nSee [install](deep/install.md).\n');
    const plan = await project.plan('sync');
    expect(plan.operations).toEqual([]);
    expect(plan.problems).toEqual([]);
  });
});

describe('answering conflicts', () => {
  async function conflict(): Promise<void> {
    await start();
    const body = remoteInstall()?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(idOf('Install'), {
      body: body.replace('Second paragraph', 'Theirs').replace('two', 'zwei'),
    });
    await project.write({ 'content/guides/install.md': install.replace('Second paragraph', 'Ours') });
  }

  test('our version is kept, and what only the other side changed is kept', async () => {
    await conflict();
    await project.resolve('content/guides/install.md', 'local');
    expect(writes()).toEqual([]);
    expect(await project.read('content/guides/install.md')).toBe(
      install.replace('Second paragraph', 'Ours').replace('two', 'zwei'),
    );
    const { plan } = await project.push();
    expect(plan.conflicts).toEqual([]);
    expect(remoteInstall()?.contents['en']?.body).toContain('Ours');
    expect(remoteInstall()?.contents['en']?.body).toContain('zwei');
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  test('their version is kept and is written into the file', async () => {
    await conflict();
    await project.resolve('guides', 'remote');
    expect(await project.read('content/guides/install.md')).toBe(
      install.replace('Second paragraph', 'Theirs').replace('two', 'zwei'),
    );
    expect((await project.plan('sync')).operations).toEqual([]);
    expect((await project.plan('sync')).conflicts).toEqual([]);
  });

  test('both versions come into the file, which is not sent until the markers are gone', async () => {
    await conflict();
    await project.resolve('guides/install.md', 'markers');
    const marked = await project.read('content/guides/install.md');
    expect(marked).toContain(
      'First paragraph.\n\n<<<<<<< here\nOurs.\n=======\nTheirs.\n>>>>>>> help center\n\n- one\n- zwei\n',
    );
    expect((await project.push()).plan.problems.map((one) => one.code)).toEqual(['CONFLICT_MARKERS']);
    await project.write({
      'content/guides/install.md': install.replace('Second paragraph', 'Both').replace('two', 'zwei'),
    });
    await project.push();
    expect(remoteInstall()?.contents['en']?.body).toContain('Both');
    expect((await project.plan('sync')).operations).toEqual([]);
  });

  describe('between markers where more than the text is in conflict', () => {
    const marks = '<<<<<<< here\nOurs.\n=======\nTheirs.\n>>>>>>> help center\n';
    const settled = (title: string): string =>
      install.replace('title: Install', `title: ${title}`).replace('Second paragraph', 'Both');

    async function conflictOfTitles(): Promise<number> {
      await conflict();
      const id = idOf('Install');
      project.simulator.operator.editArticle(id, { title: 'Their title' });
      return id;
    }
    const titleOf = (id: number): string | undefined =>
      project.simulator.operator.article(id).contents['en']?.title;
    const ours = (): Promise<void> =>
      project.write({
        'content/guides/install.md': install
          .replace('title: Install', 'title: Our title')
          .replace('Second paragraph', 'Ours'),
      });

    test('the command says how to answer both at once, and changes nothing', async () => {
      await conflictOfTitles();
      await ours();
      const before = await project.files();
      await expect(project.resolve('guides/install.md', 'markers')).rejects.toMatchObject({
        code: 'MARKERS_IMPOSSIBLE',
        message: expect.stringContaining('guides/install.md is also in conflict about its title'),
        hint: expect.stringContaining('shelfmark resolve guides/install.md --markers --local'),
      });
      expect(await project.files()).toEqual(before);
    });

    test.each([
      ['local', 'Our title'],
      ['remote', 'Their title'],
    ] as const)(
      'the text goes between markers, and for the rest the answer %s counts',
      async (others, title) => {
        const id = await conflictOfTitles();
        await ours();
        await project.resolve('guides/install.md', 'markers', others);
        const marked = await project.read('content/guides/install.md');
        expect(marked).toContain(`title: ${title}\n`);
        expect(marked).toContain(marks);
        expect(writes().every((call) => call.method !== 'PUT')).toBe(true);
        await project.write({ 'content/guides/install.md': settled(title) });
        const { plan } = await project.push();
        expect(plan.conflicts).toEqual([]);
        expect(titleOf(id)).toBe(title);
        expect(project.simulator.operator.article(id).contents['en']?.body).toContain('Both');
        expect((await project.plan('sync')).operations).toEqual([]);
      },
    );

    test('a title that changed only there comes along', async () => {
      const id = await conflictOfTitles();
      await project.resolve('guides/install.md', 'markers');
      const marked = await project.read('content/guides/install.md');
      expect(marked).toContain('title: Their title\n');
      expect(marked).toContain(marks);
      await project.write({ 'content/guides/install.md': settled('Their title') });
      const { plan } = await project.push();
      expect(plan.operations.map((one) => one.fields.map((change) => change.field))).toEqual([['body']]);
      expect(titleOf(id)).toBe('Their title');
      expect((await project.plan('sync')).operations).toEqual([]);
    });

    test('a file that also moved there moves along, with the markers in it', async () => {
      const id = await conflictOfTitles();
      const deep = project.simulator.operator.collections().find((one) => one.texts['en']?.name === 'Deep');
      project.simulator.operator.editArticle(id, { parentId: deep?.id ?? 0 });
      await project.resolve('guides/install.md', 'markers');
      const marked = await project.read('content/guides/deep/install.md');
      expect(marked).toContain(marks);
      await project.write({ 'content/guides/deep/install.md': settled('Their title') });
      await project.push();
      expect(project.simulator.operator.article(id).parentIds).toEqual([deep?.id]);
      expect((await project.plan('sync')).operations).toEqual([]);
    });
  });

  test('an article that was deleted there and edited here can be created anew', async () => {
    await start();
    project.simulator.operator.deleteArticle(idOf('News'));
    await project.write({ 'content/news.md': '---\ntitle: News\n---\nMore news.\n' });
    await project.resolve('news.md', 'local');
    const { plan } = await project.push();
    expect(plan.operations.map((one) => [one.action, one.path])).toEqual([['create', 'news.md']]);
  });
});

test('different words of one paragraph are merged where this machine still knows what it said', async () => {
  const long =
    '---\ntitle: Install\nstate: published\n---\n\nOpen the settings, choose a plan and press the green button at the end.\n';
  await project.write({ 'content/guides/install.md': long });
  await project.push();
  const body = remoteInstall()?.contents['en']?.body ?? '';
  project.simulator.operator.editArticle(idOf('Install'), {
    body: body.replace('green button', 'blue button'),
  });
  await project.write({ 'content/guides/install.md': long.replace('the settings', 'the preferences') });
  const { plan } = await project.sync();
  expect(plan.conflicts).toEqual([]);
  expect(await project.read('content/guides/install.md')).toBe(
    long.replace('the settings', 'the preferences').replace('green button', 'blue button'),
  );
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('two targets share the files of the folder, so a run for one keeps out a run for the other', async () => {
  const targets = 'targets:\n  staging:\n    remote: { provider: intercom }\n';
  const folder = project.folder;
  await project.write({
    'sync.config.yaml': `remote:\n  provider: intercom\n${targets}`,
    'content/a.md': '# A\n\nText.\n',
  });
  const config = await findConfig(nodeFiles, folder, { file: null, target: 'staging' });
  const mark = { process: 4, place: 'elsewhere', since: Date.now(), beat: Date.now() };
  await project.write({ '.shelfmark/run.lock': `${JSON.stringify(mark)}\n` });
  await expect(project.push({ config })).rejects.toThrow(/^Another run is at work in this folder/);
  await expect(project.push()).rejects.toThrow(/^Another run is at work in this folder/);
  await project.write({ '.shelfmark/run.lock': null });
  await project.push();
  expect(project.simulator.operator.articles()).toHaveLength(1);
});
