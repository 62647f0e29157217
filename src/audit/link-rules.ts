/* Rules about who links to whom. */
import type { EntryKey } from '../model/identity.ts';
import { contentRoot } from '../model/identity.ts';
import { checkedText } from '../plan/links/checked-text.ts';
import { targetOf } from '../plan/links/refs.ts';
import { relativePath, encodePath } from '../plan/links/relative.ts';
import { auditedText } from './audited-text.ts';
import { textsOf, type AuditInput, type Found } from './terms.ts';

export const linkFindings = (input: AuditInput): readonly Found[] => [...byHand(input), ...unlinked(input)];

/** Links to our own articles by the address at which readers find them, which a move or another target would break. */
function byHand({ folder }: AuditInput): readonly Found[] {
  const { bodies, base, local } = folder;
  const here = new Set([...local.articles, ...local.collections].map((one) => one.path));
  const paths = new Map<string, (typeof base.entries)[number]>(
    base.entries.map((row) => [`${row.kind}s/${row.id}`, row]),
  );
  if (paths.size === 0) return [];
  return textsOf(folder).flatMap(({ content, locale }) =>
    auditedText(content, locale, bodies).web.flatMap(({ url, line }): readonly Found[] => {
      const [, kind = '', id = ''] =
        /^https?:\/\/[^/]+\/(?:[^?#]*\/)?(articles|collections)\/(\d+)(?:[-/?#]|$)/i.exec(url) ?? [];
      const row = paths.get(`${kind.toLowerCase()}/${id}`);
      if (row === undefined || !here.has(row.path)) return [];
      return [
        {
          rule: 'LINK_BY_HAND',
          file: content.file,
          line: line + content.bodyLine - 1,
          message: `The link to ${url} leads to ${row.path} by its public address.`,
          hint: `Write "${encodePath(relativePath(content.file, row.path))}" instead: then it is checked, and leads there on every help center.`,
        },
      ];
    }),
  );
}

/** Articles that no other one links to; those outside of every collection are found by nobody. */
function unlinked({ folder }: AuditInput): readonly Found[] {
  const { bodies, refs, local, policy } = folder;
  const linked = new Set<EntryKey>();
  for (const { content, locale } of textsOf(folder)) {
    const own = refs.directory.keyOfPath(content.file);
    for (const { url, use } of checkedText(content, locale, bodies).references) {
      const target = targetOf(url, content.file, use, refs.directory);
      if (target?.to === 'entry' && target.key !== own) linked.add(target.key);
    }
  }
  return local.articles.flatMap(({ path, folder: at, locales }): readonly Found[] => {
    const key = refs.directory.keyOfPath(path);
    if (key === null || linked.has(key) || locales.get(policy.defaultLocale)?.state === 'draft') return [];
    const isOutside = at === contentRoot;
    return [
      {
        rule: isOutside ? 'ARTICLE_ORPHAN' : 'ARTICLE_UNLINKED',
        file: path,
        line: 0,
        message: isOutside
          ? 'The article is in no collection, and no other one links to it: readers find it by search only.'
          : 'No other article links to this one.',
        hint: isOutside
          ? 'Move it into the folder of a collection, or link to it.'
          : 'Link to it where readers need it.',
      },
    ];
  });
}
