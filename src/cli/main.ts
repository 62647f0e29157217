#!/usr/bin/env node
import { nodeOutside } from '../app/adapters/node-outside.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';

// Whoever reads may stop at any time (`| head`); what is being done goes on to its end all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = 1;
  });

const outside = nodeOutside();
try {
  const program = buildProgram(outside);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, process.argv.includes('--verbose'), process.argv.includes('--json'));
}
outside.release();
