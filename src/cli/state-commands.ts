/* The commands that tell the state of a help center. */
import { Option, type Command } from 'commander';
import { add, collect, days, pathsText, type Caller } from './define.ts';
import { auditHelp, translationsHelp } from './help-texts.ts';
import type { AuditFlags } from './state/audit.ts';
import type { TranslationsFlags } from './state/translations.ts';

export function addStateCommands(program: Command, outside: Caller): void {
  add<TranslationsFlags>(
    program,
    'translations',
    'say which translations are missing or behind their source, and by what; offline',
    outside,
    async (output, flags) => {
      const { translationsCommand } = await import('./state/translations.ts');
      return translationsCommand(outside, output, flags);
    },
  )
    .argument('[paths...]', pathsText)
    .option('--locale <list>', 'languages to look at, such as fr,de; all by default', collect, [])
    .addOption(
      new Option('--format <format>', 'how to print it: --json is short for json')
        .choices(['text', 'json', 'markdown'])
        .default('text')
        .conflicts('json'),
    )
    .option('--mark-fresh', 'note that translations say what their source says now; changes no text')
    .addHelpText('after', translationsHelp);

  add<AuditFlags>(
    program,
    'audit',
    'say what is broken, old or doubled in the content folder; offline',
    outside,
    async (output, flags) => {
      const { auditCommand } = await import('./state/audit.ts');
      return auditCommand(outside, output, flags);
    },
  )
    .argument('[paths...]', pathsText)
    .addOption(
      new Option('--format <format>', 'how to print what is found: --json is short for json')
        .choices(['text', 'json', 'markdown', 'github', 'sarif'])
        .default('text')
        .conflicts('json'),
    )
    .option('--stale <days>', 'report articles that nobody looked at for so long, such as 180d', days)
    .option(
      '--since <commit>',
      'name articles that speak of what changed since, see "covers" in front matter',
    )
    .addOption(
      new Option('--fail-on <what>', 'what ends the command with 1')
        .choices(['errors', 'warnings', 'nothing'])
        .default('errors'),
    )
    .addHelpText('after', auditHelp);
}
