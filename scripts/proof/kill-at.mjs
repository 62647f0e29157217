// Loaded before the command by `npm run crash`: counts what the process does to the disk and to the network, and ends it
// with SIGKILL at one of these steps. A write that is the last step leaves half of its bytes.
import { appendFileSync, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const last = Number(process.env.PROOF_KILL_AT ?? '0');
const log = process.env.PROOF_STEPS ?? '';
const project = process.cwd();
let count = 0;

function step(name, target, before = () => undefined) {
  count += 1;
  if (log !== '') appendFileSync(log, `${name} ${target}\n`);
  if (count !== last) return;
  before();
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing may be done meanwhile.
  for (;;);
}

const isOurs = (path) => typeof path === 'string' && path.startsWith(project);
const ours = new WeakMap();

for (const name of ['readdir', 'lstat', 'mkdir', 'rename', 'unlink', 'rmdir', 'realpath', 'open']) {
  const plain = fs[name];
  fs[name] = async (...args) => {
    if (isOurs(args[0])) step(name, args[0].slice(project.length));
    const value = await plain(...args);
    if (name === 'open' && isOurs(args[0])) ours.set(value, args[0].slice(project.length));
    return value;
  };
}

const probe = await fs.open(import.meta.filename);
const handles = Object.getPrototypeOf(probe);
await probe.close();
for (const name of ['readFile', 'writeFile', 'sync', 'truncate']) {
  const plain = handles[name];
  handles[name] = function act(...args) {
    const path = ours.get(this);
    if (path !== undefined) {
      step(name, path, () => {
        if (name === 'writeFile') writeSync(this.fd, Buffer.from(args[0]).subarray(0, args[0].length / 2));
      });
    }
    return plain.apply(this, args);
  };
}

const request = http.request;
http.request = (...args) => {
  const options = args.find((one) => one?.method !== undefined) ?? {};
  const what = `${options.method ?? 'GET'} ${options.path ?? args[0]?.pathname ?? ''}`;
  step('send', what);
  const made = request(...args);
  made.prependOnceListener('response', () => step('answer', what));
  return made;
};
syncBuiltinESMExports();
