import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bot, githubToken, repository } from './helpers/github.ts';
import { article, onMain, openStage, withToken, type Ran, type Stage } from './helpers/stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage({ 'content/guides/install.md': article('Install', 'Text.') });
});
afterEach(async () => {
  await stage.close();
});

/** A run that set this one off. */
const earlier = (event: string, from: string): object => ({
  event,
  head_sha: '0'.repeat(40),
  head_repository: { full_name: from },
});

describe('on a pull request', () => {
  test('the plan is in one comment that is updated in place, in the summary and in the outputs', async () => {
    await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
    const first = await stage.run(
      withToken(stage, { ...(await stage.proposed('fees', 7)), isProcess: true }),
    );
    expect(first.log).not.toContain('::error');
    expect(first.code).toBe(0);
    expect(first.outputs).toMatchObject({
      'has-changes': 'true',
      'to-create': '3',
      'to-update': '0',
      'to-move': '0',
      'to-delete': '0',
      conflicts: '0',
      'pull-request-url': '',
    });
    expect(first.outputs['plan-hash']).toMatch(/^[0-9a-f]{64}$/);
    expect(first.report).toMatchObject({
      version: 1,
      direction: 'push',
      command: 'plan',
      exitCode: 0,
      offline: false,
    });
    expect(JSON.parse(await readFile(first.outputs['plan-file'] ?? '', 'utf8'))).toMatchObject({
      format: 'shelfmark-plan',
    });
    expect(first.summary).toContain('## Help center: plan');
    const [comment] = stage.github.comments;
    expect(comment?.body).toMatch(
      /^<!-- shelfmark:plan sync\.config\.yaml {2}-->\n<!-- shelfmark:hash [0-9a-f]{64} -->\n## Help center: plan\n/,
    );
    expect(comment?.body).toContain(`shelfmark:hash ${first.outputs['plan-hash'] ?? ''}`);
    expect(comment?.body).toContain(
      '<summary><b>Create</b> <code>guides/fees.md</code> <code>Fees</code> · <b>goes public</b></summary>',
    );

    await stage.change({ 'content/guides/fees.md': article('Prices', 'Free.') }, 'fees');
    const second = await stage.run(withToken(stage, await stage.proposed('fees', 7)));
    expect(second.outputs['plan-hash']).not.toBe(first.outputs['plan-hash']);
    expect(stage.github.comments).toHaveLength(1);
    expect(comment?.body).toContain('<code>Prices</code>');

    stage.github.calls.length = 0;
    await stage.run(withToken(stage, await stage.proposed('fees', 7)));
    expect(stage.github.calls).toEqual([`GET /repos/${repository}/issues/7/comments`]);
    expect(stage.simulator.operator.articles()).toHaveLength(0);
  });

  test('problems stand at the lines that they are about, and fail the job', async () => {
    await stage.change(
      { 'content/guides/bad.md': '---\ntitle: Bad\n---\n\nFirst.\n\n![](data:image/png;base64,AAAA)\n' },
      'bad',
    );
    const ran = await stage.run(withToken(stage, await stage.proposed('bad', 8)));
    expect(ran.code).toBe(1);
    expect(ran.log).toMatch(/^::error title=IMAGE_DATA,file=content\/guides\/bad\.md,line=7,col=1::/m);
    expect(stage.github.comments[0]?.body).toContain('- **Error** `content/guides/bad.md:7`');
  });

  test('a config file that cannot be read is told at its line and in the comment', async () => {
    await stage.change({ 'sync.config.yaml': 'remote:\n  provider: intercom\n  regoin: eu\n' }, 'typo');
    const ran = await stage.run(withToken(stage, await stage.proposed('typo', 9)));
    expect(ran.code).toBe(1);
    expect(ran.log).toMatch(
      /^::error title=CONFIG_INVALID,file=sync\.config\.yaml,line=3::unknown key "regoin"/m,
    );
  });

  test('from a fork, without tokens, files are checked and compared with the lock file, and it says so', async () => {
    await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
    const proposed = await stage.proposed('fees', 10);
    const pull = (proposed.payload as { pull_request: { head: object } }).pull_request;
    const payload = {
      ...proposed.payload,
      pull_request: { ...pull, head: { ...pull.head, repo: { full_name: 'stranger/help' } } },
    };
    stage.github.refusals.set('POST', { status: 403, message: 'Resource not accessible by integration' });
    const ran = await stage.run({ ...proposed, payload });
    expect(ran.code).toBe(0);
    expect(ran.log).toMatch(/^::notice title=Planned without the help center::/m);
    expect(ran.log).toMatch(/^::notice title=No comment::.*from a fork/m);
    expect(ran.summary).toContain('Made without the help center');
    expect(ran.summary).toContain('<b>Create</b> <code>guides/fees.md</code> <code>Fees</code>');
    expect(ran.outputs).toMatchObject({ 'to-create': '3', 'plan-file': '' });
    expect(ran.report).toMatchObject({ offline: true });
  });

  test('pull_request_target with the files of the pull request is refused before anything is read or sent', async () => {
    await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
    const proposed = await stage.proposed('fees', 11);
    const base = stage.tip();
    for (const ref of ['refs/pull/11/merge', 'refs/heads/fees']) {
      const workspace = await stage.checkout({ ref });
      const ran = await stage.run(
        withToken(stage, { ...proposed, event: 'pull_request_target', sha: base, workspace }),
      );
      expect(ran.code).toBe(4);
      expect(ran.log).toMatch(/^::error title=UNTRUSTED_CHECKOUT::/m);
    }
    expect(stage.github.calls).toEqual([]);
    const safe = await stage.run(
      withToken(stage, {
        ...proposed,
        event: 'pull_request_target',
        sha: base,
        workspace: await stage.checkout({ ref: 'refs/heads/main' }),
      }),
    );
    expect(safe.code).toBe(0);
  });

  test.each([
    ['issue_comment', {}],
    ['discussion_comment', {}],
    ['workflow_run', { workflow_run: earlier('pull_request', repository) }],
    ['workflow_run', { workflow_run: earlier('push', 'stranger/help') }],
  ])(
    'an event that anybody can set off, %s, is refused with other files than its own',
    async (event, payload) => {
      await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
      await stage.proposed('fees', 11);
      const sha = stage.tip();
      const options = { ...onMain(event, payload), sha };
      const run = async (ref: string, command: string, change = ''): Promise<Ran> => {
        const workspace = await stage.checkout({ ref });
        if (change !== '') writeFileSync(join(workspace, change), article('Fees', 'Free.'));
        return stage.run(
          withToken(stage, { ...options, workspace, inputs: { command, commit: 'none', comment: 'off' } }),
        );
      };
      for (const ran of [
        await run('refs/pull/11/merge', 'push'),
        await run('refs/heads/fees', 'plan'),
        await run('refs/heads/main', 'push', 'content/fees.md'),
      ]) {
        expect(ran.code).toBe(4);
        expect(ran.log).toMatch(/^::error title=UNTRUSTED_CHECKOUT::/m);
      }
      expect(stage.github.calls).toEqual([]);
      expect(stage.simulator.operator.articles()).toEqual([]);
      expect((await run('refs/heads/main', 'plan')).code).toBe(0);
    },
  );

  test('a run that a push to the repository set off may publish', async () => {
    const payload = { workflow_run: earlier('push', repository) };
    const ran = await stage.run(
      withToken(stage, { ...onMain('workflow_run', payload), inputs: { command: 'push' } }),
    );
    expect(ran.code).toBe(0);
  });

  test('"comment: changes-only" keeps quiet until there is something to say, "off" always', async () => {
    await stage.change({ 'README.md': 'Hello.\n' }, 'docs');
    const nothing = { ...(await stage.proposed('docs', 12)) };
    const synced = await stage.run(withToken(stage, { ...nothing, inputs: { comment: 'off' } }));
    expect(synced.code).toBe(0);
    expect(stage.github.comments).toHaveLength(0);
    await stage.run(withToken(stage, { ...nothing, inputs: { comment: 'changes-only' } }));
    expect(stage.github.comments).toHaveLength(1);
  });

  test('a comment of somebody else with the same mark is never touched', async () => {
    const forged = {
      id: 1,
      issue: 13,
      body: '<!-- shelfmark:plan sync.config.yaml  -->\nAll is well.',
      user: { login: 'mallory', type: 'User' },
    };
    stage.github.comments.push(forged);
    await stage.change({ 'content/new.md': article('New', 'Text.') }, 'new');
    await stage.run(withToken(stage, await stage.proposed('new', 13)));
    expect(forged.body).toBe('<!-- shelfmark:plan sync.config.yaml  -->\nAll is well.');
    expect(stage.github.comments).toHaveLength(2);
    expect(stage.github.comments[1]?.user).toEqual(bot);
  });

  test('hostile text gives the runner no command, and no secret shows anywhere', async () => {
    const nasty = '::error::pwned ##[set-output name=x]y <img src=x> @everyone';
    await stage.change(
      {
        'content/nasty.md': `---\ntitle: ${JSON.stringify(`${nasty} ${stage.simulator.token}`)}\n---\n\n::stop-commands::x\n\n::set-output name=has-changes::no\n`,
      },
      'nasty',
    );
    const ran = await stage.run(
      withToken(stage, { ...(await stage.proposed('nasty', 14)), isProcess: true }),
    );
    const commands = ran.log.split('\n').filter((line) => /^\s*::/.test(line));
    for (const line of commands)
      expect(line).toMatch(/^::(?:add-mask|notice|warning|error)(?: [a-z]+=[^:]*)?::/);
    expect(commands.join('\n')).not.toContain('pwned');
    expect(ran.log).not.toContain('##[');
    const shown = [
      ran.log.replaceAll(/^::add-mask::.*$/gm, ''),
      ran.summary,
      JSON.stringify(ran.outputs),
      JSON.stringify(ran.report),
      stage.github.comments.map((one) => one.body).join(),
    ].join('\n');
    for (const secret of [stage.simulator.token, githubToken]) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(Buffer.from(secret).toString('base64'));
    }
    expect(ran.log).toContain(`::add-mask::${stage.simulator.token}`);
    expect(ran.outputs['has-changes']).toBe('true');
  });

  test('with preview: true the pages are there for a later step, the words that differ among them', async () => {
    await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
    const plan = { ...(await stage.proposed('fees', 7)), inputs: { preview: 'true' } };
    const { code, outputs } = await stage.run(withToken(stage, plan));
    expect(code).toBe(0);
    const page = async (name: string): Promise<string> =>
      readFile(join(outputs['preview'] ?? '', name), 'utf8');
    expect(await page('en/articles/guides/fees.html')).toContain('Free.');
    expect(await page('en/articles/guides/fees.difference.html')).toContain('no such article yet');
    expect(await page('en/search.js')).toContain('"title":"Fees"');
    const without = await stage.run(withToken(stage, await stage.proposed('fees', 7)));
    expect(without.outputs).not.toHaveProperty('preview');
  });
});
