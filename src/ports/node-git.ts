import { execFile } from 'node:child_process';
import type { Git } from './git.ts';

/** The git of this machine, called without a shell, hooks or helpers that a repository may name. */
export const nodeGit: Git = {
  async version() {
    const { code, out } = await run(['--version']);
    return code === 0 ? (/\d+(?:\.\d+)+/.exec(out)?.[0] ?? null) : null;
  },
  async isRepository(folder) {
    const { code, out } = await run(['-C', folder, ...harmless, 'rev-parse', '--is-inside-work-tree']);
    return code === 0 && out.trim() === 'true';
  },
  async ignores(folder, path) {
    const { code } = await run(['-C', folder, ...harmless, 'check-ignore', '--quiet', '--', path]);
    return code === 0 ? true : code === 1 ? false : null;
  },
  async tracked(folder, path) {
    const { out } = await run(['-C', folder, ...harmless, 'ls-files', '-z', '--', path]);
    return out.split('\0').filter((name) => name !== '');
  },
};

const harmless = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'] as const;

/** `code` is null where git could not be started or was stopped. */
function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  return new Promise((done) => {
    execFile('git', [...args], { env, timeout: 10_000, windowsHide: true }, (error, out) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      done({ code, out });
    });
  });
}
