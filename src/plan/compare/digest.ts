import { createHash } from 'node:crypto';
import { articleFields, articleNames } from '../../fields/article-fields.ts';
import { collectionNames, translatedNames } from '../../fields/collection-fields.ts';
import { byText } from '../../model/identity.ts';
import type { RemoteArticle, RemoteCollection } from '../../model/entry.ts';

/**
 * A fingerprint of everything of a remote entry that a plan builds on. Signed image queries and times do not count:
 * they change without anybody editing.
 */
export function remoteDigest(entry: RemoteArticle | RemoteCollection): string {
  const facts =
    entry.kind === 'article'
      ? [
          entry.parents,
          [...entry.locales]
            .toSorted(byLocale)
            .map(([locale, content]) => [
              locale,
              ...articleNames.map((name) => articleFields[name].sign(content)),
            ]),
        ]
      : [
          entry.parent,
          ...collectionNames.map((name) => entry[name]),
          [...entry.translations]
            .toSorted(byLocale)
            .map(([locale, texts]) => [locale, ...translatedNames.map((name) => texts[name])]),
        ];
  return createHash('sha256')
    .update(JSON.stringify([entry.kind, entry.id, facts]))
    .digest('base64url')
    .slice(0, 16);
}

const byLocale = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  byText(left, right);
