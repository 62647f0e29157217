/* What happens to those who watch all day, with a real folder, real git and real connections. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../../src/ports/clock.ts';
import { nodeClock } from '../../../src/ports/node-clock.ts';
import type { Project } from '../../helpers/project.ts';
import { aProject, startWatching, type Watching } from './watching.ts';

const text = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;
const twelve = (body: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`content/a${at}.md`, text(`A${at}`, `${body} ${at}.`)]),
  );
const bodies = (project: Project): string =>
  project.simulator.operator
    .articles()
    .map((one) => one.contents['en']?.body ?? '')
    .join('\n');
const writes = (project: Project): number =>
  project.simulator.operator.calls().filter((call) => call.method !== 'GET').length;
const editInTheWeb = (project: Project): void => {
  const article = project.simulator.operator.articles().find((one) => one.contents['en']?.title === 'A0');
  project.simulator.operator.editArticle(article?.id ?? 0, { body: '<p>Edited meanwhile.</p>' });
};
const pauses = (watching: Watching): readonly string[] =>
  watching.events.flatMap((one) => (one.event === 'paused' ? [one.pause.code] : []));
const resumes = (watching: Watching): number =>
  watching.events.filter((one) => one.event === 'resumed').length;
const questions = (watching: Watching): number =>
  watching.events.filter((one) => one.event === 'round' && one.round.avalanche !== null).length;

describe('git under its feet', () => {
  async function aRepository(): Promise<{ project: Project; git: (...args: string[]) => void }> {
    const project = await aProject(twelve('Main'));
    const git = (...args: string[]): void => {
      const own = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...own, ...args], { cwd: project.folder, stdio: 'ignore' });
    };
    await project.write({ '.gitignore': '.shelfmark/\nsync.lock.json\n' });
    git('init', '--initial-branch', 'main');
    git('add', '-A');
    git('commit', '-m', 'main');
    git('switch', '-c', 'other');
    await project.write(twelve('Other'));
    git('commit', '-am', 'other');
    git('switch', 'main');
    project.simulator.operator.clearCalls();
    return { project, git };
  }

  test('a switch of branches is asked about, and forgotten after the switch back', async () => {
    const { project, git } = await aRepository();
    const watching = await startWatching(project);
    git('switch', 'other');
    await watching.until('the question', () => questions(watching) === 1);
    git('switch', 'main');
    await watching.quiet();
    expect(writes(project)).toBe(0);
    await project.write({ 'content/a3.md': text('A3', 'Written afterwards.') });
    await watching.until('the push', () => bodies(project).includes('Written afterwards'));
    expect(writes(project)).toBe(1);
  });

  /** A project whose lock file is in git, as people have it; an author's and a teammate's edit are synced, not committed. */
  async function withEdits(): Promise<{ project: Project; git: (...args: string[]) => void }> {
    const { project, git } = await aRepository();
    await project.write({ '.gitignore': '.shelfmark/\n' });
    git('add', '-A');
    git('commit', '-m', 'with the lock');
    return { project, git };
  }

  test('a stash pauses the watch: nothing that it took back is sent or brought forward, and it can be popped', async () => {
    const { project, git } = await withEdits();
    const watching = await startWatching(project);
    await project.write({
      'content/a3.md': text('A3', 'By the author.'),
      'content/new.md': text('New', 'A new one.'),
    });
    editInTheWeb(project);
    await watching.until(
      'both edits',
      async () =>
        bodies(project).includes('By the author') &&
        bodies(project).includes('A new one') &&
        (await project.read('content/a0.md')).includes('Edited meanwhile'),
    );
    await watching.quiet();
    const before = await project.files();
    const lock = await project.read('sync.lock.json');
    project.simulator.operator.clearCalls();
    git('stash', '--include-untracked');
    await watching.until('the pause', () => pauses(watching).includes('GIT_STASHED'));
    expect(await project.read('content/a0.md')).toContain('Main 0');
    await watching.quiet();
    expect(await project.read('content/a0.md')).toContain('Main 0');
    git('stash', 'pop');
    await watching.until('going on', () => resumes(watching) > 0);
    await watching.quiet();
    expect(writes(project)).toBe(0);
    expect(await project.files()).toEqual(before);
    expect(await project.read('sync.lock.json')).toBe(lock);
    await project.write({ 'content/a4.md': text('A4', 'Written afterwards.') });
    await watching.until('the push', () => bodies(project).includes('Written afterwards'));
    expect(bodies(project)).toContain('By the author');
  });

  test.each([
    ['dropped', ['stash', 'drop']],
    ['followed by a commit', ['commit', '--allow-empty', '-m', 'go on']],
  ])('a stash that is %s ends the pause, and what it took back is brought forward', async (_, gesture) => {
    const { project, git } = await withEdits();
    const watching = await startWatching(project);
    editInTheWeb(project);
    await watching.until('the edit', async () =>
      (await project.read('content/a0.md')).includes('Edited meanwhile'),
    );
    git('stash');
    await watching.until('the pause', () => pauses(watching).includes('GIT_STASHED'));
    // Git tells seconds only.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    git(...gesture);
    await watching.until('the edit again', async () =>
      (await project.read('content/a0.md')).includes('Edited meanwhile'),
    );
    expect(bodies(project)).toContain('Edited meanwhile');
  });

  test('a stash of another branch, or from before, is no reason to wait', async () => {
    const { project, git } = await withEdits();
    await project.write({ 'content/a3.md': text('A3', 'Put away.') });
    git('stash');
    const watching = await startWatching(project);
    await project.write({ 'content/a4.md': text('A4', 'Written afterwards.') });
    await watching.until('the push', () => bodies(project).includes('Written afterwards'));
    git('commit', '-am', 'afterwards');
    git('switch', '-c', 'third');
    await project.write({ 'content/a5.md': text('A5', 'On another branch.') });
    await watching.until('the push', () => bodies(project).includes('On another branch'));
    git('stash');
    await watching.until('the pause', () => pauses(watching).includes('GIT_STASHED'));
    git('switch', 'main');
    await watching.until('going on', () => resumes(watching) > 0);
  });

  test('a rebase that stops in the middle is waited for', async () => {
    const { project, git } = await aRepository();
    await project.write({ 'content/a0.md': text('A0', 'Main again.') });
    git('commit', '-am', 'again');
    await project.sync();
    project.simulator.operator.clearCalls();
    const watching = await startWatching(project);
    expect(() => git('rebase', 'other')).toThrow();
    await watching.until('the pause', () => pauses(watching).includes('GIT_BUSY'));
    await watching.quiet();
    expect(writes(project)).toBe(0);
    git('rebase', '--abort');
    await watching.until('going on', () => resumes(watching) > 0);
    expect(writes(project)).toBe(0);
  });
});

describe('the network', () => {
  /** A way to the simulator that can be cut off in the middle of what goes over it. */
  async function aWay(to: string): Promise<{ url: string; cut(): Promise<void>; mend(): Promise<void> }> {
    const open = new Set<Socket>();
    const listen = (port: number): Promise<Server> =>
      new Promise((done) => {
        const server = createServer((near) => {
          const far = connect(Number(new URL(to).port), '127.0.0.1');
          for (const [one, other] of [
            [near, far],
            [far, near],
          ] as const) {
            open.add(one);
            one.pipe(other);
            one.on('error', () => other.destroy());
            one.on('close', () => {
              open.delete(one);
              other.destroy();
            });
          }
        });
        server.listen(port, '127.0.0.1', () => done(server));
      });
    let server = await listen(0);
    const { port } = server.address() as AddressInfo;
    const cut = (): Promise<void> =>
      new Promise((done) => {
        server.close(() => done());
        for (const one of open) one.destroy();
      });
    onTestFinished(cut);
    return {
      url: `http://127.0.0.1:${port}`,
      cut,
      async mend() {
        server = await listen(port);
      },
    };
  }

  test('drops its connections and comes back: both sides catch up, and nothing is there twice', async () => {
    const project = await aProject(twelve('First'));
    const way = await aWay(project.simulator.url);
    const watching = await startWatching(project, {}, { url: way.url });
    await way.cut();
    await project.write({ 'content/new.md': text('New', 'Written offline.') });
    editInTheWeb(project);
    await watching.until('the pause', () => pauses(watching).includes('UNREACHABLE'));
    await way.mend();
    await watching.until('the push', () => bodies(project).includes('Written offline'));
    await watching.until('the pull', async () =>
      (await project.read('content/a0.md')).includes('Edited meanwhile'),
    );
    await watching.until('going on', () => resumes(watching) > 0);
    expect(project.simulator.operator.articles().length).toBe(13);
  });
});

describe('the machine', () => {
  test('was asleep: both sides are looked at as soon as it wakes, however far off the next look was', async () => {
    const project = await aProject(twelve('First'));
    let slept = 0;
    // It shows what was slept and nothing else: a busy machine that lets a watch wait looks like one that was asleep.
    let passed = 0;
    const clock: Clock = {
      now: () => 1_750_000_000_000 + passed + slept,
      async sleep(milliseconds, signal) {
        const until = passed + milliseconds;
        await nodeClock.sleep(milliseconds, signal);
        passed = Math.max(passed, until);
      },
    };
    const watching = await startWatching(project, { pace: { rest: 60, interval: 3_600_000 } }, { clock });
    editInTheWeb(project);
    await watching.quiet();
    expect(await project.read('content/a0.md')).toContain('First');
    slept = 1_800_000;
    await watching.until('the pull', async () =>
      (await project.read('content/a0.md')).includes('Edited meanwhile'),
    );
  });

  test('makes thousands of events: a few rounds, and the last state is what arrives', async () => {
    const project = await aProject(twelve('First'));
    const watching = await startWatching(project, { pace: { rest: 200, interval: 60_000 } });
    const rounds = (): number => watching.events.filter((one) => one.event === 'round').length;
    const before = rounds();
    const began = performance.now();
    for (let turn = 0; turn < 250; turn += 1) {
      await Promise.all(
        Array.from({ length: 12 }, (_, at) =>
          writeFile(join(project.folder, `content/a${at}.md`), text(`A${at}`, `Turn ${turn} of ${at}.`)),
        ),
      );
    }
    await watching.until('the last state', () => bodies(project).split('Turn 249').length === 13);
    // No more than one each time that the files rested.
    const rests = (performance.now() - began) / 200;
    await watching.quiet();
    expect(rounds() - before).toBeLessThan(rests + 2);
    expect((await project.plan('sync')).operations).toEqual([]);
  }, 180_000);
});

test('the config file is edited: nothing is done by the old settings, and a restart is asked for', async () => {
  const project = await aProject(twelve('First'));
  const config = await project.read('sync.config.yaml');
  const watching = await startWatching(project);
  await project.write({ 'sync.config.yaml': `${config}conflicts: local\n` });
  await watching.until('the pause', () => pauses(watching).includes('CONFIG_CHANGED'));
  await project.write({ 'content/a1.md': text('A1', 'Held.') });
  await watching.quiet();
  expect(writes(project)).toBe(0);
  await project.write({ 'sync.config.yaml': config });
  await watching.until('the push', () => bodies(project).includes('Held'));
});
