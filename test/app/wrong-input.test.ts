import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject({ config: '  author: nobody@example.com\n' });
});
afterEach(async () => {
  await project.close();
});

const writes = () => project.simulator.operator.calls().filter((call) => call.method !== 'GET');

test('an author whom the workspace does not know is told by the plan, before anything is sent', async () => {
  await project.write({ 'content/guides/a.md': '# A\n\nText.\n' });
  const { plan, outcomes } = await project.push();
  expect(plan.problems.map((one) => [one.code, one.place.file, one.message])).toEqual([
    [
      'AUTHOR_UNKNOWN',
      'sync.config.yaml',
      'The workspace has no admin "nobody@example.com", whom remote.author names.',
    ],
  ]);
  expect(outcomes?.map((one) => one.operation.path)).toEqual(['guides']);
  expect(writes().map((call) => call.path)).toEqual(['/help_center/collections']);
});

test('an author in a file who is not known is told with the line', async () => {
  await project.write({
    'content/a.md': '---\ntitle: A\nstate: draft\nauthor: someone@example.com\n---\nText.\n',
  });
  const { problems } = await project.plan('push');
  expect(problems.map((one) => [one.code, one.place.file, one.place.line])).toEqual([
    ['AUTHOR_UNKNOWN', 'content/a.md', 4],
  ]);
});

test('an author of new articles is not looked up where nothing is new', async () => {
  await project.write({ 'sync.config.yaml': 'remote:\n  provider: intercom\n', 'content/a.md': '# A\n' });
  await project.push();
  await project.write({
    'sync.config.yaml': 'remote:\n  provider: intercom\n  author: nobody@example.com\n',
  });
  project.simulator.operator.clearCalls();
  expect((await project.plan('push')).problems).toEqual([]);
  expect(project.simulator.operator.calls().filter((call) => call.path.startsWith('/admins'))).toEqual([]);
});
