import { byPlace, type Problem } from '../model/problem.ts';
import { factsOf } from '../model/text-facts.ts';
import { checkBody } from './links/check-body.ts';
import { checkedText } from './links/checked-text.ts';
import { openWikiTargets, withWikiLinks } from './links/wiki-links.ts';
import { folderPages } from './folder-pages.ts';
import { openOffline, type OfflineFolder, type OfflineInput } from './offline-folder.ts';
import { unlinkedIds } from './unlinked-ids.ts';

/** Everything that can be said about the folder without the remote, in the order of files and lines. */
export const checkContent = (input: OfflineInput): readonly Problem[] => checkFolder(openOffline(input));

/** Reads the texts that nobody has read yet, one at a time: checking the folder afterwards takes no time. */
export function* readTexts({ local, bodies }: OfflineFolder): Generator<undefined> {
  for (const { locales } of local.articles)
    for (const [locale, content] of locales) {
      if (factsOf(content).checked !== undefined) continue;
      checkedText(content, locale, bodies);
      yield undefined;
    }
}

/** The same of a folder that was opened already. */
export function checkFolder({
  base,
  local,
  policy,
  pairing,
  refs,
  bodies,
}: OfflineFolder): readonly Problem[] {
  const context = { bodies, refs, contentName: policy.contentName };
  const targets = openWikiTargets([
    ...local.articles.flatMap((article) => [...article.locales.values()].map(({ file }) => file)),
    ...local.assets,
  ]);
  const texts = local.articles.flatMap((article) =>
    [...article.locales].flatMap(([locale, content]) =>
      checkBody(content, locale, context).map((one) =>
        one.code === 'WIKI_LINK' ? withWikiLinks(one, content, targets) : one,
      ),
    ),
  );
  const pages = folderPages(pairing.articles, policy.contentName);
  const ids = unlinkedIds(base, local, policy.contentName);
  return [...local.problems, ...pages, ...ids, ...texts].toSorted(byPlace);
}
