// What `npm test` runs: the tests, and beside them the checks of scripts/check.mjs, which take the time that the tests
// spend waiting for programs to start. What goes to it goes to vitest: npm test -- test/plan
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

function start(args, stdio) {
  const child = spawn(process.execPath, args, { stdio });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
  const ended = new Promise((done) => {
    child.on('close', (code) => done({ code, said: Buffer.concat(said).toString() }));
  });
  return { child, ended };
}

const checks = start(['scripts/check.mjs'], ['ignore', 'pipe', 'pipe']);
setPriority(checks.child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
const tests = start(['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)], 'inherit');
const [tested, checked] = await Promise.all([tests.ended, checks.ended]);
if (checked.said !== '') console.error(checked.said.trimEnd());
console.log(
  checked.code === 0 ? 'Types, lint, format and dead code: nothing found.' : 'The checks failed: see above.',
);
if (tested.code !== 0 || checked.code !== 0) process.exitCode = 1;
