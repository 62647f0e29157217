/* `npm run soak`: scenarios by the thousand, and the figures in one line. */
import {
  hasTwoTargets,
  playScenario,
  type EventKind,
  type ScenarioOptions,
  type Verdict,
} from './scenario.ts';
import { shrink } from './shrink.ts';
import { readOptions } from './options.ts';

const values = readOptions({
  scenarios: { type: 'string', default: '1000' },
  seed: { type: 'string', default: '1' },
  skip: { type: 'string', default: '' },
  trace: { type: 'boolean', default: false },
  twice: { type: 'boolean', default: false },
  stop: { type: 'string', default: '10' },
  /** Only folders with two targets. */
  targets: { type: 'boolean', default: false },
  only: { type: 'string' },
});
const first = Number(values.seed);
const count = Number(values.scenarios);
const skip = new Set(
  values.skip
    .split(',')
    .filter((one) => one !== '')
    .map(Number),
);
const only = values.only === undefined ? undefined : (values.only.split(',') as EventKind[]);
const options: ScenarioOptions = { skip, keepsLog: values.trace, ...(only === undefined ? {} : { only }) };
// Errors are thrown by the thousand here, and nobody reads where.
if (!values.trace) Error.stackTraceLimit = 0;
const start = process.cpuUsage();
const total = {
  scenarios: 0,
  steps: 0,
  runs: 0,
  failed: 0,
  held: 0,
  overrun: 0,
  twins: 0,
  undone: 0,
  most: 0,
  events: 0,
  lost: 0,
  doubled: 0,
  unstable: 0,
};
let isInterrupted = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => void (isInterrupted = true));
let told = 0;
for (let seed = first; seed < first + count && total.failed < Number(values.stop); seed += 1) {
  if (total.scenarios % 50 === 0) await nextTurn();
  if (isInterrupted) break;
  if (values.targets && !hasTwoTargets(seed)) continue;
  const verdict = await playScenario(seed, options);
  count_(verdict);
  if (values.twice && (await playScenario(seed, options)).trace !== verdict.trace) {
    total.unstable += 1;
    process.stdout.write(`seed ${seed} leaves another trace the second time\n`);
  }
  if (values.trace) process.stdout.write(`${verdict.story.join('\n')}\n${verdict.broken.join('\n')}\n`);
  else if (verdict.broken.length > 0) process.stdout.write(`${await shrink(verdict, options)}\n`);
}
if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
const { user, system } = process.cpuUsage(start);
const seconds = (user + system) / 1e6;
process.stdout.write(
  `soak: ${total.scenarios} scenarios, ${total.runs} runs, ${total.steps} steps, ${total.failed} failed, ${total.lost} with words lost, ${total.doubled} with duplicates, ${total.twins} made twice and told, ${total.undone} words undone by git and an edit on top, ${total.overrun} words overrun in the window, ${total.held} held for a person, at most ${total.most} runs to get in step, ${(total.scenarios / seconds).toFixed(0)} scenarios per second of one core\n`,
);
if (total.failed + total.unstable > 0) process.exitCode = 1;

/** Signals are heard between scenarios only, since the time of a scenario is not that of the machine. */
async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (!process.stderr.isTTY || Date.now() - told < 500) return;
  told = Date.now();
  process.stderr.write(`\r\u001B[K${total.scenarios} of ${count} scenarios, ${total.failed} failed`);
}

function count_(verdict: Verdict): void {
  total.scenarios += 1;
  total.steps += verdict.steps;
  total.runs += verdict.runs;
  total.held += verdict.held > 0 ? 1 : 0;
  total.overrun += verdict.overrun;
  total.twins += verdict.twins;
  total.undone += verdict.undone;
  total.most = Math.max(total.most, verdict.roundsToCalm);
  if (verdict.broken.length > 0) total.failed += 1;
  if (verdict.broken.some((one) => one.startsWith('I1 '))) total.lost += 1;
  if (verdict.broken.some((one) => one.startsWith('I3 '))) total.doubled += 1;
}
