import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Known extends Options> = ReturnType<typeof parseArgs<{ options: Known }>>['values'];

/** What is asked of a program of the proof. A name that it does not know ends it with a line that tells those it does. */
export function readOptions<const Known extends Options>(options: Known): Values<Known> {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const known = Object.entries(options).map(
      ([name, { type }]) => `--${name}${type === 'string' ? ' …' : ''}`,
    );
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${what}\nIt takes ${known.join(', ')}.\n`);
    process.exit(64);
  }
}
