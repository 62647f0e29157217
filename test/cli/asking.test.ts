import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import { keys, runCommand } from '../helpers/command.ts';
import { openProject } from '../helpers/project.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-asking-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const config = (): Promise<string> => readFile(join(folder, 'sync.config.yaml'), 'utf8');

test('init asks at a terminal for what the flags do not say, and again where an answer does not fit', async () => {
  const { code, out } = await runCommand(['init', '--provider', 'intercom'], {
    folder,
    // No token, the second region, the usual folder, a language that does not exist and one that does, no workflows.
    typed: ['', keys.down, '', 'english', `${keys.clear}fr`, 'n'],
  });
  expect(code).toBe(0);
  expect(stripVTControlCharacters(out)).toContain('"english" is not a locale of Intercom. ');
  expect(await config()).toContain('region: eu\n');
  expect(await config()).toContain('defaultLocale: fr\n');
  expect(out).toContain('export INTERCOM_TOKEN=');
});

test('every question has a flag, so that with all of them nothing is asked', async () => {
  const { code, out } = await runCommand(
    'init --provider intercom --region au --help-center 42 --content help --locale fr --no-pull --no-github'.split(
      ' ',
    ),
    { folder, typed: ['no question'] },
  );
  expect([code, out]).toEqual([0, expect.not.stringContaining('◆')]);
  expect(await config()).toContain('  region: au\n  helpCenter: 42\n');
});

describe('the token is tried at once', () => {
  const meet = async (
    typed: readonly string[],
    env: (token: string) => Record<string, string>,
    args: string[] = [],
  ) => {
    const simulator = await startSimulator({});
    try {
      const token = simulator.token;
      return await runCommand(['init', ...args], {
        folder,
        typed,
        env: { INTERCOM_URL: simulator.url, ...env(token) },
      });
    } finally {
      await simulator.close();
    }
  };

  test('one of the environment leads to its workspace, and what the remote tells is not asked', async () => {
    // Intercom, which is the first choice now; the folder; the language that the help center tells; no workflows.
    const { code, out } = await meet(['', '', '', 'n'], (token) => ({ INTERCOM_TOKEN: token }));
    expect([code, out]).toEqual([0, expect.stringMatching(/✓.* region us/)]);
    expect(stripVTControlCharacters(out)).not.toContain('Which region');
    expect(await config()).toContain('provider: intercom\n');
    expect(out).not.toContain('export INTERCOM_TOKEN');
  });

  test('one that is refused is asked for again, never shown, and written nowhere', async () => {
    const wrong = 'tok_wrong_wrong_wrong';
    const { code, out, all } = await meet([keys.down, wrong, '', '', '', '', 'n'], () => ({}));
    expect([code, out]).toEqual([0, expect.stringContaining('✗')]);
    expect(all).not.toContain(wrong);
    for (const name of await readdir(folder))
      if (name.includes('.'))
        expect(await readFile(join(folder, name), 'utf8').catch(() => '')).not.toContain(wrong);
  });
});

test('without a terminal the usual answers are taken, and said', async () => {
  const { code, err } = await runCommand(['init'], { folder });
  expect([code, err]).toEqual([
    0,
    expect.stringContaining(
      'Nobody could be asked, so these answers were used: --provider simulator --content content --locale en.',
    ),
  ]);
});

test.each([
  ['n', 'Nothing was written'],
  [keys.escape, 'Nothing was written'],
  ['', 'Nothing was written'],
  ['y', '1 deleted'],
])('a run that deletes asks at a terminal first, and %j is an answer', async (answer, said) => {
  await mkdir(join(folder, 'content'));
  await writeFile(
    join(folder, 'sync.config.yaml'),
    'remote:\n  provider: simulator\ndeletions: delete\nmaxDeletes: 1\n',
  );
  const names = ['refunds', 'install'].map((name) => join(folder, 'content', `${name}.md`));
  for (const name of names) await writeFile(name, '# Refunds\n\nText.\n');
  await runCommand(['push', '--yes'], { folder });
  await rm(names[0] ?? '');
  const { out } = await runCommand(['push', '--no-color'], { folder, typed: [answer] });
  expect(stripVTControlCharacters(out)).toContain('This plan deletes or unpublishes entries. Go ahead?');
  expect(out).toContain(said);
  expect(out.includes('Done:')).toBe(answer === 'y');
});

test('a conflict is settled by a question, where the answer was not given with the command', async () => {
  const project = await openProject();
  const env = { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token };
  await project.write({ 'content/a.md': '# A\n\nOne.\n' });
  await project.push();
  project.simulator.operator.editArticle(project.simulator.operator.articles()[0]?.id ?? 0, {
    body: '<p>Two.</p>',
  });
  await project.write({ 'content/a.md': '# A\n\nThree.\n' });
  const command = ['resolve', 'content/a.md'];
  expect((await runCommand(command, { folder: project.folder, env })).err).toContain('Add --local (yours)');
  const { code, out } = await runCommand(command, { folder: project.folder, env, typed: [keys.down] });
  expect([code, stripVTControlCharacters(out)]).toEqual([
    0,
    expect.stringContaining('Whose version of content/a.md do you keep?'),
  ]);
  expect(await project.read('content/a.md')).toContain('Two.');
  await project.close();
});

test('init that fetches a help center says what comes next', async () => {
  const project = await openProject();
  await rm(join(project.folder, 'sync.config.yaml'));
  project.simulator.operator.createArticle({ title: 'Here', body: '<p>Words.</p>' });
  const { code, out } = await runCommand(['init', '--provider', 'intercom', '--pull'], {
    folder: project.folder,
    env: { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
  });
  const next =
    'Next:\n  git init && git add content sync.config.yaml sync.lock.json .gitignore && git commit\n  shelfmark plan ';
  expect([code, out]).toEqual([0, expect.stringContaining(next)]);
  await project.close();
});

describe.each([
  ['Ctrl-C', keys.interrupt],
  ['Ctrl-D', keys.end],
])('%s at a question stops the command', (_, key) => {
  test.each([
    ['the first', ['init'], [key]],
    ['a secret', ['init', '--provider', 'intercom'], [key]],
    ['a half-typed text', ['init', '--provider', 'simulator'], [`help${key}`]],
    ['a yes or no', ['init', '--provider', 'intercom'], ['', '', '', '', key]],
  ])('%s, and nothing was written', async (_what, args, typed) => {
    const { code, err } = await runCommand(args, { folder, typed });
    expect(code).toBe(130);
    expect(err.trim()).toBe('Stopped. Nothing was changed.');
    expect(await readdir(folder)).toEqual([]);
  });
});
