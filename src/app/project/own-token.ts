import { hash } from 'node:crypto';
import type { LocalContent } from '../../model/entry.ts';
import { factsOf, noteFact } from '../../model/text-facts.ts';
import type { Problem } from '../../model/problem.ts';
import type { LocalSnapshot } from '../../model/snapshot.ts';

/** Shorter values are words that texts are full of, and no tokens. */
const shortest = 16;

/**
 * Finds files that say the very token that is used: what is pushed becomes public, and whoever reads the token can
 * change the help center. It is an error of the file, which holds its entry until it is gone.
 *
 * @param contentName how messages name the content folder
 */
export function withTokenProblems(
  snapshot: LocalSnapshot,
  search: TokenSearch | null,
  contentName: string,
): LocalSnapshot {
  if (search === null) return snapshot;
  const { holds, isWithout } = search;
  const problems: Problem[] = [];
  const tell = (file: string, line: number): void => {
    problems.push({
      severity: 'error',
      code: 'TOKEN_IN_CONTENT',
      place: { file: contentName === '.' ? file : `${contentName}/${file}`, line },
      message: 'The text holds the access token, with which anybody could change the help center.',
      hint: 'Take it out, and give the app a new token in the Developer Hub of Intercom if the file was shared.',
    });
  };
  for (const { locales } of snapshot.articles) {
    for (const content of locales.values()) {
      if (isWithout(content)) continue;
      const { file, body, bodyLine } = content;
      tell(file, holds(body) ? bodyLine + linesBefore(body, holds) : 1);
    }
  }
  for (const { file, path, name, description, translations } of snapshot.collections) {
    const texts = [
      name,
      description,
      ...[...translations.values()].flatMap((one) => [one.name, one.description]),
    ];
    if (texts.some(holds)) tell(file ?? path, 1);
  }
  return problems.length === 0 ? snapshot : { ...snapshot, problems: [...snapshot.problems, ...problems] };
}

/** Looks for a token in texts; null for one that is too short to be told from words. */
export interface TokenSearch {
  readonly holds: (text: string | null) => boolean;
  /** Whether an article does not say the token; once that was found, its text is not looked at again. */
  readonly isWithout: (content: LocalContent) => boolean;
}

export function openTokenSearch(token: string): TokenSearch | null {
  const marks = marksOf(token);
  if (marks.length === 0) return null;
  const sign = hash('sha256', `without ${token}`, 'base64url').slice(0, 8);
  const holds = (text: string | null): boolean => text !== null && marks.some((mark) => text.includes(mark));
  return {
    holds,
    isWithout(content) {
      if (factsOf(content).withoutToken === sign) return true;
      if (holds(content.body) || holds(content.title) || holds(content.description)) return false;
      noteFact(content, 'withoutToken', sign);
      return true;
    },
  };
}

/** Parts that every spelling has: of the token as it is or in an address, and of the token in base64. */
function marksOf(token: string): readonly string[] {
  const bare = token.trim().replace(/=+$/, '');
  if (bare.length < shortest) return [];
  const whole = bare.slice(0, bare.length - (bare.length % 3));
  return [bare, Buffer.from(whole).toString('base64')];
}

/** Lines before the one that the token stands in, or begins in. */
function linesBefore(body: string, holds: TokenSearch['holds']): number {
  return Math.max(
    0,
    body.split('\n').findIndex((line) => holds(line)),
  );
}
