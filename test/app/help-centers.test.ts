import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

const article = (text: string): string => `---\ntitle: Install\nstate: published\n---\n\n${text}\n`;

let project: Project;

beforeEach(async () => {
  project = await openProject();
  await project.write({ 'content/guides/install.md': article('First.') });
});
afterEach(async () => {
  await project.close();
});

const openSecond = (): number =>
  project.simulator.operator.createHelpCenter({ identifier: 'second', displayName: 'Second' }).id;

test('a second help center in the workspace stops nothing: the lock file says which one this folder belongs to', async () => {
  await project.push();
  openSecond();
  await project.write({
    'content/guides/install.md': article('Second.'),
    'content/news/hello.md': article('Hello.').replace('Install', 'Hello'),
  });
  const { outcomes, plan } = await project.push();
  expect(plan.refusals).toEqual([]);
  expect(outcomes?.map((one) => one.status)).toEqual(['done', 'done', 'done']);
  expect((await project.plan()).operations).toEqual([]);
});

test('the first run asks which one is meant', async () => {
  openSecond();
  await expect(project.push()).rejects.toMatchObject({ code: 'HELP_CENTER_AMBIGUOUS' });
});

test('what the config names goes before what the lock file says, and is refused as another help center', async () => {
  await project.push();
  const second = openSecond();
  await project.write({
    'sync.config.yaml': `remote:\n  provider: intercom\n  helpCenter: ${second}\n`,
  });
  const { plan, outcomes } = await project.push();
  expect(plan.refusals.map((one) => one.code)).toEqual(['OTHER_WORKSPACE']);
  expect(plan.refusals[0]?.message).toContain(`help center ${second} of the same workspace`);
  expect(outcomes).toBeNull();
});

test('a help center that is gone while others are left is named, with the way out', async () => {
  await project.push();
  openSecond();
  const lock = await project.read('sync.lock.json');
  await project.write({ 'sync.lock.json': lock.replace(/("helpCenter": ?)"\d+"/, '$1"9999"') });
  const error: unknown = await project.push().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'HELP_CENTER_GONE', hint: expect.stringContaining('--target NAME') });
  expect(String(error)).toMatch(
    /sync\.lock\.json belongs to help center 9999.*Second.*Nothing was changed\./,
  );
});
