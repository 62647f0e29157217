import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { article, onMain, openStage, withToken, type Ran, type Stage } from './helpers/stage.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage({
    'content/guides/install.md': article('Install', 'Text.'),
    'content/guides/fees.md': article('Fees', 'Free.'),
    '.gitignore': '.shelfmark/\ncontent/drafts/\n',
  });
});
afterEach(async () => {
  await stage.close();
});

const push = (workspace: string): Promise<Ran> =>
  stage.run(withToken(stage, { ...onMain('push'), workspace }));
const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
const titles = (): readonly (string | undefined)[] =>
  stage.simulator.operator.articles().map((one) => one.contents['en']?.title);

async function refused(change: (workspace: string) => void, code: string, said: RegExp): Promise<void> {
  const workspace = await stage.checkout({ ref: 'refs/heads/main' });
  change(workspace);
  const ran = await push(workspace);
  expect(ran.log).toMatch(new RegExp(`^::error title=${code}::${said.source}`, 'm'));
  expect(ran.code).toBe(1);
  expect(titles()).toEqual([]);
}

describe('a push publishes its commit, and not what else stands on the disk', () => {
  test.each([
    ['edited', 'content/guides/install.md', /content\/guides\/install\.md is not as it was committed/],
    ['left over', 'content/old.md', /content\/old\.md is on the disk and in no commit/],
    [
      'ignored by git',
      'content/drafts/secret.md',
      /content\/drafts\/secret\.md is on the disk and in no commit/,
    ],
    ['changed settings', 'sync.config.yaml', /sync\.config\.yaml is not as it was committed/],
    ['a picture left over', 'content/old.png', /content\/old\.png is on the disk/],
  ])('a file that is %s is refused', async (_, name, said) => {
    await refused(
      (workspace) => {
        mkdirSync(join(workspace, 'content/drafts'), { recursive: true });
        writeFileSync(
          join(workspace, name),
          name.endsWith('.yaml') ? 'remote: { provider: intercom, region: eu }\n' : '# Left\n',
        );
      },
      'CHECKOUT_DIRTY',
      said,
    );
  });

  test('files in a repository of their own that somebody left there are refused', async () => {
    await refused(
      (workspace) => {
        git(workspace, 'init', '--quiet', 'content/inner');
        mkdirSync(join(workspace, 'content/inner/deep'));
        writeFileSync(join(workspace, 'content/inner/deep/old.md'), '# Left\n');
      },
      'CHECKOUT_DIRTY',
      /content\/inner\/ is on the disk and in no commit/,
    );
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    git(workspace, 'init', '--quiet', 'help');
    mkdirSync(join(workspace, 'help/content'));
    writeFileSync(join(workspace, 'help/sync.config.yaml'), 'remote: { provider: intercom }\n');
    writeFileSync(join(workspace, 'help/content/old.md'), '# Left\n');
    const options = { ...onMain('push'), workspace, inputs: { config: 'help/sync.config.yaml' } };
    const ran = await stage.run(withToken(stage, options));
    expect(ran.log).toMatch(/^::error title=CHECKOUT_DIRTY::help holds the project and is a repository of/m);
    expect(titles()).toEqual([]);
  });

  test('a file that a step removed is refused, and not unpublished', async () => {
    await refused(
      (workspace) => rmSync(join(workspace, 'content/guides/fees.md')),
      'CHECKOUT_DIRTY',
      /content\/guides\/fees\.md is in the commit and not on the disk/,
    );
  });

  test('a sparse checkout is refused with the line to remove', async () => {
    await refused(
      (workspace) => {
        git(workspace, 'sparse-checkout', 'set', '--no-cone', '/*', '!/content/guides/fees.md');
      },
      'CHECKOUT_INCOMPLETE',
      /content\/guides\/fees\.md is not on the disk, because only a part.*Remove "sparse-checkout"/,
    );
  });

  test('a partial checkout is refused with the line to remove', async () => {
    await refused(
      (workspace) => {
        git(workspace, 'config', 'remote.origin.promisor', 'true');
        git(workspace, 'config', 'remote.origin.partialCloneFilter', 'blob:none');
      },
      'CHECKOUT_INCOMPLETE',
      /The checkout left files on the server.*Remove "filter"/,
    );
  });

  test('what Git LFS keeps in the place of a picture is refused, and the picture itself is published', async () => {
    const picture = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const digest = createHash('sha256').update(picture).digest('hex');
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize ${picture.length}\n`;
    await stage.change({
      '.gitattributes': '*.png filter=lfs diff=lfs merge=lfs -text\n',
      'content/shot.png': pointer,
    });
    await refused(
      () => undefined,
      'CHECKOUT_INCOMPLETE',
      /content\/shot\.png is not the file itself.*"lfs: true"/,
    );
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    writeFileSync(join(workspace, 'content/shot.png'), picture);
    const ran = await push(workspace);
    expect(ran.log).not.toContain('::error');
    expect(titles()).toHaveLength(2);
  });

  test('a submodule that is not checked out is refused with the line to add, and one that is gets published', async () => {
    const texts = join(stage.folder, 'texts');
    mkdirSync(texts);
    git(texts, 'init', '--quiet', '--initial-branch=main');
    writeFileSync(join(texts, 'shared.md'), article('Shared', 'Text.'));
    git(texts, 'add', '--all');
    git(texts, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'Texts');
    const clone = await stage.clone();
    git(clone, 'submodule', '--quiet', 'add', texts, 'content/shared');
    git(clone, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'Texts');
    git(clone, 'push', '--quiet');
    await refused(
      () => undefined,
      'CHECKOUT_INCOMPLETE',
      /The submodule content\/shared is not checked out.*"submodules: true"/,
    );
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    git(workspace, 'submodule', '--quiet', 'update', '--init');
    writeFileSync(join(workspace, 'content/shared/more.md'), article('More', 'Text.'));
    expect((await push(workspace)).log).toMatch(/^::error title=CHECKOUT_INCOMPLETE::/m);
    rmSync(join(workspace, 'content/shared/more.md'));
    const ran = await push(workspace);
    expect(ran.log).not.toContain('::error');
    expect(titles()).toContain('Shared');
  });

  test('line ends of another system are no difference', async () => {
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    writeFileSync(
      join(workspace, 'content/guides/fees.md'),
      article('Fees', 'Free.').replaceAll('\n', '\r\n'),
    );
    const ran = await push(workspace);
    expect(ran.log).not.toContain('::error');
    expect(titles()).toHaveLength(2);
  });
});
