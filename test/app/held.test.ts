import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { heldIn } from '../../src/model/held.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  await project.close();
});

const article = (title: string, text = 'Text.', more = ''): string =>
  `---\ntitle: ${title}\nstate: published\n${more}---\n\n${text}\n`;
const titles = (): readonly (string | undefined)[] =>
  project.simulator.operator.articles().map((one) => one.contents['en']?.title);
const bodyOf = (title: string): string =>
  project.simulator.operator.articles().find((one) => one.contents['en']?.title === title)?.contents['en']
    ?.body ?? '';
const editThere = (title: string, from: string, to: string): void => {
  const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
  const body = found?.contents['en']?.body ?? '';
  expect(body).toContain(from);
  project.simulator.operator.editArticle(found?.id ?? 0, { body: body.replace(from, to) });
};

/** What cannot be sent, whatever the reason, by what stands in the file. */
const broken = {
  'a file without a title': 'Text without a title.\n',
  'front matter that is no YAML': '---\ntitle: [\n---\n\nText.\n',
  'a script in the text': article('Bad', '<script>run()</script>'),
  'a picture that is not there': article('Bad', '![x](nowhere.png)'),
  'an unknown author': article('Bad', 'Text.', 'author: stranger@example.com\n'),
  'conflict markers': article('Bad', '<<<<<<< ours\nOne.\n=======\nTwo.\n>>>>>>> theirs'),
  'an id that the workspace does not know': article('Bad', 'Text.', 'id: 999999999\n'),
};

describe.each(Object.entries(broken))('%s', (_, text) => {
  test('holds a new article, and nothing else', async () => {
    await project.write({ 'content/good.md': article('Good'), 'content/bad.md': text });
    const { plan, outcomes } = await project.push();
    expect(titles()).toEqual(['Good']);
    expect(outcomes?.map((one) => one.status)).toEqual(['done']);
    expect(plan.problems.some((one) => one.severity === 'error')).toBe(true);
    expect(heldIn(plan).map((one) => one.path)).toEqual([expect.stringMatching(/bad\.md$/)]);
  });

  test.each(['push', 'pull', 'sync'] as const)(
    'holds an article that exists, and %s goes on with the rest',
    async (direction) => {
      await project.write({ 'content/good.md': article('Good'), 'content/bad.md': article('Bad') });
      await project.push();
      const before = bodyOf('Bad');
      if (direction !== 'push') editThere('Good', 'Text.', 'Theirs.');
      await project.write({
        'content/bad.md': text,
        ...(direction === 'push' ? { 'content/good.md': article('Good', 'Ours.') } : {}),
      });
      const { plan } = await project[direction]();
      expect(plan.problems.filter((one) => one.severity === 'error')).not.toEqual([]);
      expect(bodyOf('Bad')).toBe(before);
      expect(await project.read('content/bad.md')).toBe(text);
      if (direction === 'push') expect(bodyOf('Good')).toContain('Ours.');
      else expect(await project.read('content/good.md')).toContain('Theirs.');
      // It is held for as long as it is wrong, and goes on where it was once it is not.
      expect((await project[direction]()).plan.problems.some((one) => one.severity === 'error')).toBe(true);
      await project.write({ 'content/bad.md': article('Bad', 'Better.') });
      await project.sync();
      expect(bodyOf('Bad')).toContain('Better.');
    },
  );

  test('stops a strict run before it writes anything', async () => {
    await project.write({ 'content/good.md': article('Good'), 'content/bad.md': text });
    expect((await project.push({ isStrict: true })).outcomes).toBeNull();
    expect(titles()).toEqual([]);
  });
});

test('what validate calls an error is held although the help center shows the text as it is', async () => {
  await project.write({ 'content/a.md': article('A', 'One.\n\nTwo.') });
  await project.push();
  await project.write({ 'content/a.md': article('A', 'One.\n\n<script>x()</script>\n\nTwo.') });
  const codes = (await project.validate()).problems.map((one) => one.code);
  expect(codes).toEqual(['UNSAFE_HTML']);
  for (const direction of ['push', 'sync', 'push'] as const)
    expect((await project[direction]()).plan.problems.map((one) => one.code)).toEqual(codes);
});

test('a picture that is removed later is told by every run, as by validate', async () => {
  await project.write({
    'sync.config.yaml': 'remote:\n  provider: intercom\nassets:\n  baseUrl: https://example.com/{path}\n',
    'content/a.md': article('A', '![One](one.png)'),
    'content/one.png': 'one',
  });
  await project.push();
  await project.write({ 'content/one.png': null });
  const codes = (await project.validate()).problems.map((one) => one.code);
  expect(codes).toEqual(['IMAGE_MISSING']);
  expect((await project.push()).plan.problems.map((one) => one.code)).toEqual(codes);
  expect((await project.push()).plan.problems.map((one) => one.code)).toEqual(codes);
});

test('what stands in a folder that cannot be read waits for it, and the rest is pushed', async () => {
  await project.write({
    'content/guides/collection.yaml': 'name: [\n',
    'content/guides/a.md': article('Inside'),
    'content/b.md': article('Outside'),
  });
  const { plan } = await project.push();
  expect(titles()).toEqual(['Outside']);
  expect(heldIn(plan).map((one) => one.path)).toEqual(['content/guides/collection.yaml', 'guides/a.md']);
  await project.write({ 'content/guides/collection.yaml': 'name: Guides\n' });
  await project.push();
  expect(titles()).toEqual(['Outside', 'Inside']);
});

test('nothing is taken for deleted while the file that it may have become cannot be read', async () => {
  await project.write({ 'content/a.md': article('A'), 'content/b.md': article('B') });
  await project.push();
  await project.write({
    'content/a.md': null,
    'content/moved/a.md': '---\ntitle: [\n',
    'content/b.md': null,
  });
  const { plan } = await project.sync();
  expect(plan.operations.filter((one) => one.action === 'delete')).toEqual([]);
  expect(project.simulator.operator.articles().map((one) => one.contents['en']?.state)).toEqual([
    'published',
    'published',
  ]);
  expect(Object.keys(await project.files())).toEqual(['moved/a.md']);
});

test('a token in a text holds its article, and the rest is pushed', async () => {
  await project.write({
    'content/a.md': article('A', `The token is ${project.simulator.token}.`),
    'content/b.md': article('B'),
  });
  const { plan } = await project.push();
  expect(plan.problems.map((one) => one.code)).toEqual(['TOKEN_IN_CONTENT']);
  expect(titles()).toEqual(['B']);
});

test('an author of the config whom nobody knows holds new articles without one of their own', async () => {
  await project.write({ 'content/old.md': article('Old') });
  await project.push();
  await project.write({
    'sync.config.yaml': 'remote:\n  provider: intercom\n  author: nobody@example.com\n',
    'content/old.md': article('Old', 'Changed.'),
    'content/new.md': article('New'),
    'content/own.md': article('Own', 'Text.', 'author: docs@example.com\n'),
  });
  const { plan } = await project.push();
  expect(plan.problems.map((one) => one.code)).toEqual(['AUTHOR_UNKNOWN']);
  expect(titles()).toEqual(['Old', 'Own']);
  expect(bodyOf('Old')).toContain('Changed.');
});

test('an article that links to one that is held is published, and gets its link once that one exists', async () => {
  await project.write({
    'content/a.md': article('A', 'See [b](b.md).'),
    'content/b.md': article('B', '<script>x()</script>'),
  });
  await project.push();
  expect(titles()).toEqual(['A']);
  expect(bodyOf('A')).not.toContain('shelfmark.invalid');
  await project.write({ 'content/b.md': article('B') });
  await project.push();
  expect(bodyOf('A')).toMatch(/articles\/\d+/);
  expect((await project.plan()).operations).toEqual([]);
});
