import { exitCodes } from '../../app/exit-codes.ts';
import { fixRun, type Fixed } from '../../app/fix.ts';
import { openSight } from '../../app/sight.ts';
import { localesIn } from '../../app/state/translations.ts';
import { validateRun } from '../../app/validate.ts';
import type { Problem } from '../../model/problem.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { problemsText } from '../../report/problems-text.ts';
import { safeLine } from '../../report/safe.ts';
import type { Output } from '../terminal/output.ts';
import { printForTools, type ToolFormat } from '../terminal/tool-formats.ts';
import { openConfig, type RunFlags } from './shared.ts';

export interface ValidateFlags extends RunFlags {
  readonly format: ToolFormat;
  readonly fix?: boolean;
  readonly requireLocale?: readonly string[];
  readonly maxBehind?: number;
}

export async function validateCommand(
  outside: Outside,
  output: Output,
  flags: ValidateFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  const { style } = output;
  const options = {
    paths: flags.paths ?? [],
    gate: {
      required: localesIn(flags.requireLocale ?? [], config),
      maxBehind: flags.maxBehind ?? null,
    },
  };
  output.progress('Checking the content folder …');
  const found = await validateRun(config, outside, options);
  const fixed = flags.fix === true ? await fixRun(found.problems, config, outside) : [];
  const { problems, articles, collections, leftOut } =
    fixed.length === 0 ? found : await validateRun(config, outside, options);
  const errors = problems.filter((one) => one.severity === 'error').length;
  const warnings = problems.length - errors;
  const fix = flags.fix === true ? { fixed } : {};
  const document = { version: 1, summary: { articles, collections, errors, warnings }, problems, ...fix };
  printForTools(problems, document, flags.format, { config, outside, output });
  if (flags.format !== 'github') {
    const sight = await openSight(config, outside, problems);
    output.text(fixed.map((one) => fixedText(one, sight.name(one.file), output)).join(''));
    output.text(problemsText(problems, { style, sight, most: Number.POSITIVE_INFINITY, isWhole: true }));
  }
  const said =
    problems.length === 0
      ? style.add('no problem')
      : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  const done =
    flags.fix !== true ? '' : fixed.length === 0 ? ' Nothing could be fixed.' : ` Fixed ${fixed.length}.`;
  const gap = problems.length + fixed.length === 0 ? '' : '\n';
  output.text(
    `${gap}Checked ${counted(articles, 'article')} in ${counted(collections, 'collection')}: ${said}.${done}\n`,
  );
  if (leftOut.length > 0)
    output.note(style.dim(`No content, and not checked: ${leftOut.map(safeLine).join(', ')}.`));
  if (flags.format === 'text') output.text(style.dim(style.said(nextText(problems))));
  return errors > 0 ? exitCodes.failed : exitCodes.done;
}

/** Where one can go from here. */
function nextText(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return '';
  const count = problems.filter((one) => one.fix !== undefined).length;
  const fix = count === 0 ? '' : `"shelfmark validate --fix" corrects ${count} of them. `;
  return `${fix}"shelfmark explain ${first.code}" says more about a code.\n`;
}

const fixedText = ({ code, from, to }: Fixed, name: string, { style }: Output): string =>
  `${style.strong(safeLine(name))}: ${style.add('fixed')}: ${safeLine(from)} → ${safeLine(to)} [${code}]\n`;
