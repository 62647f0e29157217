import { valueNames, type ValueField } from '../fields/article-fields.ts';
import { each } from '../fields/each.ts';
import type { Care, LocalFields, PublishState } from '../model/entry.ts';
import type { RemoteId } from '../model/identity.ts';
import type { Problem } from '../model/problem.ts';
import type { FrontMatter } from './front-matter.ts';
import { articleText } from './key-schema.ts';
import { readId, readKeys, readList } from './keys.ts';
import type { KeyText, UnknownKey } from './keys.ts';
import { lineOf, meantOr, quoted, spotProblem } from './problems.ts';
import type { Spot } from './problems.ts';

/** The fields that the front matter holds; null for what it does not say. */
type KeyFields = { readonly [Name in ValueField]: LocalFields[Name] | null };

export interface ArticleKeys extends KeyFields {
  /** Missing where none is named. */
  readonly authorLine?: number;
  readonly care?: Care;
  readonly id: RemoteId | null;
  readonly idLine: number;
  readonly unknownKeys: readonly UnknownKey[];
  readonly problems: readonly Problem[];
}

export function readArticleKeys(spot: Spot, front: FrontMatter): ArticleKeys {
  const { texts, unknownKeys, problems } = readKeys(spot, front.start, front.yaml?.map ?? null, {
    texts: [...valueNames, 'id', 'reviewed', 'owner'],
    nested: ['covers'],
  });
  const covered = readList(spot, front.start, front.yaml?.map ?? null, 'covers');
  const found: Problem[] = [];
  const fields = each<KeyFields>(valueNames, (name) => {
    const value = readers[name](spot, texts.get(name));
    if (!isProblem(value)) return value;
    found.push(value);
    return null;
  });
  const { id, unknownKeys: foreignIds } = readId(spot, texts.get('id'));
  const author = texts.get('author');
  return {
    ...fields,
    ...(author === undefined ? {} : { authorLine: lineOf(spot.text, author.offset) }),
    ...careOf(spot, texts, covered.values),
    id,
    idLine: lineOf(spot.text, texts.get('id')?.offset ?? 0),
    unknownKeys: [...unknownKeys, ...foreignIds],
    problems: [
      ...problems,
      ...covered.problems,
      ...titleProblems(spot, texts.get('title') ?? null),
      ...found,
    ],
  };
}

/** What the file says about who looks after it. */
function careOf(
  spot: Spot,
  texts: ReadonlyMap<string, KeyText>,
  covers: readonly KeyText[],
): { readonly care?: Care } {
  const [reviewed, owner] = [texts.get('reviewed'), texts.get('owner')?.text ?? null];
  const day = reviewed?.text ?? null;
  const care: Care = {
    ...(reviewed === undefined || day === null
      ? {}
      : { reviewed: { text: day, line: lineOf(spot.text, reviewed.offset) } }),
    ...(owner === null ? {} : { owner }),
    ...(covers.length === 0
      ? {}
      : {
          covers: covers.map(({ text, offset }) => ({
            pattern: text ?? '',
            line: lineOf(spot.text, offset),
          })),
        }),
  };
  return Object.keys(care).length === 0 ? {} : { care };
}

/** What is wrong with the title that the front matter or a heading gives, if anything. */
export function titleProblems(spot: Spot, found: KeyText | null): readonly Problem[] {
  if (found === null) return [];
  const read = articleText.title.safeParse(found.text ?? '');
  if (read.success) return [];
  if (read.error.issues[0]?.code !== 'too_big') {
    const hint = 'Write a title after "title:", or after the "#" of the heading that opens the text.';
    return [spotProblem('TITLE_EMPTY', spot, found.offset, 'The title is empty.', hint)];
  }
  const message = `The title is longer than ${maxTitleLength} characters.`;
  return [spotProblem('TITLE_TOO_LONG', spot, found.offset, message, 'Shorten it.')];
}

const maxTitleLength = articleText.title.maxLength ?? 0;

const readText = (_spot: Spot, found: KeyText | undefined): string | null => found?.text ?? null;

/** How each key is read: as any text, or as one of a few words. */
const readers: {
  readonly [Name in ValueField]: (spot: Spot, found: KeyText | undefined) => KeyFields[Name] | Problem;
} = { title: readText, description: readText, state: readState, author: readText };

function readState(spot: Spot, found: KeyText | undefined): PublishState | null | Problem {
  if (found === undefined) return null;
  const text = found.text ?? '';
  const read = articleText.state.safeParse(text);
  if (read.success) return read.data;
  const message = text === '' ? 'The state is empty.' : `The state ${quoted(text)} is not known.`;
  const hint = meantOr(text, articleText.state.options, 'Write "published" or "draft".');
  return spotProblem('STATE_UNKNOWN', spot, found.offset, message, hint);
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null;
}
