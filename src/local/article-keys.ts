import type { PublishState } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { FrontMatter } from './front-matter.ts';
import { readId, readKeys } from './keys.ts';
import type { KeyText, UnknownKey } from './keys.ts';
import { lineOf, meantOr, quoted, spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';

/** What the front matter of an article says; null for what it does not say. */
export interface ArticleKeys {
  readonly title: string | null;
  readonly description: string | null;
  readonly state: PublishState | null;
  readonly author: string | null;
  /** Missing where none is named. */
  readonly authorLine?: number;
  readonly id: RemoteId | null;
  readonly idLine: number;
  readonly unknownKeys: readonly UnknownKey[];
  readonly problems: readonly Problem[];
}

export function readArticleKeys(spot: Spot, front: FrontMatter): ArticleKeys {
  const { texts, unknownKeys, problems } = readKeys(spot, front.start, front.yaml?.map ?? null, {
    texts: ['title', 'description', 'state', 'author', 'id'],
  });
  const state = readState(spot, texts.get('state'));
  const id = readId(spot, texts.get('id'));
  const author = texts.get('author');
  return {
    title: texts.get('title')?.text ?? null,
    description: texts.get('description')?.text ?? null,
    state: typeof state === 'object' ? null : state,
    author: author?.text ?? null,
    ...(author === undefined ? {} : { authorLine: lineOf(spot.text, author.offset) }),
    id: typeof id === 'object' ? null : id,
    idLine: lineOf(spot.text, texts.get('id')?.offset ?? 0),
    unknownKeys,
    problems: [
      ...problems,
      ...titleProblems(spot, texts.get('title') ?? null),
      ...[state, id].filter(isProblem),
    ],
  };
}

/** What is wrong with the title that the front matter or a heading gives, if anything. */
export function titleProblems(spot: Spot, found: KeyText | null): readonly Problem[] {
  if (found === null) return [];
  const title = found.text ?? '';
  if (title.trim() === '') {
    const hint = 'Write a title after "title:", or after the "#" of the heading that opens the text.';
    return [spotProblem('TITLE_EMPTY', spot, found.offset, 'The title is empty.', hint)];
  }
  if (title.length <= maxTitleLength) return [];
  const message = `The title is longer than ${maxTitleLength} characters.`;
  return [spotProblem('TITLE_TOO_LONG', spot, found.offset, message, 'Shorten it.')];
}

const maxTitleLength = 255;

function readState(spot: Spot, found: KeyText | undefined): PublishState | null | Problem {
  if (found === undefined) return null;
  const text = found.text ?? '';
  if (text === 'published' || text === 'draft') return text;
  const message = text === '' ? 'The state is empty.' : `The state ${quoted(text)} is not known.`;
  const hint = meantOr(text, ['published', 'draft'], 'Write "published" or "draft".');
  return spotProblem('STATE_UNKNOWN', spot, found.offset, message, hint);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null;
}
