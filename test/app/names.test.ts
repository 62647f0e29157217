import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\nAll about ${title}.\n`;

async function move(from: string, to: string): Promise<void> {
  const target = join(project.folder, 'content', to);
  await mkdir(dirname(target), { recursive: true });
  await rename(join(project.folder, 'content', from), target);
}

const ids = (): readonly (readonly [number, string | undefined])[] =>
  project.simulator.operator.articles().map((one) => [one.id, one.contents['en']?.title]);
const writes = (): readonly string[] =>
  project.simulator.operator
    .calls()
    .filter((call) => call.method !== 'GET')
    .map((call) => call.method);

/** Pushes, and demands that every article kept its id and that nothing is left to do. */
async function pushed(): Promise<readonly string[]> {
  const before = ids();
  project.simulator.operator.clearCalls();
  const { plan } = await project.push();
  expect(plan.problems.filter((one) => one.severity === 'error')).toEqual([]);
  expect(ids()).toEqual(before);
  const made = writes();
  const again = await project.plan();
  expect([again.operations, again.baseEdits, again.conflicts]).toEqual([[], [], []]);
  return made;
}

describe('a rename in the folder', () => {
  test('that changes the case alone costs no call', async () => {
    await project.write({ 'content/faq/Install.md': article('Install') });
    await project.push();
    await move('faq/Install.md', 'faq/install.md');
    expect(await pushed()).toEqual([]);
  });

  test('of a folder that changes the case alone costs no call', async () => {
    await project.write({
      'content/Faq/collection.yaml': 'name: FAQ\n',
      'content/Faq/install.md': article('Install'),
    });
    await project.push();
    await move('Faq', 'faq');
    expect(await pushed()).toEqual([]);
  });

  test('from one spelling of an accent to the other, as disks of different systems write it, costs no call', async () => {
    const composed = 'caf\u00e9.md';
    const decomposed = 'cafe\u0301.md';
    await project.write({ [`content/${composed}`]: article('Cafés') });
    await project.push();
    await move(composed, decomposed);
    expect(await pushed()).toEqual([]);
  });

  test('of two files into each other’s names is no edit of either', async () => {
    await project.write({ 'content/one.md': article('One'), 'content/two.md': article('Two') });
    await project.push();
    await move('one.md', 'three.md');
    await move('two.md', 'one.md');
    await move('three.md', 'two.md');
    expect(await pushed()).toEqual([]);
  });

  test('of three files in a circle across folders moves each with one call', async () => {
    await project.write({
      'content/a/one.md': article('One'),
      'content/b/two.md': article('Two'),
      'content/c/three.md': article('Three'),
      'content/a/stay.md': article('Stay A'),
      'content/b/stay.md': article('Stay B'),
      'content/c/stay.md': article('Stay C'),
    });
    await project.push();
    await move('a/one.md', 'b/one.md');
    await move('b/two.md', 'c/two.md');
    await move('c/three.md', 'a/three.md');
    expect(await pushed()).toEqual(['PUT', 'PUT', 'PUT']);
  });

  test('that shifts the numbers of all files to make room for a new one creates the new one alone', async () => {
    await project.write({
      'content/01-install.md': article('Install'),
      'content/02-use.md': article('Use'),
      'content/03-ask.md': article('Ask'),
    });
    await project.push();
    const before = ids();
    await move('03-ask.md', '04-ask.md');
    await move('02-use.md', '03-ask.md');
    await move('01-install.md', '02-use.md');
    await project.write({ 'content/01-install.md': article('Welcome') });
    project.simulator.operator.clearCalls();
    await project.push();
    expect(writes()).toEqual(['POST']);
    expect(ids().slice(0, 3)).toEqual(before);
    expect((await project.plan()).operations).toEqual([]);
  });

  test('of two folders into each other’s names costs no call where they have names of their own', async () => {
    for (const name of ['Alpha', 'Beta'])
      await project.write({
        [`content/${name}/collection.yaml`]: `name: The ${name}\n`,
        [`content/${name}/index.md`]: article(`About ${name}`),
        [`content/${name}/more.md`]: article(`More of ${name}`),
      });
    await project.push();
    await move('Alpha', 'Gamma');
    await move('Beta', 'Alpha');
    await move('Gamma', 'Beta');
    expect(await pushed()).toEqual([]);
  });

  test('that is none, but an exchange of names in two collection files, is sent as such', async () => {
    for (const name of ['alpha', 'beta'])
      await project.write({
        [`content/${name}/collection.yaml`]: `name: The ${name}\n`,
        [`content/${name}/index.md`]: article(`About ${name}`),
      });
    await project.push();
    await project.write({
      'content/alpha/collection.yaml': 'name: The beta\n',
      'content/beta/collection.yaml': 'name: The alpha\n',
    });
    expect(await pushed()).toEqual(['PUT', 'PUT']);
  });

  test('onto the name of a file whose text went nowhere is an edit of that one', async () => {
    await project.write({ 'content/one.md': article('One'), 'content/two.md': article('Two') });
    await project.push();
    await project.write({ 'content/two.md': article('One') });
    expect((await project.plan('push')).operations.map((one) => `${one.action} ${one.path}`)).toEqual([
      'update two.md',
    ]);
  });

  test('of a file with its translations keeps them together', async () => {
    await project.write({
      'content/old/one.md': article('One'),
      'content/old/one.fr.md': '---\ntitle: Un\nstate: published\n---\n\nTout.\n',
      'content/old/stay.md': article('Stay'),
    });
    await project.push();
    await move('old/one.md', 'old/uno.md');
    await move('old/one.fr.md', 'old/uno.fr.md');
    expect(await pushed()).toEqual([]);
  });

  test('of a file that is edited as well is found by what is left of its text', async () => {
    const long = `${article('Install')}\nOne more.\n\nAnd another.\n\nThe last one.\n`;
    await project.write({ 'content/a/install.md': long, 'content/b/use.md': article('Use') });
    await project.push();
    await move('a/install.md', 'b/set-up.md');
    await project.write({ 'content/b/set-up.md': long.replace('And another', 'And yet another') });
    const made = await pushed();
    expect(made.filter((one) => one === 'PUT').length).toBeGreaterThan(0);
    expect(made).not.toContain('POST');
  });
});

describe('titles from the help center', () => {
  test('become files that every system can hold, each with a name of its own', async () => {
    const { operator } = project.simulator;
    for (const title of [
      'CON',
      'nul',
      'Résumé',
      'resume',
      'RESUME',
      '../../etc/passwd',
      '.hidden',
      '???',
      '日本語',
      'a'.repeat(250),
    ])
      operator.createArticle({ title, body: `<p>${title}</p>`, state: 'published', parentId: null });
    await project.pull();
    const names = Object.keys(await project.files());
    expect(names).toHaveLength(10);
    const folded = names.map((name) => name.normalize('NFC').toLowerCase());
    expect(new Set(folded).size).toBe(10);
    for (const name of names) {
      expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]*\.md$/u);
      expect(name).not.toMatch(/^(con|nul|prn|aux|com\d|lpt\d)\.md$/i);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    }
    const again = await project.plan();
    expect([again.operations, again.baseEdits, again.conflicts]).toEqual([[], [], []]);
  });
});
