import { applyRun, type RunResult } from '../../app/run.ts';
import type { Outside } from '../../ports/outside.ts';
import type { Direction } from '../../model/plan.ts';
import { planJson } from '../../report/plan-json.ts';
import { planText } from '../../report/plan-text.ts';
import { nothingWritten, outcomesJson, outcomesText } from '../../report/run-text.ts';
import { ask, isInteractive } from '../terminal/ask.ts';
import { exitCodeOfRun } from '../../app/exit-codes.ts';
import { safeLine } from '../../report/safe.ts';
import type { Output } from '../terminal/output.ts';
import { openConfig, runOptions, type GuardFlags } from './shared.ts';

export async function runCommand(
  direction: Direction,
  outside: Outside,
  output: Output,
  flags: GuardFlags,
): Promise<number> {
  const config = await openConfig(outside, flags);
  let isShown = false;
  const result = await applyRun(
    {
      ...runOptions(config, direction, output, flags),
      async confirm(plan) {
        const isDestructive = plan.operations.some((one) => one.action === 'delete');
        if (!isDestructive || flags.yes === true || !isInteractive(outside, output.options.isJson))
          return true;
        output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
        isShown = true;
        return ask('This plan deletes or unpublishes entries. Carry it out?', outside);
      },
    },
    outside,
  );
  return finishRun(result, output, { isShown, isStrict: flags.strict === true });
}

/** Prints what a run planned and what became of it; gives the exit code. */
export function finishRun(
  result: RunResult,
  output: Output,
  { isShown = false, isStrict }: { readonly isShown?: boolean; readonly isStrict: boolean },
): number {
  const { plan, outcomes, calls, site, stale = [] } = result;
  if (!isShown) output.text(planText(plan, { style: output.style, isVerbose: output.options.isVerbose }));
  const isIdle = plan.operations.length === 0 && plan.baseEdits.length === 0;
  if (outcomes === null) output.text(`\n${output.style.warn(nothingWritten(plan, isStrict))}\n`);
  else if (!isIdle) output.text(`\n${outcomesText(outcomes, calls, output.style)}`);
  for (const one of stale)
    output.text(
      `${output.style.warn('stale')} ${output.style.strong(safeLine(one.path))}: ${overtaken.message} ${output.style.dim(overtaken.hint)}\n`,
    );
  if (site !== null && outcomes !== null) {
    const hint = 'To look at it, run "npx shelfmark simulate" and open that address.';
    output.text(`\nThe help center:  ${output.style.strong(site)}\n${output.style.dim(hint)}\n`);
  }
  const shown = planJson(plan);
  output.json({
    ...shown,
    operations: [...shown.operations, ...stale],
    outcomes: [...outcomesJson(outcomes ?? []), ...stale.map(staleJson)],
    calls,
  });
  return exitCodeOfRun(result);
}

/** What becomes of an operation of a saved plan that the help center has overtaken. */
const overtaken = {
  message: 'The help center changed since the plan was made, so nothing was written.',
  hint: 'Make a new plan with "shelfmark plan --out FILE".',
} as const;

const staleJson = ({ side, action, kind, path, id }: NonNullable<RunResult['stale']>[number]): object => ({
  status: 'stale',
  side,
  action,
  kind,
  path,
  id,
  ...overtaken,
});
