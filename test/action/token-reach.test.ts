import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openGit } from '../../src/action/git/git.ts';
import { basicOf } from '../../src/action/git/secrets.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'shelfmark-reach-'));
});
afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

/** Nobody listens there, so that each talk with it ends at once. */
const server = 'http://127.0.0.1:1';
const token = 'ghs_0123456789abcdefghij';

test('the token is there in the calls of git that fetch and push, and in no other', async () => {
  const workspace = join(top, 'work');
  const seen = join(top, 'seen');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  mkdirSync(join(top, 'bin'));
  // Notes what each call was given, then lets the real one do it.
  writeFileSync(
    join(top, 'bin/git'),
    `#!/bin/sh\n{ echo "CALL $*"; env; } >> '${seen}'\nexec '${real}' "$@"\n`,
    { mode: 0o755 },
  );
  mkdirSync(workspace);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: workspace, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(workspace, 'a.md'), 'Text.\n');
  git('add', '--all');
  git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'A');
  git('remote', 'add', 'origin', `http://someone:else@127.0.0.1:1/acme/help`);
  const work = openGit({
    folder: workspace,
    workspace,
    env: {
      ...process.env,
      PATH: `${join(top, 'bin')}:${process.env['PATH'] ?? ''}`,
      GITHUB_TOKEN: token,
      'INPUT_GITHUB-TOKEN': token,
      INTERCOM_TOKEN: 'intercom-0123456789',
    },
    serverUrl: server,
    githubToken: token,
    temporary: join(top, 'temp'),
    files: nodeFiles,
    chance: nodeChance,
  });
  const head = (await work.head()) ?? '';
  await work.difference(['.'], () => true);
  writeFileSync(join(workspace, 'a.md'), 'Other.\n');
  const commit = await work.commit({ paths: ['.'], onto: head, alsoParent: null, message: 'B' });
  await work.diff(head, commit, ['.']);
  await work.moveHead(commit);
  await work.putBack(['.']);
  await work.fetch('main').catch(() => null);
  await work.push(commit, 'main');
  await work.swap('refs/shelfmark/lease', null, commit).catch(() => null);

  expect(existsSync(seen)).toBe(true);
  const calls = readFileSync(seen, 'utf8')
    .split(/^CALL /m)
    .slice(1);
  const command = (call: string): string =>
    (call.split('\n')[0] ?? '')
      .replace(/^(?:--?[\w-]+(?:=\S*)?(?: (?=\S+=))?|\S+=\S*|\s)+/, '')
      .split(' ')[0] ?? '';
  const withToken = calls.filter((call) => call.includes(token) || call.includes(basicOf(token)));
  expect([...new Set(withToken.map(command))].toSorted()).toEqual(['ls-remote', 'push']);
  expect(calls.length).toBeGreaterThan(withToken.length + 10);
  for (const call of calls) {
    expect(call).not.toContain('intercom-0123456789');
    expect(call).not.toContain('someone:else');
    // Where every user of the machine can read it.
    expect(call.split('\n')[0]).not.toContain(basicOf(token));
  }
});
