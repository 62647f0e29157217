import type { Git } from './git.ts';
import { isTrusted, repositoryAround, runGit, type Ran } from './run-git.ts';

/** The git of this machine. */
export const nodeGit: Git = {
  async version() {
    const { code, out } = await runGit({ repository: null, args: ['--version'], env: process.env });
    return code === 0 ? (/\d+(?:\.\d+)+/.exec(out)?.[0] ?? null) : null;
  },
  async isRepository(folder) {
    const repository = repositoryAround(folder);
    return repository !== null && isTrusted(repository, process.env);
  },
  async ignores(folder, path) {
    const code = (await run(folder, ['check-ignore', '--quiet', '--', path]))?.code;
    return code === 0 ? true : code === 1 ? false : null;
  },
  async tracked(folder, path) {
    const ran = await run(folder, ['ls-files', '-z', '--', path]);
    return (ran?.out ?? '').split('\0').filter((name) => name !== '');
  },
};

/** Null where there is no repository that git works in. */
async function run(folder: string, args: readonly string[]): Promise<Ran | null> {
  const repository = repositoryAround(folder);
  if (repository === null || !(await isTrusted(repository, process.env))) return null;
  return runGit({ repository, folder, args, env: process.env });
}
