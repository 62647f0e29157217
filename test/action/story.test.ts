import { expect, test } from 'vitest';
import { onMain, openStage, withToken, type Ran, type RunOptions } from './helpers/stage.ts';

test('a team’s week: a change is planned, merged and published, a teammate’s edit comes home, and then all is in step', async () => {
  const stage = await openStage({
    'content/billing/collection.yaml': 'name: Billing\n',
    'content/billing/refunds.md': '---\ntitle: Refunds\nstate: published\n---\n\nRefunds take five days.\n',
  });
  try {
    const { operator } = stage.simulator;
    const run = (options: RunOptions): Promise<Ran> =>
      stage.run(withToken(stage, { ...options, isProcess: true }));
    await run(onMain('push'));

    // A branch, an edit, a pull request: the comment and the summary say what merging it would do.
    await stage.change(
      {
        'content/billing/refunds.md':
          '---\ntitle: Refunds\nstate: published\n---\n\nRefunds take seven days.\n',
      },
      'seven-days',
    );
    const planned = await run(await stage.proposed('seven-days', 1));
    expect(planned.code).toBe(0);
    expect(stage.github.comments).toHaveLength(1);
    for (const text of [stage.github.comments[0]?.body, planned.summary])
      expect(text).toContain('> Refunds take <del>five</del> <ins>seven</ins> days.');
    expect(operator.articles()[0]?.contents['en']?.body).toContain('five');

    // Merged: it is published, and the lock file is committed.
    const merged = await stage.merge('seven-days');
    const pushed = await run({ ...onMain('push'), sha: merged });
    expect(pushed.code).toBe(0);
    expect(pushed.outputs).toMatchObject({ 'to-update': '1', 'plan-hash': planned.outputs['plan-hash'] });
    expect(operator.articles()[0]?.contents['en']?.body).toContain('seven');
    await stage.git('fetch', '--quiet', 'origin');
    expect(await stage.git('diff', '--name-only', merged, 'origin/main')).toBe('sync.lock.json');

    // A teammate edits in Intercom: the scheduled run brings it home in a pull request.
    operator.editArticle(operator.articles()[0]?.id ?? 0, { title: 'Refunds and returns' });
    const pulled = await run(onMain('schedule'));
    expect(pulled.code).toBe(0);
    expect(stage.github.pulls).toMatchObject([{ head: 'shelfmark/pull', base: 'main', state: 'open' }]);
    expect(stage.github.pulls[0]?.body).toContain('title: `Refunds` → `Refunds and returns`');

    // Merged as well: nothing is left to do, and nothing is written anywhere.
    const home = await stage.merge('shelfmark/pull');
    expect(await stage.fileOf('main', 'content/billing/refunds.md')).toContain('title: Refunds and returns');
    const last = await run(onMain('push'));
    expect(last.code).toBe(0);
    expect(last.outputs).toMatchObject({ 'has-changes': 'false', conflicts: '0', 'pull-request-url': '' });
    expect(await stage.git('ls-remote', 'origin', 'refs/heads/main')).toContain(home);
  } finally {
    await stage.close();
  }
});
