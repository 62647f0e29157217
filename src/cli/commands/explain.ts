import { exitCodes } from '../../app/exit-codes.ts';
import { closest } from '../../decode/issues.ts';
import { ShelfmarkError } from '../../model/error.ts';
import type { Outside } from '../../ports/outside.ts';
import { codeTexts, type CodeText } from '../../report/formats/codes.ts';
import { safeLine } from '../../report/safe.ts';
import { wrapped } from '../../report/sight/wrap.ts';
import { widthOfStream, type Output } from '../terminal/output.ts';

/** Says what a code means and what to do about it; without one, lists all of them. */
export function explainCommand(typed: string | undefined, { stdout }: Outside, output: Output): number {
  const width = widthOfStream(stdout);
  const shown = typed === undefined ? codeTexts : [find(typed)];
  output.json({ version: 1, codes: shown });
  output.text(
    typed === undefined ? listText(width, output) : shown.map((one) => codeText(one, width, output)).join(''),
  );
  return exitCodes.done;
}

function find(typed: string): CodeText {
  const wanted = typed.trim().toUpperCase().replaceAll(/[- ]/g, '_');
  const found = codeTexts.find((one) => one.code === wanted);
  if (found !== undefined) return found;
  const near = closest(
    wanted,
    codeTexts.map((one) => one.code),
  );
  throw new ShelfmarkError('WRONG_USAGE', {
    kind: 'usage',
    message: `There is no code "${safeLine(typed)}".`,
    hint: near === null ? 'Run "shelfmark explain" to list all codes.' : `Did you mean ${near}?`,
  });
}

function codeText(one: CodeText, width: number, { style }: Output): string {
  const severity = one.severity === null ? '' : ` (${one.severity})`;
  const paint = one.severity === 'warning' ? style.warn : style.remove;
  return [
    `${style.strong(one.code)}${paint(severity)}`,
    '',
    ...wrapped(one.means, width),
    '',
    ...wrapped(`What to do: ${one.wayOut}`, width),
    '',
  ].join('\n');
}

function listText(width: number, { style }: Output): string {
  const sections = [...new Set(codeTexts.map((one) => one.section))];
  const widest = Math.max(...codeTexts.map((one) => one.code.length)) + 4;
  return sections
    .map((section) => {
      const lines = codeTexts
        .filter((one) => one.section === section)
        .flatMap((one) => {
          const name = `  ${one.code}`.padEnd(widest);
          return wrapped(one.means, width, ' '.repeat(widest), name);
        });
      return `${style.strong(section)}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
