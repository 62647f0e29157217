import { baseName, byText, parentPath } from '../model/identity.ts';
import type { LocalPath } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import { diskProblem } from './disk-problem.ts';
import { articleName, foldName, nameFault } from './names.ts';
import type { ArticleName } from './names.ts';
import { fileProblem, quoted } from './problems.ts';
import type { Walk } from './walk.ts';

/** A file that is to be read as one language of an article. */
export interface ArticleFile {
  readonly path: LocalPath;
  readonly name: ArticleName;
}

/** Which file and folder below the content folder is meant as what; nothing is opened for it. */
export interface Classified {
  readonly articles: readonly ArticleFile[];
  /** Folders that are collections, parents first, with their `collection.yaml` where there is one. */
  readonly collections: ReadonlyMap<LocalPath, LocalPath | null>;
  readonly assets: ReadonlySet<LocalPath>;
  readonly unreadable: ReadonlySet<LocalPath>;
  readonly problems: readonly Problem[];
}

/** Intercom nests collections this deep. Source: https://www.intercom.com/help/en/articles/56647 */
export const maxCollectionDepth = 3;

export function classify(walk: Walk, shownAs: (path: string) => string): Classified {
  const found = walk.found.toSorted((left, right) => byText(left.path, right.path));
  const files = found.filter(({ kind, path }) => kind !== 'folder' && isMeantAsEntry(baseName(path)));
  const folders = foldersOf([...files.map(({ path }) => path), ...walk.failed.keys()]);
  const twins = twinsAmong([...files.map(({ path }) => path), ...folders]);

  const problems: Problem[] = [];
  const unreadable = new Set<LocalPath>();
  const tell = (code: string, path: string, message: string, hint: string): void => {
    problems.push(fileProblem(code, shownAs(path), message, hint));
  };
  /** Tells what is wrong with a name, if anything. */
  const refuse = (path: LocalPath): boolean => {
    const fault = nameFault(baseName(path));
    const twin = twins.get(path);
    if (fault !== null) {
      tell('NAME_RESERVED', path, `The name ${quoted(baseName(path))} ${fault}.`, 'Rename it.');
    } else if (twin !== undefined) {
      const message = `On many systems this is the same name as ${quoted(shownAs(twin))}.`;
      tell(
        'PATHS_CLASH',
        path,
        message,
        'Rename one of the two so that they differ in more than case or accents.',
      );
    } else return false;
    unreadable.add(path);
    return true;
  };

  const closed = new Set<LocalPath>();
  const isClosed = (path: LocalPath): boolean => ancestorsOf(path).some((folder) => closed.has(folder));
  for (const folder of folders) {
    if (isClosed(folder)) continue;
    if (folder.split('/').length > maxCollectionDepth) {
      const message = `Collections are nested at most ${maxCollectionDepth} deep, and this folder is one deeper.`;
      tell('DEPTH', folder, message, 'Move the folder, or the articles in it, one level up.');
      unreadable.add(folder);
      closed.add(folder);
    } else if (refuse(folder)) closed.add(folder);
  }

  const articles: ArticleFile[] = [];
  const collections = new Map<LocalPath, LocalPath | null>();
  for (const folder of folders) if (!closed.has(folder) && !isClosed(folder)) collections.set(folder, null);
  for (const { path, kind } of files) {
    const name = articleName(baseName(path));
    if (isClosed(path)) unreadable.add(path);
    else if (kind === 'link') unreadable.add(path);
    else if (kind !== 'file') {
      tell('NOT_A_FILE', path, 'This is neither a file nor a folder.', 'Replace it with a plain file.');
      unreadable.add(path);
    } else if (name !== null) {
      if (!refuse(path)) articles.push({ path, name });
    } else if (baseName(path) === 'collection.yaml') {
      if (parentPath(path) !== '') collections.set(parentPath(path), path);
    } else {
      problems.push(wrongEnding(path, shownAs));
      for (const one of standsFor(path)) unreadable.add(one);
    }
  }
  const root = found.find(({ path, kind }) => path === 'collection.yaml' && kind === 'file');
  if (root !== undefined) {
    const message = 'The content folder itself is no collection, so this file says nothing.';
    problems.push(
      fileProblem('COLLECTION_MISPLACED', shownAs(root.path), message, 'Move it into a folder.', 'warning'),
    );
  }
  for (const { path, kind } of found) {
    if (kind !== 'link') continue;
    unreadable.add(path);
    const message = 'This is a symbolic link, and links are not followed.';
    problems.push(
      fileProblem('LINK_IGNORED', shownAs(path), message, 'Put the file itself in its place.', 'warning'),
    );
  }
  for (const [path, error] of walk.failed) {
    collections.delete(path);
    unreadable.add(path);
    problems.push(diskProblem(error, shownAs(path), 'folder'));
  }
  for (const path of walk.impossible) {
    tell(
      'NAME_RESERVED',
      path,
      `The name ${quoted(baseName(path as LocalPath))} holds a backslash.`,
      'Rename it.',
    );
  }
  const others = found.filter(({ path, kind }) => kind === 'file' && !isMeantAsEntry(baseName(path)));
  for (const { path } of others) {
    if (/\.(?:markdown|mdown|mdx)$/i.test(path)) problems.push(notMarkdown(path, shownAs));
  }
  return { articles, collections, assets: new Set(others.map(({ path }) => path)), unreadable, problems };
}

/** Folders above a path, the content folder itself left out, the topmost first. */
export function ancestorsOf(path: LocalPath): readonly LocalPath[] {
  const all: LocalPath[] = [];
  for (let folder = parentPath(path); folder !== ''; folder = parentPath(folder)) all.unshift(folder);
  return all;
}

/** Markdown and `collection.yaml`, wrong spellings of the endings included: somebody meant an entry. */
function isMeantAsEntry(name: string): boolean {
  return /\.md$|^collection\.ya?ml$/i.test(name);
}

function foldersOf(paths: readonly LocalPath[]): readonly LocalPath[] {
  return [...new Set(paths.flatMap(ancestorsOf))].sort(byText);
}

/** Paths in one folder that a disk without an eye for case holds for the same, each with one such other. */
function twinsAmong(paths: readonly LocalPath[]): ReadonlyMap<LocalPath, LocalPath> {
  const seen = new Map<string, LocalPath>();
  const twins = new Map<LocalPath, LocalPath>();
  for (const path of paths) {
    const folded = `${parentPath(path)}/${foldName(baseName(path))}`;
    const first = seen.get(folded);
    if (first === undefined) seen.set(folded, path);
    else {
      twins.set(path, first);
      if (!twins.has(first)) twins.set(first, path);
    }
  }
  return twins;
}

/** What a file with a misspelled ending may be in the base: that must not look deleted. */
function standsFor(path: LocalPath): readonly LocalPath[] {
  if (!/\.md$/i.test(path)) return [path, parentPath(path)].filter((one) => one !== '');
  return [path, `${path.slice(0, -'.md'.length)}.md` as LocalPath];
}

function wrongEnding(path: LocalPath, shownAs: (path: string) => string): Problem {
  const name = baseName(path);
  const right = /\.md$/i.test(name) ? `${name.slice(0, -'.md'.length)}.md` : 'collection.yaml';
  const message = `The file is named ${quoted(name)}, but Shelfmark reads ${quoted(right)}.`;
  const problem = fileProblem('FILE_ENDING', shownAs(path), message, `Rename it to ${right}.`);
  return { ...problem, fix: { rename: right } };
}

function notMarkdown(path: LocalPath, shownAs: (path: string) => string): Problem {
  const message = 'Only files that end in ".md" are articles; this one is not synced.';
  return fileProblem(
    'FILE_ENDING',
    shownAs(path),
    message,
    'Rename it to end in ".md" if it is an article.',
    'warning',
  );
}
