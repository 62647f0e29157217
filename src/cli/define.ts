/* The parts that commands are defined with: flags that several of them share, and values of flags. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ShelfmarkError } from '../model/error.ts';
import type { Outside } from '../ports/outside.ts';
import { calledAs } from './terminal/called-as.ts';
import { commonFlags } from './help-layout.ts';
import type { CommonFlags } from './terminal/flags.ts';
import { tellingUsage, usageError } from './usage.ts';
import { hasColor, openOutput, secretsIn, type Output } from './terminal/output.ts';

/** The outside world, and where the exit code of a command goes. */
export interface Caller extends Outside {
  ended(code: number): void;
}

/** Adds a command that takes no arguments of its own, or paths. */
export function add<Flags extends CommonFlags>(
  program: Command,
  name: string,
  text: string,
  outside: Caller,
  run: (output: Output, flags: Flags) => Promise<number>,
): Command {
  const command = program.command(name).description(text);
  return withCommonFlags(command).action(() => {
    const flags = { ...command.opts<Flags>(), paths: command.args };
    return finish(outside, flags, (output) => run(output, flags));
  });
}

/** Adds what every command takes. */
export function withCommonFlags(command: Command): Command {
  const name = command.name();
  tellingUsage(command);
  const dry = dryRuns[name];
  if (dry !== undefined) {
    command.addOption(new Option('-n, --dry-run').hideHelp()).hook('preAction', () => {
      if (command.opts<{ dryRun?: boolean }>().dryRun === true) throw noDryRun(name, dry);
    });
  }
  for (const [flags, text] of everywhere) command.addOption(new Option(flags, text).helpGroup(commonFlags));
  return command;
}

const everywhere: readonly (readonly [string, string])[] = [
  ['--config <file>', 'the config file; paths inside it are relative to it'],
  ['--target <name>', 'a target of the config file, such as staging'],
  ['--json', 'print one JSON document; progress goes to standard error'],
  ['--quiet', 'print results and errors only'],
  ['--verbose', 'print more: every call, every text'],
  ['--no-color', 'print without colour'],
  ['--yes', 'answer yes to every question'],
];

/** Runs a command and hands its exit code on. */
export async function finish(
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
  usageError(`"${name}" has no dry run.`, `To see what it would do, run "${instead}".`);

export const pathsText = 'files or folders; all by default';
export const strictText = 'write nothing at all while any file has an error';

export function addGuardFlags(command: Command): Command {
  return command
    .option('--allow-deletes <count>', 'allow exactly this many deletions', wholeNumber)
    .option('--allow-emptied', 'allow one side to be empty')
    .option('--take-back', 'send files that git put back to what they said before a pull');
}

export function withPreviewFlags(command: Command): Command {
  return command
    .option(
      '--port <number>',
      'the port of the preview; by default its own, or the next free one',
      portNumber,
    )
    .option('--open', 'open the preview in your browser')
    .addOption(
      new Option('--editor <name>', 'the editor that opens files from the preview')
        .choices(['vscode', 'vscodium', 'cursor', 'zed', 'idea', 'none'])
        .default('vscode'),
    );
}

/** A flag whose words help and completion know; what it holds is checked where it is used, with better words. */
export function withWords(flags: string, text: string, words: string[]): Option {
  return Object.assign(new Option(flags, text), { argChoices: words });
}

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be a port: 65535 at most.');
  return port;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

export function days(text: string): number {
  const [, count] = /^(\d{1,5})d?$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError('It must be a number of days, such as 180d.');
  return Number(count);
}

export function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(\.\d+)?$/.test(text) || value < 0.05)
    throw new InvalidArgumentError('It must be a number of seconds, 0.05 at least.');
  return value;
}

export const collect = (value: string, previous: readonly string[]): readonly string[] => [
  ...previous,
  value,
];
