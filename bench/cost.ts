/** What running a process came to. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';

export interface Cost {
  /** Processor time of the process, user and system together; seconds. */
  readonly cpu: number;
  /** From start to end; seconds. */
  readonly wall: number;
  /** The most memory it ever held, in megabytes; 0 where it is no program of Node's. */
  readonly peak: number;
  readonly out: string;
}

/** Runs a program of Node's and says what it cost; the process measures itself, so that no child counts. */
export async function costOfNode(
  args: readonly string[],
  {
    folder,
    env = {},
    code = 0,
  }: { readonly folder: string; readonly env?: NodeJS.ProcessEnv; readonly code?: number },
): Promise<Cost> {
  const place = mkdtempSync(join(tmpdir(), 'shelfmark-cost-'));
  const [meter, file] = [join(place, 'meter.cjs'), join(place, 'cost.json')];
  writeFileSync(
    meter,
    `process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
require('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 })); });`,
  );
  try {
    const { wall, out } = await run(execPath, ['--require', meter, ...args], folder, env, code);
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as { cpu: number; peak: number }), wall, out };
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Runs any program, timed by the shell; git and the like. */
export async function costOf(program: string, args: readonly string[], folder: string): Promise<Cost> {
  const quoted = [program, ...args].map((one) => `'${one}'`).join(' ');
  const { wall, out, err } = await run(
    'bash',
    ['-c', `TIMEFORMAT='cpu %U %S'; time ${quoted} >/dev/null`],
    folder,
    {},
    0,
  );
  const [, user = '0', system = '0'] = /cpu ([\d.]+) ([\d.]+)/.exec(err) ?? [];
  return { cpu: Number(user) + Number(system), wall, peak: 0, out };
}

/** Costs of several contenders who take turns, so that a slow moment meets all of them; the median of each. */
export async function inTurns(
  rounds: number,
  contenders: Readonly<Record<string, () => Promise<Cost>>>,
): Promise<Readonly<Record<string, Cost>>> {
  const costs = new Map<string, Cost[]>(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, contend] of Object.entries(contenders)) costs.get(name)?.push(await contend());
  return Object.fromEntries([...costs].map(([name, some]) => [name, medianCost(some)]));
}

function medianCost(costs: readonly Cost[]): Cost {
  const sorted = costs.toSorted((left, right) => left.cpu - right.cpu);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  wanted: number,
): Promise<{ readonly wall: number; readonly out: string; readonly err: string }> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env, NO_COLOR: '1' } });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (out += data.toString()));
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdin.end();
    child.once('error', fail);
    child.once('close', (code) => {
      const wall = (performance.now() - start) / 1000;
      if (code === wanted) done({ wall, out, err });
      else
        fail(
          new Error(
            `${file} ${args.join(' ')} ended with ${String(code)}: ${err.slice(-500)}${out.slice(-500)}`,
          ),
        );
    });
  });
}
