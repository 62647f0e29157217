/* The door for scripts: what a program gets that imports Shelfmark. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  convert,
  openProject,
  ShelfmarkError,
  startSimulator,
  type ProjectEvent,
} from '../../src/library/index.ts';
import type { Simulator } from '../../src/library/simulator.ts';

let folder: string;
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator();
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-'));
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: intercom\n');
  await mkdir(join(folder, 'content/guide'), { recursive: true });
  await writeFile(join(folder, 'content/guide/prices.md'), '---\ntitle: Prices\n---\n\nIt costs **ten**.\n');
  await writeFile(join(folder, 'content/guide/prices.fr.md'), '---\ntitle: Prix\n---\n\nDix.\n');
});
afterEach(async () => {
  await simulator.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (more: Parameters<typeof openProject>[0] = {}) =>
  openProject({ folder, url: simulator.url, token: simulator.token, ...more });
const codeOf = (error: unknown): string => (error instanceof ShelfmarkError ? error.code : String(error));

test('a plan says what it would do, and applying it does that; then there is nothing left to do', async () => {
  const events: ProjectEvent[] = [];
  const project = await open({ onEvent: (event) => events.push(event) });
  const plan = await project.plan({ direction: 'push' });
  expect(plan.summary.create).toBe(2);
  expect(plan.operations.map(({ side, action, path }) => `${side} ${action} ${path}`)).toEqual([
    'remote create guide',
    'remote create guide/prices.md',
  ]);
  expect(simulator.operator.articles()).toEqual([]);
  const report = await project.apply(plan);
  expect([report.exitCode, report.outcomes.map((one) => one.status)]).toEqual([0, ['done', 'done']]);
  expect(simulator.operator.articles()[0]?.contents['en']?.title).toBe('Prices');
  expect((await project.plan()).operations).toEqual([]);
  expect((await project.status()).unchanged).toBe(2);
  expect(new Set(events.map((one) => one.event))).toEqual(
    new Set(['reading', 'call', 'listed', 'planned', 'outcome']),
  );
  expect(JSON.stringify(events)).not.toContain(simulator.token);
});

test('a plan is refused where the folder changed since, and where another project or a copy of it is given', async () => {
  const project = await open();
  const plan = await project.plan({ direction: 'push' });
  await expect((await open()).apply(plan).catch(codeOf)).resolves.toBe('PLAN_UNREADABLE');
  await expect(project.apply({ ...plan }).catch(codeOf)).resolves.toBe('PLAN_UNREADABLE');
  await writeFile(join(folder, 'content/guide/prices.md'), '---\ntitle: Prices\n---\n\nTwenty.\n');
  await expect(project.apply(plan).catch(codeOf)).resolves.toBe('PLAN_STALE');
  expect(simulator.operator.articles()).toEqual([]);
});

test('paths, a direction and guards limit a plan as they limit a command', async () => {
  await writeFile(join(folder, 'content/other.md'), '---\ntitle: Other\n---\n\nText.\n');
  const project = await open();
  const plan = await project.plan({ direction: 'push', paths: ['content/other.md'] });
  expect(plan.operations.map((one) => one.path)).toEqual(['other.md']);
  await project.apply(plan);
  simulator.operator.createArticle({ title: 'Fees', body: '<p class="no-margin">None.</p>' });
  await project.apply(await project.plan({ direction: 'pull' }));
  expect(await readFile(join(folder, 'content/fees.md'), 'utf8')).toContain('None.');
  expect(simulator.operator.articles()).toHaveLength(2);
});

describe('a config', () => {
  test('may be an object with the keys of the file, and errors name the key', async () => {
    await rm(join(folder, 'sync.config.yaml'));
    const project = await open({ config: { remote: { provider: 'intercom' }, content: 'content/guide' } });
    expect((await project.plan({ direction: 'push' })).operations.map((one) => one.path)).toEqual([
      'prices.md',
    ]);
    await project.apply(await project.plan({ direction: 'push' }));
    expect((await project.plan()).operations).toEqual([]);
    await expect(open({ config: { remote: { provider: 'intercom' }, contnet: 'x' } })).rejects.toThrow(
      /contnet.*content/s,
    );
  });

  test('is looked for as the command looks for it, with its target', async () => {
    await writeFile(
      join(folder, 'sync.config.yaml'),
      'remote:\n  provider: simulator\ntargets:\n  live: { remote: { provider: intercom }, tokenVariable: LIVE_TOKEN }\n',
    );
    const project = await open({ folder: join(folder, 'content/guide'), target: 'live' });
    expect([project.folder, project.target]).toEqual([folder, 'live']);
    await project.apply(await project.plan({ direction: 'push' }));
    expect(simulator.operator.articles()).toHaveLength(1);
    await expect(open({ target: 'lvie' }).catch(codeOf)).resolves.toBe('TARGET_UNKNOWN');
    await expect(open({ config: 'none.yaml' }).catch(codeOf)).resolves.toBe('CONFIG_MISSING');
  });
});

test('entries are read as the folder has them, by any name of theirs', async () => {
  const project = await open();
  await project.apply(await project.plan({ direction: 'push' }));
  const article = await project.read('content/guide/prices.fr.md');
  expect(article).toEqual({
    kind: 'article',
    path: 'guide/prices.md',
    id: String(simulator.operator.articles()[0]?.id),
    locales: {
      en: expect.objectContaining({
        file: 'guide/prices.md',
        title: 'Prices',
        body: 'It costs **ten**.\n',
      }) as unknown,
      fr: expect.objectContaining({ file: 'guide/prices.fr.md', title: 'Prix', state: null }) as unknown,
    },
  });
  expect(await project.read('guide')).toEqual(expect.objectContaining({ kind: 'collection', path: 'guide' }));
  expect((await project.list()).map((one) => one.path)).toEqual(['guide', 'guide/prices.md']);
  await expect(project.read('guide/none.md').catch(codeOf)).resolves.toBe('PATH_UNKNOWN');
});

test('validate gives the findings of the command, of all files or of some', async () => {
  await writeFile(join(folder, 'content/bad.md'), '---\ntitle: Bad\n---\n\n<script>x</script>\n');
  const project = await open();
  const found = await project.validate();
  expect(found.summary).toEqual({ articles: 2, collections: 1, errors: 1, warnings: 0 });
  expect(found.problems[0]).toMatchObject({ severity: 'error', place: { file: 'content/bad.md', line: 5 } });
  expect((await project.validate({ paths: ['guide'] })).problems).toEqual([]);
});

test('translations that fell behind are named, and the audit finds what is broken', async () => {
  const project = await open();
  await project.apply(await project.plan({ direction: 'push' }));
  await writeFile(
    join(folder, 'content/guide/prices.md'),
    '---\ntitle: Prices\n---\n\nIt costs **twenty** by now.\n',
  );
  const { translations } = await project.translations({ locales: ['fr'] });
  expect(translations.map(({ file, state }) => [file, state])).toContainEqual([
    'guide/prices.fr.md',
    'behind',
  ]);
  await expect(project.translations({ locales: ['xx'] }).catch(codeOf)).resolves.toBe('WRONG_USAGE');
  await writeFile(join(folder, 'content/lost.md'), '---\ntitle: Lost\n---\n\n[Away](gone.md)\n');
  const found = await project.audit({ paths: ['content/lost.md'] });
  expect(found.problems.map((one) => one.code)).toContain('LINK_BROKEN');
});

test('a signal that has ended begins nothing', async () => {
  const project = await open({ signal: AbortSignal.abort() });
  await expect(project.plan()).rejects.toThrow();
  expect(simulator.operator.calls()).toEqual([]);
});

test('texts are converted either way, with what is to be known about them', () => {
  expect(convert.toHtml('It costs **ten**.\n').html).toBe('<p class="no-margin">It costs <b>ten</b>.</p>');
  expect(convert.toMarkdown('<p class="no-margin">It costs <b>ten</b>.</p>').markdown).toBe(
    'It costs **ten**.\n',
  );
  expect(convert.toHtml('<script>x</script>\n').findings.map((one) => one.severity)).toEqual(['error']);
});

test('with the simulator of the project as its help center it works without a token', async () => {
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  const project = await openProject({ folder });
  const report = await project.apply(await project.plan());
  expect([report.exitCode, report.summary.create]).toEqual([0, 2]);
});
