// Bundles the command into dist/: one file to start, the rest split off and loaded only when needed.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { shelfmark: 'src/cli/main.ts' },
  outdir: 'dist',
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
