import { stripVTControlCharacters } from 'node:util';
import { styleOf, type Style } from '../report/style.ts';

/** What the common flags say about output. */
export interface OutputOptions {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly hasColor: boolean;
}

/** The terminal as commands use it: results on standard output, everything else on standard error. */
export interface Output {
  readonly options: OutputOptions;
  readonly style: Style;
  /** A result for people; silent with --json. */
  text(text: string): void;
  /** The one JSON document of a command; silent without --json. */
  json(value: unknown): void;
  /** Something to know, on standard error. */
  note(text: string): void;
  /** Says what is going on, on a terminal only; the next output replaces it. */
  progress(text: string): void;
}

export function openOutput(options: OutputOptions, out: NodeJS.WriteStream, err: NodeJS.WriteStream): Output {
  const style = styleOf(options.hasColor);
  let isProgressShown = false;
  const clear = (): void => {
    if (isProgressShown) err.write('\r\u001b[2K');
    isProgressShown = false;
  };
  return {
    options,
    style,
    text(text) {
      clear();
      if (!options.isJson && text !== '') out.write(text);
    },
    json(value) {
      clear();
      if (options.isJson) out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note(text) {
      clear();
      if (!options.isQuiet) err.write(`${text}\n`);
    },
    progress(text) {
      if (!err.isTTY || options.isQuiet) return;
      const width = Math.max(10, (err.columns ?? 80) - 1);
      clear();
      err.write(style.dim(stripVTControlCharacters(text).slice(0, width)));
      isProgressShown = true;
    },
  };
}

/** Colour where a person looks: on a terminal, unless somebody said no. Node has no `isTTY` on what is not a terminal. */
export function hasColor(
  flag: boolean | undefined,
  env: NodeJS.ProcessEnv,
  out: { readonly isTTY?: boolean },
): boolean {
  if (flag === false || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  if ((env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0') return true;
  return out.isTTY === true;
}
