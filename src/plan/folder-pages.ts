import type { LocalArticle } from '../model/entry.ts';
import { baseName, contentRoot, type LocalPath } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { ArticleTriple } from './terms/triple.ts';

/**
 * Other tools make such a file the page of its folder, and the help center has none. Told once for each folder, as
 * long as the file is new: it may be meant for readers of the repository.
 */
export function folderPages(articles: readonly ArticleTriple[], contentName: string): readonly Problem[] {
  const pages = new Map<LocalPath, LocalArticle[]>();
  for (const { local, base, remote } of articles) {
    if (local === null || base !== null || remote !== null || !isFolderPage.test(baseName(local.path)))
      continue;
    pages.set(local.folder, [...(pages.get(local.folder) ?? []), local]);
  }
  return [...pages].flatMap(([folder, [first, second]]): readonly Problem[] => {
    if (first === undefined) return [];
    const names = [first, ...(second === undefined ? [] : [second])].map(({ path }) => baseName(path));
    const what = second === undefined ? 'becomes an article' : 'become articles';
    return [
      {
        severity: 'warning',
        code: 'FOLDER_PAGE',
        place: { file: `${contentName}/${first.path}`, line: 0 },
        message:
          folder === contentRoot
            ? `${names.join(' and ')} ${what} outside every collection, not the first page of the help center.`
            : `${names.join(' and ')} ${what} in the collection ${folder}, not the page of that collection.`,
        hint:
          folder === contentRoot
            ? 'Leave it if readers are to find it there, or move it out of the content folder.'
            : `Leave it if readers are to find it there. Otherwise move it out of the content folder; what introduces the collection is the "description" in ${contentName}/${folder}/collection.yaml.`,
      },
    ];
  });
}

/** With or without a language at the end of the name. */
const isFolderPage = /^(?:readme|_?index)(?:\.[a-z]{2,3}(?:-[a-z]+)?)?\.md$/i;
