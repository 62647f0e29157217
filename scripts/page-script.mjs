// Bundles src/browser into one script and hands it to whoever imports "shelfmark:page-script" as a text.
import { build } from 'esbuild';
import { resolve } from 'node:path';

const name = 'shelfmark:page-script';
let bundled = null;

/** Bundled once for each process; the metafile tells which packages are in it. */
export function bundlePageScript() {
  bundled ??= build({
    absWorkingDir: resolve(import.meta.dirname, '..'),
    entryPoints: ['src/browser/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }).then(({ outputFiles, metafile }) => ({ text: outputFiles[0].text, metafile }));
  return bundled;
}

/** For esbuild. */
export const pageScriptPlugin = {
  name: 'page-script',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^shelfmark:page-script$/ }, ({ path }) => ({ path, namespace: 'page-script' }));
    onLoad({ filter: /.*/, namespace: 'page-script' }, async () => ({
      contents: (await bundlePageScript()).text,
      loader: 'text',
    }));
  },
};

/** For vitest. */
export const pageScriptForTests = {
  name: 'page-script',
  enforce: 'pre',
  resolveId: (id) => (id === name ? `\0${name}` : undefined),
  load: async (id) =>
    id === `\0${name}` ? `export default ${JSON.stringify((await bundlePageScript()).text)};` : undefined,
};
