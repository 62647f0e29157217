import { exitCodes } from '../../app/exit-codes.ts';
import { openSight } from '../../app/sight.ts';
import { auditRun } from '../../app/state/audit.ts';
import type { Reception } from '../../audit/statistics-rules.ts';
import { readStatistics } from '../../app/state/statistics.ts';
import { externalFindings } from '../../app/state/external.ts';
import type { Outside } from '../../ports/outside.ts';
import { counted } from '../../report/plan-text.ts';
import { problemsText } from '../../report/problems-text.ts';
import { auditMarkdown, countsByCode } from '../../report/state/audit-text.ts';
import { receptionsMarkdown, receptionsText } from '../../report/state/receptions.ts';
import { openProgress } from '../commands/progress.ts';
import { openConfig } from '../commands/shared.ts';
import type { CommonFlags } from '../terminal/flags.ts';
import type { Output } from '../terminal/output.ts';
import { printForTools, type ToolFormat } from '../terminal/tool-formats.ts';

export interface AuditFlags extends CommonFlags {
  readonly paths?: readonly string[];
  readonly format: ToolFormat | 'markdown';
  readonly stale?: number;
  readonly since?: string;
  readonly external?: boolean;
  readonly allowPrivate?: boolean;
  readonly statistics?: boolean;
  readonly failOn: 'errors' | 'warnings' | 'nothing';
}

export async function auditCommand(outside: Outside, output: Output, flags: AuditFlags): Promise<number> {
  const config = await openConfig(outside, flags);
  const { style } = output;
  output.progress('Looking through the content folder …');
  let receptions: readonly Reception[] | null = null;
  const audited = await auditRun(config, outside, {
    paths: flags.paths ?? [],
    staleDays: flags.stale ?? null,
    since: flags.since ?? null,
    more: async (folder) => {
      const external =
        flags.external === true
          ? await externalFindings(folder, config, outside, {
              isPrivateAllowed: flags.allowPrivate === true,
              tell: (done, all) => output.progress(`Checking addresses on the web: ${done} of ${all} …`),
            })
          : [];
      if (flags.statistics !== true) return external;
      const statistics = await readStatistics(folder, config, outside, {
        staleDays: flags.stale ?? config.audit.staleDays,
        onCall: openProgress(output, outside.clock).onCall,
        tell: (done, all) => output.progress(`Asking how articles are read: ${done} of ${all} …`),
      });
      receptions = statistics.receptions;
      return [...external, ...statistics.findings];
    },
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
  if (flags.format === 'markdown')
    output.text(
      auditMarkdown(problems, audited) + (receptions === null ? '' : receptionsMarkdown(receptions)),
    );
  else {
    printForTools(
      problems,
      { version: 1, summary, problems, ...(receptions === null ? {} : { statistics: receptions }) },
      flags.format,
      { config, outside, output },
    );
    if (flags.format === 'text') {
      const sight = await openSight(config, outside, problems);
      output.text(problemsText(problems, { style, sight, most: Number.POSITIVE_INFINITY, isShort: false }));
      const counts = countsByCode(problems).map(
        ([code, count]) => `  ${String(count).padStart(5)}  ${code}\n`,
      );
      if (receptions !== null) output.text(receptionsText(receptions, style, sight));
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
