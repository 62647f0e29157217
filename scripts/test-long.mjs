// The long searches: every test with all that it can try, then the properties from other seeds.
//     npm run test:long [-- --seeds 5]
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '3' } } });

function vitest(env, files = []) {
  console.log(
    `\n${Object.entries(env)
      .map((pair) => pair.join('='))
      .join(' ')} vitest run\n`,
  );
  execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
}

const properties = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => join('test', name))
  .filter((name) => name.endsWith('.test.ts') && readFileSync(name, 'utf8').includes("from 'fast-check'"));

vitest({ TEST_LONG: '1' });
// From seeds that nobody chose, so that each night looks elsewhere; the seed stands above what it finds.
for (let count = 0; count < Number(values.seeds); count += 1)
  vitest({ PROPERTY_SEED: String(1 + Math.floor(Math.random() * 1e9)) }, properties);
