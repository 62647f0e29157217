import { isTrusted, repositoryAround, runGit, type Ran } from './run-git.ts';

/** Null where there is no repository that git works in. */
export async function askGit(folder: string, args: readonly string[]): Promise<Ran | null> {
  const repository = repositoryAround(folder);
  if (repository === null) return null;
  if (!trusted.has(repository.gitDir) && !(await isTrusted(repository, process.env))) return null;
  trusted.add(repository.gitDir);
  return runGit({ repository, folder, args, env: process.env });
}

/** Repositories that git was found to work in: it would say the same of them again. */
const trusted = new Set<string>();
