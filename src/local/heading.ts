import type { MdHeading, MdInline } from '../markup/markdown/markdown-tree.ts';
import { parseMarkdown } from '../markup/markdown/parse-markdown.ts';
import { TooComplex } from '../markup/markdown/work.ts';

/** The heading of level 1 that opens a text and gives the article its title. */
export interface TitleHeading {
  /** As plain text: marks such as `**` are not part of a title. */
  readonly title: string;
  /** The words within the heading: what an edit replaces. */
  readonly start: number;
  readonly end: number;
  /** Where the text after the heading begins: at the line below it. */
  readonly rest: number;
}

/** Finds the heading of level 1 that is the first block at or after `from`; null where another block comes first. */
export function findTitleHeading(text: string, from: number): TitleHeading | null {
  const start = skipBlankLines(text, from);
  const lineEnd = endOfLine(text, start);
  const line = text.slice(start, lineEnd);
  if (/^ {0,3}#(?:[ \t]|\r?\n?$)/.test(line)) return atxHeading(text, start, lineEnd);
  return setextHeading(text, start);
}

/** The same text with other words in the heading; null where no spelling gives exactly this title. */
export function rewriteHeading(
  text: string,
  from: number,
  heading: TitleHeading,
  title: string,
): string | null {
  for (const spelled of [title, escapeMarks(title), escapeAll(title)]) {
    const gap = heading.start > 0 && text[heading.start - 1] === '#' ? ' ' : '';
    const edited = text.slice(0, heading.start) + gap + spelled + text.slice(heading.end);
    const again = findTitleHeading(edited, from);
    const kept = again !== null && edited.slice(again.rest) === text.slice(heading.rest);
    if (kept && again.title === title) return edited;
  }
  return null;
}

/** The blank lines at the end of a text, with the line end before them. */
export function endingOf(text: string): string {
  let last = text.length;
  while (last > 0 && ' \t\r\n'.includes(text.charAt(last - 1))) last -= 1;
  const lineEnd = /[ \t]*/y;
  lineEnd.lastIndex = last;
  return text.slice(last + (lineEnd.exec(text)?.[0].length ?? 0));
}

/** Where the first line that is not blank begins. */
export function skipBlankLines(text: string, from: number): number {
  const blank = /(?:[ \t]*\r?\n)*/y;
  blank.lastIndex = from;
  const end = from + (blank.exec(text)?.[0].length ?? 0);
  return /\S/.test(text.slice(end)) ? end : text.length;
}

/** Characters of a heading that are looked into; nobody reads a longer one, and marks in it could take long. */
const maxHeading = 2000;

function atxHeading(text: string, start: number, lineEnd: number): TitleHeading {
  const line = text.slice(start, lineEnd);
  const opening = /^ {0,3}#[ \t]*/.exec(line)?.[0].length ?? 0;
  if (line.length > maxHeading) {
    const end = start + line.trimEnd().length;
    return { title: text.slice(start + opening, end), start: start + opening, end, rest: lineEnd };
  }
  const content = line.slice(opening).replace(/(?:^|[ \t]+)#+[ \t]*\r?\n?$|[ \t]*\r?\n?$/, '');
  return {
    title: plainText(content, `# ${content}`),
    start: start + opening,
    end: start + opening + content.length,
    rest: lineEnd,
  };
}

function setextHeading(text: string, start: number): TitleHeading | null {
  const paragraph = /(?:[^\r\n]*\S[^\r\n]*(?:\r?\n|$))*/y;
  paragraph.lastIndex = start;
  const chunk = paragraph.exec(text)?.[0] ?? '';
  if (chunk.length > maxHeading || !/^ {0,3}=+[ \t]*\r?$/m.test(chunk)) return null;
  const heading = headingOf(chunk);
  if (heading?.level !== 1) return null;
  const { end } = heading;
  const words = chunk.slice(0, end).replace(/\r?\n[^\n]*$/, '');
  const indent = /^\s*/.exec(words)?.[0].length ?? 0;
  return {
    title: flatten(heading),
    start: start + indent,
    end: start + words.trimEnd().length,
    rest: endOfLine(text, start + end),
  };
}

function plainText(content: string, heading: string): string {
  if (!/[\\`*_[\]<>&!~]/.test(content)) return content;
  const parsed = headingOf(heading);
  return parsed === null ? content : flatten(parsed);
}

/** The heading that a text begins with; null where it begins with something else, or is more than anybody writes. */
function headingOf(text: string): MdHeading | null {
  try {
    const [first] = parseMarkdown(text);
    return first?.type === 'heading' ? first : null;
  } catch (error) {
    if (error instanceof TooComplex) return null;
    throw error;
  }
}

function flatten(heading: MdHeading): string {
  const visit = (node: MdInline): string => {
    if (node.type === 'text' || node.type === 'code') return node.text;
    if (node.type === 'image') return node.alt;
    if (node.type === 'break') return ' ';
    return 'children' in node ? node.children.map(visit).join('') : '';
  };
  return heading.children
    .map(visit)
    .join('')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** Escapes what would be a mark, so that a title stays what it is. */
function escapeMarks(title: string): string {
  return title
    .replace(/[\\`*_[\]<>&!~#|]/g, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^[-+=]/, String.raw`\$&`);
}

function escapeAll(title: string): string {
  return title.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}
