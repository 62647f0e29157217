import { nodeOutside } from '../app/adapters/node-outside.ts';
import { shelfmark } from './shelfmark.ts';

/** Carries out the command line of this process. */
export async function start(): Promise<void> {
  // Whoever reads may stop at any time (`| head`); what is being done goes on to its end all the same.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exitCode = 1;
    });

  const outside = nodeOutside();
  process.exitCode = await shelfmark(process.argv.slice(2), outside);
  outside.release();
}
