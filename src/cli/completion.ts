/* Completion for four shells, made from the program itself, so that it knows every command and flag. */
import type { Command, Option } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

interface Flag {
  /** Such as `--port`. */
  readonly name: string;
  readonly text: string;
  /** Null where it takes no value, empty where it takes any. */
  readonly values: readonly string[] | null;
}

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly flags: readonly Flag[];
  /** Words that may stand behind the command; none where files may. */
  readonly words: readonly string[];
  readonly takesFiles: boolean;
}

/** The script that a shell is to read. */
export function completionScript(program: Command, shell: Shell, codes: readonly string[]): string {
  const names = program.commands.map((one) => one.name());
  const known: Readonly<Record<string, readonly string[]>> = { explain: codes, help: names };
  const entries = program.commands.map((one) => entryOf(one, known[one.name()]));
  switch (shell) {
    case 'bash':
      return bash(entries);
    case 'zsh':
      return zsh(entries);
    case 'fish':
      return fish(entries);
    case 'powershell':
      return powershell(entries);
  }
}

function entryOf(command: Command, known: readonly string[] | undefined): Entry {
  const argument = command.registeredArguments[0];
  const words = known ?? argument?.argChoices ?? [];
  return {
    name: command.name(),
    text: command.description(),
    flags: command.options.filter((one) => !one.hidden).map(flagOf),
    words,
    takesFiles: argument !== undefined && words.length === 0,
  };
}

const flagOf = (option: Option): Flag => ({
  name: option.long ?? option.short ?? '',
  text: option.description,
  values: option.required || option.optional ? (option.argChoices ?? []) : null,
});

const names = (entry: Entry): string => entry.flags.map((one) => one.name).join(' ');

function bash(entries: readonly Entry[]): string {
  const values = entries.flatMap((entry) =>
    entry.flags.flatMap(({ name, values: given }) =>
      given === null || given.length === 0
        ? []
        : [
            `    '${entry.name} ${name}') COMPREPLY=($(compgen -W '${given.join(' ')}' -- "$word")); return ;;`,
          ],
    ),
  );
  const taking = [
    ...new Set(
      entries.flatMap(({ flags }) => flags.flatMap((one) => (one.values === null ? [] : [one.name]))),
    ),
  ];
  const commands = entries.map(
    (entry) =>
      `    ${entry.name}) if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${names(entry)}' -- "$word")); ${
        entry.words.length === 0
          ? entry.takesFiles
            ? ''
            : 'else compopt +o default 2>/dev/null; '
          : `else COMPREPLY=($(compgen -W '${entry.words.join(' ')}' -- "$word")); `
      }fi ;;`,
  );
  return `# Completion of shelfmark for bash. Load it with: eval "$(shelfmark completion bash)"
_shelfmark() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}" command="\${COMP_WORDS[1]}"
  # Bash takes the equals sign of --direction=push for a word of its own.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${entries.map((one) => one.name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case "$command $before" in
${values.join('\n')}
  esac
  case "$before" in
    ${taking.join(' | ')}) return ;;
  esac
  case "$command" in
${commands.join('\n')}
  esac
}
complete -o default -F _shelfmark shelfmark
`;
}

function zsh(entries: readonly Entry[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&');
  const flag = ({ name, text, values }: Flag): string => {
    const value =
      values === null ? '' : values.length === 0 ? ':value:_files' : `:value:(${values.join(' ')})`;
    return quoted(`${name}[${plain(text)}]${value}`);
  };
  const commands = entries.map((entry) => {
    const rest =
      entry.words.length > 0
        ? [quoted(`1:word:(${entry.words.join(' ')})`)]
        : entry.takesFiles
          ? [quoted('*:path:_files')]
          : [];
    return `    ${entry.name}) _arguments -s ${[...entry.flags.map(flag), ...rest].join(' ')} ;;`;
  });
  return `#compdef shelfmark
# Completion of shelfmark for zsh. Load it with: source <(shelfmark completion zsh)
_shelfmark() {
  local -a commands
  commands=(${entries.map((one) => quoted(`${one.name}:${plain(one.text)}`)).join(' ')})
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.join('\n')}
  esac
}
if [[ $funcstack[1] == _shelfmark ]]; then _shelfmark "$@"; else compdef _shelfmark shelfmark; fi
`;
}

function fish(entries: readonly Entry[]): string {
  const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
  const lines = entries.flatMap((entry) => {
    const seen = `complete -c shelfmark -n ${quoted(`__fish_seen_subcommand_from ${entry.name}`)}`;
    const flags = entry.flags.map(({ name, text, values }) => {
      const value = values === null ? '' : values.length === 0 ? ' -r' : ` -x -a ${quoted(values.join(' '))}`;
      return `${seen} -l ${name.replace(/^--/, '')} -d ${quoted(text)}${value}`;
    });
    const words = entry.words.length === 0 ? [] : [`${seen} -f -a ${quoted(entry.words.join(' '))}`];
    const none = entry.takesFiles || entry.words.length > 0 ? [] : [`${seen} -f`];
    return [
      `complete -c shelfmark -n __fish_use_subcommand -f -a ${entry.name} -d ${quoted(entry.text)}`,
      ...flags,
      ...words,
      ...none,
    ];
  });
  return `# Completion of shelfmark for fish. Load it with: shelfmark completion fish | source\n${lines.join('\n')}\n`;
}

function powershell(entries: readonly Entry[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;
  const commands = entries.map(
    (entry) => `    ${quoted(entry.name)} = ${list([...entry.words, ...entry.flags.map((one) => one.name)])}`,
  );
  const values = entries.flatMap((entry) =>
    entry.flags.flatMap(({ name, values: given }) =>
      given === null || given.length === 0 ? [] : [`    ${quoted(`${entry.name} ${name}`)} = ${list(given)}`],
    ),
  );
  return `# Completion of shelfmark for PowerShell. Load it with: shelfmark completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName shelfmark -ScriptBlock {
  param($word, $line, $position)
  $commands = @{
${commands.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $said = @($line.CommandElements | ForEach-Object { $_.ToString() })
  if ($word -ne '') { $said = @($said | Select-Object -SkipLast 1) }
  if ($said.Count -le 1) { $found = $commands.Keys | Sort-Object }
  else {
    $found = $values["$($said[1]) $($said[-1])"]
    if ($null -eq $found) { $found = $commands[$said[1]] }
  }
  $found | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
