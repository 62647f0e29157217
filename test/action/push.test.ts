import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';
import { hook as hookOf, protectMain } from './helpers/protect.ts';
import {
  article,
  onMain,
  openStage,
  withToken,
  type Ran,
  type RunOptions,
  type Stage,
} from './helpers/stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage({ 'content/guides/install.md': article('Install', 'Text.') });
});
afterEach(async () => {
  await stage.close();
});

const push = (more: Partial<RunOptions> = {}): Promise<Ran> =>
  stage.run(withToken(stage, { ...onMain('push'), ...more }));
const lock = (branch = 'main'): Promise<string | null> => stage.fileOf(branch, 'sync.lock.json');
const titles = (): readonly (string | undefined)[] =>
  stage.simulator.operator
    .articles()
    .map((one) => one.contents['en']?.title)
    .toSorted();

const hook = (script: string): Promise<void> => hookOf(stage, script);

describe('on a push', () => {
  test('what was merged is published, and the lock file committed so that no workflow starts again', async () => {
    const merged = stage.tip();
    const ran = await push();
    expect(ran.log).not.toContain('::error');
    expect(ran.code).toBe(0);
    expect(titles()).toEqual(['Install']);
    expect(await lock()).toContain('guides/install.md');
    expect(await stage.git('log', '-1', '--format=%an %B', 'main')).toMatch(
      /^github-actions\[bot\] Remember what was published[^]*\[skip ci\]/,
    );
    expect(await stage.git('rev-parse', 'main^')).toBe(merged);
    expect(await stage.git('diff', '--name-only', 'main^', 'main')).toBe('sync.lock.json');
    expect(ran.outputs).toMatchObject({ 'has-changes': 'true', 'to-create': '2' });
    expect(ran.summary).toContain('Done: 2 created');
    const home = stage.tip();
    const again = await push();
    expect(again.code).toBe(0);
    expect(again.outputs).toMatchObject({ 'has-changes': 'false', 'to-create': '0' });
    expect(stage.tip()).toBe(home);
  });

  test('on another branch than the default one it is only planned', async () => {
    await stage.change({ 'content/new.md': article('New', 'Text.') }, 'draft');
    const ran = await push({ ref: 'refs/heads/draft' });
    expect(ran.report).toMatchObject({ command: 'plan' });
    expect(titles()).toEqual([]);
  });

  test('what a teammate edited is left alone, and the exit code says so', async () => {
    await push();
    const [known] = stage.simulator.operator.articles();
    stage.simulator.operator.editArticle(known?.id ?? 0, { title: 'Set up' });
    await stage.change({ 'content/guides/install.md': article('Install now', 'Text.') });
    const ran = await push();
    expect(ran.code).toBe(3);
    expect(ran.log).toMatch(/^::warning title=(?:In conflict|Behind),file=content\/guides\/install\.md::/m);
    expect((await push({ inputs: { 'fail-on': 'errors' } })).code).toBe(0);
  });

  test('what it wrote over comes back on another machine from what the workflow keeps of this one', async () => {
    await stage.change({ 'sync.config.yaml': 'remote:\n  provider: intercom\nconflicts: local\n' });
    await push();
    const [known] = stage.simulator.operator.articles();
    stage.simulator.operator.editArticle(known?.id ?? 0, { body: '<p>Words of a teammate.</p>' });
    await stage.change({ 'content/guides/install.md': article('Install', 'Words of a file.') });
    const ran = await push();
    expect(stage.simulator.operator.articles()[0]?.contents['en']?.body).toContain('Words of a file.');
    const folder = await stage.clone();
    cpSync(join(ran.workspace, '.shelfmark/trash'), join(folder, '.shelfmark/trash'), {
      recursive: true,
    });
    const restored = await runCommand(['restore', 'content/guides/install.md'], { folder });
    expect(restored.code).toBe(0);
    expect(readFileSync(join(folder, 'content/guides/install.md'), 'utf8')).toContain('Words of a teammate.');
  });

  test('many deletions are refused, and allowed with their exact number', async () => {
    const many = Object.fromEntries(
      Array.from(
        { length: 8 },
        (_, index) => [`content/a${index}.md`, article(`A${index}`, 'Text.')] as const,
      ),
    );
    await stage.change(many);
    await push();
    await stage.change(Object.fromEntries(Object.keys(many).map((name) => [name, null] as const)));
    const refused = await push();
    expect(refused.code).toBe(4);
    expect(refused.log).toMatch(/^::error title=TOO_MANY_DELETIONS::.*allow-deletes%?:? 8/m);
    expect((await push({ inputs: { 'allow-deletes': '8' } })).code).toBe(0);
  });

  test('a saved plan is carried out, and nothing but it', async () => {
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    const planned = await push({ workspace, inputs: { command: 'plan', 'plan-file': 'plan.json' } });
    expect(planned.outputs['plan-file']).toBe(join(workspace, 'plan.json'));
    const applied = await push({ workspace, inputs: { command: 'apply', 'plan-file': 'plan.json' } });
    expect(applied.log).not.toContain('::error');
    expect(applied.code).toBe(0);
    expect(await lock()).toContain('guides/install.md');
    expect((await push({ workspace, inputs: { command: 'apply', 'plan-file': 'plan.json' } })).code).toBe(4);
  });
});

describe('a protected branch', () => {
  test('gets a pull request with the lock file, which later runs read and add to', async () => {
    await protectMain(stage);
    const before = await lock();
    const first = await push();
    expect(first.log).not.toContain('::error');
    expect(first.code).toBe(0);
    expect(await lock()).toBe(before);
    expect(await lock('shelfmark/lock')).toContain('guides/install.md');
    expect(stage.github.pulls).toMatchObject([{ head: 'shelfmark/lock', base: 'main', state: 'open' }]);
    expect(first.outputs['pull-request-url']).toMatch(/^https:\/\/github\.test\/acme\/help\/pull\/\d+$/);

    // Renamed before the pull request was merged: only the lock file there still knows which article it is.
    await stage.change({
      'content/guides/install.md': null,
      'content/guides/set-up.md': article('Set up', 'Other words.'),
      'content/fees.md': article('Fees', 'Free.'),
    });
    await stage.change({
      'content/guides/set-up.md': null,
      'content/guides/install.md': article('Set up', 'Text.'),
    });
    const second = await push();
    expect(second.code).toBe(0);
    expect(titles()).toEqual(['Fees', 'Set up']);
    expect(stage.github.pulls).toHaveLength(1);
    expect(await lock('shelfmark/lock')).toContain('fees.md');

    await stage.merge('shelfmark/lock');
    const third = await push();
    expect(third.outputs).toMatchObject({ 'has-changes': 'false', 'pull-request-url': '' });
  });

  test('"commit: pull-request" opens one without trying, "commit: none" leaves the file in the checkout', async () => {
    const none = await push({ inputs: { commit: 'none' } });
    expect(none.code).toBe(0);
    expect(await lock()).toBeNull();
    const ran = await push({ inputs: { commit: 'pull-request', 'pull-request-branch': 'bot/lock' } });
    expect(ran.code).toBe(0);
    expect(await lock('bot/lock')).toContain('guides/install.md');
  });

  test('where no pull request may be opened, it says what stands and what to do', async () => {
    await protectMain(stage);
    stage.github.refusals.set('POST', {
      status: 403,
      message: 'GitHub Actions is not permitted to create or approve pull requests.',
    });
    const ran = await push();
    expect(ran.code).toBe(1);
    expect(ran.log).toMatch(
      /^::error title=LOCK_NOT_SAVED::shelfmark\/lock was pushed, but no pull request could be opened.*not permitted to create/m,
    );
  });
});

describe('a lost race', () => {
  test('is fetched, planned again and tried again, and never forced', async () => {
    await push();
    await stage.change({ 'content/news.md': article('News', 'None.') });
    const faster = await stage.change({ 'content/fees.md': article('Fees', 'Free.') }, 'faster');
    await hook(
      '[ "$1" = refs/heads/main ] || exit 0\n[ -e raced ] && exit 0\n: > raced\ngit update-ref refs/heads/main refs/heads/faster',
    );
    const ran = await push();
    expect(ran.log).toContain('main has moved on meanwhile');
    expect(ran.log).not.toContain('::error');
    expect(ran.code).toBe(0);
    expect(titles()).toEqual(['Fees', 'Install', 'News']);
    expect(await lock()).toMatch(/fees\.md[^]*news\.md/);
    expect(await stage.git('log', '--format=%s', '-1', 'main')).toBe(
      'Remember what was published to the help center',
    );
    expect(await stage.git('rev-parse', 'main^')).toBe(faster);
    expect(ran.outputs).toMatchObject({ 'to-create': '2' });
  });

  test('of two first runs at once one creates everything, and the other finds nothing left to do', async () => {
    const options = { sha: stage.tip(), isProcess: true };
    const both = await Promise.all([push(options), push(options)]);
    expect(both.map((one) => one.code)).toEqual([0, 0]);
    expect(titles()).toEqual(['Install']);
    expect(both.map((one) => one.outputs['to-create']).toSorted()).toEqual(['0', '2']);
    expect(await stage.git('for-each-ref', 'refs/shelfmark')).toBe('');
  });

  test('of two runs at once both end well, and one lock file holds what both know', async () => {
    await push();
    await hook('case "$1" in refs/shelfmark/*) exit 1;; esac');
    await stage.change({
      'content/guides/install.md': article('Install', 'Other text.'),
      'content/guides/collection.yaml': 'name: Manual\n',
    });
    const options = { sha: stage.tip(), isProcess: true };
    const both = await Promise.all([push(options), push(options)]);
    expect(both.map((one) => one.code)).toEqual([0, 0]);
    const after = await push();
    expect(after.outputs).toMatchObject({ 'has-changes': 'false', conflicts: '0' });
    expect(after.code).toBe(0);
  });
});

describe('what cannot be written back', () => {
  test('is found out before anything is published', async () => {
    // The other side gives and does not take: a value that only taking reads is broken.
    execFileSync('git', ['config', 'receive.unpackLimit', 'denied'], { cwd: stage.origin });
    const ran = await push();
    expect(ran.log).toMatch(
      /^::error title=LOCK_NOT_SAVED::This run may not push to the repository.*denied.*Nothing was changed/m,
    );
    expect(ran.code).toBe(1);
    expect(titles()).toEqual([]);
  });

  test('a branch that was rewritten is left alone', async () => {
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    await stage.git(
      'update-ref',
      'refs/heads/main',
      await stage.git('commit-tree', 'main^{tree}', '-m', 'Anew'),
    );
    const ran = await push({ workspace });
    expect(ran.log).toMatch(/^::error title=BRANCH_MOVED::/m);
    expect(ran.report).toMatchObject({ version: 1, error: { code: 'BRANCH_MOVED' }, exitCode: 1 });
    expect(titles()).toEqual([]);
  });
});
