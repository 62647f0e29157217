// Bundles the command into dist/: one file to start, the rest split off and loaded only when needed.
import { build } from 'esbuild';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';

// Made beside it and then put in its place file by file, so that a command that runs meanwhile finds all its parts.
const fresh = `dist/.new-${process.pid}`;
await build({
  entryPoints: { shelfmark: 'src/cli/main.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  chunkNames: 'parts/[name]-[hash]',
  banner: {
    // Some of the bundled packages are CommonJS and call require for Node's own modules.
    js: "import { createRequire as shelfmarkRequire } from 'node:module'; const require = shelfmarkRequire(import.meta.url);",
  },
});
const parts = await readdir(`${fresh}/parts`);
await mkdir('dist/parts', { recursive: true });
for (const part of parts) await rename(`${fresh}/parts/${part}`, `dist/parts/${part}`);
await rename(`${fresh}/shelfmark.js`, 'dist/shelfmark.js');
await rm(fresh, { recursive: true });
for (const part of await readdir('dist/parts')) {
  if (!parts.includes(part)) await rm(`dist/parts/${part}`, { force: true });
}
