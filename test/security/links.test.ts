import { execFileSync } from 'node:child_process';
import {
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { scanContent } from '../../src/local/scan.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { openWorkplace, simulated } from './commanding.ts';

const article = (title: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\nText of ${title}.\n`;

let project: Project;
/** A folder beside the content that nothing may touch. */
let outside: string;

beforeEach(async () => {
  project = await openProject();
  onTestFinished(() => project.close());
  outside = join(project.folder, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret.md'), article('Secret'));
  await project.write({ 'content/guides/open.md': article('Open') });
});

const untouched = async (): Promise<void> => {
  expect(await readdir(outside)).toEqual(['secret.md']);
  expect(await readFile(join(outside, 'secret.md'), 'utf8')).toBe(article('Secret'));
};
const place = (path: string): string => join(project.folder, 'content', path);
const titles = (): readonly string[] =>
  project.simulator.operator
    .articles()
    .map(({ contents }) => contents['en']?.title ?? '')
    .toSorted();
const editOf = (title: string, body: string): void => {
  const found = project.simulator.operator.articles().find(({ contents }) => contents['en']?.title === title);
  project.simulator.operator.editArticle(found?.id ?? 0, { body });
};

describe('a link in the content folder', () => {
  test.each([
    ['to a file outside', 'leak.md', '../outside/secret.md'],
    ['to a folder outside', 'shelf', '../outside'],
    ['to a folder above', 'loop', '..'],
    ['to itself', 'self.md', 'self.md'],
    ['to the folder that it stands in', 'guides/here', '.'],
    ['to a device', 'zero.md', '/dev/zero'],
    ['to nothing', 'dangling.md', '../outside/none.md'],
    ['to another article', 'copy.md', 'guides/open.md'],
  ])('%s is told and not followed: nothing behind it is published', async (_name, path, target) => {
    await symlink(target, place(path));
    const { plan } = await project.push();
    expect(plan.problems.map(({ code, place: at }) => [code, at.file])).toContainEqual([
      'LINK_IGNORED',
      `content/${path}`,
    ]);
    expect(titles()).toEqual(['Open']);
    expect(await readlink(place(path))).toBe(target);
    await untouched();
  });

  test('in the place of a file that was synced takes nothing for deleted, and is not written through', async () => {
    await project.push();
    await rm(place('guides/open.md'));
    await symlink('../../outside/secret.md', place('guides/open.md'));
    editOf('Open', '<p class="no-margin">Edited there.</p>');
    await project.sync();
    expect(titles()).toEqual(['Open']);
    expect(project.simulator.operator.articles()[0]?.contents['en']?.state).toBe('published');
    await untouched();
  });

  test('in the place of a folder that was synced takes nothing for deleted, and is not written through', async () => {
    await project.push();
    await rm(place('guides'), { recursive: true });
    await symlink('../outside', place('guides'));
    editOf('Open', '<p class="no-margin">Edited there.</p>');
    const { outcomes } = await project.sync().catch(() => ({ outcomes: null }));
    expect(
      (outcomes ?? []).filter(({ status, operation }) => status === 'done' && operation.action === 'delete'),
    ).toEqual([]);
    expect(titles()).toEqual(['Open']);
    await untouched();
  });

  test('for an image is not sent', async () => {
    await writeFile(join(outside, 'secret.png'), 'secret');
    await symlink('../../outside/secret.png', place('guides/shot.png'));
    await project.write({
      'content/guides/open.md': `${article('Open')}\n![Shot](shot.png)\n\n![Up](../../outside/secret.png)\n\n![Root](/etc/passwd)\n\n![Home](file:///etc/passwd)\n`,
    });
    const { plan } = await project.push();
    expect(titles()).toEqual([]);
    expect(plan.problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThanOrEqual(2);
    const sent = project.simulator.operator
      .calls()
      .map(({ body }) => body)
      .join();
    expect(sent).not.toContain('secret');
    await rm(join(outside, 'secret.png'));
  });

  test('that appears while the folder is read leads nowhere', async () => {
    const swapping: typeof nodeFiles = {
      ...nodeFiles,
      async stat(path) {
        if (path === place('guides/open.md') && (await lstat(place('guides'))).isDirectory()) {
          await rename(place('guides'), place('kept'));
          await writeFile(join(outside, 'open.md'), article('Secret'));
          await symlink('../outside', place('guides'));
        }
        return nodeFiles.stat(path);
      },
    };
    const options = { root: join(project.folder, 'content'), shown: 'content', defaultLocale: 'en' } as const;
    const { articles } = await scanContent(swapping, options, new AbortController().signal);
    expect(articles.map(({ locales }) => locales.get('en')?.title)).toEqual([]);
    await rm(join(outside, 'open.md'));
  });
});

describe('what is no plain file of this folder alone', () => {
  test('a pipe, a socket or a device is told and never read', async () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', place('pipe.md')]);
    const { plan } = await project.push();
    expect(plan.problems.map(({ code }) => code)).toContain('NOT_A_FILE');
    expect(titles()).toEqual(['Open']);
  });

  test('a file with a second name elsewhere keeps what it says under that one', async () => {
    await link(join(outside, 'secret.md'), place('guides/hard.md'));
    await project.push();
    editOf('Secret', '<p class="no-margin">Edited there.</p>');
    await project.pull();
    expect(await project.read('content/guides/hard.md')).toContain('Edited there.');
    await untouched();
  });
});

test('a link in the place of the content folder itself is not followed', async () => {
  const workplace = await openWorkplace({ 'sync.config.yaml': simulated });
  await mkdir(join(workplace.folder, '../elsewhere'));
  await writeFile(join(workplace.folder, '../elsewhere/private.md'), article('Private'));
  await symlink('../elsewhere', join(workplace.folder, 'content'));
  for (const args of [['validate'], ['push'], ['pull']]) {
    const ended = await workplace.run(args);
    expect([ended.code, ended.all.includes('Private')]).toEqual([1, false]);
  }
  expect(await readdir(join(workplace.folder, '../elsewhere'))).toEqual(['private.md']);
});
