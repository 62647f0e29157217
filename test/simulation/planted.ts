/* `npm run planted`: takes one safety measure away at a time, and says whether anybody noticed. */
import { catchFault } from './catch-fault.ts';
import { measures } from './measures.ts';
import { readOptions } from './options.ts';

const values = readOptions({
  /** A part of the names of the measures to try. */
  only: { type: 'string' },
  seed: { type: 'string', default: '1' },
  verbose: { type: 'boolean', default: false },
});
const chosen = measures.filter(({ name }) => values.only === undefined || name.includes(values.only));
let caught = 0;
for (const measure of chosen) {
  const found = await catchFault(measure, Number(values.seed));
  if (found !== null) caught += 1;
  if (found === null) process.stdout.write(`not noticed: without "${measure.name}"\n`);
  else if (values.verbose) process.stdout.write(`without "${measure.name}": ${found}\n`);
}
process.stdout.write(`planted: ${caught} of ${chosen.length} faults caught\n`);
if (caught < chosen.length) process.exitCode = 1;
