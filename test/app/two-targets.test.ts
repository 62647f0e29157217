/* One folder and two help centers: what a pull from one of them brought is known as such to a run for the other. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyRun, type RunResult } from '../../src/app/run.ts';
import { findConfig } from '../../src/config/find-config.ts';
import type { Direction } from '../../src/model/plan.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { outsideOf } from '../helpers/outside.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;
let staging: Simulator;

beforeEach(async () => {
  staging = await startSimulator({ seed: 2 });
  project = await openProject({
    config: 'targets:\n  staging: { remote: { provider: intercom }, tokenVariable: STAGING_TOKEN }\n',
  });
  await project.write({ [file]: text });
  await project.sync();
  await withStaging('sync');
  await project.git('add', '-A');
  await project.git('commit', '-q', '-m', 'synced');
});
afterEach(async () => {
  await project.close();
  await staging.close();
});

const file = 'content/prices.md';
const text = '---\ntitle: Prices\nstate: published\n---\n\nIt costs ten.\n\nAsk us.\n';
const configFor = (target: string | null) => findConfig(nodeFiles, project.folder, { file: null, target });
const stagingOutside = () =>
  outsideOf(project.folder, { env: { INTERCOM_URL: staging.url, STAGING_TOKEN: staging.token } });

async function withStaging(direction: Direction): Promise<RunResult> {
  const config = await configFor('staging');
  const options = { config, direction, allowDeletes: null, allowEmptied: false };
  const heard = { tell: () => undefined, onCall: () => undefined, confirm: async () => true };
  return applyRun({ ...options, ...heard }, stagingOutside());
}

const bodyAt = ({ operator }: Simulator): string => operator.articles()[0]?.contents['en']?.body ?? '';

/** A teammate edits it in staging; that is pulled, and pushed to the usual help center. */
async function editedInStaging(): Promise<void> {
  const [article] = staging.operator.articles();
  staging.operator.editArticle(article?.id ?? 0, {
    body: bodyAt(staging).replace('ten', 'twenty, says a teammate'),
  });
  await withStaging('pull');
  await project.push();
  expect(bodyAt(project.simulator)).toContain('twenty, says a teammate');
}

test('what was pulled from staging and put back by git is no edit for the other help center', async () => {
  await editedInStaging();
  await project.git('checkout', '-q', '--', 'content');
  expect(await project.read(file)).toBe(text);
  const { plan } = await project.push();
  expect(plan.problems.map((one) => one.code)).toEqual(['PUT_BACK']);
  expect(bodyAt(project.simulator)).toContain('twenty, says a teammate');
  await project.sync();
  await withStaging('sync');
  expect(await project.read(file)).toContain('twenty, says a teammate');
  expect(bodyAt(staging)).toContain('twenty, says a teammate');
});

test('so it is once all of it was committed', async () => {
  await editedInStaging();
  await project.git('commit', '-q', '-a', '-m', 'pulled');
  await project.write({ [file]: text });
  const { plan } = await project.sync();
  expect(plan.problems.map((one) => one.code)).toEqual(['PUT_BACK']);
  expect(bodyAt(project.simulator)).toContain('twenty, says a teammate');
  expect(await project.read(file)).toContain('twenty, says a teammate');
});

test('it is taken back on purpose from either help center', async () => {
  await editedInStaging();
  await project.write({ [file]: text });
  await project.push({ takeBack: true });
  expect(bodyAt(project.simulator)).not.toContain('twenty');
  const { plan, outcomes } = await project.sync();
  expect([plan.operations, plan.problems, outcomes]).toEqual([[], [], []]);
});

test('what is restored on purpose is an edit for both', async () => {
  await editedInStaging();
  await project.git('commit', '-q', '-a', '-m', 'pulled');
  await project.restore('prices.md');
  expect(await project.read(file)).toBe(text);
  await project.push();
  await withStaging('push');
  expect([bodyAt(project.simulator), bodyAt(staging)].join()).not.toContain('twenty');
});
