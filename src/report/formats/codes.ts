/* What each code means, from the one page that says it: docs/problems.md. */
import page from '../../../docs/problems.md';

export interface CodeText {
  readonly code: string;
  /** The heading of the page that it is under. */
  readonly section: string;
  /** Null for what ends a run. */
  readonly severity: 'error' | 'warning' | null;
  readonly means: string;
  readonly wayOut: string;
}

/** Links and emphasis as plain text; backticks stay, since they set off what is typed. */
const plain = (text: string): string =>
  text
    .replaceAll('\u0000', '|')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/(^|\s)_([^_]+)_/g, '$1$2')
    .replaceAll('&#x7B;', '{');

/** What is found in files and entries; everything else ends a run, or what it does to one entry. */
const problemSections: ReadonlySet<string> = new Set([
  'In the content folder',
  'In the text of an article',
  'Who is who',
  'In an audit',
]);

/** All codes that can be printed, in the order of the page. */
export const codeTexts: readonly CodeText[] = page
  .replaceAll('\r\n', '\n')
  .split('\n## ')
  .slice(1)
  .flatMap((part) => {
    const section = part.slice(0, part.indexOf('\n'));
    return part
      .split('\n')
      .map((line) => /^\| `([A-Z0-9_]+)` *\| (.*?) *\| (.*?) *\|$/.exec(line.replaceAll('\\|', '\u0000')))
      .flatMap((row): readonly CodeText[] => (row === null ? [] : [rowText(section, row)]));
  });

function rowText(section: string, [, code = '', means = '', wayOut = '']: RegExpExecArray): CodeText {
  const isWarning = means.startsWith('_Warning._ ');
  const isProblem = problemSections.has(section);
  return {
    code,
    section,
    severity: isProblem ? (isWarning ? 'warning' : 'error') : null,
    means: plain(isWarning ? means.slice('_Warning._ '.length) : means),
    wayOut: plain(wayOut),
  };
}
