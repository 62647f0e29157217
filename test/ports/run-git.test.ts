import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, existsSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTrusted, repositoryAround, runGit } from '../../src/ports/run-git.ts';

let top: string;
let marker: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'shelfmark-git-'));
  marker = join(top, 'was-run');
});
afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

const git = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

function repository(name: string): string {
  const folder = join(top, name);
  mkdirSync(folder);
  git(folder, 'init', '-q', '-b', 'main');
  writeFileSync(join(folder, 'a.md'), 'words\n');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'start');
  return folder;
}

/** A program that leaves a mark when it is run. */
function trap(): string {
  const file = join(top, 'trap.sh');
  writeFileSync(file, `#!/bin/sh\nenv > '${marker}'\nexit 1\n`);
  chmodSync(file, 0o755);
  return file;
}

describe('the way to git', () => {
  test('names the repository that the folder belongs to, and passes over a bare one planted below it', async () => {
    const folder = repository('project');
    const planted = join(folder, 'docs');
    mkdirSync(planted);
    git(planted, 'init', '-q', '--bare', '.');
    git(planted, 'config', 'core.worktree', '.');
    git(planted, 'config', 'core.bare', 'false');
    git(planted, 'config', 'core.fsmonitor', trap());

    const found = repositoryAround(planted);

    expect(found).toEqual({ workTree: folder, gitDir: join(folder, '.git') });
    const ran = await runGit({
      repository: found,
      folder: planted,
      args: ['ls-files'],
      env: process.env,
    });
    expect(ran.code).toBe(0);
    await runGit({ repository: found, folder: planted, args: ['status'], env: process.env });
    expect(existsSync(marker)).toBe(false);
  });

  test('runs no monitor, hook or transport that the configuration of the repository names', async () => {
    const folder = repository('project');
    const program = trap();
    git(folder, 'config', 'core.fsmonitor', program);
    git(folder, 'config', 'core.sshCommand', program);
    git(folder, 'config', 'protocol.ext.allow', 'always');
    git(folder, 'config', 'remote.origin.url', `ext::${program} %S`);
    mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
    symlinkSync(program, join(folder, '.git', 'hooks', 'post-checkout'));
    const found = repositoryAround(folder);

    const call = async (...args: string[]): Promise<number | null> =>
      (await runGit({ repository: found, args, env: process.env })).code;
    expect(await call('status', '--short')).toBe(0);
    expect(await call('checkout', '-q', 'HEAD', '--', 'a.md')).toBe(0);
    expect(await call('checkout', '-q', '-b', 'other')).toBe(0);
    expect(await call('fetch', 'origin')).not.toBe(0);
    expect(await call('ls-remote', `ssh://git@127.0.0.1/x`)).not.toBe(0);

    expect(existsSync(marker)).toBe(false);
  });

  test('leads to no program of that name in the folder, whatever PATH says', async () => {
    const folder = repository('project');
    const program = trap();
    mkdirSync(join(folder, 'bin'));
    for (const place of ['git', 'bin/git']) symlinkSync(program, join(folder, place));
    for (const path of ['.', '', 'bin', './bin']) {
      const env = { ...process.env, PATH: `${path}:${process.env['PATH'] ?? ''}` };
      const ran = await runGit({ repository: repositoryAround(folder), args: ['ls-files'], env });
      expect(ran.out).toBe('a.md\n');
    }
    const ran = await runGit({ repository: null, folder, args: ['--version'], env: { PATH: '.:bin' } });
    expect(ran.code).toBeNull();
    expect(existsSync(marker)).toBe(false);
  });

  test('hands on no token, and no repository that a hook around it set', async () => {
    const folder = repository('project');
    const other = repository('other');
    const env = {
      ...process.env,
      INTERCOM_TOKEN: 'tok-123',
      GITHUB_TOKEN: 'ghs-123',
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, '.git', 'index'),
    };
    const args = ['-c', 'alias.show-env=!env', 'show-env'];
    const { out } = await runGit({
      repository: repositoryAround(folder),
      args,
      env,
      settings: [['user.name', 'B']],
    });
    expect(out).not.toMatch(/tok-123|ghs-123/);
    expect(out).toContain(`GIT_DIR=${join(folder, '.git')}`);
    expect(out).not.toContain('GIT_INDEX_FILE');
  });

  test('takes a path for a name, also one that looks like a pattern', async () => {
    const folder = repository('project');
    writeFileSync(join(folder, '[a].md'), 'words\n');
    git(folder, 'add', '-A');
    const args = ['ls-files', '-z', '--', '[a].md'];
    const { out } = await runGit({ repository: repositoryAround(folder), args, env: process.env });
    expect(out).toBe('[a].md\0');
  });

  test('knows a linked work tree and a submodule by the file that stands for their repository', async () => {
    const folder = repository('project');
    git(folder, 'worktree', 'add', '-q', join(top, 'linked'));
    git(
      folder,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      repository('texts'),
      'sub',
    );
    for (const place of [join(top, 'linked'), join(folder, 'sub')]) {
      const found = repositoryAround(join(place, 'deep', 'er'));
      expect(found?.workTree).toBe(place);
      if (found === null) continue;
      expect(await isTrusted(found, process.env)).toBe(true);
      const { out } = await runGit({ repository: found, args: ['ls-files'], env: process.env });
      expect(out).toBe('a.md\n');
    }
  });

  test('finds none where there is none, and trusts nothing that only looks like one', async () => {
    expect(repositoryAround(top)).toBeNull();
    mkdirSync(join(top, 'odd', '.git'), { recursive: true });
    const odd = repositoryAround(join(top, 'odd'));
    expect(odd).not.toBeNull();
    if (odd !== null) expect(await isTrusted(odd, process.env)).toBe(false);
  });
});
