import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectKey } from '../../src/config/project-key.ts';
import {
  article,
  onMain,
  keepStage,
  withToken,
  type Ran,
  type RunOptions,
  type Stage,
} from './helpers/stage.ts';

let stage: Stage;

const published = keepStage(
  { 'content/guides/install.md': article('Install', 'Refunds take five days.') },
  (kept) => kept.run(withToken(kept, onMain('push'))),
);

beforeEach(async () => {
  stage = await published.open();
});
afterAll(() => published.drop());
afterEach(async () => {
  await stage.close();
});

const pull = (more: Partial<RunOptions> = {}): Promise<Ran> =>
  stage.run(withToken(stage, { ...onMain('schedule'), payload: { schedule: '0 5 * * *' }, ...more }));
const id = (): number => stage.simulator.operator.articles()[0]?.id ?? 0;
const edit = (body: string): unknown =>
  stage.simulator.operator.editArticle(id(), { body: `<p>${body}</p>` });
const branches = async (): Promise<readonly string[]> =>
  (await stage.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')).split('\n');

describe('on a schedule', () => {
  test('a teammate’s edit comes home in one pull request that says what changed, where and whose it is', async () => {
    edit('Refunds take seven days.');
    const ran = await pull();
    expect(ran.log).not.toContain('::error');
    expect(ran.code).toBe(0);
    expect(await stage.fileOf('main', 'content/guides/install.md')).toContain('five');
    expect(await stage.fileOf('shelfmark/pull', 'content/guides/install.md')).toBe(
      article('Install', 'Refunds take seven days.').trim(),
    );
    const [pullRequest] = stage.github.pulls;
    expect(pullRequest).toMatchObject({
      head: 'shelfmark/pull',
      base: 'main',
      title: 'Bring edits home from the help center',
    });
    expect(pullRequest?.body).toMatch(
      /- \*\*Update\*\* `install\.md` · text changed in the help center · edited \d{4}-\d\d-\d\d \d\d:\d\d UTC, author `\S+@\S+`/,
    );
    expect(pullRequest?.body).toContain('> Refunds take <del>five</del> <ins>seven</ins> days.');
    expect(pullRequest?.body).toMatch(
      /### The files\n\n```diff\ndiff --git a\/content\/guides\/install\.md[^]*-Refunds take five days\.\n\+Refunds take seven days\./,
    );
    expect(ran.outputs).toMatchObject({
      'has-changes': 'true',
      'to-update': '1',
      'pull-request-url': `https://github.test/acme/help/pull/${pullRequest?.number ?? 0}`,
    });

    // What the pull request was made from is by then below what a shallow clone holds.
    await stage.change({ 'README.md': 'Hello.\n' });
    edit('Refunds take nine days.');
    expect((await pull()).code).toBe(0);
    expect(stage.github.pulls).toHaveLength(1);
    expect(pullRequest?.body).toContain('<ins>nine</ins>');
    const before = stage.tip('shelfmark/pull');
    const third = await pull();
    expect(third.code).toBe(0);
    expect(stage.tip('shelfmark/pull')).toBe(before);

    edit('Refunds take five days.');
    await pull();
    expect(pullRequest?.state).toBe('closed');
  });

  test('nothing is opened where nothing was edited', async () => {
    const ran = await pull();
    expect(ran.code).toBe(0);
    expect(ran.outputs).toMatchObject({ 'has-changes': 'false', 'pull-request-url': '' });
    expect(stage.github.pulls).toEqual([]);
    expect(await branches()).toEqual(['main']);
  });

  test('what is merged is published no second time', async () => {
    edit('Refunds take seven days.');
    stage.simulator.operator.createArticle({ title: 'By hand', body: '<p>New.</p>', state: 'published' });
    await pull();
    await stage.merge('shelfmark/pull');
    const calls = stage.simulator.operator.articles();
    const ran = await stage.run(withToken(stage, onMain('push')));
    expect(ran.outputs).toMatchObject({ 'has-changes': 'false' });
    expect(ran.code).toBe(0);
    expect(stage.simulator.operator.articles()).toEqual(calls);
    expect((await pull()).outputs['has-changes']).toBe('false');
  });

  test('a conflict is left alone and told, and the rest comes home', async () => {
    await stage.change({ 'content/guides/install.md': article('Install', 'Refunds take three days.') });
    edit('Refunds take seven days.');
    stage.simulator.operator.createArticle({ title: 'By hand', body: '<p>New.</p>', state: 'published' });
    const ran = await pull();
    expect(ran.code).toBe(3);
    expect(ran.outputs).toMatchObject({ conflicts: '1', 'to-create': '1' });
    expect(stage.github.pulls[0]?.body).toMatch(/### In conflict[^]*three[^]*seven/);
    expect(await stage.fileOf('shelfmark/pull', 'content/by-hand.md')).toContain('New.');
  });

  test('a pull request that somebody works on is left alone', async () => {
    edit('Refunds take seven days.');
    await pull();
    await stage.change(
      { 'content/guides/install.md': article('Install', 'Refunds take seven working days.') },
      'shelfmark/pull',
    );
    edit('Refunds take nine days.');
    const ran = await pull();
    expect(ran.code).toBe(3);
    expect(ran.log).toMatch(/^::warning title=Left alone::/m);
    expect(await stage.fileOf('shelfmark/pull', 'content/guides/install.md')).toContain('seven working days');
  });

  test('a checkout that a step before has changed is refused', async () => {
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    await writeFile(join(workspace, 'content/guides/install.md'), 'Generated.\n');
    const ran = await pull({ workspace });
    expect(ran.code).toBe(1);
    expect(ran.log).toMatch(
      /^::error title=CHECKOUT_DIRTY::content\/guides\/install\.md is not as it was committed/m,
    );
  });

  test('"commit: push" puts the edits on the branch itself', async () => {
    edit('Refunds take seven days.');
    const ran = await pull({ inputs: { commit: 'push' } });
    expect(ran.code).toBe(0);
    expect(await stage.fileOf('main', 'content/guides/install.md')).toContain('seven');
    expect(stage.github.pulls).toEqual([]);
  });

  test('a project in a folder of the repository, and of a target, has branches and places of its own', async () => {
    const { url, token } = stage.simulator;
    await stage.change({
      'docs/help/sync.config.yaml':
        'content: texts\nremote: { provider: intercom }\ntargets: { staging: { tokenVariable: STAGING_TOKEN } }\n',
      'docs/help/texts/guides/install.md': article('Install', 'Refunds take five days.'),
    });
    const options = {
      env: { STAGING_TOKEN: token, INTERCOM_URL: url },
      inputs: { token: '', config: 'docs/help/sync.config.yaml', target: 'staging' },
    };
    const pushed = await stage.run({ ...onMain('push'), ...options });
    expect(pushed.log).not.toContain('::error');
    expect(await stage.fileOf('main', 'docs/help/sync.lock.staging.json')).toContain('guides/install.md');
    edit('Refunds take seven days.');
    await stage.change({ 'docs/help/texts/list.md': '---\ntitle: A list\nstaet: draft\n---\n\nText.\n' });
    const ran = await pull(options);
    const branch = `shelfmark/pull${projectKey('docs/help/sync.config.yaml', 'staging')}`;
    expect(ran.log).toMatch(/^::warning title=UNKNOWN_KEY,file=docs\/help\/texts\/list\.md,line=3/m);
    expect(await stage.fileOf(branch, 'docs/help/texts/guides/install.md')).toContain('seven');
    expect(stage.github.pulls).toMatchObject([
      { head: branch, title: 'Bring edits home from the help center (docs/help, staging)' },
    ]);
  });

  test('hostile text from the help center can neither format nor link in the pull request', async () => {
    stage.simulator.operator.editArticle(id(), {
      title: '`` @everyone <!-- x --> [a](https://evil.example) ```',
      body: '<p>x</p><pre><code>```\n@octocat\n</code></pre>',
    });
    const ran = await pull();
    const body = stage.github.pulls[0]?.body ?? '';
    expect(ran.code).toBe(0);
    const outside = body
      .replaceAll(/(`{3,})diff\n[^]*?\n *\1(?=\n)/g, '')
      .replaceAll(/(`+)[^`][^]*?\1(?!`)/g, '');
    expect(outside).not.toMatch(/@everyone|@octocat|evil\.example/);
    expect(await stage.git('log', '-1', '--format=%B', 'shelfmark/pull')).not.toContain('everyone');
  });
});
