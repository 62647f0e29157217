import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';
import { tries } from '../helpers/long.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const calls = () => project.simulator.operator.calls();
const byMethod = (method: string): number => calls().filter((call) => call.method === method).length;

/** Text documents that people wrote, of every shape: those of the packages that the project is built with. */
function realDocuments(count: number): readonly (readonly [string, string])[] {
  const modules = join(import.meta.dirname, '../../node_modules');
  const packages = readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
  const found: (readonly [string, string])[] = [];
  for (const name of packages.toSorted()) {
    const file = name.startsWith('.')
      ? undefined
      : readdirSync(join(modules, name)).find((one) => /^readme\.md$/i.test(one));
    if (file === undefined) continue;
    const text = readFileSync(join(modules, name, file), 'utf8');
    // Pictures that were not packed along could not be sent; that is told in a test of its own.
    const hasLocalImage = /!\[[^\]]*\]\((?!https?:)|<img[^>]+src=["']?(?!https?:)/i.test(text);
    if (text.length > 400 && text.length < 15_000 && !hasLocalImage) found.push([name, text]);
    if (found.length === count) break;
  }
  return found;
}

const documentCount = tries(12, 100);

test(`${documentCount} real documents go to the help center, into an empty folder and to another help center without a change`, async () => {
  const documents = realDocuments(documentCount);
  expect(documents.length).toBe(documentCount);
  await project.write(
    Object.fromEntries(
      documents.map(([name, text], index) => [
        `content/part-${index % 7}/${name.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '')}.md`,
        `---\ntitle: ${JSON.stringify(name)}\nstate: published\n---\n\n${text}`,
      ]),
    ),
  );
  const before = await project.files();
  const first = await project.push();
  expect(first.plan.problems.filter((one) => one.severity === 'error')).toEqual([]);
  expect(first.outcomes?.filter((one) => one.status !== 'done')).toEqual([]);
  expect(await project.files()).toEqual(before);
  expect((await project.plan('sync')).operations).toEqual([]);

  const copy = await project.beside();
  await copy.pull();
  expect((await copy.plan('sync')).operations).toEqual([]);

  const elsewhere = await openProject();
  for (const [path, text] of Object.entries(await copy.files()))
    await elsewhere.write({ [`content/${path}`]: text });
  await elsewhere.push();
  expect((await elsewhere.plan('sync')).operations).toEqual([]);
  // The second help center holds the same bodies as the first, but for ids, and for the space that files have around
  // pictures which Intercom took out of headings.
  const bodies = (one: Project) =>
    Object.fromEntries(
      one.simulator.operator.articles().map((article) => [
        article.contents['en']?.title,
        article.contents['en']?.body
          .replaceAll(/ id="h_\w+"/g, '')
          .replaceAll(/#h_\w+/g, '#')
          .replaceAll(/(?<=<\/h\d>)<p class="no-margin"><\/p>(?=<div class="intercom-container">)/g, ''),
      ]),
    );
  expect(bodies(elsewhere)).toEqual(bodies(project));
  await elsewhere.close();
  await copy.close();
}, 180_000);

const articleCount = tries(150, 1000);

test(`${articleCount} articles in sixty collections take one call each, and the plan afterwards only listings`, async () => {
  const files: Record<string, string> = {};
  for (let index = 0; index < 60; index += 1)
    files[`content/${folderOf(index)}/collection.yaml`] = `name: Collection ${index}\n`;
  for (let index = 0; index < articleCount; index += 1) {
    files[`content/${folderOf(index % 60)}/article-${index}.md`] =
      `---\ntitle: Article ${index}\nstate: published\n---\n\nText of article ${index}.\n\n- one\n- two\n`;
  }
  await project.write(files);
  const { outcomes } = await project.push();
  expect(outcomes?.filter((one) => one.status !== 'done')).toEqual([]);
  expect(byMethod('POST')).toBe(articleCount + 60);
  expect(byMethod('PUT') + byMethod('DELETE')).toBe(0);
  expect(byMethod('GET')).toBeLessThanOrEqual(6);

  project.simulator.operator.clearCalls();
  const plan = await project.plan('sync');
  expect(plan.summary).toMatchObject({ unchanged: articleCount + 60, create: 0, update: 0 });
  expect(
    calls()
      .map((call) => call.path.replace(/\?.*/, ''))
      .filter((path) => !/^\/(me|articles|help_center\/(help_centers|collections))$/.test(path)),
  ).toEqual([]);
  expect(byMethod('GET')).toBeLessThanOrEqual(4 + 5 + 1 + 1);
}, 180_000);

/** Twenty collections on each of the three levels. */
function folderOf(index: number): string {
  const top = `c${index % 20}`;
  return index < 20 ? top : index < 40 ? `${top}/s` : `${top}/s/t`;
}
