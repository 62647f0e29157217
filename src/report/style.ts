import { createColors } from 'picocolors';

/** How text looks here: colours by what they mean, none where colour is off, and commands that work where they are printed. */
export interface Style {
  readonly add: (text: string) => string;
  readonly change: (text: string) => string;
  readonly remove: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Words of ours, with the command as it is called here. */
  readonly said: (text: string) => string;
}

/** @param command how Shelfmark is called where this is printed */
export function styleOf(hasColor: boolean, command = 'shelfmark'): Style {
  const colors = createColors(hasColor);
  return {
    add: colors.green,
    change: colors.cyan,
    remove: colors.red,
    warn: colors.yellow,
    dim: colors.dim,
    strong: colors.bold,
    said: (text) => text.replace(/(?<![\w/.-])shelfmark (?=[a-z-])/g, () => `${command} `),
  };
}
