import type { Outside } from '../ports/outside.ts';
import { exitCodes } from '../app/exit-codes.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';

/** Also where the arguments are so wrong that nobody reads them any further. */
const isJson = (args: readonly string[]): boolean => {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return own.some(
    (one, at) =>
      one === '--json' || one === '--format=json' || (one === 'json' && own[at - 1] === '--format'),
  );
};

/** Carries out a command line, such as `['push', '--yes']`, to its end; gives the exit code and never throws. */
export async function shelfmark(args: readonly string[], outside: Outside): Promise<number> {
  let code: number = exitCodes.done;
  const ended = (given: number): void => {
    code = given;
  };
  try {
    await buildProgram({ ...outside, ended }).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return reportError(error, args.includes('--verbose'), isJson(args), outside);
  }
}
