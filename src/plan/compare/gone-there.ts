/* What a write takes out of the help center, or changes there, although nobody asked for it. */
import { lostThings } from '../../markup/meaning/own-things.ts';
import { remoteThings, spaceIn } from '../../markup/html/remote-things.ts';
import type { LocalArticle, RemoteArticle } from '../../model/entry.ts';
import type { RemoteOperation } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';

/** Warnings for each file that is sent: what only the help center holds and loses, and whether it moves headings. */
export function goneThere(
  local: LocalArticle,
  remote: RemoteArticle,
  operation: RemoteOperation | null,
  contentName: string,
): readonly Problem[] {
  if (operation?.kind !== 'article') return [];
  return [...local.locales].flatMap(([locale, { file }]): readonly Problem[] => {
    const before = remote.locales.get(locale)?.body;
    const after = operation.write.locales[locale]?.body;
    if (before === undefined || after === undefined) return [];
    const place = { file: `${contentName}/${file}`, line: 0 };
    const lost = [...lostThings(remoteThings(before), remoteThings(after)), ...lostSpace(before, after)];
    const problems: Problem[] = [];
    if (lost.length > 0)
      problems.push({
        severity: 'warning',
        code: 'GONE_IN_HELP_CENTER',
        place,
        message: `What is sent takes this away, which only the help center holds: ${lost.join(', ')}.`,
        hint: 'Its words are no longer in the file. What the help center says now is kept: "shelfmark restore".',
      });
    const top = highestHeading(after);
    if (top > 1 && highestHeading(before) === top)
      problems.push({
        severity: 'warning',
        code: 'HEADINGS_RAISED',
        place,
        message: `In the help center this text begins with headings of level ${String(top)}. Intercom raises what is sent to level 1, and all below it as well.`,
        hint: 'You need not do anything: the file keeps its levels. Readers see larger headings.',
      });
    return problems;
  });
}

/** Empty paragraphs that go although no block goes that they are beside. */
function lostSpace(before: string, after: string): readonly string[] {
  const [there, here] = [spaceIn(before), spaceIn(after)];
  const count = there.empty - here.empty - Math.max(0, there.blocks - here.blocks);
  if (count <= 0) return [];
  return [count === 1 ? 'an empty paragraph' : `${String(count)} empty paragraphs`];
}

/** The level of the highest heading, 1 where there is none. */
function highestHeading(html: string): number {
  const levels = [...html.matchAll(/<h([1-6])[\s>]/giu)].map((one) => Number(one[1]));
  return levels.length === 0 ? 1 : levels.reduce((least, level) => Math.min(least, level));
}
