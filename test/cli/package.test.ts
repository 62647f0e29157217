/* The package as users get it: packed, installed in an empty project without a network, and used for the first hour. */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { formatMessage } from 'publint/utils';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/server.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-package-'));
  const { out } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    root,
  );
  tarball = join(folder, out.trim());
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { INTERCOM_TOKEN: _token, INTERCOM_URL: _url, npm_command: _command, ...inherited } = process.env;
  return new Promise((done) => {
    execFile(command, [...args], { cwd, env: { ...inherited, ...env } }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
  });
}

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

test('it installs nothing but itself, with the licences of what it holds, and walks the first hour', async () => {
  const project = join(folder, 'project');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{"name":"mine","private":true}\n');
  const installed = await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], project);
  expect([installed.code, installed.err]).toEqual([0, expect.not.stringContaining('npm error')]);
  const modules = (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'));
  expect(modules).toEqual(['shelfmark']);
  expect(
    await readFile(join(project, 'node_modules/shelfmark/dist/THIRD-PARTY-LICENCES.txt'), 'utf8'),
  ).toContain('commander');

  await using simulator = Object.assign(await startSimulator({}), {
    async [Symbol.asyncDispose]() {
      await simulator.close();
    },
  });
  const shelfmark = (...args: string[]) =>
    run('npx', ['--no', '--', 'shelfmark', ...args], project, {
      INTERCOM_URL: simulator.url,
      INTERCOM_TOKEN: simulator.token,
    });
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), text);
  };
  const read = (name: string): Promise<string> => readFile(join(project, name), 'utf8');
  const { operator } = simulator;
  const made = operator.createArticle({ title: 'Refunds', body: '<p>Refunds take five days.</p>' });

  const init = await shelfmark('init', '--provider', 'intercom', '--region', 'us', '--yes');
  expect([init.code, init.out]).toEqual([0, expect.stringContaining('npx --no -- shelfmark pull')]);
  expect((await shelfmark('pull')).code).toBe(0);
  expect(await read('content/refunds.md')).toContain('Refunds take five days.');

  // One edit, pushed.
  await write('content/refunds.md', (await read('content/refunds.md')).replace('five', 'seven'));
  const pushed = await shelfmark('push', '--yes');
  expect([pushed.code, pushed.out]).toEqual([0, expect.stringContaining('Done: 1 updated.')]);

  // One conflict, settled.
  operator.editArticle(made.id, { body: '<p>Refunds take nine days.</p>' });
  await write('content/refunds.md', (await read('content/refunds.md')).replace('seven', 'two'));
  const conflict = await shelfmark('sync', '--yes');
  expect([conflict.code, conflict.out]).toEqual([
    3,
    expect.stringContaining('shelfmark resolve content/refunds.md'),
  ]);
  expect((await shelfmark('resolve', 'refunds.md', '--local')).code).toBe(0);
  expect((await shelfmark('sync', '--yes')).code).toBe(0);
  expect(operator.articles()[0]?.contents['en']?.body).toContain('two');

  // A workflow.
  expect((await shelfmark('init', '--github')).code).toBe(0);
  expect(await readdir(join(project, '.github/workflows'))).toHaveLength(3);
}, 120_000);
