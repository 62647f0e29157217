import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inWatch } from '../../src/report/in-watch.ts';
import { runCommand, type Ended } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const env = () => ({ INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token });
const shelfmark = (args: readonly string[], folder = project.folder): Promise<Ended> =>
  runCommand(args, { folder, env: env() });
const article = (title: string, text = 'Text.', more = ''): string =>
  `---\ntitle: ${title}\nstate: published\n${more}---\n\n${text}\n`;
const titles = () => project.simulator.operator.articles().map((one) => one.contents['en']?.title);
const edit = (title: string, body: string): void => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  project.simulator.operator.editArticle(found?.id ?? 0, { body });
};

/** Carries out every command that a message names in quotes, and expects each to work where it was printed. */
async function followHints(said: string, folder = project.folder): Promise<void> {
  for (const [, words = ''] of said.matchAll(/"shelfmark ([a-z][^"]*)"/g)) {
    if (/[A-Z]{3}/.test(words)) continue;
    const { code, all } = await shelfmark(words.split(' '), folder);
    expect([words, code, all]).toEqual([words, expect.toBeOneOf([0, 3]), all]);
  }
}

describe('a content folder that is not there', () => {
  test.each(['status', 'plan', 'validate', 'push', 'pull', 'sync', 'adopt'])(
    'makes no trouble to %s, and what it says to do works',
    async (command) => {
      await rm(join(project.folder, 'content'), { recursive: true });
      const { all } = await shelfmark([command]);
      expect(all).not.toContain('report it');
      await followHints(all);
    },
  );

  test('is made by a pull, as in a clone of a fresh project', async () => {
    project.simulator.operator.createArticle({ title: 'Here already', body: '<p>Words.</p>' });
    await rm(join(project.folder, 'content'), { recursive: true });
    expect((await shelfmark(['pull'])).code).toBe(0);
    expect(await project.read('content/here-already.md')).toContain('Words.');
  });

  test('that was deleted is refused, as an emptied one is', async () => {
    await project.write({ 'content/a.md': article('A') });
    await project.push();
    await rm(join(project.folder, 'content'), { recursive: true });
    expect((await shelfmark(['push', '--yes'])).code).toBe(4);
    expect(titles()).toEqual(['A']);
  });
});

test('of two files with one title each is told to take another id, and doing so works', async () => {
  const parent = project.simulator.operator.createCollection({ name: 'Guide' });
  for (const text of ['One.', 'Two.'])
    project.simulator.operator.createArticle({
      title: 'Overview',
      body: `<p>${text}</p>`,
      parentId: parent.id,
    });
  await project.write({
    'content/guide/a.md': article('Overview', 'One.'),
    'content/guide/b.md': article('Overview', 'Two.'),
    'content/guide/c.md': article('Overview', 'Three.'),
  });
  const { plan } = await project.push();
  const hints = plan.problems.map((one) => one.hint);
  expect(hints).toHaveLength(3);
  expect(hints[2]).toBe('Give it another title, so that it can be created as a new one.');
  for (const [index, name] of ['a', 'b'].entries()) {
    const line = /id: \d+/.exec(hints[index] ?? '')?.[0] ?? '';
    await project.write({
      [`content/guide/${name}.md`]: article('Overview', name === 'a' ? 'One.' : 'Two.', `${line}\n`),
    });
  }
  await project.write({ 'content/guide/c.md': article('Another overview', 'Three.') });
  expect((await project.push()).plan.problems).toEqual([]);
  expect(titles()).toEqual(['Overview', 'Overview', 'Another overview']);
});

test('ids of another workspace are one finding, and those of another tool are the user’s own', async () => {
  for (let at = 0; at < 12; at += 1)
    await project.write({
      [`content/part-${at}.md`]: article(`Part ${at}`, 'Text.', `id: ${900_100 + at}\n`),
    });
  for (const name of ['setup', 'usage'])
    await project.write({
      [`content/${name}.md`]: article(name, 'Text.', `id: page-${name}\nsidebar_position: 3\n`),
    });
  const { plan } = await project.push();
  expect(plan.problems.map((one) => [one.severity, one.code])).toEqual([
    ['error', 'ID_UNKNOWN'],
    ['warning', 'ID_NOT_OURS'],
    ['warning', 'UNKNOWN_KEY'],
  ]);
  expect(plan.problems[0]?.message).toContain('12 files');
  expect(plan.problems[2]?.hint).toBe('The order of articles is kept in Intercom; set it there.');
  expect(titles()).toEqual(['setup', 'usage']);
  expect(await project.read('content/setup.md')).toContain('id: page-setup');
});

test('front matter may end with blanks behind its dashes', async () => {
  await project.write({ 'content/a.md': '---\ntitle: A\nstate: published\n---  \n\nText.\n' });
  await project.push();
  expect(titles()).toEqual(['A']);
  edit('A', '<p>Theirs.</p>');
  await project.pull();
  expect(await project.read('content/a.md')).toBe('---\ntitle: A\nstate: published\n---  \n\nTheirs.\n');
});

test.each([
  ['description: Old words\n', 'description ("Old words")'],
  ['icon: star\n', 'icon ("star")'],
  ['translations:\n  fr:\n    name: Fr\n    description: Mots\n', 'translation (fr)'],
])('a key that is taken out of a collection.yaml is told: %j', async (key, said) => {
  await project.write({
    'content/a/collection.yaml': `name: A\n${key}`,
    'content/a/page.md': article('Page'),
  });
  await project.push();
  expect((await project.push()).plan.problems).toEqual([]);
  await project.write({ 'content/a/collection.yaml': 'name: A\n' });
  for (const direction of ['push', 'sync'] as const)
    expect((await project[direction]()).plan.problems.map((one) => one.message)).toEqual([
      `The help center keeps what this file does not say: ${said}.`,
    ]);
});

describe('resolve', () => {
  async function inConflict(): Promise<void> {
    await project.write({ 'content/a.md': article('A', 'First words.') });
    await project.push();
    edit('A', '<p>Their words.</p>');
    await project.write({ 'content/a.md': article('A', 'Our words.') });
    expect((await shelfmark(['sync', '--yes'])).code).toBe(3);
  }

  test.each([
    ['--local', 'Our words.'],
    ['--remote', 'Their words.'],
  ])('takes %s after --markers, and the next sync is in step', async (answer, text) => {
    await inConflict();
    await shelfmark(['resolve', 'content/a.md', '--markers']);
    expect(await project.read('content/a.md')).toContain('<<<<<<<');
    expect((await shelfmark(['resolve', 'content/a.md', answer])).code).toBe(0);
    expect(await project.read('content/a.md')).toBe(article('A', text));
    expect((await shelfmark(['sync', '--yes'])).code).toBe(0);
    expect((await project.plan()).operations).toEqual([]);
  });

  test('says of a file that went to the trash that it did', async () => {
    await project.write({ 'content/a.md': article('A'), 'content/b.md': article('B') });
    await project.push();
    const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === 'A');
    project.simulator.operator.deleteArticle(found?.id ?? 0);
    await project.write({ 'content/a.md': article('A', 'Edited.') });
    const { out } = await shelfmark(['resolve', 'a.md', '--remote']);
    expect(out).toContain('went to the trash');
    expect(out).not.toContain('holds it now');
    await followHints(out);
  });
});

test.each(['push', 'pull', 'sync', 'watch', 'adopt'])(
  '%s --dry-run says what to run instead',
  async (command) => {
    await project.write({ 'content/a.md': article('A') });
    const { code, err } = await shelfmark([command, '--dry-run']);
    expect(code).toBe(64);
    expect(err).toContain('no dry run');
    await followHints(err);
  },
);

test('an error of a command names the help of that command, and machines read it as JSON', async () => {
  const wrong = await shelfmark(['push', '--nope']);
  expect(wrong.code).toBe(64);
  expect(wrong.err).toContain('Run "shelfmark push --help" to list its flags.');
  await followHints(wrong.err);
  const { out, code } = await shelfmark(['push', '--nope', '--json']);
  expect(code).toBe(64);
  expect(JSON.parse(out)).toEqual({
    version: 1,
    error: {
      code: 'WRONG_USAGE',
      message: '"push" has no flag --nope. Nothing was changed.',
      hint: 'Run "shelfmark push --help" to list its flags.',
    },
  });
});

test.each([
  ['pul', 'There is no command "pul". Nothing was changed.\nDid you mean pull?'],
  ['help pul', 'There is no command "pul".'],
  ['plan --direction up', '--direction cannot be "up". It is one of push, pull, sync.'],
  ['simulate --port x', '--port cannot be "x". It must be a whole number.'],
  ['completion', '"completion" needs a <shell>. It is one of bash, zsh, fish, powershell.'],
  ['completion tcsh', 'The shell cannot be "tcsh". It is one of bash, zsh, fish, powershell.'],
  ['apply', '"apply" needs a <file>.'],
  ['plan --config', '--config needs a <file>.'],
  ['status now', '"status" takes no arguments, only flags.'],
  ['validate --json --format text', '--format and --json cannot go together.'],
])('"%s" is told in plain words, and the way out works', async (line, said) => {
  const { code, err } = await shelfmark(line.split(' '));
  expect([code, err]).toEqual([64, expect.stringContaining(`Error: ${said}`)]);
  await followHints(err);
});

test('help explains a command by its name, and the whole without one', async () => {
  expect((await shelfmark(['help', 'push'])).out).toMatch(/^Usage: shelfmark push /);
  expect((await shelfmark(['help'])).out).toMatch(/^Usage: shelfmark \[options\]/);
});

test.skipIf(process.getuid?.() === 0)('a folder that can only be read is told in plain words', async () => {
  await project.write({ 'content/a.md': article('A') });
  execFileSync('chmod', ['-R', 'a-w', project.folder]);
  try {
    for (const command of ['validate', 'plan', 'status', 'push', 'sync', 'pull'])
      expect((await shelfmark([command])).all).not.toMatch(/report it|does not know/);
  } finally {
    execFileSync('chmod', ['-R', 'u+w', project.folder]);
  }
});

test.each([
  ['Run the command again.', 'It is tried again by itself.'],
  [
    'Run again later; status.intercom.com reports outages.',
    'It is tried again by itself; status.intercom.com reports outages.',
  ],
  [
    'Check free space and permissions, then run the command again.',
    'Check free space and permissions; it is then tried again by itself.',
  ],
  [
    'Run the command again in 20 seconds; it is created then.',
    'It is tried again by itself in 20 seconds; it is created then.',
  ],
  ['Correct it as Intercom asks.', 'Correct it as Intercom asks.'],
])('in a watch nobody is told to run a command again: %s', (hint, said) => {
  expect(inWatch(hint)).toBe(said);
});

test('a project that init made can be cloned and pulled', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-clone-'));
  try {
    project.simulator.operator.createArticle({ title: 'Here', body: '<p>Words.</p>' });
    const [made, clone] = [join(folder, 'made'), join(folder, 'clone')];
    await mkdir(made);
    expect((await shelfmark(['init', '--provider', 'intercom', '--yes'], made)).code).toBe(0);
    const files = execFileSync('find', ['.', '-type', 'f'], { cwd: made, encoding: 'utf8' })
      .trim()
      .split('\n');
    for (const file of files) {
      await mkdir(dirname(join(clone, file)), { recursive: true });
      await writeFile(join(clone, file), await readFile(join(made, file)));
    }
    expect((await shelfmark(['pull'], clone)).code).toBe(0);
    expect(await readFile(join(clone, 'content/here.md'), 'utf8')).toContain('Words.');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [['init', '--provider', 'intercom', '--region', 'europe', '--yes'], 'Did you mean eu?'],
  [['init', '--provider', 'intercom', '--region', 'mars', '--yes'], 'it is one of us, eu, au'],
  [['init', '--provider', 'simulator', '--region', 'eu', '--yes'], '--region would do nothing'],
])('init tells a value that it does not know, and a flag that would do nothing: %j', async (args, said) => {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-init-'));
  try {
    const { code, err } = await shelfmark(args, folder);
    expect([code, err]).toEqual([64, expect.stringContaining(said)]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('init --github in a project that is set up refuses flags for the set-up', async () => {
  const { code, err } = await shelfmark(['init', '--github', '--locale', 'fr']);
  expect([code, err]).toEqual([64, expect.stringContaining('--locale would do nothing')]);
});
