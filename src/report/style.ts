import { createColors } from 'picocolors';

/** Colours by what they mean; every one is the identity where colour is off. */
export interface Style {
  readonly add: (text: string) => string;
  readonly change: (text: string) => string;
  readonly remove: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function styleOf(hasColor: boolean): Style {
  const colors = createColors(hasColor);
  return {
    add: colors.green,
    change: colors.cyan,
    remove: colors.red,
    warn: colors.yellow,
    dim: colors.dim,
    strong: colors.bold,
  };
}
