/* What readers make of the articles, as far as the help center counts it. */
import type { LocalPath } from '../model/identity.ts';
import { ageInDays } from './days.ts';
import type { Found } from './terms.ts';

/** What the help center counts of one article. */
export interface Reception {
  readonly path: LocalPath;
  readonly views: number;
  readonly conversations: number;
  readonly reactions: number;
  /** Parts of the reactions, in percent. */
  readonly happy: number;
  readonly neutral: number;
  readonly sad: number;
  /** When its text was last changed there, in milliseconds since 1970. */
  readonly updatedAt: number;
}

/** Fewer reactions than these say nothing. */
const fewest = 5;
/** The part of unhappy readers, in percent, from which on an article is badly liked. */
const mostSad = 40;
const usualStaleDays = 365;

/** Sorted by how often they are read. */
export const byViews = (receptions: readonly Reception[]): readonly Reception[] =>
  receptions.toSorted((left, right) => right.views - left.views || (left.path < right.path ? -1 : 1));

/** Articles that are read much and liked badly, that nobody reads, and that many read although they are old. */
export function statisticsFindings(
  receptions: readonly Reception[],
  now: number,
  staleDays: number | null,
): readonly Found[] {
  const sorted = byViews(receptions);
  const much = sorted[Math.floor(sorted.length / 4)]?.views ?? 0;
  return sorted.flatMap(({ path, views, reactions, sad, updatedAt }): readonly Found[] => {
    const place = { file: path, line: 0 };
    if (views === 0)
      return [
        {
          rule: 'ARTICLE_UNREAD',
          ...place,
          message: 'Nobody has read the article.',
          hint: 'Link to it, give it the words that people search for, or remove it.',
        },
      ];
    const found: Found[] = [];
    const isMuchRead = views >= much;
    if (isMuchRead && reactions >= fewest && sad >= mostSad)
      found.push({
        rule: 'ARTICLE_DISLIKED',
        ...place,
        message: `The article was read ${views} times, and ${sad} % of ${reactions} readers who said so were unhappy.`,
        hint: 'Rewrite it first: it disappoints more people than any other.',
      });
    const age = ageInDays(updatedAt, now);
    if (isMuchRead && age > (staleDays ?? usualStaleDays))
      found.push({
        rule: 'ARTICLE_OUTDATED',
        ...place,
        message: `The article was read ${views} times, and last changed ${age} days ago.`,
        hint: 'Read it again: does it still say what is true?',
      });
    return found;
  });
}
