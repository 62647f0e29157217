import { rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Project } from '../../helpers/project.ts';
import { aProject, startWatching, type Watching } from './watching.ts';

const install = '---\ntitle: Install\nstate: published\n---\n\nFirst paragraph.\n\nSecond paragraph.\n';
const files = {
  'content/guides/install.md': install,
  'content/news.md': '---\ntitle: News\nstate: draft\n---\n\nNews.\n',
};

const articleOf = (project: Project, title: string) => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  if (found === undefined) throw new Error(`no article ${title}`);
  return found;
};
const bodyOf = (project: Project, title: string): string =>
  articleOf(project, title).contents['en']?.body ?? '';
const writes = (project: Project): readonly string[] =>
  project.simulator.operator
    .calls()
    .filter((call) => call.method !== 'GET')
    .map((call) => call.method);
const edit = (project: Project, title: string, from: string, to: string): void => {
  project.simulator.operator.editArticle(articleOf(project, title).id, {
    body: bodyOf(project, title).replace(from, to),
  });
};
const paused = (watching: Watching): readonly string[] =>
  watching.events.flatMap((one) => (one.event === 'paused' ? [one.pause.code] : []));
const inStep = async (project: Project): Promise<void> => {
  const plan = await project.plan('sync');
  expect([plan.operations, plan.conflicts, plan.problems]).toEqual([[], [], []]);
};

describe('what is saved', () => {
  test('reaches the help center by itself, once, and makes no echo', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await project.write({ 'content/guides/install.md': install.replace('First', 'Very first') });
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Very first'));
    await watching.quiet();
    expect(writes(project)).toEqual(['PUT']);
    expect(watching.writing().length).toBe(1);
    await watching.stop();
    await inStep(project);
  });

  test('with fifty other files is pushed in one run', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`content/many/a${index}.md`, `# A${index}\n\nText.\n`]),
    );
    const project = await aProject(many);
    const watching = await startWatching(project);
    await Promise.all(
      Object.entries(many).map(([name, text]) =>
        writeFile(join(project.folder, name), text.replace('Text.', 'New text.')),
      ),
    );
    await watching.until('all pushes', () => writes(project).length === 50);
    await watching.until('the end of the round', () => watching.writing().length > 0);
    await watching.quiet();
    expect(watching.writing().map((one) => one.outcomes?.length)).toEqual([50]);
  });

  test('by editors that write in two steps, or to another name first, is pushed whole', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    const path = join(project.folder, 'content/guides/install.md');
    await writeFile(path, '');
    await writeFile(path, install.replace('First', 'Twice written'));
    await watching.until('the first push', () => bodyOf(project, 'Install').includes('Twice written'));
    await writeFile(`${path}~`, install.replace('First', 'Renamed'));
    await rename(`${path}~`, path);
    await watching.until('the second push', () => bodyOf(project, 'Install').includes('Renamed'));
    await watching.quiet();
    expect(writes(project)).toEqual(['PUT', 'PUT']);
  });

  test('as a new file in a new folder becomes an article in a collection', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await project.write({ 'content/fresh/first-steps.md': '# First steps\n\nWalk.\n' });
    await watching.until('the article', () => project.simulator.operator.articles().length === 3);
    await watching.quiet();
    expect(writes(project)).toEqual(['POST', 'POST']);
  });

  test('with as many letters and the old time stamp is noticed all the same', async () => {
    const project = await aProject(files);
    const path = join(project.folder, 'content/guides/install.md');
    await utimes(path, 1_700_000_000, 1_700_000_000);
    const watching = await startWatching(project);
    await project.write({ 'content/news.md': '---\ntitle: News\nstate: draft\n---\n\nMore news.\n' });
    await watching.until('another round', () => bodyOf(project, 'News').includes('More news'));
    const { size } = await stat(path);
    await writeFile(path, install.replace('First', 'Fresh'));
    await utimes(path, 1_700_000_000, 1_700_000_000);
    expect((await stat(path)).size).toBe(size);
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Fresh paragraph'));
  });

  test('and is broken is held alone, is told with its line, and goes once it is mended', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await project.write({ 'content/guides/install.md': '---\ntitle: [\n---\n\nText.\n' });
    const problems = () =>
      watching.events.flatMap((one) => (one.event === 'round' ? one.round.plan.problems : []));
    await watching.until('the problem', () => problems().length > 0);
    expect(problems()[0]?.place.file).toBe('content/guides/install.md');
    expect(writes(project)).toEqual([]);
    await project.write({ 'content/other.md': install.replace('Install', 'Other') });
    await watching.until('the push of another', () =>
      project.simulator.operator.articles().some((one) => one.contents['en']?.title === 'Other'),
    );
    await project.write({ 'content/guides/install.md': install.replace('First', 'Mended') });
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Mended'));
  });
});

describe('what a teammate edits', () => {
  test('arrives in the file, and nothing goes back', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    edit(project, 'Install', 'Second', 'Their second');
    await watching.until(
      'the pull',
      async () =>
        (await project.read('content/guides/install.md')) === install.replace('Second', 'Their second'),
    );
    await watching.quiet();
    expect(writes(project)).toEqual([]);
    expect(watching.writing().length).toBe(1);
    expect(watching.events.filter((one) => one.event === 'round' && one.cause === 'folder')).toEqual([]);
    await watching.stop();
    await inStep(project);
  });

  test('put back to what it was, as git does it, comes forward again and takes nothing from the help center', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    const theirs = install.replace('Second', 'Their second');
    const isTheirs = async () => (await project.read('content/guides/install.md')) === theirs;
    edit(project, 'Install', 'Second', 'Their second');
    await watching.until('the pull', isTheirs);
    await project.write({ 'content/guides/install.md': install });
    await watching.until('the pull of what was put back', isTheirs);
    expect(bodyOf(project, 'Install')).toContain('Their second');
    // Another wording of one's own is an edit like any other.
    await project.write({ 'content/guides/install.md': install.replace('Second', 'Our second') });
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Our second'));
    await watching.stop();
    await inStep(project);
  });

  test('is merged with what is saved at the same time', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    edit(project, 'Install', 'Second', 'Their second');
    await project.write({ 'content/guides/install.md': install.replace('First', 'Our first') });
    const merged = install.replace('First', 'Our first').replace('Second', 'Their second');
    await watching.until(
      'the merge',
      async () =>
        (await project.read('content/guides/install.md')) === merged &&
        bodyOf(project, 'Install').includes('Our first'),
    );
    expect(bodyOf(project, 'Install')).toContain('Their second');
  });

  test('in the same words is a conflict that is held and shown while the rest goes on', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project, { pace: { rest: 60, interval: 400 } });
    edit(project, 'Install', 'Second paragraph', 'Theirs');
    await project.write({ 'content/guides/install.md': install.replace('Second paragraph', 'Ours') });
    const conflicts = () =>
      watching.events.flatMap((one) => (one.event === 'round' ? one.round.plan.conflicts : []));
    await watching.until('the conflict', () => conflicts().length > 0);
    expect(conflicts()[0]?.path).toBe('guides/install.md');
    await project.write({ 'content/news.md': '---\ntitle: News\nstate: draft\n---\n\nMore news.\n' });
    await watching.until('the other push', () => bodyOf(project, 'News').includes('More news'));
    expect(bodyOf(project, 'Install')).toContain('Theirs');
    expect(await project.read('content/guides/install.md')).toContain('Ours');
  });

  test('as a deletion takes the file to the trash', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    project.simulator.operator.deleteArticle(articleOf(project, 'News').id);
    await watching.until('the deletion', async () => !('news.md' in (await project.files())));
    expect(
      Object.keys(await project.files('.shelfmark/trash')).some((name) => name.endsWith('news.md')),
    ).toBe(true);
  });
});

describe('one direction', () => {
  test('push leaves the folder alone and never looks by itself', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project, { direction: 'push' });
    project.simulator.operator.clearCalls();
    edit(project, 'Install', 'Second', 'Their second');
    await watching.quiet();
    expect(project.simulator.operator.calls()).toEqual([]);
    await project.write({ 'content/news.md': '---\ntitle: News\nstate: draft\n---\n\nMore news.\n' });
    await watching.until('the push', () => bodyOf(project, 'News').includes('More news'));
    expect(await project.read('content/guides/install.md')).toBe(install);
  });

  test('pull leaves the help center alone', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project, { direction: 'pull' });
    await project.write({ 'content/news.md': '---\ntitle: News\nstate: draft\n---\n\nMore news.\n' });
    edit(project, 'Install', 'Second', 'Their second');
    await watching.until('the pull', async () =>
      (await project.read('content/guides/install.md')).includes('Their second'),
    );
    await watching.quiet();
    expect(writes(project)).toEqual([]);
  });
});

describe('--draft', () => {
  test('sends drafts, leaves public articles alone, and a sync publishes all of it later', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project, { isDraft: true });
    await project.write({
      'content/guides/install.md': install.replace('First', 'Unseen'),
      'content/news.md': '---\ntitle: News\nstate: published\n---\n\nMore news.\n',
      'content/fresh.md': '---\ntitle: Fresh\nstate: published\n---\n\nFresh.\n',
    });
    await watching.until(
      'the drafts',
      () =>
        project.simulator.operator.articles().length === 3 && bodyOf(project, 'News').includes('More news'),
    );
    await watching.quiet();
    expect(bodyOf(project, 'Install')).not.toContain('Unseen');
    expect(articleOf(project, 'News').contents['en']?.state).toBe('draft');
    expect(articleOf(project, 'Fresh').contents['en']?.state).toBe('draft');
    expect(await project.read('content/fresh.md')).toContain('state: published');
    expect(writes(project).toSorted()).toEqual(['POST', 'PUT']);
    await watching.stop();
    await project.sync();
    expect(bodyOf(project, 'Install')).toContain('Unseen');
    for (const title of ['Install', 'News', 'Fresh'])
      expect(articleOf(project, title).contents['en']?.state).toBe('published');
    await inStep(project);
  });
});

describe('what happens to watchers', () => {
  test('a folder that is deleted and made again: nothing is taken for deleted, and events come again', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await rm(join(project.folder, 'content'), { recursive: true });
    await watching.until('the pause', () => paused(watching).includes('CONTENT_MISSING'));
    await watching.quiet();
    expect(writes(project)).toEqual([]);
    await project.write(files);
    await watching.until('going on', () => watching.events.some((one) => one.event === 'resumed'));
    await project.write({ 'content/guides/install.md': install.replace('First', 'Back again') });
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Back again'));
    expect(writes(project)).toEqual(['PUT']);
  });

  test('an emptied folder is refused by the guard', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await rm(join(project.folder, 'content/guides'), { recursive: true });
    await rm(join(project.folder, 'content/news.md'));
    await watching.until('the refusal', () =>
      watching.events.some((one) => one.event === 'round' && one.round.plan.refusals.length > 0),
    );
    expect(writes(project)).toEqual([]);
  });

  test('the token is revoked and given back: what was saved meanwhile is pushed', async () => {
    const project = await aProject(files);
    project.simulator.operator.setFaults([]);
    const watching = await startWatching(project);
    project.simulator.operator.setFaults(['status=401']);
    await watching.until('the pause', () => paused(watching).includes('TOKEN_REFUSED'));
    await project.write({ 'content/guides/install.md': install.replace('First', 'Offline') });
    await watching.quiet();
    expect(bodyOf(project, 'Install')).not.toContain('Offline');
    project.simulator.operator.setFaults([]);
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Offline'));
    await watching.until('going on', () => watching.events.some((one) => one.event === 'resumed'));
  });

  test('another run has the lock: watching waits for it', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    const lock = join(project.folder, '.shelfmark/run.lock');
    await watching.quiet();
    await writeFile(lock, JSON.stringify({ process: 1, place: 'here', since: 0 }));
    await project.write({ 'content/guides/install.md': install.replace('First', 'Waiting') });
    await watching.until('the pause', () => paused(watching).includes('ALREADY_RUNNING'));
    expect(writes(project)).toEqual([]);
    await rm(lock);
    await watching.until('the push', () => bodyOf(project, 'Install').includes('Waiting'));
  });

  test('a git operation under way: nothing is written until it has ended', async () => {
    const project = await aProject(files);
    await project.write({ '.git/HEAD': 'ref: refs/heads/main\n' });
    const watching = await startWatching(project);
    await project.write({
      '.git/rebase-merge/onto': 'x\n',
      'content/news.md': '---\ntitle: News\n---\n\nHalf.\n',
    });
    await watching.until('the pause', () => paused(watching).includes('GIT_BUSY'));
    await project.write({
      'content/news.md': '---\ntitle: News\n---\n\nWhole.\n',
      '.git/rebase-merge': null,
    });
    await watching.until('the push', () => bodyOf(project, 'News').includes('Whole'));
    expect(writes(project)).toEqual(['PUT']);
  });

  test('an avalanche after a switch of branches waits for a yes, or for the switch back', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`content/a${index}.md`, `# A${index}\n\nText.\n`]),
    );
    const other = Object.fromEntries(
      Object.entries(many).map(([name, text]) => [name, text.replace('Text', 'Other')]),
    );
    const project = await aProject({ '.git/HEAD': 'ref: refs/heads/main\n', ...many });
    const answers: (boolean | null)[] = [null];
    const watching = await startWatching(project, { confirm: async () => answers.shift() ?? null });
    const asked = () =>
      watching.events.filter((one) => one.event === 'round' && one.round.avalanche !== null).length;
    await project.write({ '.git/HEAD': 'ref: refs/heads/other\n', ...other });
    await watching.until('the question', () => asked() === 1);
    await watching.quiet();
    expect(writes(project)).toEqual([]);
    answers.push(true);
    await project.write({ 'content/a0.md': '# A0\n\nOther again.\n' });
    await watching.until('the pushes', () => writes(project).length === 12);
    expect(bodyOf(project, 'A0')).toContain('Other again');
  });
});

describe('how it ends and what it costs', () => {
  test('once means one round, and then the end', async () => {
    const project = await aProject(files);
    await project.write({ 'content/guides/install.md': install.replace('First', 'Once') });
    const watching = await startWatching(project, { isOnce: true });
    expect((await watching.ended())?.outcomes?.map((one) => one.status)).toEqual(['done']);
    expect(bodyOf(project, 'Install')).toContain('Once');
  });

  test('an idle watch takes one call for every look', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await watching.quiet();
    project.simulator.operator.clearCalls();
    const before = watching.events.length;
    const looksSince = (): number =>
      watching.events.slice(before).filter((one) => one.event === 'looking').length;
    await watching.until('some looks', () => looksSince() > 4);
    await watching.stop();
    const looks = looksSince();
    const calls = project.simulator.operator.calls();
    expect(calls.every((call) => call.path.startsWith('/articles?page=1'))).toBe(true);
    expect(Math.abs(calls.length - looks)).toBeLessThanOrEqual(1);
  });

  test('stopping leaves no lock behind', async () => {
    const project = await aProject(files);
    const watching = await startWatching(project);
    await watching.stop();
    expect(Object.keys(await project.files('.shelfmark'))).not.toContain('run.lock');
  });
});
