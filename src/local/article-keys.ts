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
  return {
    title: texts.get('title')?.text ?? null,
    description: texts.get('description')?.text ?? null,
    state: typeof state === 'object' ? null : state,
    author: texts.get('author')?.text ?? null,
    id: typeof id === 'object' ? null : id,
    idLine: lineOf(spot.text, texts.get('id')?.offset ?? 0),
    unknownKeys,
    problems: [...problems, ...emptyTitle(spot, texts.get('title')), ...[state, id].filter(isProblem)],
  };
}

function readState(spot: Spot, found: KeyText | undefined): PublishState | null | Problem {
  if (found === undefined) return null;
  const text = found.text ?? '';
  if (text === 'published' || text === 'draft') return text;
  const message = text === '' ? 'The state is empty.' : `The state ${quoted(text)} is not known.`;
  const hint = meantOr(text, ['published', 'draft'], 'Write "published" or "draft".');
  return spotProblem('STATE_UNKNOWN', spot, found.offset, message, hint);
}

function emptyTitle(spot: Spot, found: KeyText | undefined): readonly Problem[] {
  if (found === undefined || (found.text ?? '').trim() !== '') return [];
  const hint = 'Write the title after "title:", or remove the line and begin the text with "# Title".';
  return [spotProblem('TITLE_EMPTY', spot, found.offset, 'The title is empty.', hint)];
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null;
}
