// Bundles one of the programs of the proof, since Node runs no TypeScript by itself, and runs it with the arguments given.
import { build } from 'esbuild';
import { pageScriptPlugin } from '../page-script.mjs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { spawn } from 'node:child_process';

const [name, ...rest] = process.argv.slice(2);
// It is the command of now that is killed, not that of the last build.
if (name === 'crash') await import('../build.mjs');
const folder = resolve(import.meta.dirname, '../../node_modules/.cache/shelfmark-proof');
await mkdir(folder, { recursive: true });
const file = join(folder, `${name}-${process.pid}.mjs`);
await build({
  entryPoints: [resolve(import.meta.dirname, `../../test/simulation/${name}.ts`)],
  outfile: file,
  bundle: true,
  plugins: [pageScriptPlugin],
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'inline',
  logLevel: 'warning',
});
// Worlds come and go: with room for them they go at little cost.
const child = spawn(process.execPath, ['--enable-source-maps', '--max-semi-space-size=64', file, ...rest], {
  stdio: 'inherit',
});
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
