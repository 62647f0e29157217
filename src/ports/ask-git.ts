import { isTrusted, repositoryAround, runGit, type Ran } from './run-git.ts';

/** Null where there is no repository that git works in. */
export async function askGit(folder: string, args: readonly string[]): Promise<Ran | null> {
  const repository = repositoryAround(folder);
  if (repository === null || !(await isTrusted(repository, process.env))) return null;
  return runGit({ repository, folder, args, env: process.env });
}
