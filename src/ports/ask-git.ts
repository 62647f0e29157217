import { isTrusted, repositoryAround, runGit, type Ran } from './run-git.ts';

/**
 * Null where there is no repository that git works in.
 *
 * @param isTop whether git is asked from the top of the repository that the folder is in
 */
export async function askGit(folder: string, args: readonly string[], isTop = false): Promise<Ran | null> {
  const repository = repositoryAround(folder);
  if (repository === null || !(await isTrusted(repository, process.env))) return null;
  return runGit({ repository, folder: isTop ? repository.workTree : folder, args, env: process.env });
}
