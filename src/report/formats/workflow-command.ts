/*
 * Messages at the lines of a change, as GitHub's runner takes them: lines that begin with `::`. Source: GitHub's
 * documentation, "Workflow commands for GitHub Actions".
 */
import { safe, safeLine } from '../safe.ts';

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  /** Relative to the root of the repository. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
}

/** The command that shows a message at a place of the change; one line, whatever the message holds. */
export function annotationCommand({ level, message, title, file, line, column }: Annotation): string {
  const properties = [
    ['title', title],
    ['file', file],
    ['line', line],
    ['col', column],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]));
  return `::${level}${properties.length === 0 ? '' : ` ${properties.join(',')}`}::${escapeMessage(message)}\n`;
}

const escapeMessage = (text: string): string =>
  safe(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  safeLine(text)
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A')
    .replaceAll(':', '%3A')
    .replaceAll(',', '%2C');
