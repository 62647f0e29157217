import { stripVTControlCharacters } from 'node:util';
import { hiderOf } from '../../model/secret.ts';
import type { Outside, Stream } from '../../ports/outside.ts';
import { printable, printableJson, safeLine } from '../../report/safe.ts';
import { fitted } from '../../report/sight/wrap.ts';
import { styleOf, type Style } from '../../report/style.ts';

/** What the common flags say about output. */
export interface OutputOptions {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly hasColor: boolean;
  /** How Shelfmark is called here; see `calledAs`. */
  readonly command: string;
}

/**
 * The terminal as commands use it: results on standard output, everything else on standard error. Whatever passes here
 * is harmless and free of secrets, whoever made it up.
 */
export interface Output {
  readonly options: OutputOptions;
  readonly style: Style;
  /** A result for people, in lines that fit a terminal; silent with --json. */
  text(text: string): void;
  /** A result that something else reads, such as Markdown or a script: its lines stay as they are. Silent with --json. */
  verbatim(text: string): void;
  /** A file that goes to standard output as it is, so that it can be put into one. */
  document(text: string): void;
  /** The one JSON document of a command; silent without --json. */
  json(value: unknown): void;
  /** One JSON document of many, each on a line; silent without --json. */
  jsonLine(value: unknown): void;
  /** A line that a CI runner carries out: the one thing that may look like one. Silent with --json. */
  command(line: string): void;
  /** Something to know, on standard error. */
  note(text: string): void;
  /** Says what is going on, on a terminal only; the next output replaces it. False where there is no terminal. */
  progress(text: string): boolean;
}

/** @param secrets what must never be printed, in any spelling */
export function openOutput(
  options: OutputOptions,
  out: Stream,
  err: Stream,
  secrets: readonly string[],
): Output {
  const style = styleOf(options.hasColor, options.command);
  const hide = hiderOf(secrets);
  const fit = (text: string): string => printable(hide(text), options.hasColor);
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
      if (!options.isJson && text !== '') out.write(fitted(fit(text), widthOfStream(out)));
    },
    verbatim(text) {
      clear();
      if (!options.isJson) out.write(fit(text));
    },
    document(text) {
      clear();
      // What somebody wrote into an article must not move the cursor of whoever looks at it.
      out.write(out.isTTY === true ? fit(text) : hide(text));
    },
    command(line) {
      clear();
      if (!options.isJson) out.write(hide(line));
    },
    json(value) {
      clear();
      if (options.isJson) out.write(`${hide(printableJson(value, 2))}\n`);
    },
    jsonLine(value) {
      clear();
      if (options.isJson) out.write(`${hide(printableJson(value))}\n`);
    },
    note(text) {
      clear();
      if (!options.isQuiet) err.write(`${fitted(fit(text), widthOfStream(err))}\n`);
    },
    progress(text) {
      if (err.isTTY !== true || options.isQuiet) return false;
      const width = Math.max(10, (err.columns ?? 80) - 1);
      clear();
      err.write(style.dim(safeLine(hide(stripVTControlCharacters(text))).slice(0, width)));
      isProgressShown = true;
      return true;
    },
  };
}

/** How many characters fit on a line; infinite where nobody looks. */
export const widthOfStream = ({ isTTY, columns }: Pick<Stream, 'isTTY' | 'columns'>): number =>
  isTTY === true ? Math.max(20, columns ?? 80) : Number.POSITIVE_INFINITY;

/** Colour where a person looks: on a terminal, unless somebody said no. */
export function hasColor(
  flag: boolean | undefined,
  env: Outside['env'],
  out: Pick<Stream, 'isTTY'>,
): boolean {
  if (flag === false || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  return forced === '' ? out.isTTY === true : forced !== '0';
}

/** Values of the environment that are tokens, ours or anybody's; what is shorter than a token stays readable. */
export function secretsIn(env: Outside['env']): readonly string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    /TOKEN|SECRET|PASSWORD|KEY/i.test(name) && value.trim().length >= 12 ? [value.trim()] : [],
  );
}
