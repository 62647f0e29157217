import { playScenario, type ScenarioOptions, type Verdict } from './scenario.ts';

/** Leaves out of a failing scenario whatever it fails without, and tells what remains as a story with its command. */
export async function shrink(verdict: Verdict, options: ScenarioOptions = {}): Promise<string> {
  const laws = lawsOf(verdict);
  let skip = new Set(options.skip);
  let smallest = verdict;
  for (let number = verdict.happenings; number > 0; number -= 1) {
    if (skip.has(number)) continue;
    const fewer = new Set([...skip, number]);
    const again = await playScenario(verdict.seed, { ...options, skip: fewer });
    if (lawsOf(again) !== laws) continue;
    skip = fewer;
    smallest = again;
  }
  const without =
    skip.size === 0 ? '' : ` --skip ${[...skip].toSorted((left, right) => left - right).join(',')}`;
  const kinds = options.only === undefined ? '' : ` --only ${options.only.join()}`;
  return [
    `seed ${verdict.seed} fails:`,
    ...smallest.broken.slice(0, 8).map((one) => `  ${one}`),
    ...smallest.story.map((one) => `    ${one}`),
    `  npm run soak -- --seed ${verdict.seed} --scenarios 1${without}${kinds}`,
  ].join('\n');
}

const lawsOf = (verdict: Verdict): string =>
  [...new Set(verdict.broken.map((one) => one.slice(0, 3)))].sort().join();
