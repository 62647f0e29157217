/* What is wrong with a command line, in our words: the library that reads it knows only its own. */
import type { Command, CommanderError } from 'commander';
import { ShelfmarkError } from '../model/error.ts';
import { safeLine } from '../report/safe.ts';

/** Makes wrong usage of a command an error like any other, with a hint that names the help of that very command. */
export function tellingUsage(command: Command): Command {
  return command.exitOverride((error) => {
    // Help and version, asked for; and the bare name of the program, which shows its help.
    if (error.exitCode === 0 || error.code === 'commander.help') throw error;
    throw wrongUsage(error, command);
  });
}

function wrongUsage({ message }: CommanderError, command: Command): ShelfmarkError {
  const [first = '', ...more] = message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (.+)\?\)/.exec(more.join(' '))?.[1];
  const isRoot = command.parent === null;
  const help = isRoot
    ? 'Run "shelfmark --help" to list the commands.'
    : `Run "shelfmark ${nameOf(command)} --help" to list its flags.`;
  const missing = /^missing required argument '(.*)'$/.exec(first)?.[1];
  const choices = command.registeredArguments.find((one) => one.name() === missing)?.argChoices;
  const known = choices === undefined ? '' : ` It is one of ${choices.join(', ')}.`;
  return usageError(
    inOurWords(safeLine(first), isRoot ? 'shelfmark' : nameOf(command)) + known,
    meant === undefined ? help : `Did you mean ${meant}? ${help}`,
  );
}

/** With those that it belongs to, such as `translations export`. */
const nameOf = (command: Command): string =>
  command.parent === null || command.parent.parent === null
    ? command.name()
    : `${nameOf(command.parent)} ${command.name()}`;

export const usageError = (message: string, hint: string): ShelfmarkError =>
  new ShelfmarkError('WRONG_USAGE', { kind: 'usage', message: `${message} Nothing was changed.`, hint });

/** Each form of words of the library, and ours; `{}` is the name of the command. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/^unknown command '(.*)'$/, 'There is no command "$1".'],
  [/^required option '(?:-\w, )?(--[\w-]+) (<.*>)' not specified$/, '"{}" needs $1 $2.'],
  [/^unknown option '(.*)'$/, '"{}" has no flag $1.'],
  [/^missing required argument '(.*)'$/, '"{}" needs a <$1>.'],
  [/^option '(?:-\w, )?(--[\w-]+) (<.*>)' argument missing$/, '$1 needs a $2.'],
  [
    /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/,
    '$1 cannot be "$2". It is one of $3.',
  ],
  [/^option '(?:-\w, )?(--[\w-]+)[^']*' argument '(.*)' is invalid\. (.*)$/, '$1 cannot be "$2". $3'],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\.$/,
    'The $2 cannot be "$1". It is one of $3.',
  ],
  [/^option '(--[\w-]+)[^']*' cannot be used with option '(--[\w-]+).*'$/, '$1 and $2 cannot go together.'],
  [/^too many arguments(?: for '.*')?\. Expected 0 .*$/, '"{}" takes no arguments, only flags.'],
  [/^too many arguments.*$/, '"{}" takes fewer arguments than that.'],
];

function inOurWords(said: string, name: string): string {
  const form = forms.find(([sign]) => sign.test(said));
  if (form !== undefined)
    return said.replace(
      form[0],
      form[1].replace('{}', () => name),
    );
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?]$/.test(said) ? '' : '.'}`;
}
