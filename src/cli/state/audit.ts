import { exitCodes } from '../../app/exit-codes.ts';
import { openSight } from '../../app/sight.ts';
import { auditRun } from '../../app/state/audit.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { problemsText } from '../../report/problems-text.ts';
import { auditMarkdown, countsByCode } from '../../report/state/audit-text.ts';
import { openConfig } from '../commands/shared.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';
import { printForTools, type ToolFormat } from '../terminal/tool-formats.ts';

export interface AuditFlags extends CommonFlags {
  readonly paths?: readonly string[];
  readonly format: ToolFormat | 'markdown';
  readonly stale?: number;
  readonly since?: string;
  readonly failOn: 'errors' | 'warnings' | 'nothing';
}

export async function auditCommand(outside: Outside, output: Output, flags: AuditFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { style } = output;
  output.progress('Looking through the content folder …');
  const audited = await auditRun(config, outside, {
    paths: flags.paths ?? [],
    staleDays: flags.stale ?? null,
    since: flags.since ?? null,
  });
  const { problems, articles, collections } = audited;
  const errors = problems.filter((one) => one.severity === 'error').length;
  const warnings = problems.length - errors;
  const summary = {
    articles,
    collections,
    errors,
    warnings,
    codes: Object.fromEntries(countsByCode(problems)),
  };
  if (flags.format === 'markdown') output.text(auditMarkdown(problems, audited));
  else {
    printForTools(problems, { version: 1, summary, problems }, flags.format, { config, outside, output });
    if (flags.format === 'text') {
      const sight = await openSight(config, outside, problems);
      output.text(problemsText(problems, { style, sight, most: Number.POSITIVE_INFINITY, isShort: false }));
      const counts = countsByCode(problems).map(
        ([code, count]) => `  ${String(count).padStart(5)}  ${code}\n`,
      );
      if (counts.length > 0) output.text(`\n${style.dim('Found, by kind:')}\n${counts.join('')}`);
    }
    const said =
      problems.length === 0
        ? style.add('nothing to report')
        : `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
    output.text(
      `${problems.length === 0 ? '' : '\n'}Looked at ${counted(articles, 'article')} in ${counted(collections, 'collection')}: ${said}.\n`,
    );
  }
  const isFailed =
    flags.failOn !== 'nothing' && (errors > 0 || (flags.failOn === 'warnings' && warnings > 0));
  return isFailed ? exitCodes.failed : exitCodes.done;
}
