import { namedPaths } from '../app/project/named-path.ts';
import { withFolder } from '../app/state/with-folder.ts';
import type { Config } from '../config/read-config.ts';
import type { LocalArticle, LocalCollection } from '../model/entry.ts';
import { byText } from '../model/identity.ts';
import { unknownPath } from '../plan/selection.ts';
import type { Outside } from '../ports/outside.ts';
import type { ArticleEntry, ArticleText, CollectionEntry } from './project.ts';

type Entry = ArticleEntry | CollectionEntry;

/** All entries of the folder as its files say them, by path. */
export const entriesOf = (config: Config, outside: Outside): Promise<readonly Entry[]> =>
  withFolder(config, outside, ({ pairing }) =>
    [...pairing.collections, ...pairing.articles]
      .flatMap(({ local, base }): readonly Entry[] => {
        if (local === null) return [];
        const id = base?.id ?? local.pinnedId;
        return [local.kind === 'article' ? articleOf(local, id) : collectionOf(local, id)];
      })
      .toSorted((left, right) => byText(left.path, right.path)),
  );

/** The one that a path names: its file in any language, its folder, or its `collection.yaml`. */
export async function entryAt(path: string, config: Config, outside: Outside): Promise<Entry> {
  const meant = new Set(namedPaths(path, config, outside));
  const found = (await entriesOf(config, outside)).find((one) =>
    one.kind === 'article'
      ? Object.values(one.locales).some(({ file }) => meant.has(file))
      : meant.has(one.path) || meant.has(`${one.path}/collection.yaml`),
  );
  if (found === undefined) throw unknownPath(path);
  return found;
}

function articleOf({ path, locales }: LocalArticle, id: string | null): ArticleEntry {
  const texts = [...locales].map(([locale, content]): readonly [string, ArticleText] => {
    const { file, title, description, state, author, body } = content;
    return [locale, { file, title, description, state, author, body }];
  });
  return { kind: 'article', path, id, locales: Object.fromEntries(texts) };
}

function collectionOf(
  { path, name, description, icon, translations }: LocalCollection,
  id: string | null,
): CollectionEntry {
  return {
    kind: 'collection',
    path,
    id,
    name,
    description,
    icon,
    translations: Object.fromEntries(translations),
  };
}
