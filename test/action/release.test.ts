import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { actionReference } from '../../src/app/init-github.ts';
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
      'preview',
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

describe('the workflow of a release', () => {
  const workflow = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8')) as {
    readonly permissions: Record<string, string>;
    readonly jobs: Record<
      string,
      {
        readonly if: string;
        readonly needs?: string;
        readonly environment?: string;
        readonly permissions: Record<string, string>;
        readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
      }
    >;
  };
  const commands = (job: string): string =>
    (workflow.jobs[job]?.steps ?? []).map((one) => one.run ?? '').join('\n');

  test('builds and tests without the right to write, and writes without building or installing', () => {
    const { build, publish } = workflow.jobs;
    expect([workflow.permissions, build?.permissions]).toEqual([{ contents: 'read' }, { contents: 'read' }]);
    expect(commands('build')).toMatch(/npm cit/);
    expect(publish?.needs).toBe('build');
    expect(commands('publish')).not.toMatch(/npm (?:ci|i|install|cit|test|run)\b|npx|build\.mjs/);
    for (const job of [build, publish])
      for (const step of job?.steps ?? [])
        if (step.uses?.startsWith('actions/checkout@') === true)
          expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('runs for main only, behind an environment, and says where everything comes from', () => {
    const { build, publish } = workflow.jobs;
    for (const job of [build, publish]) expect(job?.if).toBe("github.ref == 'refs/heads/main'");
    expect(publish?.environment).toBe('release');
    expect(publish?.permissions).toEqual({ contents: 'write', 'id-token': 'write', attestations: 'write' });
    expect(
      publish?.steps.some((one) => one.uses?.startsWith('actions/attest-build-provenance@') === true),
    ).toBe(true);
    expect(commands('publish')).toMatch(/npm publish .*--ignore-scripts .*--provenance/);
  });
});

test('where the project lives is said in one place', () => {
  const { repository, homepage, bugs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly repository: { readonly url: string };
    readonly homepage: string;
    readonly bugs: string | { readonly url: string };
  };
  const home = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  expect(home).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+$/);
  expect(homepage.startsWith(home)).toBe(true);
  expect(JSON.stringify(bugs)).toContain(`${home}/issues`);
  expect(actionReference).toBe(`${home.slice('https://github.com/'.length)}@v${version.split('.')[0] ?? ''}`);
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
      'docs',
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

  test('can be made of files that another job has built, without running anything else', () => {
    git('reset', '--quiet', '--hard');
    git('tag', '--delete', `v${version}`);
    mkdirSync(join(work, '../built'));
    for (const name of ['action.mjs', 'THIRD-PARTY-LICENCES.txt'])
      writeFileSync(join(work, '../built', name), `built elsewhere: ${name}\n`);
    const ran = spawnSync(process.execPath, ['scripts/release.mjs', '../built'], {
      cwd: work,
      encoding: 'utf8',
      env,
    });
    expect(ran.status).toBe(0);
    expect(git('cat-file', 'blob', `v${version}:dist/action.mjs`)).toBe('built elsewhere: action.mjs');
  });

  test('is refused from another branch than main', () => {
    git('tag', '--delete', `v${version}`);
    git('checkout', '--quiet', '-b', 'side');
    expect(release().stderr).toContain('Releases are made from main, and this is side.');
    expect(git('tag', '--list', `v${version}`)).toBe('');
    git('checkout', '--quiet', 'main');
    expect(release().status).toBe(0);
  });

  test('is refused a second time, and while something is not committed', () => {
    expect(release()).toMatchObject({ status: 1, stdout: '' });
    writeFileSync(join(work, 'action.yml'), 'changed\n');
    expect(release().stderr).toContain('not committed');
  });
});
