// Makes schemas/ from the schemas that decode what people write, for their editors. With --check it says whether what is
// there is still that.
//
//   node scripts/schemas.mjs [--check]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { loadSources } from './load-sources.mjs';

const { toJSONSchema, configSchema, collectionSchema, frontMatterSchema } = await loadSources(`
  export { toJSONSchema } from 'zod';
  export { configSchema } from './src/config/schema.ts';
  export { collectionSchema, frontMatterSchema } from './src/local/key-schema.ts';`);

const made = {
  'sync.config.json': ['The settings of a Shelfmark project: sync.config.yaml', configSchema],
  'collection.json': ['A collection of a Shelfmark project: collection.yaml', collectionSchema],
  'front-matter.json': ['The front matter of an article of a Shelfmark project', frontMatterSchema],
};
const isCheck = process.argv.includes('--check');
let isCurrent = true;
await mkdir('schemas', { recursive: true });
for (const [name, [title, schema]] of Object.entries(made)) {
  // What people write, before usual values are filled in. Editors know this version best.
  const { $schema, ...rest } = toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  const text = `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
  const path = `schemas/${name}`;
  if (!isCheck) await writeFile(path, text);
  else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is not what the sources say. Run "node scripts/schemas.mjs".\n`);
    isCurrent = false;
  }
}
process.exitCode = isCurrent ? 0 : 1;
