import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { Outside } from '../ports/outside.ts';
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
import { ShelfmarkError } from '../model/error.ts';
import { hiderOf } from '../model/secret.ts';
import { printable } from '../report/safe.ts';
import type { Shell } from './completion.ts';
import { calledAs } from './terminal/called-as.ts';
import type { CommonFlags } from './terminal/flags.ts';
import { hasColor, openOutput, secretsIn, type Output } from './terminal/output.ts';

/** The outside world, and where the exit code of a command goes. */
interface Caller extends Outside {
  ended(code: number): void;
}

/** The command line: names, flags and help. What a command does is loaded when it is called. */
export function buildProgram(outside: Caller): Command {
  const program = new Command('shelfmark');
  // Help and messages about wrong usage name commands that work here, too.
  const called = (text: string): string =>
    text.replace(/(?<![\w/.-])shelfmark (?=[a-z[-])/g, () => `${calledAs(outside)} `);
  program
    .description(
      'Keeps a folder of Markdown and YAML in git and an Intercom Help Center in step, in both directions.',
    )
    .version(manifest.version, '--version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .showSuggestionAfterError()
    .showHelpAfterError('(shelfmark --help lists the commands)')
    .exitOverride()
    // What somebody typed, or a script took from elsewhere, is repeated in messages about wrong usage.
    .configureOutput({
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
  shelfmark pull                    bring edits from the help center into the folder
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
    .addOption(withWords('--provider <name>', 'whom to sync with', ['simulator', 'intercom']))
    .addOption(withWords('--region <name>', 'where Intercom keeps the workspace', ['us', 'eu', 'au']))
    .option('--content <folder>', 'the folder with the articles')
    .option('--locale <locale>', 'the default locale, such as en')
    .option('--help-center <id>', 'which one, where the workspace has several')
    .option('--pull', 'fetch the help center into the folder at once')
    .option('--no-pull', 'begin with the files that are there')
    .option(
      '--github',
      'write workflows for GitHub (plan, push, pull); works in a project that is set up, too',
    )
    .option('--no-github', 'write no workflows')
    .option('--merge-driver', 'let git merge lock files row by row; works in a project that is set up, too')
    .option('--no-merge-driver', 'leave .gitattributes alone')
    .addHelpText(
      'after',
      '\nExamples:\n  shelfmark init\n  shelfmark init --provider simulator --yes\n  shelfmark init --provider intercom --region eu --pull\n  shelfmark init --github\n  shelfmark init --github --target staging',
    );

  add(program, 'status', 'say what differs, entry by entry', outside, async (output, flags) => {
    const { statusCommand } = await import('./commands/status.ts');
    return statusCommand(outside, output, flags);
  }).addHelpText('after', '\nExamples:\n  shelfmark status\n  shelfmark status --json');

  const plan = add<PlanFlags>(
    program,
    'plan',
    'show what a run would do; writes nothing anywhere',
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
      'bring the help center to what the folder says; never writes under the content folder',
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
    .option('--interval <seconds>', 'between two looks at the help center', seconds, 10)
    .option('--rest <ms>', 'how long files must rest after a save', wholeNumber, 200)
    .option('--once', 'bring both sides in step once, then end')
    .addHelpText('after', watchHelp);
  addGuardFlags(watch);
  withPreviewFlags(watch.option('--preview', 'show the folder as a help center on this machine as well'));

  withPreviewFlags(
    add<PreviewFlags>(
      program,
      'preview',
      'show the folder as a help center on this machine, as new as the files are',
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
    .option('--fix', 'correct links and file names where nothing comes to mean anything else')
    .addHelpText('after', validateHelp);

  withCommonFlags(
    program
      .command('explain [code]')
      .description('say what a code in a message means, and what to do; without one, list all codes')
      .exitOverride()
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
      .exitOverride()
      .addHelpText('after', '\nExamples:\n  shelfmark plan --out plan.json && shelfmark apply plan.json'),
  ).action(async (file: string, flags: CommonFlags & { readonly strict?: boolean }) => {
    const { applyCommand } = await import('./commands/apply.ts');
    await finish(outside, flags, (output) => applyCommand(file, outside, output, flags));
  });

  withCommonFlags(
    program
      .command('restore [path]')
      .description('list what was replaced or removed, on either side, and bring it back into its file')
      .option('--at <moment>', 'of that moment, as the list says it, instead of the newest')
      .exitOverride()
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
      .description('put two versions of the lock file together, row by row, after git has merged')
      .exitOverride()
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
    .exitOverride()
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
    'run the simulator of Intercom as a server of its own, until it is stopped',
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
      .description('print what makes your shell complete commands and flags')
      .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish', 'powershell']))
      .exitOverride()
      .addHelpText('after', completionHelp),
  ).action(async (shell: Shell, flags: CommonFlags) => {
    const { completionScript } = await import('./completion.ts');
    const { codeTexts } = await import('../report/formats/codes.ts');
    const codes = codeTexts.map((one) => one.code);
    await finish(outside, flags, async (output) => {
      const script = completionScript(program, shell, codes);
      output.text(script);
      output.json({ version: 1, shell, script });
      return exitCodes.done;
    });
  });
  return program;
}

const completionHelp = `
Examples, each for the file that your shell reads at its start:
  eval "$(shelfmark completion bash)"                                        ~/.bashrc
  source <(shelfmark completion zsh)                                         ~/.zshrc
  shelfmark completion fish | source                                         ~/.config/fish/config.fish
  shelfmark completion powershell | Out-String | Invoke-Expression           $PROFILE`;

const doctorHelp = `
Nothing is changed: whether the token may write is found out with an update of an article that cannot exist.

Examples:
  shelfmark doctor
  shelfmark doctor --target staging
  shelfmark doctor --json
  shelfmark doctor --probe     on the embedded simulator, asks a copy and leaves its state alone`;

const simulateHelp = `
Faults: status=CODE, html=CODE, delay=MS, drop=before, drop=after, late=MS, truncate, nonjson, empty, huge=BYTES,
redirect=URL, slow=BYTES a second, edit. Conditions: chance=20%, nth=3, every=3, times=2, method=PUT (or write),
path=/articles, applied=yes. All are explained in docs/simulator.md of Shelfmark.

Examples:
  shelfmark simulate
  shelfmark simulate --json --port 4010 --state help-center.json
  shelfmark simulate --fault status=503,chance=20% --fault drop=after,nth=3,method=write
  INTERCOM_URL=http://127.0.0.1:4010 INTERCOM_TOKEN=… shelfmark push`;

const validateHelp = `
--fix writes new addresses into links whose target was moved, and renames files whose ending is not read, such as
A.MD. It prints what it changed. Anything that could change the meaning of a text is left to you.

Examples:
  shelfmark validate
  shelfmark validate content/guides
  shelfmark validate --fix
  shelfmark validate --format github            messages at the lines of a pull request
  shelfmark validate --format sarif > shelfmark.sarif`;

const watchHelp = `
Files are pushed once they rest, edits of the help center are merged into them. Conflicts are held and shown; the rest
goes on. What a switch of branches would change is asked for first; where nobody can be asked it waits, or --yes.

Examples:
  shelfmark watch
  shelfmark watch --draft                    write in peace: readers see nothing of it
  shelfmark watch --direction pull --interval 60
  shelfmark watch --preview                  with the folder as a help center in the browser
  shelfmark watch --json                     one JSON document a line`;

function add<Flags extends CommonFlags>(
  program: Command,
  name: string,
  text: string,
  outside: Caller,
  run: (output: Output, flags: Flags) => Promise<number>,
): Command {
  const command = program.command(name).description(text).exitOverride();
  return withCommonFlags(command).action(() => {
    const flags = { ...command.opts<Flags>(), paths: command.args };
    return finish(outside, flags, (output) => run(output, flags));
  });
}

function withCommonFlags(command: Command): Command {
  const name = command.name();
  command.showHelpAfterError(`(shelfmark ${name} --help lists its flags)`);
  const dry = dryRuns[name];
  if (dry !== undefined) {
    command.addOption(new Option('-n, --dry-run').hideHelp()).hook('preAction', () => {
      if (command.opts<{ dryRun?: boolean }>().dryRun === true) throw noDryRun(name, dry);
    });
  }
  return command
    .option('--config <file>', 'the config file; paths inside it are relative to it')
    .option('--target <name>', 'a target of the config file, such as staging')
    .option('--json', 'print one JSON document; progress goes to standard error')
    .option('--quiet', 'print results and errors only')
    .option('--verbose', 'print more: every call, every text')
    .option('--no-color', 'print without colour')
    .option('--yes', 'do not ask');
}

async function finish(
  outside: Caller,
  flags: CommonFlags & { readonly format?: string },
  run: (output: Output) => Promise<number>,
): Promise<void> {
  const output = openOutput(
    {
      isJson: flags.json === true || flags.format === 'json' || flags.format === 'sarif',
      isQuiet: flags.quiet === true,
      isVerbose: flags.verbose === true,
      hasColor: hasColor(flags.color, outside.env, outside.stdout),
      command: calledAs(outside),
    },
    outside.stdout,
    outside.stderr,
    secretsIn(outside.env),
  );
  outside.ended(await run(output));
}

/** What shows, without writing anything, what a command would do. */
const dryRuns: Readonly<Record<string, string>> = {
  push: 'shelfmark plan --direction push',
  pull: 'shelfmark plan --direction pull',
  sync: 'shelfmark plan',
  watch: 'shelfmark plan',
  adopt: 'shelfmark plan',
  apply: 'shelfmark plan',
};

const noDryRun = (name: string, instead: string): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', {
    kind: 'usage',
    message: `"${name}" has no dry run. Nothing was changed.`,
    hint: `To see what it would do, run "${instead}".`,
  });

const pathsText = 'files or folders to look at; all by default';
const strictText = 'write nothing at all while any file has an error';

function addGuardFlags(command: Command): Command {
  return command
    .option('--allow-deletes <count>', 'allow exactly this many deletions', wholeNumber)
    .option('--allow-emptied', 'allow that one side is empty')
    .option('--take-back', 'send files that were put back to what they said before a pull');
}

function withPreviewFlags(command: Command): Command {
  return command
    .option(
      '--port <number>',
      'the port of the preview; one of its own by default, or the next free one',
      portNumber,
    )
    .option('--open', 'show the preview in your browser')
    .addOption(
      new Option('--editor <name>', 'what opens a file from the preview')
        .choices(['vscode', 'vscodium', 'cursor', 'zed', 'idea', 'none'])
        .default('vscode'),
    );
}

/** A flag whose words help and completion know; what it holds is checked where it is used, with better words. */
function withWords(flags: string, text: string, words: string[]): Option {
  return Object.assign(new Option(flags, text), { argChoices: words });
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be a port: 65535 at most.');
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(\.\d+)?$/.test(text) || value < 0.05)
    throw new InvalidArgumentError('It must be a number of seconds, 0.05 at least.');
  return value;
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];
