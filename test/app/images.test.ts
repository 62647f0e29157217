import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';

/** The smallest PNG there is, with a byte at its end to tell one from another. */
const png = (mark: number): Uint8Array =>
  Uint8Array.from([
    ...Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    mark,
  ]);

let project: Project;

beforeEach(async () => {
  project = await openProject({
    config: 'assets:\n  baseUrl: https://cdn.example.com/{path}?v={hash}\n',
    simulator: {
      assets: async (url) => (url.startsWith('https://editor.example.com/') ? png(7) : png(1)),
    },
  });
  await project.write({
    'content/guides/look.md':
      '---\ntitle: Look\nstate: published\n---\n\nFirst.\n\n![The settings](images/settings.png)\n\nLast.\n',
  });
  await project.write({ 'content/guides/images/settings.png': '' });
  await writeFile(join(project.folder, 'content/guides/images/settings.png'), png(1));
});
afterEach(async () => {
  await project.close();
});

const article = () => project.simulator.operator.articles()[0];
const body = (): string => article()?.contents['en']?.body ?? '';
const sent = (): readonly string[] =>
  project.simulator.operator
    .calls()
    .filter((call) => call.method !== 'GET')
    .map((call) => call.body);

test('a local image is sent by its public address, and what comes back stays tied to the file', async () => {
  await project.push();
  expect(sent().join()).toMatch(/https:\/\/cdn\.example\.com\/guides\/images\/settings\.png\?v=/);
  expect(body()).toContain('downloads.intercomcdn.com');
  const plan = await project.plan('sync');
  expect(plan.operations).toEqual([]);
  expect(plan.problems).toEqual([]);
});

test('an edit beside the image in the help center leaves the line of the image as it is', async () => {
  await project.push();
  project.simulator.operator.editArticle(article()?.id ?? 0, { body: body().replace('Last.', 'At last.') });
  await project.pull();
  expect(await project.read('content/guides/look.md')).toContain(
    '\n![The settings](images/settings.png)\n\nAt last.\n',
  );
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('a changed picture under its old name is sent again under a new address', async () => {
  await project.push();
  project.simulator.operator.clearCalls();
  await writeFile(join(project.folder, 'content/guides/images/settings.png'), png(2));
  const { plan } = await project.push();
  expect(plan.operations.map((one) => [one.action, one.path])).toEqual([['update', 'guides/look.md']]);
  expect(sent().length).toBe(1);
  expect((await project.plan('sync')).operations).toEqual([]);
});

test('an image that a teammate adds is written beside the article', async () => {
  await project.push();
  const teammate = await project.beside('assets:\n  download: false\n');
  await teammate.pull();
  const theirs = await teammate.read('content/guides/look.md');
  await teammate.write({
    'content/guides/look.md': `${theirs}\n![New](https://editor.example.com/New%20Shot.png)\n`,
  });
  await teammate.push();
  await teammate.close();
  const { outcomes } = await project.pull();
  expect(outcomes?.map((one) => [one.status, one.message])).toEqual([['done', null]]);
  const text = await project.read('content/guides/look.md');
  const file = /!\[New\]\((images\/[^)]+\.png)\)/.exec(text)?.[1] ?? '';
  expect(text).toContain('![The settings](images/settings.png)');
  expect(new Uint8Array(await readFile(join(project.folder, 'content/guides', file)))).toEqual(png(7));
  const plan = await project.plan('sync');
  expect(plan.operations).toEqual([]);
  expect(plan.problems).toEqual([]);
});

test('an image that cannot be fetched stays an address without its expiring query', async () => {
  await project.push();
  const stored =
    '<div class="intercom-container"><img src="https://downloads.intercomcdn.com/i/o/1/abc/gone.png?expires=1&amp;signature=f00" alt="Gone"></div>';
  project.simulator.operator.editArticle(article()?.id ?? 0, { storedBody: `${body()}${stored}` });
  const { plan } = await project.pull();
  expect(await project.read('content/guides/look.md')).toContain(
    '![Gone](https://downloads.intercomcdn.com/i/o/1/abc/gone.png)',
  );
  expect(plan.problems).toMatchObject([
    {
      severity: 'warning',
      code: 'IMAGE_NOT_FETCHED',
      place: { file: 'content/guides/look.md' },
      message:
        'The image https://downloads.intercomcdn.com/i/o/1/abc/gone.png could not be fetched: the answer was 404. It stays an address.',
    },
  ]);
  expect((await project.plan('sync')).operations).toEqual([]);
  const withAddresses = await project.beside('assets:\n  download: false\n');
  expect((await withAddresses.pull()).plan.problems).toEqual([]);
  await withAddresses.close();
});

test('images are found by file and line when they are missing or have no public address', async () => {
  await project.write({
    'content/guides/look.md': '---\ntitle: Look\n---\n\nText.\n\n![x](images/nowhere.png)\n',
  });
  const missing = await project.push();
  expect(missing.plan.problems.map((one) => [one.code, one.place.file, one.place.line])).toEqual([
    ['IMAGE_MISSING', 'content/guides/look.md', 7],
  ]);
  expect(missing.outcomes?.map((one) => one.operation.path)).toEqual(['guides']);
});

test('a picture of a kind that Intercom does not name is told', async () => {
  await project.write({
    'content/guides/look.md': '---\ntitle: Look\n---\n\n![x](new.webp)\n\n![x](old.png)\n',
    'content/guides/new.webp': 'x',
    'content/guides/old.png': 'x',
  });
  const { problems } = await project.validate();
  expect(problems.map(({ code, place, message }) => `${code} ${place.line} ${message}`)).toEqual([
    'IMAGE_KIND 5 Intercom takes pictures as PNG, JPEG, GIF and SVG, and this one is WEBP.',
  ]);
});

test('files that meet an existing help center are linked although their images have other addresses there', async () => {
  await project.push();
  const other = await project.beside();
  await other.write({
    'content/guides/look.md': await project.read('content/guides/look.md'),
    'content/guides/images/settings.png': '',
  });
  await writeFile(join(other.folder, 'content/guides/images/settings.png'), png(1));
  const plan = await other.plan('sync');
  expect(plan.conflicts).toEqual([]);
  expect(plan.summary).toMatchObject({ adopt: 2, create: 0, update: 0 });
  await other.close();
});

test('a lost lock is found again where pictures come from elsewhere in the web', async () => {
  const shots =
    '![A shot](https://example.com/shots/my%20shot.png)\n\nText with ![b](https://example.com/b.png?x=1).';
  await project.write({
    'content/shots.md': `---\ntitle: Shots\nstate: published\n---\n\n${shots}\n`,
    'content/other.md': '---\ntitle: Other\nstate: published\n---\n\n![A](https://example.com/a.png)\n',
  });
  await project.push();
  await project.write({
    'sync.lock.json': null,
    'content/other.md': '---\ntitle: Other\nstate: published\n---\n\n![A](https://example.com/new.png)\n',
  });
  const { plan } = await project.sync();
  expect(plan.operations).toEqual([]);
  expect(plan.conflicts.map((one) => one.path)).toEqual(['other.md']);
  expect((await project.plan()).summary).toMatchObject({ unchanged: 3, conflict: 1 });
  await project.write({
    'content/shots.md': `---\ntitle: Shots\nstate: published\n---\n\n${shots}\n\nMore.\n`,
  });
  expect((await project.push()).plan.operations.map((one) => one.fields.length)).toEqual([1]);
  expect((await project.plan()).summary).toMatchObject({ update: 0, unchanged: 3, conflict: 1 });
});
