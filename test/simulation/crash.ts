/* `npm run crash`: kills the real command at each of its steps, and the figures in one line. */
import { survive } from './real-process.ts';
import { Stream } from './stream.ts';
import { makeScene } from './systematic.ts';
import { readOptions } from './options.ts';

const values = readOptions({
  /** Every how many steps. */
  every: { type: 'string', default: '1' },
  /** This step only, and this one after it. */
  step: { type: 'string' },
  second: { type: 'string' },
  command: { type: 'string' },
  seed: { type: 'string', default: '1' },
});
const scene = await makeScene();
const chance = new Stream(Number(values.seed), 'crash');
const directions = (['sync', 'push', 'pull'] as const).filter(
  (one) => values.command === undefined || one === values.command,
);
const total = { steps: 0, kills: 0, twice: 0, failed: 0 };
for (const direction of directions) {
  const wholes = new Set(scene.content.wholes);
  const plain = await survive(scene, { direction, at: [0] }, wholes, true);
  if (plain.broken.length > 0) fail(`${direction} without a kill`, plain.broken, plain.story);
  total.steps += plain.steps.length;
  const steps = values.step === undefined ? numbers(plain.steps.length) : [Number(values.step)];
  for (const step of steps) {
    // Each kill, and for some of them another one right in the run that was to mend it.
    const second =
      values.second === undefined ? chance.between(1, plain.steps.length) : Number(values.second);
    const isTwice = values.step === undefined ? chance.isLucky(0.2) : values.second !== undefined;
    const at = isTwice ? [step, second] : [step];
    const after = await survive(scene, { direction, at }, wholes);
    total.kills += after.killed.filter(Boolean).length;
    if (isTwice) total.twice += 1;
    const broken =
      after.broken.length === 0 && after.outcome !== plain.outcome
        ? ['I7 it does not end as without the kill', ...difference(plain.outcome, after.outcome)]
        : after.broken;
    if (broken.length > 0) {
      const again = `npm run crash -- --command ${direction} --step ${step}${isTwice ? ` --second ${second}` : ''}`;
      fail(`${direction} killed at step ${at.join(' and ')} (${after.steps.at(-1) ?? ''})`, broken, [
        ...after.story,
        again,
      ]);
    }
  }
}
process.stdout.write(
  `crash: ${directions.length} commands, ${total.steps} steps, ${total.kills} kills, ${total.twice} of them followed by a second one, ${total.failed} not survived\n`,
);
if (total.failed > 0) process.exitCode = 1;

function numbers(count: number): readonly number[] {
  const every = Number(values.every);
  return Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every);
}

function fail(what: string, broken: readonly string[], story: readonly string[]): void {
  total.failed += 1;
  if (total.failed > 10) return;
  process.stdout.write(`${what}:\n  ${broken.slice(0, 8).join('\n  ')}\n    ${story.join('\n    ')}\n`);
}

function difference(wanted: string, found: string): readonly string[] {
  const left = wanted.split('\n');
  const right = found.split('\n');
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
  ];
}
