import { expect, test } from 'vitest';
import { projectKey } from '../../src/config/project-key.ts';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { article, onMain, openStage, type Ran, type RunOptions } from './helpers/stage.ts';

test('a week of two teams in one repository: each change is planned, merged and published, a teammate’s edit comes home, and then all is in step', async () => {
  const stage = await openStage({
    'content/billing/collection.yaml': 'name: Billing\n',
    'content/billing/refunds.md': article('Refunds', 'Refunds take five days.'),
    'docs/api/sync.config.yaml': 'remote: { provider: intercom }\n',
    'docs/api/content/keys/make.md': article('Make a key', 'Keys last a year.'),
  });
  const other = await startSimulator({});
  try {
    /** Two projects, each with a help center of its own. */
    const teams: readonly { config: string; place: string; help: Simulator; is: string }[] = [
      { config: 'sync.config.yaml', place: 'content/billing/refunds.md', help: stage.simulator, is: 'seven' },
      {
        config: 'docs/api/sync.config.yaml',
        place: 'docs/api/content/keys/make.md',
        help: other,
        is: 'half a',
      },
    ];
    const run = ({ config, help }: (typeof teams)[number], options: RunOptions): Promise<Ran> =>
      stage.run({
        ...options,
        inputs: { token: help.token, config },
        env: { INTERCOM_URL: help.url },
      });
    const body = ({ help }: (typeof teams)[number]): string =>
      help.operator.articles()[0]?.contents['en']?.body ?? '';
    for (const team of teams) expect((await run(team, onMain('push'))).code).toBe(0);
    expect(teams.map(({ help }) => help.operator.articles().length)).toEqual([1, 1]);

    // A branch, an edit in each project, one pull request: a comment for each says what merging it would do.
    await stage.change(
      {
        'content/billing/refunds.md': article('Refunds', 'Refunds take seven days.'),
        'docs/api/content/keys/make.md': article('Make a key', 'Keys last half a year.'),
      },
      'change',
    );
    const proposed = await stage.proposed('change', 1);
    const planned: Ran[] = [];
    for (const team of teams) planned.push(await run(team, proposed));
    expect(planned.map((one) => one.code)).toEqual([0, 0]);
    expect(stage.github.comments).toHaveLength(2);
    for (const index of teams.keys())
      for (const text of [stage.github.comments[index]?.body, planned[index]?.summary])
        expect(text).toMatch(
          index === 0 ? /<del>five<\/del> <ins>seven<\/ins> days/ : /Keys last <ins>half<\/ins> a year/,
        );
    expect(stage.github.comments.map((one) => /^## (.*)$/m.exec(one.body)?.[1])).toEqual([
      'Help center: plan',
      'Help center `docs/api`: plan',
    ]);
    for (const team of teams) expect(body(team)).not.toContain(team.is);

    // Merged: each is published, its lock file is committed, and its comment says so.
    const merged = await stage.merge('change');
    stage.github.merged.set(1, merged);
    for (const [index, team] of teams.entries()) {
      const pushed = await run(team, { ...onMain('push'), sha: merged });
      expect(pushed.code).toBe(0);
      expect(pushed.outputs).toMatchObject({
        'to-update': '1',
        'plan-hash': planned[index]?.outputs['plan-hash'],
      });
      expect(body(team)).toContain(team.is);
    }
    expect((await stage.git('diff', '--name-only', merged, 'main')).split('\n')).toEqual([
      'docs/api/sync.lock.json',
      'sync.lock.json',
    ]);
    expect(stage.github.comments.map((one) => /^## (.*)$/m.exec(one.body)?.[1])).toEqual([
      'Help center: published',
      'Help center `docs/api`: published',
    ]);

    // Teammates edit in Intercom: the scheduled runs bring it home, in a pull request each.
    for (const { help } of teams) {
      const [known] = help.operator.articles();
      help.operator.editArticle(known?.id ?? 0, { title: `${known?.contents['en']?.title ?? ''} and more` });
    }
    for (const team of teams) expect((await run(team, onMain('schedule'))).code).toBe(0);
    const branches = teams.map(({ config }) => `shelfmark/pull${projectKey(config, null)}`);
    expect(stage.github.pulls).toMatchObject(branches.map((head) => ({ head, base: 'main', state: 'open' })));
    expect(stage.github.pulls[0]?.body).toContain('title: `Refunds` → `Refunds and more`');
    expect(stage.github.pulls[1]?.body).toContain('title: `Make a key` → `Make a key and more`');

    // Merged as well: nothing is left to do, and nothing is written anywhere.
    let home = '';
    for (const branch of branches) home = await stage.merge(branch);
    for (const { place } of teams) expect(await stage.fileOf('main', place)).toContain(' and more');
    for (const team of teams) {
      const last = await run(team, onMain('push'));
      expect(last.code).toBe(0);
      expect(last.outputs).toMatchObject({ 'has-changes': 'false', conflicts: '0', 'pull-request-url': '' });
    }
    expect(stage.tip()).toBe(home);
  } finally {
    await Promise.all([stage.close(), other.close()]);
  }
});
