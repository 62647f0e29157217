import type { LocalContent } from '../../model/entry.ts';
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
  token: string,
  contentName: string,
): LocalSnapshot {
  const marks = marksOf(token);
  if (marks.length === 0) return snapshot;
  const holds = (text: string | null): boolean => text !== null && marks.some((mark) => text.includes(mark));
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
      if (clean.get(content) === token) continue;
      const { file, title, description, body, bodyLine } = content;
      if (holds(body)) tell(file, bodyLine + linesBefore(body, marks));
      else if (holds(title) || holds(description)) tell(file, 1);
      else clean.set(content, token);
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

/** What was searched already, by the token that it was searched for: a content never changes once it was read. */
const clean = new WeakMap<LocalContent, string>();

/** Parts that every spelling has: of the token as it is or in an address, and of the token in base64. */
function marksOf(token: string): readonly string[] {
  const bare = token.trim().replace(/=+$/, '');
  if (bare.length < shortest) return [];
  const whole = bare.slice(0, bare.length - (bare.length % 3));
  return [bare, Buffer.from(whole).toString('base64')];
}

function linesBefore(body: string, marks: readonly string[]): number {
  const at = Math.min(...marks.map((mark) => body.indexOf(mark)).filter((index) => index !== -1));
  return body.slice(0, at).split('\n').length - 1;
}
