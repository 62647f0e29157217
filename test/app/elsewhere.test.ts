import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planText } from '../../src/report/plan-text.ts';
import { statusText } from '../../src/report/status-text.ts';
import { styleOf } from '../../src/report/style.ts';
import { openProject, type Project } from '../helpers/project.ts';

let mine: Project;
let theirs: Project;

beforeEach(async () => {
  mine = await openProject({ simulator: { seed: 1 } });
  theirs = await openProject({ simulator: { seed: 2 } });
});
afterEach(async () => {
  await mine.close();
  await theirs.close();
});

const article = (title: string, text = 'Text.'): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;

describe('a lock file beside the token of another workspace', () => {
  beforeEach(async () => {
    await mine.write({ 'content/one.md': article('One'), 'content/two.md': article('Two') });
    await mine.sync();
    // Theirs holds an article that a new file here could be taken for.
    await theirs.write({ 'content/three.md': article('Three') });
    await theirs.sync();
    await theirs.write({
      ...Object.fromEntries(Object.keys(await theirs.files()).map((file) => [`content/${file}`, null])),
      'sync.lock.json': await mine.read('sync.lock.json'),
      'content/one.md': article('One', 'Edited.'),
      'content/two.md': article('Two'),
      'content/three.md': article('Three'),
    });
  });

  test('is told, and nothing is planned from it', async () => {
    const plan = await theirs.plan();
    expect(plan.refusals.map((one) => one.code)).toEqual(['OTHER_WORKSPACE']);
    expect({ ...plan, refusals: [] }).toMatchObject({
      operations: [],
      conflicts: [],
      behind: [],
      baseEdits: [],
      statuses: [],
    });
    const text = planText(plan, { style: styleOf(false), isVerbose: false });
    expect(text).toMatch(/^Refused: The lock file belongs to workspace/);
    expect(text).toMatch(/Nothing was planned\.\n$/);
    expect(statusText(plan, styleOf(false))).toMatch(/^Refused: [^\n]*\n {2}Use the token[^\n]*\n$/);
  });

  test('lets no answer to a conflict put files into the trash', async () => {
    const before = await theirs.files();
    await expect(theirs.resolve('one.md', 'remote')).rejects.toMatchObject({
      code: 'OTHER_WORKSPACE',
      kind: 'refused',
    });
    expect(await theirs.files()).toEqual(before);
  });

  test('links nothing to articles of that workspace', async () => {
    const lock = await theirs.read('sync.lock.json');
    await expect(theirs.adopt()).rejects.toMatchObject({ code: 'OTHER_WORKSPACE', kind: 'refused' });
    expect(await theirs.read('sync.lock.json')).toBe(lock);
  });
});
