// Types, lint, format and dead code at once: node scripts/check.mjs. What finds something prints it, one after the other.
import { spawn } from 'node:child_process';

const checks = ['typecheck', 'lint', 'format:check', 'deadcode'];

function run(name) {
  return new Promise((done) => {
    const child = spawn('npm', ['run', '--silent', name], { shell: process.platform === 'win32' });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
    child.on('close', (code) => done({ name, code, said: Buffer.concat(said).toString() }));
  });
}

const failed = (await Promise.all(checks.map(run))).filter((one) => one.code !== 0);
for (const { name, said } of failed) console.error(`npm run ${name} failed:\n${said}`);
if (failed.length > 0) process.exitCode = 1;
