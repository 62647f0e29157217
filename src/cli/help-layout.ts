/* How help is laid out: commands by what they are for, and the flags of a command before those that all have. */
import { Help, type Command } from 'commander';

/** The heading of the flags that every command has. */
export const commonFlags = 'Flags of every command:';

/** The groups of commands, in the order in which somebody meets them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Set up:': ['init', 'doctor', 'adopt', 'completion'],
  'Every day:': ['status', 'plan', 'push', 'pull', 'sync', 'apply', 'watch', 'preview'],
  'Check:': ['validate', 'translations', 'audit', 'explain'],
  'Settle and bring back:': ['resolve', 'merge-lock', 'restore'],
  'Try it out:': ['simulate', 'help'],
};

/** Puts each command into its group. */
export function groupCommands(program: Command): void {
  for (const [heading, names] of Object.entries(groups))
    for (const command of program.commands) if (names.includes(command.name())) command.helpGroup(heading);
}

const plain = new Help();

export const helpLayout: Partial<Help> = {
  groupItems(all, shown, groupOf) {
    const found = plain.groupItems(all, shown, groupOf);
    const order = [...Object.keys(groups), commonFlags];
    return new Map([...found].toSorted(([left], [right]) => order.indexOf(left) - order.indexOf(right)));
  },
  // A list that is empty by default says nothing.
  optionDescription: (option) => plain.optionDescription(option).replace(' (default: [])', ''),
};
