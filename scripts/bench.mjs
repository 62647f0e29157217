// Runs a benchmark of bench/, all of it where none is named: node scripts/bench.mjs pace
import { build } from 'esbuild';
import { pageScriptPlugin } from './page-script.mjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';

const [name = 'everything', ...args] = process.argv.slice(2);
if (!/^[\w-]+$/.test(name)) {
  console.error('Name a benchmark of the folder bench, such as: node scripts/bench.mjs pace');
  process.exit(64);
}
// Within the project, so that packages are found.
const folder = await mkdtemp(join('node_modules', '.bench-'));
try {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    plugins: [pageScriptPlugin],
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  });
  execFileSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
} finally {
  await rm(folder, { recursive: true });
}
