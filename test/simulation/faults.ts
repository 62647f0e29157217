/* `npm run faults`: every step of a run fails in every way, and the figures in one line. */
import { faultsOf, makeScene, playFault, printFault } from './systematic.ts';
import { readOptions } from './options.ts';

const values = readOptions({ every: { type: 'string', default: '1' }, step: { type: 'string' } });
const scene = await makeScene();
const plain = await playFault(scene, null);
if (plain.broken.length > 0) {
  process.stdout.write(`without any fault:\n  ${[...plain.broken, ...plain.story].join('\n  ')}\n`);
  process.exitCode = 1;
}
let played = 0;
let failed = 0;
for (const step of plain.steps) {
  if (values.step !== undefined && step.number !== Number(values.step)) continue;
  for (const fault of faultsOf(step)) {
    played += 1;
    if (played % Number(values.every) !== 0) continue;
    const after = await playFault(scene, { step: step.number, fault });
    const broken = [...after.broken];
    if (after.outcome !== plain.outcome && broken.length === 0)
      broken.push(...difference(plain.outcome, after.outcome));
    if (broken.length === 0) continue;
    failed += 1;
    if (failed <= 20)
      process.stdout.write(
        `${printFault(step, fault)}:\n  ${broken.slice(0, 6).join('\n  ')}\n    ${after.story.join('\n    ')}\n`,
      );
  }
}
process.stdout.write(
  `faults: ${plain.steps.length} steps, ${Math.floor(played / Number(values.every))} faults played, ${failed} not survived\n`,
);
if (failed > 0) process.exitCode = 1;

function difference(wanted: string, found: string): readonly string[] {
  const left = new Set(wanted.split('\n'));
  const right = new Set(found.split('\n'));
  return [
    'I7 it does not end as without the fault',
    ...[...left].filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...[...right].filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ];
}
