import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const calls = (): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const { method } of project.simulator.operator.calls()) found[method] = (found[method] ?? 0) + 1;
  return found;
};
/** Articles by what they link to. */
const write = (links: Readonly<Record<string, string>>): Promise<void> =>
  project.write(
    Object.fromEntries(
      Object.entries(links).map(([name, to]) => [
        `content/${name}.md`,
        `# ${name}\n\n${[...to].map((one) => `[to ${one}](${one}.md)`).join(' ')}\n`,
      ]),
    ),
  );
const unlinked = (): readonly string[] =>
  project.simulator.operator
    .articles()
    .flatMap((one) =>
      /href="(?!.*\/articles\/\d)/.test(one.contents['en']?.body ?? '') ? [String(one.id)] : [],
    );

// Every circle needs one article that is told afterwards what could not be known before; more would be wasted calls.
test.each([
  ['two that link to each other', { a: 'b', b: 'a' }, 1],
  ['a ring', { a: 'b', b: 'c', c: 'd', d: 'e', e: 'a' }, 1],
  [
    'one that all others link to, and that links to all',
    { a: 'bcdef', b: 'a', c: 'a', d: 'a', e: 'a', f: 'a' },
    1,
  ],
  ['two circles apart', { a: 'b', b: 'a', c: 'd', d: 'c' }, 2],
  ['pages with links forth and back', { a: 'b', b: 'ac', c: 'bd', d: 'ce', e: 'd' }, 2],
  ['a circle that others lead to and from', { a: 'b', b: 'cz', c: 'b', y: 'a', z: '' }, 1],
])('%s are created with as few updates as can be', async (_, links, updates) => {
  await write(links);
  const { outcomes } = await project.push();
  expect(outcomes?.every((one) => one.status === 'done')).toBe(true);
  expect(calls()).toMatchObject({ POST: Object.keys(links).length, PUT: updates });
  expect(unlinked()).toEqual([]);
  const plan = await project.plan('sync');
  expect(plan.operations).toEqual([]);
});
