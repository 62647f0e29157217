import { validateRun } from '../../app/validate.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted, problemsText } from '../../report/plan-text.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import { openConfig, type RunFlags } from './shared.ts';

export async function validateCommand(outside: Outside, output: Output, flags: RunFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  output.progress('Checking the content folder …');
  const { problems, articles, collections } = await validateRun(config, outside, flags.paths);
  const errors = problems.filter((one) => one.severity === 'error').length;
  const warnings = problems.length - errors;
  output.text(problemsText(problems, output.style, Number.POSITIVE_INFINITY));
  const found =
    problems.length === 0
      ? output.style.add('no problem')
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  output.text(
    `${problems.length === 0 ? '' : '\n'}Checked ${counted(articles, 'article')} in ${counted(collections, 'collection')}: ${found}.\n`,
  );
  output.json({ version: 1, summary: { articles, collections, errors, warnings }, problems });
  return errors > 0 ? exitCodes.failed : exitCodes.done;
}
