/*
 * How a step speaks to the runner: lines that begin with `::` are commands, and files named by the environment take
 * outputs and the summary. Source: GitHub's documentation, "Workflow commands for GitHub Actions".
 */
import { safe } from '../../report/safe.ts';

/** The command that lets the runner blot out a secret wherever it would show. */
export function maskCommand(secret: string): string {
  return `::add-mask::${secret.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`;
}

/** Text for the log of which no line is a command, of the present form (`::x::`) or of the former (`##[x]`). */
export function logText(text: string): string {
  const calm = safe(text)
    .split('\n')
    .map((line) => line.replace(/^(\s*):(?=:)/, '$1\\:').replaceAll('##[', '##\\['));
  return `${calm.join('\n').trimEnd()}\n`;
}

/**
 * One output as the runner's file takes it.
 *
 * @param delimiter is on a line of its own around the value; must not be guessable
 */
export function outputText(name: string, value: string, delimiter: string): string {
  if (value.split(/\r\n|\r|\n/).includes(delimiter)) throw new RangeError('The value holds the delimiter');
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
