/* A run is killed, then git puts other files in place: what the run had noted must not make their old text an edit. */
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLong } from '../helpers/long.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const names = ['one', 'two', 'three'] as const;
const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const bodyOf = (title: string): string => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  if (found === undefined) throw new Error(`no article ${title}`);
  return found.contents['en']?.body ?? '';
};
const idOf = (title: string): number =>
  project.simulator.operator.articles().find((one) => one.contents['en']?.title === title)?.id ?? 0;
const titles = (): readonly string[] =>
  project.simulator.operator.articles().map((one) => one.contents['en']?.title ?? '');
const states = (): readonly string[] =>
  project.simulator.operator.articles().map((one) => one.contents['en']?.state ?? '');

async function start(): Promise<void> {
  await project.write(
    Object.fromEntries(
      names.map((name) => [
        `content/guide/${name}.md`,
        article(name, `Opening ${name}.\n\nClosing ${name}.`),
      ]),
    ),
  );
  await project.sync();
  await commit('synced');
}

async function commit(message: string): Promise<void> {
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', message);
}

/** Somebody in the web editor. */
function teammate(title: string, from: string, to: string): void {
  project.simulator.operator.editArticle(idOf(title), { body: bodyOf(title).replace(from, to) });
}

/** The index does not count: it is written or not, by the age of the files. */
const isLockWritten = (step: string, path: string, to: unknown): boolean =>
  (step === 'rename' || step === 'replace') && path.includes('.tmp') && !String(to).includes('index.');
/** Right before the lock file is replaced: all is noted in the journal, and nothing in the lock. */
const beforeLock = (count: number) => {
  let renames = 0;
  return (step: string, path: string, to: unknown): boolean =>
    isLockWritten(step, path, to) && (renames += 1) > count;
};

const gestures: readonly (readonly [name: string, act: () => Promise<unknown>])[] = [
  ['git reset --hard', () => project.git('reset', '-q', '--hard')],
  ['git stash', () => project.git('stash', '-q')],
  ['git checkout of the folder', () => project.git('checkout', '-q', '--', 'content')],
  [
    'a stash that is taken back after another run',
    async () => {
      await project.git('stash', '-q', '-u');
      await project.push();
      await project.git('stash', 'pop', '-q').catch(() => undefined);
    },
  ],
  ['git checkout of one file', () => project.git('checkout', '-q', '--', 'content/guide/two.md')],
  [
    'git restore of an older commit',
    () => project.git('checkout', '-q', 'HEAD', '--', 'content/guide/one.md'),
  ],
  [
    'a merge of what others wrote',
    async () => {
      await project.git('checkout', '-q', '-f', '-b', 'others');
      await project.write({
        'content/guide/one.md': article('one', 'Added by an author.\n\nOpening one.\n\nClosing one.'),
      });
      await commit('others');
      await project.git('checkout', '-q', 'main');
      await project.git('merge', '-q', '--no-edit', 'others');
    },
  ],
];

const afterwards = [
  ['push, then sync', ['push', 'sync']],
  ['sync', ['sync']],
  ['pull, then push', ['pull', 'push']],
] as const;

describe.each(gestures)('after a pull that was killed, %s', (gesture, act) => {
  // Each start of git costs more than the run between: the gate tries each gesture, and one of them with all commands.
  const rows = isLong || gesture === 'git reset --hard' ? afterwards : afterwards.slice(0, 1);
  test.each(rows)('costs no word of a teammate: %s', async (_, commands) => {
    await start();
    for (const name of names) teammate(name, `Closing ${name}.`, `Closing ${name}, says a teammate.`);
    await project.killed('pull', beforeLock(names.length));
    expect(await project.read('content/guide/two.md')).toContain('says a teammate');
    await act();
    for (const command of commands) await project[command]();
    for (const name of names) {
      expect(bodyOf(name)).toContain('says a teammate');
      expect(await project.read(`content/guide/${name}.md`)).toContain('says a teammate');
    }
    expect(titles()).toHaveLength(names.length);
    const plan = await project.plan();
    expect([plan.operations, plan.conflicts]).toEqual([[], []]);
  });
});

test('without git, too: files that are put back by hand after a pull was killed are no edits', async () => {
  await project.write({ 'content/one.md': article('one', 'Opening.\n\nClosing.') });
  await project.sync();
  const before = await project.read('content/one.md');
  teammate('one', 'Closing.', 'Closing, says a teammate.');
  await project.killed('pull', beforeLock(1));
  await project.write({ 'content/one.md': before.replaceAll('\n', '\r\n') });
  expect((await project.push()).plan.behind.map((one) => one.path)).toEqual(['one.md']);
  expect(bodyOf('one')).toContain('says a teammate');
  await project.sync();
  expect(await project.read('content/one.md')).toContain('says a teammate');
});

test('a killed sync that pulled and pushed: a reset brings the pulled text back, and takes no pushed text away', async () => {
  await start();
  teammate('one', 'Closing one.', 'Closing one, says a teammate.');
  await project.write({
    'content/guide/two.md': article('two', 'Opening two.\n\nClosing two.\n\nAn author.'),
  });
  await project.killed(
    'sync',
    (step, path, to) => isLockWritten(step, path, to) && bodyOf('two').includes('An author'),
  );
  await project.git('reset', '-q', '--hard');
  await project.sync();
  expect(bodyOf('one')).toContain('says a teammate');
  expect(bodyOf('two')).toContain('An author');
  expect(await project.read('content/guide/two.md')).toContain('An author');
  expect((await project.plan()).operations).toEqual([]);
});

describe('what a killed push created', () => {
  const added = {
    'content/guide/new.md': article('New', 'Some words.'),
    'content/guide/new.fr.md': article('Nouveau', 'Des mots.'),
  };
  const createAndDie = async (): Promise<void> => {
    await start();
    await project.write(added);
    await project.killed(
      'push',
      (step, path, to) => isLockWritten(step, path, to) && titles().includes('New'),
    );
    expect(titles()).toContain('New');
  };

  test('stays one article when its file is stashed and comes back', async () => {
    await createAndDie();
    await project.git('stash', '-q', '-u');
    const { plan } = await project.push();
    expect(plan.operations).toEqual([]);
    expect(states()).toEqual(['published', 'published', 'published', 'published']);
    await project.git('stash', 'pop', '-q');
    await project.sync();
    expect(titles().filter((one) => one === 'New')).toHaveLength(1);
    expect((await project.plan()).operations).toEqual([]);
  });

  test('is brought back by a sync when its file is thrown away, in its place and published as it was', async () => {
    await createAndDie();
    await project.git('reset', '-q', '--hard');
    await project.git('clean', '-fdq');
    await project.sync();
    expect(await project.read('content/guide/new.md')).toContain('Some words.');
    expect(states()).toEqual(['published', 'published', 'published', 'published']);
    expect((await project.plan()).operations).toEqual([]);
  });

  test('is the same article when its file was renamed or edited right afterwards', async () => {
    await createAndDie();
    await project.write({
      'content/guide/new.md': null,
      'content/guide/new.fr.md': null,
      'content/guide/newer.md': article('New', 'Some words.\n\nAnd more.'),
      'content/guide/newer.fr.md': added['content/guide/new.fr.md'],
    });
    const { plan } = await project.push();
    expect(plan.conflicts).toEqual([]);
    expect(titles().filter((one) => one === 'New')).toHaveLength(1);
    expect(bodyOf('New')).toContain('And more.');
  });
});

test('an edit on top of what a killed pull wrote is sent, with the words of the teammate in it', async () => {
  await start();
  teammate('one', 'Closing one.', 'Closing one, says a teammate.');
  await project.killed('pull', beforeLock(1));
  const text = await project.read('content/guide/one.md');
  await project.write({ 'content/guide/one.md': `${text}\nAnd an author.\n` });
  const { plan } = await project.push();
  expect(plan.operations.map((one) => one.path)).toEqual(['guide/one.md']);
  expect(bodyOf('one')).toMatch(/says a teammate.*And an author/s);
});

test('a file that the help center had removed and that git brings back is no new article', async () => {
  await start();
  project.simulator.operator.deleteArticle(idOf('two'));
  await project.killed('pull', isLockWritten);
  expect(await project.files()).not.toHaveProperty(['guide/two.md']);
  await project.git('reset', '-q', '--hard');
  const { plan } = await project.push();
  expect(plan.behind.map((one) => one.path)).toEqual(['guide/two.md']);
  expect(titles()).toEqual(['one', 'three']);
});

test('a name of a collection that a killed pull wrote is no edit after a reset', async () => {
  await start();
  await project.write({ 'content/guide/collection.yaml': 'name: Guide\ndescription: All of it\n' });
  await project.sync();
  await commit('named');
  const [collection] = project.simulator.operator.collections();
  project.simulator.operator.editCollection(collection?.id ?? 0, { name: 'Guides' });
  await project.killed('pull', beforeLock(1));
  await project.git('reset', '-q', '--hard');
  await project.push();
  expect(project.simulator.operator.collections()[0]?.texts['en']?.name).toBe('Guides');
  await project.sync();
  expect(await project.read('content/guide/collection.yaml')).toContain('name: Guides');
});

test('a lock file that git swaps during a run is left alone, and what was done counts on the branch it was done for', async () => {
  await start();
  await project.git('branch', 'old');
  teammate('one', 'Closing one.', 'Closing one, says a teammate.');
  await project.sync();
  await project.write({
    'content/guide/two.md': article('two', 'Opening two.\n\nClosing two.\n\nAn author.'),
  });
  await commit('more');
  const events: string[] = [];
  await project.push({
    tell: (event) => {
      events.push(event.event);
      if (event.event === 'outcome') execFileSync('git', ['checkout', '-q', 'old'], { cwd: project.folder });
    },
    onCall: () => undefined,
  });
  const lock = await project.read('sync.lock.json');
  expect(lock).toBe(await project.git('show', 'old:sync.lock.json'));
  expect(events).toContain('lock-left');
  await project.sync();
  expect(bodyOf('one')).toContain('says a teammate');
  expect(bodyOf('two')).toContain('An author');
  expect(await project.read('content/guide/two.md')).toContain('An author');
  await commit('on old');
  await project.git('checkout', '-q', 'main');
  expect((await project.plan()).operations).toEqual([]);
});

test('a file that a pull moves while a reset puts it back as well is told, and not created a second time', async () => {
  await start();
  const shelf = project.simulator.operator.createCollection({ name: 'Shelf' });
  await project.sync();
  await commit('with a shelf');
  // The lock file is ahead of the commit, so that the reset changes it under the run, which then leaves it alone.
  await project.write({ 'content/shelf/three.md': article('three', 'Text.') });
  await project.push();
  project.simulator.operator.editArticle(idOf('one'), { parentId: shelf.id });
  await project.pull({
    tell: ({ event }) => {
      if (event === 'outcome') execFileSync('git', ['reset', '-q', '--hard'], { cwd: project.folder });
    },
    onCall: () => undefined,
  });
  const files = Object.keys(await project.files());
  expect(files.filter((one) => one.endsWith('one.md'))).toHaveLength(2);
  const before = project.simulator.operator.articles().length;
  expect((await project.sync()).plan.problems.map((one) => one.code)).toContain('TWIN');
  expect(project.simulator.operator.articles()).toHaveLength(before);
});
