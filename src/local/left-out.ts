/* What git says about the folder: a file that was never checked out is not gone, and one that git ignores is not content. */
import { ShelfmarkError } from '../model/error.ts';
import { baseName, localPath, parentPath, type LocalPath } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { FolderInGit, LeftOut } from '../ports/git.ts';
import { isIgnored } from './names.ts';
import { fileProblem } from './problems.ts';
import type { Walk } from './walk.ts';

/** A folder without what git ignores in it, and what is missing in it without being gone. */
export interface WalkInGit {
  readonly walk: Walk;
  /** Files that are not here, and the folders that are not here with them. */
  readonly notHere: ReadonlySet<LocalPath>;
  /** What was passed over, files and folders. */
  readonly ignored: ReadonlySet<LocalPath>;
  readonly problems: readonly Problem[];
}

/**
 * Takes out of a folder what git ignores, and finds what git did not put there. Throws where the whole folder is not
 * checked out.
 */
export function walkInGit(
  walk: Walk,
  git: FolderInGit | null,
  shown: string,
  shownAs: (path: string) => string,
): WalkInGit {
  if (git === null) return { walk, notHere: new Set(), ignored: new Set(), problems: [] };
  if (git.isMissing && walk.found.length === 0) {
    throw new ShelfmarkError('CONTENT_NOT_HERE', {
      message: `The content folder "${shown}" is a submodule of git that is not checked out. Nothing was changed.`,
      hint: `Run: git submodule update --init ${shown}`,
    });
  }
  const rules = git.ignored.flatMap(pathOf);
  const ignored = new Set(rules);
  const isPassed = (path: LocalPath): boolean => {
    for (let at = path; at !== ''; at = parentPath(at)) if (ignored.has(at)) return true;
    return false;
  };
  const found = ignored.size === 0 ? walk.found : walk.found.filter(({ path }) => !isPassed(path));
  const here = new Set(walk.found.map(({ path }) => path));
  const missing = git.leftOut.flatMap((one) =>
    pathOf(one.path).flatMap((path) => (here.has(path) && !one.path.endsWith('/') ? [] : [{ ...one, path }])),
  );
  const notHere = new Set<LocalPath>();
  for (const { path } of missing) {
    notHere.add(path);
    for (let at = parentPath(path); at !== '' && !here.has(at); at = parentPath(at)) notHere.add(at);
  }
  const passed = walk.found.filter(({ path }) => isPassed(path) && isContent(path)).map(({ path }) => path);
  return {
    walk: { ...walk, found },
    notHere,
    ignored,
    problems: [...missingProblems(missing, shownAs), ...ignoredProblem(passed, shownAs)],
  };
}

/** Hidden names and the like are no content anyway. */
function pathOf(path: string): readonly LocalPath[] {
  const plain = path.replace(/\/$/, '');
  return plain === '' || plain.includes('\\') || plain.split('/').some(isIgnored) ? [] : [localPath(plain)];
}

const isContent = (path: LocalPath): boolean =>
  /\.(?:md|png|jpe?g|gif|webp|avif|svg)$|^collection\.yaml$/i.test(baseName(path));

function missingProblems(
  missing: readonly { readonly path: LocalPath; readonly why: LeftOut['why'] }[],
  shownAs: (path: string) => string,
): readonly Problem[] {
  const submodules = missing
    .filter((one) => one.why === 'submodule')
    .map(({ path }) =>
      fileProblem(
        'NOT_HERE',
        shownAs(path),
        'This is a submodule of git that is not checked out. What belongs to it is left as it is.',
        `Run: git submodule update --init ${shownAs(path)}`,
      ),
    );
  const told = (why: LeftOut['why'], what: string, hint: string): readonly Problem[] => {
    const [first, ...more] = missing.filter((one) => one.why === why);
    if (first === undefined) return [];
    const others = more.length === 0 ? '' : ` So it is with ${more.length} more.`;
    const message = `${what}, so it is not here, and not gone: its article is left as it is.${others}`;
    return [fileProblem('NOT_HERE', shownAs(first.path), message, hint, 'warning')];
  };
  return [
    ...submodules,
    ...told(
      'sparse',
      'Git leaves this out of the folder (a sparse checkout)',
      'To sync it from here, check it out: git sparse-checkout add, or git sparse-checkout disable.',
    ),
    ...told(
      'unfinished',
      'Git has not settled yet what becomes of this',
      'Finish the merge, or add the file or its removal with git add or git rm.',
    ),
  ];
}

function ignoredProblem(passed: readonly LocalPath[], shownAs: (path: string) => string): readonly Problem[] {
  const [first, ...more] = passed;
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` So it is with ${more.length} more.`;
  return [
    fileProblem(
      'GIT_IGNORED',
      shownAs(first),
      `Git ignores this, so nobody else has it, and it is not synced.${others}`,
      'To sync what git ignores, write "gitIgnored: sync" into sync.config.yaml.',
      'warning',
    ),
  ];
}
