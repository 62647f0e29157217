// Bundles the command and the doors for scripts into dist/: files to start with, the rest split off and loaded only when
// needed. And the GitHub
// Action beside it, as a single file that needs nothing else: a workflow starts it from a bare checkout.
import { build } from 'esbuild';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { licencesOf } from './licences.mjs';
import { bundlePageScript, pageScriptPlugin } from './page-script.mjs';

// Made beside it and then put in its place file by file, so that a command that runs meanwhile finds all its parts.
const fresh = `dist/.new-${process.pid}`;
const licences = 'THIRD-PARTY-LICENCES.txt';
/**
 * gray-matter brings engines that run what a front matter says, and a YAML reader that makes functions. Neither is ever
 * called, since each call names its one engine; here they are left out, so that they cannot be.
 */
const withoutEngines = {
  name: 'without-engines',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(?:lib\/)?engines$/ }, ({ importer, path }) =>
      importer.includes('gray-matter') ? { path, namespace: 'no-engines' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'no-engines' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const common = {
  plugins: [withoutEngines, pageScriptPlugin],
  // `explain` reads its texts from the page that people read.
  loader: { '.md': 'text' },
  outdir: fresh,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // Half the size to read at every start, and the same bytes wherever it is built: nothing in it names a folder.
  minify: true,
  // Words of many languages, as letters instead of their numbers.
  charset: 'utf8',
  // The texts of all licences stand in a file beside the bundles.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  banner: {
    // Some of the bundled packages are CommonJS and call require for Node's own modules.
    js: "import { createRequire as shelfmarkRequire } from 'node:module'; const require = shelfmarkRequire(import.meta.url);",
  },
};
const command = await build({
  ...common,
  entryPoints: {
    shelfmark: 'src/cli/main.ts',
    index: 'src/library/index.ts',
    simulator: 'src/library/simulator.ts',
  },
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
});
const action = await build({
  ...common,
  entryPoints: { action: 'src/action/main.ts' },
  outExtension: { '.js': '.mjs' },
});
await writeFile(
  `${fresh}/${licences}`,
  licencesOf([command.metafile, action.metafile, (await bundlePageScript()).metafile]),
);
const parts = await readdir(`${fresh}/parts`);
await mkdir('dist/parts', { recursive: true });
for (const part of parts) await rename(`${fresh}/parts/${part}`, `dist/parts/${part}`);
await rename(`${fresh}/${licences}`, `dist/${licences}`);
for (const door of ['shelfmark', 'index', 'simulator'])
  await rename(`${fresh}/${door}.js`, `dist/${door}.js`);
await rename(`${fresh}/action.mjs`, 'dist/action.mjs');
await rm(fresh, { recursive: true });
for (const part of await readdir('dist/parts')) {
  if (!parts.includes(part)) await rm(`dist/parts/${part}`, { force: true });
}
