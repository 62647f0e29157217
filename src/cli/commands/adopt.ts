import { adoptRun } from '../../app/adopt.ts';
import { openSight } from '../../app/sight.ts';
import type { Outside } from '../../ports/outside.ts';
import { conflictsText } from '../../report/conflict-text.ts';
import { counted } from '../../report/plan-text.ts';
import { problemsText, shownOf } from '../../report/problems-text.ts';
import { planJson, withoutKey } from '../../report/plan-json.ts';
import { safeLine } from '../../report/safe.ts';
import { exitCodes } from '../../app/exit-codes.ts';
import type { Output } from '../terminal/output.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import { openConfig, runOptions } from './shared.ts';

export async function adoptCommand(outside: Outside, output: Output, flags: CommonFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { linked, differing, plan } = await adoptRun(
    runOptions(config, 'sync', { output, clock: outside.clock }, flags),
    outside,
  );
  const { style } = output;
  const sight = await openSight(config, outside, shownOf(plan.problems));
  output.text(problemsText(plan.problems, { style, sight }));
  for (const one of linked)
    output.text(
      `${output.style.add('=')} ${safeLine(sight.entry(one.path))}  ${output.style.dim(`linked to ${one.id}`)}\n`,
    );
  output.text(conflictsText(differing, style, sight));
  const onlyHere = plan.operations.filter((one) => one.side === 'remote' && one.action === 'create').length;
  const onlyThere = plan.operations.filter((one) => one.side === 'local' && one.action === 'create').length;
  const rest = [
    differing.length > 0
      ? `${counted(new Set(differing.map((one) => one.key)).size, 'entry')} with other content (${output.style.said('shelfmark resolve')})`
      : '',
    onlyHere > 0 ? `${onlyHere} only in the folder` : '',
    onlyThere > 0 ? `${onlyThere} only in the help center` : '',
  ].filter((one) => one !== '');
  output.text(
    `\nLinked ${linked.length}; nothing was changed on either side${rest.length === 0 ? '' : `. Left: ${rest.join(', ')}`}.\n`,
  );
  const { problems } = planJson(plan);
  output.json({
    version: 1,
    linked: linked.map(({ path, id, edit }) => ({ path, id, edit })),
    conflicts: differing.map(withoutKey),
    problems,
    onlyLocal: onlyHere,
    onlyRemote: onlyThere,
  });
  if (plan.problems.some((one) => one.severity === 'error')) return exitCodes.failed;
  return differing.length > 0 ? exitCodes.remaining : exitCodes.done;
}
