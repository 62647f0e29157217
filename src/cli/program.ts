import { Argument, Command, Option } from 'commander';
import type { Direction } from '../model/plan.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { DoctorFlags } from './commands/doctor.ts';
import type { PlanFlags } from './commands/plan.ts';
import type { PreviewFlags } from './commands/preview.ts';
import type { RestoreFlags } from './commands/restore.ts';
import type { ResolveFlags } from './commands/resolve.ts';
import type { SimulateFlags } from './commands/simulate.ts';
import type { ValidateFlags } from './commands/validate.ts';
import type { WatchFlags } from './commands/watch.ts';
import { exitCodes } from '../app/exit-codes.ts';
import { hiderOf } from '../model/secret.ts';
import { printable, safeLine } from '../report/safe.ts';
import type { Shell } from './completion.ts';
import { calledAs } from './terminal/called-as.ts';
import type { CommonFlags } from './terminal/flags.ts';
import { secretsIn } from './terminal/output.ts';
import {
  add,
  addGuardFlags,
  collect,
  finish,
  pathsText,
  portNumber,
  seconds,
  strictText,
  wholeNumber,
  withCommonFlags,
  withPreviewFlags,
  withWords,
  type Caller,
} from './define.ts';
import { addStateCommands } from './state-commands.ts';
import { groupCommands, helpLayout } from './help-layout.ts';
import { tellingUsage, usageError } from './usage.ts';
import { completionHelp, doctorHelp, simulateHelp, validateHelp, watchHelp } from './help-texts.ts';

/** The command line: names, flags and help. What a command does is loaded when it is called. */
export function buildProgram(outside: Caller): Command {
  const program = tellingUsage(new Command('shelfmark'));
  // Help and messages about wrong usage name commands that work here, too.
  const called = (text: string): string =>
    text.replace(/(?<![\w/.-])shelfmark (?=[a-z[-])/g, () => `${calledAs(outside)} `);
  program
    .description(
      'Keeps a folder of Markdown and YAML in git and an Intercom Help Center in step, in both directions.',
    )
    .version(manifest.version, '--version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    // What stands behind the name of a command is meant for that command.
    .enablePositionalOptions()
    .configureHelp(helpLayout)
    .configureOutput({
      // What is wrong is told with everything else that ends a command.
      outputError: () => undefined,
      writeOut: (text) => outside.stdout.write(called(text)),
      writeErr: (text) =>
        outside.stderr.write(printable(hiderOf(secretsIn(outside.env))(called(text)), false)),
      getOutHelpWidth: () => outside.stdout.columns ?? 80,
      getErrHelpWidth: () => outside.stderr.columns ?? 80,
    })
    .addHelpText(
      'after',
      `
Examples:
  shelfmark init                    set up a project in this folder
  shelfmark plan                    show what a sync would do
  shelfmark push --yes              bring the help center to what the folder says
  shelfmark pull                    bring edits from the help center home
  shelfmark sync                    both
  shelfmark simulate                look at the help center of the embedded simulator

Exit codes: 0 done or nothing to do, 1 failed, 2 changes pending (plan --detailed-exitcode),
3 conflicts or entries behind remain, 4 refused by a guard, 64 wrong usage.`,
    );

  add(
    program,
    'init',
    'set up a project: sync.config.yaml and a content folder',
    outside,
    async (output, flags) => {
      const { initCommand } = await import('./commands/init.ts');
      return initCommand(outside, output, flags);
    },
  )
    .addOption(withWords('--provider <name>', 'what to sync with', ['simulator', 'intercom']))
    .addOption(withWords('--region <name>', 'the region of the workspace', ['us', 'eu', 'au']))
    .option('--content <folder>', 'the folder with the articles')
    .option('--locale <locale>', 'the default locale, such as en')
    .option('--help-center <id>', 'the id of the help center, where the workspace has several')
    .option('--pull', 'fetch the help center into the folder at once')
    .option('--no-pull', 'begin with the files that are there')
    .option('--github', 'write workflows for GitHub; also in a project that is set up already')
    .option('--no-github', 'write no workflows')
    .option('--merge-driver', 'let git merge lock files row by row; also in a project that is set up already')
    .option('--no-merge-driver', 'leave .gitattributes alone')
    .addHelpText(
      'after',
      '\nExamples:\n  shelfmark init\n  shelfmark init --provider simulator --yes\n  shelfmark init --provider intercom --region eu --pull\n  shelfmark init --github\n  shelfmark init --github --target staging',
    );

  add(
    program,
    'status',
    'list what differs between the folder and the help center',
    outside,
    async (output, flags) => {
      const { statusCommand } = await import('./commands/status.ts');
      return statusCommand(outside, output, flags);
    },
  ).addHelpText('after', '\nExamples:\n  shelfmark status\n  shelfmark status --json');

  const plan = add<PlanFlags>(
    program,
    'plan',
    'show what a run would do, and write nothing',
    outside,
    async (output, flags) => {
      const { planCommand } = await import('./commands/plan.ts');
      return planCommand(outside, output, flags);
    },
  )
    .addOption(
      new Option('--direction <direction>', 'what may be written')
        .choices(['push', 'pull', 'sync'])
        .default('sync'),
    )
    .option('--detailed-exitcode', 'end with 2 when changes are pending')
    .option('--out <file>', 'save the plan, to be carried out by "shelfmark apply"')
    .addOption(
      new Option('--markdown', 'print the plan as Markdown, for a pull request or a chat').conflicts('json'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  shelfmark plan\n  shelfmark plan --direction push --detailed-exitcode\n  shelfmark plan --json > plan.json\n  shelfmark plan --markdown >> "$GITHUB_STEP_SUMMARY"',
    );
  addGuardFlags(plan.argument('[paths...]', pathsText));

  const runs: readonly (readonly [Direction, string, string])[] = [
    [
      'push',
      'make the help center say what the folder says; never writes into the content folder',
      'shelfmark push --yes',
    ],
    [
      'pull',
      'bring edits from the help center into the folder; never writes to the help center',
      'shelfmark pull',
    ],
    ['sync', 'pull, then push', 'shelfmark sync --json'],
  ];
  for (const [direction, text, example] of runs) {
    const command = add(program, direction, text, outside, async (output, flags) => {
      const { runCommand } = await import('./commands/run.ts');
      return runCommand(direction, outside, output, flags);
    }).addHelpText('after', `\nExamples:\n  ${example}\n  shelfmark ${direction} --target staging`);
    addGuardFlags(command.argument('[paths...]', pathsText)).option('--strict', strictText);
  }

  const watch = add<WatchFlags>(
    program,
    'watch',
    'keep both sides in step while you edit, until Ctrl-C',
    outside,
    async (output, flags) => {
      const { watchCommand } = await import('./commands/watch.ts');
      return watchCommand(outside, output, flags);
    },
  )
    .addOption(
      new Option('--direction <direction>', 'what may be written')
        .choices(['push', 'pull', 'sync'])
        .default('sync'),
    )
    .option('--draft', 'publish nothing: new articles come as drafts, public ones wait for a sync')
    .option('--interval <seconds>', 'seconds between two looks at the help center', seconds, 10)
    .option('--rest <ms>', 'milliseconds that files must rest after a save', wholeNumber, 200)
    .option('--once', 'bring both sides in step once, and end')
    .addHelpText('after', watchHelp);
  addGuardFlags(watch);
  withPreviewFlags(watch.option('--preview', 'also show the folder as a help center in your browser'));

  withPreviewFlags(
    add<PreviewFlags>(
      program,
      'preview',
      'show the folder as a help center in your browser, and follow the files',
      outside,
      async (output, flags) => {
        const { previewCommand } = await import('./commands/preview.ts');
        return previewCommand(outside, output, flags);
      },
    ).option(
      '--export <folder>',
      'write the whole preview as static pages instead, to be opened or served anywhere',
    ),
  ).addHelpText(
    'after',
    '\nOnly this machine can see it, and nothing is sent anywhere.\n\nExamples:\n  shelfmark preview\n  shelfmark preview --port 4777 --editor zed\n  shelfmark preview --export preview-site\n  shelfmark watch --preview      with the help center kept in step',
  );

  add<ValidateFlags>(
    program,
    'validate',
    'check the content folder offline: files, texts, links, images',
    outside,
    async (output, flags) => {
      const { validateCommand } = await import('./commands/validate.ts');
      return validateCommand(outside, output, flags);
    },
  )
    .argument('[paths...]', pathsText)
    .addOption(
      new Option('--format <format>', 'how to print what is found: --json is short for json')
        .choices(['text', 'json', 'github', 'sarif'])
        .default('text')
        .conflicts('json'),
    )
    .option(
      '--require-locale <list>',
      'languages in which everything has to be there, and up to date, such as fr,de',
      collect,
      [],
    )
    .option(
      '--max-behind <count>',
      'how many translations of a language may be behind their source',
      wholeNumber,
    )
    .option('--fix', 'correct links and file names where it is clear what was meant')
    .addHelpText('after', validateHelp);

  addStateCommands(program, outside);

  withCommonFlags(
    program
      .command('explain [code]')
      .description('say what the code of a message means, and what to do; without a code, list them all')
      .addHelpText('after', '\nExamples:\n  shelfmark explain LINK_MOVED\n  shelfmark explain'),
  ).action(async (code: string | undefined, flags: CommonFlags) => {
    const { explainCommand } = await import('./commands/explain.ts');
    await finish(outside, flags, async (output) => explainCommand(code, outside, output));
  });

  add(
    program,
    'adopt',
    'link files to what the help center holds already; changes neither',
    outside,
    async (output, flags) => {
      const { adoptCommand } = await import('./commands/adopt.ts');
      return adoptCommand(outside, output, flags);
    },
  ).addHelpText('after', '\nExamples:\n  shelfmark adopt\n  shelfmark adopt --target production');

  withCommonFlags(
    program
      .command('apply <file>')
      .description('carry out a plan that was saved with "plan --out"; refuses a stale one')
      .option('--strict', strictText)
      .addHelpText('after', '\nExamples:\n  shelfmark plan --out plan.json && shelfmark apply plan.json'),
  ).action(async (file: string, flags: CommonFlags & { readonly strict?: boolean }) => {
    const { applyCommand } = await import('./commands/apply.ts');
    await finish(outside, flags, (output) => applyCommand(file, outside, output, flags));
  });

  withCommonFlags(
    program
      .command('restore [path]')
      .description('list what was replaced or removed on either side, and bring it back')
      .option('--at <moment>', 'the version of that moment, as the list names it; by default the newest')
      .addHelpText(
        'after',
        '\nExamples:\n  shelfmark restore\n  shelfmark restore content/guides/install.md',
      ),
  ).action(async (path: string | undefined, flags: RestoreFlags) => {
    const { restoreCommand } = await import('./commands/restore.ts');
    await finish(outside, flags, (output) => restoreCommand(path, outside, output, flags));
  });

  withCommonFlags(
    program
      .command('merge-lock [files...]')
      .description('merge two versions of the lock file row by row, which git cannot')
      .addHelpText(
        'after',
        '\nExamples:\n  shelfmark merge-lock               the lock file holds git’s conflict markers\n  shelfmark merge-lock %O %A %B      as a merge driver of git',
      ),
  ).action(async (files: readonly string[], flags: CommonFlags) => {
    const { mergeLockCommand } = await import('./commands/merge-lock.ts');
    await finish(outside, flags, (output) => mergeLockCommand(files, outside, output, flags));
  });

  program
    .command('resolve <path>')
    .description('answer a conflict: whose version of an entry to keep')
    .option('--local', 'yours; the next push sends it')
    .option('--remote', 'the help center’s; it is written into the file')
    .option(
      '--markers',
      'both texts, in the file between markers, for you to edit; with --local or --remote for what is not in the text',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  shelfmark resolve content/guides/install.md --local\n  shelfmark resolve guides --remote',
    );
  withCommonFlags(program.commands.at(-1) ?? program).action(async (path: string, flags: ResolveFlags) => {
    const { resolveCommand } = await import('./commands/resolve.ts');
    await finish(outside, flags, (output) => resolveCommand(path, outside, output, flags));
  });

  add<DoctorFlags>(
    program,
    'doctor',
    'check token, region, permissions, workspace, languages, clock and versions; says how to fix what is wrong',
    outside,
    async (output, flags) => {
      const { doctorCommand } = await import('./commands/doctor.ts');
      return doctorCommand(outside, output, flags);
    },
  )
    .option(
      '--probe',
      'ask the help center what Intercom does not document; a scratch collection is made for it and deleted again',
    )
    .addHelpText('after', doctorHelp);

  add<SimulateFlags>(
    program,
    'simulate',
    'run the simulator of Intercom as a server, until you stop it',
    outside,
    async (output, flags) => {
      const { simulateCommand } = await import('./commands/simulate.ts');
      return simulateCommand(outside, output, flags);
    },
  )
    .option('--port <number>', 'the port to listen on; any free one by default', portNumber)
    .option(
      '--state <file>',
      'where the help center is kept; in memory by default, or the project’s own simulator',
    )
    .option('--seed <number>', 'makes ids, tokens and chance repeatable', wholeNumber)
    .option(
      '--fault <spec>',
      'a failure to play on purpose: KIND[=VALUE][,CONDITION=VALUE]…, such as status=503,chance=20% (repeatable)',
      collect,
      [],
    )
    .option('--latency <ms>', 'milliseconds that every call takes longer', wholeNumber)
    .addHelpText('after', simulateHelp);

  withCommonFlags(
    program
      .command('completion')
      .description('print the script that lets your shell complete commands and flags')
      .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish', 'powershell']))
      .addHelpText('after', completionHelp),
  ).action(async (shell: Shell, flags: CommonFlags) => {
    const { completionScript } = await import('./completion.ts');
    const { codeTexts } = await import('../report/formats/codes.ts');
    const codes = codeTexts.map((one) => one.code);
    await finish(outside, flags, async (output) => {
      const script = completionScript(program, shell, codes);
      output.verbatim(script);
      output.json({ version: 1, shell, script });
      return exitCodes.done;
    });
  });

  program
    .command('help [command]')
    .description('explain a command')
    .action((name: string | undefined) => {
      const found = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (found !== undefined) return found.outputHelp();
      throw usageError(
        `There is no command "${safeLine(name ?? '')}".`,
        'Run "shelfmark --help" to list the commands.',
      );
    });
  groupCommands(program);
  return program;
}
