import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectKey } from '../../src/config/project-key.ts';
import { protectMain } from './helpers/protect.ts';
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

/** Three projects, two of which have names that look alike once slashes are gone. */
const projects = ['sync.config.yaml', 'docs/help/sync.config.yaml', 'docs-help/sync.config.yaml'] as const;
const folderOf = (config: string): string => config.replace('sync.config.yaml', '');
const lockOf = (config: string): string => `${folderOf(config)}sync.lock.json`;

beforeEach(async () => {
  stage = await openStage({
    'content/guides/install.md': article('Install', 'Text.'),
    ...Object.fromEntries(
      projects.slice(1).flatMap((config, index) => [
        [config, 'remote: { provider: intercom }\n'],
        [`${folderOf(config)}content/part${index}/one.md`, article(`One ${index}`, 'Text.')],
      ]),
    ),
  });
});
afterEach(async () => {
  await stage.close();
});

const run = (config: string, options: RunOptions): Promise<Ran> =>
  stage.run(withToken(stage, { ...options, inputs: { ...options.inputs, config } }));
const titles = (): readonly (string | undefined)[] =>
  stage.simulator.operator
    .articles()
    .map((one) => one.contents['en']?.title)
    .toSorted();
const branchOf = (kind: string, config: string): string => `shelfmark/${kind}${projectKey(config, null)}`;

describe('three projects in one repository', () => {
  test('behind a protected branch keep a branch, a pull request and a memory of their own', async () => {
    await protectMain(stage);
    for (const config of projects) expect((await run(config, onMain('push'))).code).toBe(0);
    for (const config of projects) {
      const branch = branchOf('lock', config);
      for (const other of projects)
        expect((await stage.fileOf(branch, lockOf(other))) !== null).toBe(other === config);
    }
    expect(stage.github.pulls.map((one) => one.head)).toEqual(
      projects.map((config) => branchOf('lock', config)),
    );
    expect(new Set(stage.github.pulls.map((one) => one.title)).size).toBe(3);
    expect(titles()).toEqual(['Install', 'One 0', 'One 1']);

    // Renamed and rewritten before anything was merged: only the own lock file knows which article it is.
    for (const config of projects.slice(1)) {
      const index = projects.indexOf(config) - 1;
      const folder = `${folderOf(config)}content/part${index}`;
      await stage.change({
        [`${folder}/one.md`]: null,
        [`${folder}/two.md`]: article(`Two ${index}`, 'Text.'),
      });
    }
    for (const config of projects) expect((await run(config, onMain('push'))).code).toBe(0);
    expect(titles()).toEqual(['Install', 'Two 0', 'Two 1']);
    expect(stage.github.pulls).toHaveLength(3);

    await stage.merge(branchOf('lock', projects[1]));
    for (const config of projects)
      expect((await run(config, onMain('push'))).outputs).toMatchObject({ 'has-changes': 'false' });
    for (const config of projects)
      expect(await stage.fileOf(branchOf('lock', config), lockOf(config))).not.toBeNull();
  });

  test('bring edits home in a pull request each, and close nobody else’s', async () => {
    for (const config of projects) await run(config, onMain('push'));
    stage.simulator.operator.editArticle(stage.simulator.operator.articles()[0]?.id ?? 0, {
      body: '<p>Edited.</p>',
    });
    for (const config of projects.slice(0, 2)) expect((await run(config, onMain('schedule'))).code).toBe(0);
    await stage.merge(branchOf('pull', projects[1]));
    expect((await run(projects[1], onMain('schedule'))).outputs).toMatchObject({ 'has-changes': 'false' });
    // The stand-in does not notice the merge: what is left of it is closed, and nothing else.
    expect(stage.github.pulls.map(({ head, state }) => [head, state])).toEqual([
      [branchOf('pull', projects[0]), 'open'],
      [branchOf('pull', projects[1]), 'closed'],
    ]);
    expect(stage.github.pulls.map((one) => one.title)).toEqual([
      'Bring edits home from the help center',
      'Bring edits home from the help center (docs/help)',
    ]);
  });

  test('have a comment each that says whose it is, and files of their own', async () => {
    const files = projects.map((config, index) => [
      `${folderOf(config)}content/new.md`,
      article(`New ${index}`, 'Text.'),
    ]);
    await stage.change(Object.fromEntries(files), 'new');
    const proposed = await stage.proposed('new', 5);
    const workspace = await stage.checkout({ ref: proposed.ref });
    const reports: (string | undefined)[] = [];
    for (const config of projects) {
      const { outputs } = await run(config, { ...proposed, workspace });
      reports.push(outputs['report'], outputs['plan-file']);
    }
    expect(new Set(reports).size).toBe(6);
    const headings = stage.github.comments.map((one) => /^## .*$/m.exec(one.body)?.[0]);
    expect(headings).toEqual([
      '## Help center: plan',
      '## Help center `docs/help`: plan',
      '## Help center `docs-help`: plan',
    ]);
  });

  test('that were told to use one branch are kept apart before anything is published', async () => {
    await protectMain(stage);
    const inputs = { 'pull-request-branch': 'bot/lock' };
    expect((await run(projects[0], { ...onMain('push'), inputs })).code).toBe(0);
    const kept = await stage.fileOf('bot/lock', lockOf(projects[0]));
    const ran = await run(projects[1], { ...onMain('push'), inputs });
    expect(ran.log).toMatch(
      /^::error title=BRANCH_TAKEN::.*bot\/lock.*Nothing was changed.*"pull-request-branch"/m,
    );
    expect(ran.code).toBe(1);
    expect(titles()).toEqual(['Install']);
    expect(await stage.fileOf('bot/lock', lockOf(projects[0]))).toBe(kept);
  });

  test('publish at once, and each lock file holds its own', async () => {
    const sha = stage.tip();
    const ran = await Promise.all(
      projects.map((config) => run(config, { ...onMain('push'), sha, isProcess: true })),
    );
    expect(ran.map((one) => one.code)).toEqual([0, 0, 0]);
    for (const config of projects) expect(await stage.fileOf('main', lockOf(config))).not.toBeNull();
    expect(titles()).toEqual(['Install', 'One 0', 'One 1']);
  });
});

test('a repository that was checked out into a folder of the job has the same names and working links', async () => {
  await stage.change({ 'content/fees.md': '---\ntitle: Fees\nstat: published\n---\n\nFree.\n' }, 'fees');
  const proposed = await stage.proposed('fees', 11);
  const place = await stage.checkout({ ref: proposed.ref });
  const workspace = join(place, '../job');
  mkdirSync(workspace);
  renameSync(place, join(workspace, 'repo'));
  const sha = stage.tip(proposed.ref);
  const ran = await stage.run({
    ...proposed,
    workspace,
    sha,
    inputs: { token: stage.simulator.token, config: 'repo/sync.config.yaml' },
  });
  const body = stage.github.comments[0]?.body ?? '';
  expect(body).toMatch(/^<!-- shelfmark:plan sync\.config\.yaml {2}-->$/m);
  expect(body).toContain('## Help center: plan');
  expect(body).toMatch(/\/blob\/[0-9a-f]{40}\/content\/fees\.md\)/);
  expect(ran.log).toMatch(/^::\w+ title=\w+,file=content\/fees\.md,/m);
});

test('no two projects share a key, and none is one that git or a file system takes amiss', () => {
  const of = [
    ['sync.config.yaml', null],
    ['sync.config.yaml', 'a'],
    ['a/sync.config.yaml', null],
    ['a/sync.config.yaml', 'a'],
    ['a/a/sync.config.yaml', null],
    ['a-a/sync.config.yaml', null],
    ['A/sync.config.yaml', null],
    ['other.config.yaml', null],
    ['日本/sync.config.yaml', null],
    ['日本語/sync.config.yaml', null],
    ['x.lock/sync.config.yaml', null],
  ] as const;
  const keys = of.map(([file, target]) => projectKey(file, target));
  expect(new Set(keys.map((one) => one.toLowerCase())).size).toBe(of.length);
  for (const key of keys) expect(key).toMatch(/^(?:-[a-z0-9]+(?:[-.][a-z0-9]+)*)?$/);
});
