// Says a new version number in all articles of a project, then shows what a push would change.
//
//   node bump-version.mjs 4.2 4.3
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openProject } from 'shelfmark';

const [before, after] = process.argv.slice(2);
if (before === undefined || after === undefined) throw new Error('Say the old and the new version.');

const project = await openProject();
for (const entry of await project.list()) {
  if (entry.kind !== 'article') continue;
  for (const { file, body } of Object.values(entry.locales)) {
    if (!body.includes(before)) continue;
    const path = join(project.content, file);
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll(before, after));
    console.log(`changed ${file}`);
  }
}

const { summary, problems } = await project.plan({ direction: 'push' });
for (const one of problems) console.log(`${one.place.file}:${one.place.line} ${one.message}`);
console.log(`A push would update ${summary.update} and create ${summary.create}.`);
