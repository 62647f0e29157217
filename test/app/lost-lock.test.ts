import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, body: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${body}\n`;

test.each([
  ['headings deeper than the third level', '## Two\n\nText.\n\n#### Four\n\n##### Five\n\nText.'],
  [
    'marks',
    '~~Old~~ and <u>lined</u>: press <kbd>Ctrl</kbd>+<kbd>**C**</kbd>.\n\n- one <sup>2</sup>\n\n| <sub>a</sub> |\n|---|\n| b |',
  ],
  [
    'pictures in headings',
    '## Logs ![a](https://example.com/a.png) and [![b](https://example.com/b.png)](https://example.com)\n\nText.',
  ],
  [
    'pictures in a row',
    '[![a](https://example.com/a.png)](https://example.com) ![b](https://example.com/b.png)\n\nText.',
  ],
])('articles are found again without a lock although Intercom stored less of them: %s', async (_, body) => {
  const other = 'Here is ~~nothing~~ the same.';
  await project.write({
    'content/one.md': article('One', body),
    'content/other.md': article('Other', other),
  });
  await project.push();
  await project.write({
    'sync.lock.json': null,
    'content/other.md': article('Other', other.replace('same', 'other')),
  });
  const { plan } = await project.sync();
  expect(plan.operations).toEqual([]);
  expect(plan.conflicts.map((one) => one.path)).toEqual(['other.md']);
  expect((await project.plan()).summary).toMatchObject({ unchanged: 1, conflict: 1, update: 0 });
  await project.write({ 'content/one.md': article('One', `${body}\n\nMore.`) });
  const pushed = await project.push();
  expect(pushed.plan.operations.map((one) => [one.path, one.fields.map(({ field }) => field)])).toEqual([
    ['one.md', ['body']],
  ]);
  expect((await project.plan()).summary).toMatchObject({ update: 0, conflict: 1 });
});
