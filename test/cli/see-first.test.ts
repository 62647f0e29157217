import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, startCommand, type Ended } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { openProgress } from '../../src/cli/commands/progress.ts';
import type { Output } from '../../src/cli/terminal/output.ts';
import type { Operation } from '../../src/model/plan.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const shelfmark = (args: readonly string[], typed?: readonly string[]): Promise<Ended> =>
  runCommand(args, optionsOf(typed));
const optionsOf = (typed?: readonly string[]) => ({
  folder: project.folder,
  env: { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token },
  ...(typed === undefined ? {} : { typed }),
});
const writes = () => project.simulator.operator.calls().filter((call) => call.method !== 'GET');
const article = (title: string, text: string, state = 'published'): string =>
  `---\ntitle: ${title}\nstate: ${state}\n---\n\n${text}\n`;

describe('a plan is printed before anything of it is written', () => {
  test.each(['push', 'sync', 'apply'])('by %s', async (command) => {
    await project.write({ 'content/a.md': article('A', 'Text.') });
    if (command === 'apply') await shelfmark(['plan', '--out', 'plan.json']);
    project.simulator.operator.setLatency(300);
    const run = startCommand(command === 'apply' ? ['apply', 'plan.json'] : [command, '--yes'], optionsOf());
    await run.until('Plan: 1 to create');
    expect(writes()).toEqual([]);
    expect(run.out()).toContain('+ content/a.md');
    const { out, code } = await run.ended;
    expect(code).toBe(0);
    expect(out.match(/Plan: 1 to create/g)).toHaveLength(1);
    expect(out).toContain('Done: 1 created.');
  });

  test('by pull, before a file changes', async () => {
    project.simulator.operator.createArticle({ title: 'There', body: '<p>Text.</p>' });
    const { out } = await shelfmark(['pull']);
    expect(out.indexOf('+ content/there.md')).toBeLessThan(out.indexOf('Done: 1 created.'));
  });
});

test('a plan says of each article what readers will see, on screen, as Markdown and as JSON', async () => {
  await project.write({
    'content/hide.md': article('Hide', 'Text.'),
    'content/show.md': article('Show', 'Text.', 'draft'),
    'content/stay.md': article('Stay', 'Text.'),
    'content/gone.md': article('Gone', 'Only this article says this.'),
    'content/quiet.md': article('Quiet', 'Text.', 'draft'),
  });
  await project.push();
  await project.write({
    'content/hide.md': article('Hide', 'Text.', 'draft'),
    'content/show.md': article('Show', 'Text.'),
    'content/stay.md': article('Stay on', 'Text.'),
    'content/gone.md': null,
    'content/quiet.md': article('Quiet', 'More.', 'draft'),
    'content/new.md': article('New', 'Nothing like the others.'),
    'content/new.fr.md': article('Nouveau', 'Texte.', 'draft'),
    'content/plain.md': '# Plain\n\nAnother one, and a plain one.\n',
  });
  const seen: Readonly<Record<string, string>> = {
    'hide.md': 'goes offline',
    'show.md': 'goes public',
    'stay.md': 'public, at a new address',
    'gone.md': 'goes offline',
    'quiet.md': 'draft',
    'new.md': 'goes public; fr: draft',
    'plain.md': 'draft',
  };
  const { out } = await shelfmark(['plan']);
  const markdown = (await shelfmark(['plan', '--markdown'])).out;
  const json = JSON.parse((await shelfmark(['plan', '--json'])).out) as {
    operations: { path: string; readers: { visibility: string }[] }[];
  };
  for (const [file, words] of Object.entries(seen)) {
    const lineOf = (text: string): string | undefined =>
      text.split('\n').find((one) => one.includes(` content/${file}`));
    expect(lineOf(out)).toMatch(new RegExp(`  ${words}$`));
    expect(markdown.split('\n').find((one) => one.includes(`\`${file}\``))).toContain(`· ${words}`);
    expect(json.operations.find((one) => one.path === file)?.readers[0]?.visibility).toBe(
      words.replace(/[,;].*/, ''),
    );
  }
  expect(out).toContain('For readers: 2 go public, 2 go offline, 1 public article changes.');
  expect(out).toContain('1 to unpublish');
});

test('a plan that creates nothing but drafts says how one goes public', async () => {
  const said = 'New articles are drafts until their front matter says "state: published".';
  await project.write({ 'content/a.md': '# A\n\nText.\n' });
  expect((await shelfmark(['plan'])).out).toContain(`Plan: 1 to create.\n${said}\n`);
  await project.write({ 'content/b.md': article('B', 'Text.') });
  expect((await shelfmark(['plan'])).out).not.toContain(said);
});

test('a plan says which of delete and unpublish a deletion is', async () => {
  await project.write({ 'content/a.md': article('A', 'Text.'), 'content/b.md': article('B', 'Text.') });
  await project.push();
  await project.write({
    'content/a.md': null,
    'sync.config.yaml': 'remote:\n  provider: intercom\ndeletions: delete\n',
  });
  const { out } = await shelfmark(['plan']);
  expect(out).toMatch(/^ {2}- content\/a\.md .*goes offline for good$/m);
  expect(out).toContain('1 to delete');
  expect((await shelfmark(['push', '--yes'])).out).toContain('Done: 1 deleted.');
});

test('with --quiet only results and what is left to do are printed', async () => {
  await project.write({ 'content/a.md': article('A', 'Text.'), 'content/bad.md': 'No title.\n' });
  const { out, err, code } = await shelfmark(['push', '--yes', '--quiet']);
  expect(code).toBe(1);
  expect(err).toBe('');
  expect(out).not.toContain('+ content/a.md');
  expect(out).toContain('content/bad.md:1');
  expect(out).toContain('Done: 1 created.');
});

describe('progress', () => {
  const operation = { action: 'create', path: 'a.md' } as Operation;
  const outcome = { operation, status: 'done', message: null, hint: null, id: null } as const;

  function watched(isTerminal: boolean) {
    const shown: string[] = [];
    const lines: string[] = [];
    let now = 0;
    const output = {
      options: { isJson: false, isQuiet: false, isVerbose: false, hasColor: false },
      progress: (text: string) => isTerminal && shown.push(text) > 0,
      note: (text: string) => lines.push(text),
    } as unknown as Output;
    const clock = { now: () => now, sleep: async () => undefined };
    return { shown, lines, progress: openProgress(output, clock), pass: (ms: number) => (now += ms) };
  }

  test('on a terminal has a bar, the count, the rate and the time that is left', () => {
    const { shown, lines, progress, pass } = watched(true);
    for (let done = 1; done <= 20; done += 1) {
      progress.tell({ event: 'outcome', outcome, done, total: 40 });
      pass(500);
    }
    expect(shown.at(-1)).toBe(`${'█'.repeat(10)}${'░'.repeat(10)} 20/40  2.0/s  10 s left  create a.md`);
    progress.onCall({ event: 'waiting', reason: 'limited', milliseconds: 8000 });
    expect(shown.at(-1)).toMatch(/20\/40 .* waiting 8 s for Intercom, which is over its rate limit …$/);
    expect(lines).toEqual([]);
  });

  test('in a pipe is a line now and then, so that nobody takes the command for dead', () => {
    const { lines, progress, pass } = watched(false);
    for (let done = 1; done <= 100; done += 1) {
      progress.tell({ event: 'outcome', outcome, done, total: 100 });
      pass(500);
    }
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('21/100');
  });
});

test('a watch says each problem once, however many come after it', async () => {
  const env = { INTERCOM_URL: project.simulator.url, INTERCOM_TOKEN: project.simulator.token };
  const watch = startCommand(['watch', '--interval', '0.1', '--rest', '1'], { folder: project.folder, env });
  await watch.until('Watching');
  await project.write({ 'content/first.md': '---\ntitle: Half' });
  await watch.until('first.md');
  await project.write({ 'content/second.md': 'No title.\n' });
  await watch.until('second.md');
  await project.write({ 'content/first.md': null, 'content/second.md': null });
  await watch.until('no problem is left');
  watch.interrupt();
  await watch.ended;
  expect(watch.out().match(/first\.md/g)).toHaveLength(1);
});
