// Loads TypeScript sources into a script: Node runs none by itself.
import { build } from 'esbuild';

/** @param {string} contents a module that exports what is wanted, with paths from the project's root */
export async function loadSources(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
