/* The commands that tell the state of a help center. */
import { Option, type Command } from 'commander';
import { add, collect, pathsText, type Caller } from './define.ts';
import { translationsHelp } from './help-texts.ts';
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
}
