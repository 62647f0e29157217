/* The package as users get it: packed, and installed in an empty project without a network. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  // A command has no types, so there are none to be wrong.
  const checked = await checkPackage(createPackageFromTarballData(await readFile(tarball)));
  expect(checked.types === false ? [] : checked.problems).toEqual([]);
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
