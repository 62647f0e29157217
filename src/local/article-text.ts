import { valueNames } from '../fields/article-fields.ts';
import type { LocalContent, LocalFields } from '../model/entry.ts';
import { ShelfmarkError } from '../model/error.ts';
import type { LocalPath, RemoteId } from '../model/identity.ts';
import type { ArticleFileEdit } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { readArticleKeys, titleProblems } from './article-keys.ts';
import { readFrontMatter } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import type { UnknownKey, Unreadable } from './keys.ts';
import { endingOf, findTitleHeading, rewriteHeading, skipBlankLines } from './heading.ts';
import { fileProblem, lineOf } from './problems.ts';
import type { Spot } from './problems.ts';
import { digestOf, openText } from './text-file.ts';
import { printValue } from './yaml/yaml-print.ts';
import { eolOf, setValue } from './yaml/yaml-edit.ts';

export type ArticleReading =
  | {
      readonly ok: true;
      readonly content: LocalContent;
      readonly pinnedId: RemoteId | null;
      /** Where the id is, for problems with it. */
      readonly idLine: number;
      readonly unknownKeys: readonly UnknownKey[];
    }
  | Unreadable;

/** Bytes of Markdown in one article that are read at all; whether they can be converted is for the converter to say. */
export const maxBodySize = 16 * 1024 * 1024;

/** Reads one article file: all that is wrong with it at once, or its content. */
export function readArticle(
  bytes: Uint8Array,
  place: {
    readonly file: LocalPath;
    readonly shown: string;
    /** The title where the file says none; missing where that is an error. */
    readonly named?: string;
  },
): ArticleReading {
  const spot = openText(bytes, place.shown);
  if (!('text' in spot)) return { ok: false, problems: [spot] };
  const parts = splitArticle(spot);
  if (!('rest' in parts)) return { ok: false, problems: [parts] };
  const keys = readArticleKeys(spot, parts.front);
  const problems = [
    ...keys.problems,
    ...headingProblems(spot, parts, place.named),
    ...sizeProblems(spot, parts),
  ];
  if (problems.length > 0) return { ok: false, problems, unknownKeys: keys.unknownKeys };
  return {
    ok: true,
    content: {
      file: place.file,
      title: keys.title ?? parts.heading?.title ?? place.named ?? '',
      description: keys.description ?? '',
      state: keys.state,
      author: keys.author,
      ...(keys.authorLine === undefined ? {} : { authorLine: keys.authorLine }),
      body: spot.text.slice(parts.rest),
      bodyLine: lineOf(spot.text, parts.rest),
      digest: digestOf(bytes),
      ...(keys.care === undefined ? {} : { care: keys.care }),
    },
    pinnedId: keys.id,
    idLine: keys.idLine,
    unknownKeys: keys.unknownKeys,
  };
}

/** A new article file: front matter in the order of importance, then the body. */
export function printArticle(content: LocalFields): string {
  const lines = valueNames.flatMap((name) => {
    const value = content[name];
    return value === null || (value === '' && name !== 'title') ? [] : [`${name}: ${printValue(value)}`];
  });
  const body = trimBody(content.body);
  return `---\n${lines.join('\n')}\n---\n${body === '' ? '' : `\n${body}\n`}`;
}

/**
 * Changes an article file instead of rewriting it: only the values that differ from what the file says are
 * touched, so that comments, the order of keys, quotes, line ends, a byte order mark and the end of the file
 * stay. A title that a heading gives is changed in that heading.
 *
 * `text` includes the byte order mark, if any. Throws a ShelfmarkError for a text that cannot be read.
 */
export function editArticle(text: string, edit: ArticleFileEdit): string {
  const { front, spot } = opened(text);
  const keys = readArticleKeys(spot, front);
  let edited = edit.body === undefined ? text : editBody(text, edit.body);
  if (edit.title !== undefined) edited = editTitle(edited, edit.title);
  for (const key of valueNames) {
    const value = edit[key];
    if (key !== 'title' && value !== undefined && value !== (keys[key] ?? ''))
      edited = editKey(edited, key, value);
  }
  return edited;
}

interface Parts {
  readonly front: FrontMatter;
  /** Null where the front matter gives the title, or nothing does. */
  readonly heading: ReturnType<typeof findTitleHeading>;
  /** Where the body begins. */
  readonly rest: number;
}

function splitArticle(spot: Spot): Parts | Problem {
  const front = readFrontMatter(spot);
  if (!('rest' in front)) return front;
  const named = front.yaml?.map?.has('title') === true;
  const heading = named ? null : findTitleHeading(spot.text, front.rest);
  return { front, heading, rest: skipBlankLines(spot.text, heading?.rest ?? front.rest) };
}

function headingProblems(
  spot: Spot,
  { front, heading }: Parts,
  named: string | undefined,
): readonly Problem[] {
  if (front.yaml?.map?.has('title') === true) return [];
  if (heading !== null) return titleProblems(spot, { text: heading.title, offset: heading.start });
  if (named !== undefined) return [];
  const message = 'The article has no title.';
  const hint =
    'Add a line "title: …" between two lines "---" at the head of the file, or begin the text with "# Title".';
  return [{ ...fileProblem('TITLE_MISSING', spot.file, message, hint), place: { file: spot.file, line: 1 } }];
}

function sizeProblems(spot: Spot, { rest }: Parts): readonly Problem[] {
  const size = Buffer.byteLength(spot.text.slice(rest));
  return size <= maxBodySize ? [] : [tooLarge(spot.file, size)];
}

/** The problem with a file that holds more than one article can; the size in bytes. */
export function tooLarge(file: string, size: number): Problem {
  const [is, most] = [size, maxBodySize].map((bytes) => Math.ceil(bytes / 1024 / 1024));
  const message = `The article is larger than can be read: ${is} MB, at most ${most} MB.`;
  return fileProblem('FILE_TOO_LARGE', file, message, 'Split it into several articles.');
}

function opened(text: string): Parts & { readonly spot: Spot } {
  const spot = { file: 'the file', text };
  const parts = splitArticle(spot);
  if ('rest' in parts) return { ...parts, spot };
  throw new ShelfmarkError('EDIT_REFUSED', {
    message: `The file cannot be edited: ${parts.message} It was left as it is.`,
    hint: parts.hint,
  });
}

function editBody(text: string, body: string): string {
  const { heading, front, rest } = opened(text);
  const eol = eolOf(text);
  const old = text.slice(rest);
  const spelled = isAllCrlf(text) ? trimBody(body).replace(/\r?\n/g, '\r\n') : trimBody(body);
  if (old !== '' && spelled === '') return text.slice(0, heading?.rest ?? front.rest);
  if (old !== '') {
    const ending = endingOf(old);
    if (spelled === old.slice(0, old.length - ending.length)) return text;
    return text.slice(0, rest) + spelled + ending;
  }
  if (spelled === '') return text;
  const above = text.slice(0, heading?.rest ?? front.rest);
  const gap = above === '' || above === '\ufeff' ? '' : above.endsWith('\n') ? eol : eol + eol;
  return above + gap + spelled + eol;
}

function editTitle(text: string, title: string): string {
  const { front, heading, spot } = opened(text);
  if (heading === null) {
    return readArticleKeys(spot, front).title === title ? text : editKey(text, 'title', title);
  }
  if (heading.title === title) return text;
  const rewritten = rewriteHeading(text, front.rest, heading, title);
  if (rewritten !== null) return rewritten;
  // No heading can hold this title, such as one of two lines: the front matter can.
  const start = skipBlankLines(text, front.rest);
  return editKey(text.slice(0, start) + text.slice(skipBlankLines(text, heading.rest)), 'title', title);
}

function editKey(text: string, key: string, value: string): string {
  const { front } = opened(text);
  if (front.end > front.start || front.rest > front.start) {
    const section = text.slice(front.start, front.end);
    // The front matter's own line ends show how to end a line that is added.
    const eol = section === '' ? eolOf(text.slice(0, front.start)) : null;
    const edited = eol === null ? setValue(section, [key], value) : `${key}: ${printValue(value)}${eol}`;
    return text.slice(0, front.start) + edited + text.slice(front.end);
  }
  const eol = eolOf(text);
  const rest = text.slice(front.rest);
  const gap = rest === '' || /^[ \t]*\r?\n/.test(rest) ? '' : eol;
  return `${text.slice(0, front.start)}---${eol}${key}: ${printValue(value)}${eol}---${eol}${gap}${rest}`;
}

function isAllCrlf(text: string): boolean {
  return text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text);
}

function trimBody(body: string): string {
  const rest = body.slice(skipBlankLines(body, 0));
  return rest.slice(0, rest.length - endingOf(rest).length);
}
