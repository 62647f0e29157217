import { safe, safeLine } from './safe.ts';

/** A value longer than this is cut in the middle of a line, in characters. */
const longestValue = 300;

/**
 * Text from outside as a piece of code on one line. In code nothing is Markdown, HTML, a mention or a link, and the
 * fence is longer than any run of backticks in the text.
 */
export function codeSpan(text: string): string {
  const line = cut(safeLine(text), longestValue);
  if (line.trim() === '') return '(empty)';
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

/** Lines from outside as a block of code, indented for a list item; no line of the text can end it. */
export function codeBlock(lines: readonly string[], language: string, indent: string): string {
  const clean = lines.map((line) => safe(line).replaceAll('\n', ' '));
  const fence = '`'.repeat(Math.max(3, longestRun(clean.join('\n')) + 1));
  return [`${fence}${language}`, ...clean, fence].map((line) => `${indent}${line}\n`).join('');
}

/**
 * A sentence that may quote text from outside, as plain words of a paragraph: nothing in it is taken for Markdown or
 * HTML, and an invisible joiner keeps hosts such as GitHub from making mentions, references and links of it.
 */
export function plainWords(text: string): string {
  const escaped = safeLine(text).replace(/[\\`*_{}[\]()<>|~&$^!"'=]|^\s*(?:[-+#]|\d+[.)])/g, (mark) =>
    mark.replace(/[!-/:-@[-`{-~]/, '\\$&'),
  );
  return calm(escaped);
}

/** The same where HTML is read and Markdown is not, as between `<summary>` and its end. */
export const plainHtml = (text: string): string => calm(escapeHtml(safeLine(text)));

/** Text from outside as a piece of code in HTML. */
export function codeHtml(text: string): string {
  const line = cut(safeLine(text), longestValue);
  return line.trim() === '' ? '(empty)' : `<code>${escapeHtml(line)}</code>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);

/** Keeps hosts such as GitHub from making mentions, references and links of words. */
function calm(text: string): string {
  return text
    .replace(/@/g, `@${joiner}`)
    .replace(/#(?=\w)/g, `#${joiner}`)
    .replace(/(GH)-(?=\d)/gi, `$1${joiner}-`)
    .replace(/:(?=\\?[\w/+-])/g, `:${joiner}`)
    .replace(/(www)\./gi, `$1${joiner}.`)
    .replace(/(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])/gi, (run) =>
      /[a-f]/i.test(run) ? run.replace(/.{6}(?=.)/g, `$&${joiner}`) : run,
    );
}

/** U+2060, which takes no room and joins what is beside it. */
const joiner = '\u2060';

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${[...text.slice(0, length)].slice(0, -1).join('')}…`;

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
