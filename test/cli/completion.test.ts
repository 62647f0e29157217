import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
const script = async (shell: string): Promise<string> =>
  (await runCommand(['completion', shell], { folder })).out;

describe.skipIf(!has('bash'))('in bash', () => {
  const complete = async (...words: string[]): Promise<readonly string[]> => {
    const file = join(folder, 'completion.bash');
    writeFileSync(file, await script('bash'));
    const asked = `compopt() { :; }; source '${file}'; COMP_WORDS=(shelfmark ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _shelfmark; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' })
      .split('\n')
      .filter((word) => word !== '');
  };

  test('commands, flags, their values and codes are completed', async () => {
    expect(await complete('va')).toEqual(['validate']);
    expect(await complete('')).toEqual(expect.arrayContaining(['init', 'push', 'explain', 'completion']));
    expect(await complete('plan', '--dir')).toEqual(['--direction']);
    expect(await complete('plan', '--direction', '')).toEqual(['push', 'pull', 'sync']);
    expect(await complete('plan', '--direction', '=', 'pu')).toEqual(['push', 'pull']);
    expect(await complete('init', '--region', '=')).toEqual(['us', 'eu', 'au']);
    expect(await complete('validate', '--format', 's')).toEqual(['sarif']);
    expect(await complete('explain', 'LINK_M')).toEqual(['LINK_MOVED']);
    expect(await complete('completion', 'f')).toEqual(['fish']);
  });

  test('where a file or anything else may stand, the shell completes files', async () => {
    expect(await complete('push', 'con')).toEqual([]);
    expect(await complete('push', '--config', '')).toEqual([]);
  });
});

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  '%s gets every command and every flag of the program',
  async (shell) => {
    const text = await script(shell);
    const help = (await runCommand(['--help'], { folder })).out;
    const commands = [...help.matchAll(/^ {2}([a-z][a-z-]+)(?: \[| <| {2})/gm)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'help' && name !== 'shelfmark');
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands)
      expect(text, command).toMatch(new RegExp(`(?:^|[\\s'(])${command}\\b`, 'm'));
    expect(text).toMatch(shell === 'fish' ? /-l take-back/ : /--take-back/);
    expect(text).not.toContain('dry-run');
  },
);

test.each(['zsh', 'fish'].filter(has))('%s can read it', async (shell) => {
  const file = join(folder, `completion.${shell}`);
  writeFileSync(file, await script(shell));
  expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

test.each(['fish'].filter(has))('%s completes commands, flags, their values and codes', async (shell) => {
  const file = join(folder, 'run.fish');
  writeFileSync(file, await script(shell));
  const lines = ['val', 'plan --dir', 'plan --direction ', 'explain LINK_M', 'help pus'];
  const asked = lines.map((line) => `complete -C 'shelfmark ${line}'`).join('; echo; ');
  const said = execFileSync(shell, ['--no-config', '-c', `source '${file}'; ${asked}`], {
    encoding: 'utf8',
  });
  const words = said.split('\n').map((one) => one.split('\t')[0] ?? '');
  expect(words.join(' ').trim()).toBe('validate  --direction  pull push sync  LINK_MOVED  push');
});

test('another shell is wrong usage, with the list of right ones', async () => {
  const { code, err } = await runCommand(['completion', 'tcsh'], { folder });
  expect([code, err]).toEqual([64, expect.stringContaining('bash, zsh, fish, powershell')]);
});
