#!/usr/bin/env node
import { nodeOutside } from '../app/node-outside.ts';
import { buildProgram } from './program.ts';
import { reportError } from './report-error.ts';

const outside = nodeOutside();
try {
  const program = buildProgram(outside);
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error, process.argv.includes('--verbose'), process.argv.includes('--json'));
}
outside.release();
