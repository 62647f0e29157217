import { nodeCode } from '../ports/node-error.ts';
import { CommanderError } from 'commander';
import { ShelfmarkError } from '../model/error.ts';
import { hiderOf } from '../model/secret.ts';
import type { Outside } from '../ports/outside.ts';
import { printable, printableJson } from '../report/safe.ts';
import { fitted } from '../report/sight/wrap.ts';
import { styleOf } from '../report/style.ts';
import { exitCodeOfError, exitCodes } from '../app/exit-codes.ts';
import { calledAs } from './terminal/called-as.ts';
import { StoppedAtQuestion } from './terminal/ask.ts';
import { hasColor, secretsIn, widthOfStream } from './terminal/output.ts';

/**
 * An error of the disk or the system that nobody has put into words before: where it was, what the system says, and what
 * helps. Null for anything else.
 */
function systemProblem(error: unknown): ShelfmarkError | null {
  const code = nodeCode(error);
  if (code === null || !(error instanceof Error) || !('syscall' in error)) return null;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  const hint = systemHints[code];
  if (path === null || hint === undefined) return null;
  return new ShelfmarkError('DISK_REFUSED', {
    message: `${path} cannot be read or written (${code}). What was done before is kept.`,
    hint,
  });
}

const rights = 'Give yourself the right to read and write there, or work in a copy that is yours.';
const systemHints: Readonly<Record<string, string>> = {
  EACCES: rights,
  EPERM: rights,
  EROFS: 'The disk can only be read. Work in a copy on another one.',
  ENOSPC: 'The disk is full. Make room, then run the command again.',
  EDQUOT: 'Your share of the disk is used up. Make room, then run the command again.',
  EMFILE: 'Too many files are open. Close other programs, or raise the limit (ulimit -n).',
  ENFILE: 'Too many files are open. Close other programs, or raise the limit (ulimit -n).',
  ENOTDIR: 'There is a file where a folder is needed. Move it away.',
  EISDIR: 'There is a folder where a file is needed. Move it away.',
  EIO: 'The disk does not answer as it should. Check it, then run the command again.',
};

/** Prints what ended a command, for people; gives the exit code. A stack trace is shown only when asked for. */
export function reportError(
  thrown: unknown,
  isVerbose: boolean,
  isJson: boolean,
  { env, stdout, stderr }: Pick<Outside, 'env' | 'stdout' | 'stderr'>,
): number {
  const error = systemProblem(thrown) ?? thrown;
  const hide = hiderOf(secretsIn(env));
  // Colours are put around it afterwards; those inside a message are taken out.
  const fit = (text: string): string => printable(hide(text), false);
  const write = (text: string): void => void stderr.write(fitted(text, widthOfStream(stderr)));
  // Help was printed, as asked for or since nothing was.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (isJson) stdout.write(`${hide(printableJson(errorJson(error), 2))}\n`);
  const style = styleOf(hasColor(undefined, env, stderr), calledAs({ env }));
  if (error instanceof ShelfmarkError) {
    write(`${style.remove('Error:')} ${fit(error.message)}\n${style.dim(style.said(fit(error.hint)))}\n`);
    return exitCodeOfError(error.kind);
  }
  if (error instanceof StoppedAtQuestion) {
    write('Stopped. Nothing was changed.\n');
    return exitCodes.interrupted;
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    write('Stopped. Everything that was done is saved. Run the command again to do the rest.\n');
    return exitCodes.interrupted;
  }
  const known = nodeCode(error);
  const code = known === null ? '' : ` (${known})`;
  const message = error instanceof Error ? error.message : String(error);
  write(`${style.remove('Error:')} Shelfmark met something that it does not know${code}: ${fit(message)}\n`);
  write(
    `${style.dim('Run it again. If that does not help, please report it with the output of the same command and --verbose.')}\n`,
  );
  if (isVerbose && error instanceof Error && error.stack !== undefined) write(`${fit(error.stack)}\n`);
  return exitCodes.failed;
}

/** What ended a command, as machines read it. Stable; documented in docs/json.md. */
function errorJson(error: unknown): Record<string, unknown> {
  const known = error instanceof ShelfmarkError;
  const code = known
    ? error.code
    : error instanceof DOMException && error.name === 'AbortError'
      ? 'STOPPED'
      : 'UNKNOWN';
  const message = error instanceof Error ? error.message : String(error);
  return { version: 1, error: { code, message, hint: known ? error.hint : '' } };
}
