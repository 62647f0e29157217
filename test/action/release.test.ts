import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inputNames } from '../../src/action/event/inputs.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const manifest = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  readonly inputs: Record<string, { readonly description: string; readonly default?: string }>;
  readonly outputs: Record<string, unknown>;
  readonly runs: { readonly using: string; readonly main: string };
};

describe('action.yml', () => {
  test('names the inputs that are read and the outputs that are written', () => {
    expect(Object.keys(manifest.inputs)).toEqual([...inputNames]);
    expect(Object.keys(manifest.outputs).toSorted()).toEqual([
      'conflicts',
      'has-changes',
      'plan-file',
      'plan-hash',
      'pull-request-url',
      'report',
      'to-create',
      'to-delete',
      'to-move',
      'to-update',
    ]);
  });

  test('starts one file on a runtime that GitHub has', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/action.mjs' });
  });
});

describe('a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shelfmark-release-test-'));
  const work = join(folder, 'work');
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: work, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 }).trim();
  const release = (): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, ['scripts/release.mjs'], { cwd: work, encoding: 'utf8', env });

  beforeAll(() => {
    mkdirSync(work);
    for (const name of [
      'src',
      'scripts',
      'action.yml',
      'package.json',
      'tsconfig.json',
      '.gitignore',
      '.gitattributes',
    ])
      cpSync(join(root, name), join(work, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'));
    git('init', '--quiet', '--initial-branch=main');
    writeFileSync(join(work, '.git/info/exclude'), 'node_modules\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'The sources');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('carries the bundle that the sources build, beside a branch that has none', () => {
    const before = git('rev-parse', 'main');
    const ran = release();
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toContain(`git push origin v${version}`);
    expect(git('rev-parse', 'main')).toBe(before);
    expect(git('diff', '--name-status', 'main', `v${version}`)).toBe(
      'A\tdist/THIRD-PARTY-LICENCES.txt\nA\tdist/action.mjs',
    );
    expect(git('rev-parse', `v${version.split('.')[0] ?? ''}^{commit}`)).toBe(
      git('rev-parse', `v${version}^{commit}`),
    );
    const bundle = execFileSync('git', ['cat-file', 'blob', `v${version}:dist/action.mjs`], {
      cwd: work,
      maxBuffer: 64 * 1024 * 1024,
    });
    rmSync(join(work, 'dist'), { recursive: true });
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: work, env });
    expect(bundle.equals(readFileSync(join(work, 'dist/action.mjs')))).toBe(true);
    expect(bundle.toString()).not.toContain(folder);
  });

  test('runs from nothing but its own files', () => {
    const place = join(folder, 'elsewhere');
    mkdirSync(join(place, 'repository/content'), { recursive: true });
    execFileSync(
      'git',
      ['--work-tree', place, 'checkout', `v${version}`, '--', 'action.yml', 'dist/action.mjs'],
      { cwd: work, env },
    );
    writeFileSync(join(place, 'repository/sync.config.yaml'), 'remote:\n  provider: intercom\n');
    writeFileSync(join(place, 'repository/content/a.md'), '---\ntitle: ""\n---\n\nText.\n');
    const ran = spawnSync(process.execPath, [join(place, manifest.runs.main)], {
      cwd: place,
      encoding: 'utf8',
      env: {
        ...env,
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_WORKSPACE: join(place, 'repository'),
        RUNNER_TEMP: place,
        INPUT_COMMAND: 'validate',
      },
    });
    expect(ran.stdout).toMatch(/^::error title=TITLE_EMPTY,file=content\/a\.md,line=2/m);
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(1);
  });

  test('is refused a second time, and while something is not committed', () => {
    expect(release()).toMatchObject({ status: 1, stdout: '' });
    writeFileSync(join(work, 'action.yml'), 'changed\n');
    expect(release().stderr).toContain('not committed');
  });
});
