import { createHash } from 'node:crypto';
import { byText } from '../../model/identity.ts';
import { quickHash } from '../../markup/meaning/quick-hash.ts';
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
              content.title,
              content.description,
              content.state,
              content.author,
              quickHash(content.body, 'html'),
            ]),
        ]
      : [
          entry.parent,
          entry.name,
          entry.description,
          entry.icon,
          [...entry.translations]
            .toSorted(byLocale)
            .map(([locale, texts]) => [locale, texts.name, texts.description]),
        ];
  return createHash('sha256')
    .update(JSON.stringify([entry.kind, entry.id, facts]))
    .digest('base64url')
    .slice(0, 16);
}

const byLocale = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  byText(left, right);
