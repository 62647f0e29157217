/* The commands that tell the state of a help center. */
import { Option, type Command } from 'commander';
import { add, collect, days, finish, pathsText, withCommonFlags, type Caller } from './define.ts';
import type { CommonFlags } from './terminal/flags.ts';
import { auditHelp, exportHelp, translationsHelp } from './help-texts.ts';
import type { AuditFlags } from './state/audit.ts';
import type { ExportFlags } from './state/exchange.ts';
import type { TranslationsFlags } from './state/translations.ts';

export function addStateCommands(program: Command, outside: Caller): void {
  const translations = add<TranslationsFlags>(
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
    .addHelpText('after', translationsHelp)
    // What stands behind "export" is meant for it.
    .enablePositionalOptions();
  withCommonFlags(
    translations
      .command('export [paths...]')
      .description('write what is missing or behind in one language as a file for a translator')
      .requiredOption('--locale <locale>', 'the language, such as fr')
      .option('--behind', 'only what is behind, not what is missing')
      .addOption(
        new Option('--format <format>', 'XLIFF 2, or JSON').choices(['xliff', 'json']).default('xliff'),
      )
      .option('--out <file>', 'where to write it; to standard output by default')
      .addHelpText('after', exportHelp),
  ).action(async (paths: readonly string[], flags: ExportFlags) => {
    const { exportCommand } = await import('./state/exchange.ts');
    // The format is that of the file, not of what is printed.
    const { format, ...rest } = flags;
    await finish(outside, rest, (output) => exportCommand(paths, format, outside, output, flags));
  });
  withCommonFlags(
    translations
      .command('import <file>')
      .description('put what a translator gave back into the right places; shows it first')
      .addHelpText(
        'after',
        '\nExamples:\n  shelfmark translations import fr.xlf\n  shelfmark translations import fr.xlf --yes',
      ),
  ).action(async (file: string, flags: CommonFlags) => {
    const { importCommand } = await import('./state/exchange.ts');
    await finish(outside, flags, (output) => importCommand(file, outside, output, flags));
  });

  add<AuditFlags>(
    program,
    'audit',
    'say what is broken, old or doubled in the content folder',
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
    .option('--external', 'check addresses on the web as well; answers count for a day')
    .option('--allow-private', 'with --external: also addresses of this machine and of private networks')
    .option('--statistics', 'ask Intercom how often articles are read and how they are liked')
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
