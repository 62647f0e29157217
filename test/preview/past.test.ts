import { expect, onTestFinished, test } from 'vitest';
import { openProject, type Project } from '../helpers/project.ts';
import { previewOf } from './previewing.ts';

const article = '---\ntitle: One\nstate: published\nauthor: someone@example.com\n---\n\nText.\n';

async function committed(files: Readonly<Record<string, string>>): Promise<Project> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(files);
  await project.git('init', '-q');
  await project.git('add', '--all');
  await project.git('commit', '-q', '--message=First', '--date=2020-05-04T12:00:00Z');
  return project;
}

/** The page of an article, once it holds what it is waited for. */
async function page(url: string, path: string, wanted: string | RegExp): Promise<string> {
  for (;;) {
    const text = await (await fetch(`${url}/en/articles/${path}`)).text();
    if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
    await new Promise((done) => {
      setTimeout(done, 20);
    });
  }
}

test('a page says when its file was committed last and by what name its author goes there, not when it was cloned', async () => {
  const project = await committed({ 'content/one.md': article });
  const { url } = await previewOf(project.folder);
  expect(await page(url, 'one.md', 'datetime="2020-05-04T12:00:00.000Z"')).toContain('Someone');
});

test('what was saved since counts from then', async () => {
  const project = await committed({ 'content/one.md': article, 'content/two.md': article });
  await project.write({ 'content/two.md': article.replace('Text', 'Other text') });
  const { url } = await previewOf(project.folder);
  await page(url, 'one.md', 'datetime="2020-05-04');
  expect(await page(url, 'two.md', 'Other text')).not.toContain('datetime="2020-05-04');
  await project.write({ 'content/one.md': article.replace('Text', 'Saved text') });
  expect(await page(url, 'one.md', /Saved text/)).not.toContain('datetime="2020-05-04');
});

test('of many articles the first page is there before all are checked, and what is wrong with them follows', async () => {
  const many = Array.from({ length: 80 }, (_, at) => [
    `content/a${String(at)}.md`,
    `${article}\n[x](gone.md)\n`,
  ]);
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(Object.fromEntries(many) as Record<string, string>);
  const { url } = await previewOf(project.folder);
  expect((await fetch(`${url}/en/articles/a7.md`)).status).toBe(200);
  expect(await page(url, 'a7.md', 'gone.md')).toContain('gone.md');
  await page(url, 'a79.md', 'LINK_BROKEN');
});
