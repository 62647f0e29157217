/* The page about scripts: its examples are run, by the package's own name, and its options and methods are those of the types. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

// Below the project, so that it is found under its name, and where nobody looks for content.
beforeAll(async () => {
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(root, 'node_modules/.cache/shelfmark-examples-'));
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'node_modules/shelfmark/package.json'));
  await cp(join(root, 'dist'), join(folder, 'node_modules/shelfmark/dist'), { recursive: true });
  await writeFile(join(folder, 'sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await mkdir(join(folder, 'content'));
  await writeFile(join(folder, 'content/a.md'), '---\ntitle: A\n---\n\nSince version 4.2.\n');
  await writeFile(join(folder, 'content/a.fr.md'), '---\ntitle: A\n---\n\nDepuis la version 4.2.\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: folder });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += String(text)));
    child.on('close', (code) => done({ code, out }));
  });
}

const page = () => readFile(join(root, 'docs/library.md'), 'utf8');
const blocks = (text: string): readonly string[] =>
  [...text.matchAll(/^```js\n([^]*?)^```$/gm)].map((one) => one[1] ?? '');

test('both examples of the page run as they are', async () => {
  const [project = '', simulator = ''] = blocks(await page());
  await mkdir(join(folder, 'help-center/content'), { recursive: true });
  await writeFile(join(folder, 'help-center/sync.config.yaml'), 'remote:\n  provider: simulator\n');
  await writeFile(join(folder, 'help-center/content/b.md'), '---\ntitle: B\n---\n\nText.\n');
  await writeFile(join(folder, 'project.mjs'), project);
  await writeFile(join(folder, 'simulator.mjs'), simulator);
  const [first, second] = [await run('project.mjs'), await run('simulator.mjs')];
  expect([first.code, first.out]).toEqual([0, expect.stringMatching(/create: 1[^]*status: 'done'/)]);
  expect([second.code, second.out]).toEqual([
    0,
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ \S+ http/),
  ]);
});

test('the script that bumps a version changes all languages, and tells what a push would do', async () => {
  await cp(join(root, 'docs/examples/bump-version.mjs'), join(folder, 'bump-version.mjs'));
  const { code, out } = await run('bump-version.mjs', '4.2', '4.3');
  expect([code, out]).toEqual([0, 'changed a.md\nchanged a.fr.md\nA push would update 0 and create 1.\n']);
  expect(await readFile(join(folder, 'content/a.fr.md'), 'utf8')).toContain('version 4.3');
});

test('the test of a script against the simulator passes', async () => {
  await cp(
    join(root, 'docs/examples/script-under-test.test.mjs'),
    join(folder, 'script-under-test.test.mjs'),
  );
  await writeFile(join(folder, 'vitest.config.mjs'), 'export default {};\n');
  const { code, out } = await run(join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder);
  expect([code, out]).toEqual([0, expect.stringMatching(/2 passed/)]);
});

test('a script that only imports it ends at once', async () => {
  const loaded = 'import("shelfmark").then((door) => console.log(Object.keys(door).sort().join(" ")));';
  expect(await run('--input-type=module', '-e', loaded)).toEqual({
    code: 0,
    out: 'ShelfmarkError convert openProject startSimulator\n',
  });
});

test('the page names every option and every method, and none that is not there', async () => {
  const [text, types] = [await page(), await readFile(join(root, 'types/index.d.ts'), 'utf8')];
  const body = (name: string): string =>
    new RegExp(`interface ${name}[^{]*\\{([^]*?)^\\}`, 'm').exec(types)?.[1] ?? '';
  const options = [...body('OpenOptions').matchAll(/^ {2}readonly (\w+)\?:/gm)].map((one) => one[1]);
  const methods = [...body('Project').matchAll(/^ {2}(\w+)\(/gm)].map((one) => one[1]);
  const rows = [...text.matchAll(/^\| (`.*?)\s*\|/gm)].flatMap((row) =>
    [...(row[1] ?? '').matchAll(/`(\w+)/g)].map((one) => one[1]),
  );
  expect(rows).toEqual([...options, ...methods]);
});
