/* Rules about collections. */
import type { LocalCollection } from '../model/entry.ts';
import type { AuditInput, Found } from './terms.ts';

export function folderFindings({ folder }: AuditInput): readonly Found[] {
  const { local, policy } = folder;
  const visible = local.articles.filter((one) => one.locales.get(policy.defaultLocale)?.state !== 'draft');
  const isBelow = (path: string, at: string): boolean => path.startsWith(`${at}/`);
  return local.collections.flatMap((collection): readonly Found[] => {
    const place = { file: fileOf(collection), line: 0 };
    const below = visible.filter((one) => isBelow(one.path, collection.path));
    if (below.length === 0)
      return [
        {
          rule: 'COLLECTION_EMPTY',
          ...place,
          message: 'The collection holds nothing that readers can see.',
          hint: 'Publish an article in it, or remove its folder.',
        },
      ];
    const within = local.collections.some((one) => one.folder === collection.path);
    if (below.length > 1 || within) return [];
    return [
      {
        rule: 'COLLECTION_OF_ONE',
        ...place,
        message: 'The collection holds a single article.',
        hint: 'Put the article beside others, or write what belongs next to it.',
      },
    ];
  });
}

const fileOf = ({ file, path }: LocalCollection): string => file ?? path;
