/* The package as users get it: packed, and installed in an empty project without a network. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatMessage } from 'publint/utils';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';
import { pack, run } from '../helpers/packed.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-package-'));
  tarball = await pack(folder);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('linters of packages find nothing wrong with it', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
  expect(messages.map((one) => formatMessage(one, manifest))).toEqual([]);
  const checked = await checkPackage(createPackageFromTarballData(await readFile(tarball)));
  // There is no door for CommonJS, since Node 20.19 requires modules as they are; nor for what resolved them before Node 12.
  const problems = checked.types === false ? ['no types'] : checked.problems;
  const isOurs = (one: (typeof problems)[number]): boolean =>
    typeof one === 'string' ||
    (one.kind !== 'CJSResolvesToESM' && (!('resolutionKind' in one) || one.resolutionKind !== 'node10'));
  expect(problems.filter(isOurs)).toEqual([]);
  for (const key of [
    'description',
    'license',
    'homepage',
    'bugs',
    'repository',
    'engines',
    'keywords',
    'exports',
  ])
    expect(manifest[key]).toBeTruthy();
});

test('it installs nothing but itself, with the licences of what it holds, and its hints work in a project', async () => {
  const project = join(folder, 'project');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{"name":"mine","private":true}\n');
  const installed = await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], project);
  expect([installed.code, installed.err]).toEqual([0, expect.not.stringMatching(/npm (?:error|warn)/)]);
  const modules = (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'));
  expect(modules).toEqual(['shelfmark']);
  expect(
    await readFile(join(project, 'node_modules/shelfmark/dist/THIRD-PARTY-LICENCES.txt'), 'utf8'),
  ).toContain('commander');

  // A hint names what works here, and it does; the walk of `test/docs/first-hour.test.ts` goes on from there.
  const simulator = await startSimulator({});
  try {
    const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
    simulator.operator.createArticle({ title: 'Refunds', body: '<p>Refunds take five days.</p>' });
    const npx = (...args: string[]) => run('npx', args, project, env);
    const init = await npx(
      '--no',
      '--',
      'shelfmark',
      'init',
      '--provider',
      'intercom',
      '--region',
      'us',
      '--yes',
    );
    const hint = /npx (--no -- shelfmark pull)/.exec(init.out)?.[1] ?? '';
    expect([init.code, hint]).toEqual([0, '--no -- shelfmark pull']);
    expect((await npx(...hint.split(' '))).code).toBe(0);
    expect(await readFile(join(project, 'content/refunds.md'), 'utf8')).toContain('Refunds take five days.');
  } finally {
    await simulator.close();
  }
}, 120_000);

test('its types are whole: a script checks in an empty strict project, however modules are resolved', async () => {
  const project = join(folder, 'typed');
  await mkdir(join(project, 'node_modules'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{"name":"mine","private":true,"type":"module"}\n');
  await run('tar', ['-xzf', tarball, '-C', join(project, 'node_modules')], project);
  await rename(join(project, 'node_modules/package'), join(project, 'node_modules/shelfmark'));
  const script = `
    import { openProject, convert, ShelfmarkError, type ProjectPlan } from 'shelfmark';
    import { startSimulator, type Operator } from 'shelfmark/simulator';
    const project = await openProject({ folder: '.', onEvent: (event) => event.event === 'outcome' && event.done });
    const plan: ProjectPlan = await project.plan({ direction: 'push', paths: ['a.md'] });
    const removals: number = plan.operations.filter((one) => one.removal === 'delete').length;
    const operator: Operator = (await startSimulator({ switches: { idleUpdate: 'leave' } })).operator;
    console.log(removals, operator.articles(), convert.toHtml('a').findings, new ShelfmarkError('A', { message: '', hint: '' }));
    // @ts-expect-error a direction that there is not
    await project.plan({ direction: 'up' });`;
  await writeFile(join(project, 'script.ts'), script);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    const options = [
      '--strict',
      '--noEmit',
      '--target',
      'es2023',
      '--module',
      module,
      '--moduleResolution',
      resolution,
    ];
    const checked = await run(process.execPath, [tsc, ...options, 'script.ts'], project);
    expect([resolution, checked.code, checked.out]).toEqual([resolution, 0, '']);
  }
}, 120_000);
