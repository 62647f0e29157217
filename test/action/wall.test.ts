import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  article,
  onMain,
  openStage,
  withToken,
  type Ran,
  type RunOptions,
  type Stage,
} from './helpers/stage.ts';

let stage: Stage;
/** A program that nobody may start, and the file in which it leaves what it was given. */
let trap: string;
let caught: string;

beforeEach(async () => {
  stage = await openStage({ 'content/guides/install.md': article('Install', 'Text.') });
  trap = join(stage.folder, 'trap');
  caught = join(stage.folder, 'caught');
  writeFileSync(trap, `#!/bin/sh\n{ echo "$0 $*"; env; } >> '${caught}'\n[ "$1" = cat ] || cat\nexit 0\n`, {
    mode: 0o755,
  });
});
afterEach(async () => {
  await stage.close();
});

const whatRan = (): string => (existsSync(caught) ? readFileSync(caught, 'utf8') : '');

/** Every setting by which a repository can name a program, as far as git knows any. */
const settings = (): readonly (readonly [string, string])[] => [
  ['core.fsmonitor', trap],
  ['core.hooksPath', join(stage.folder, 'hooks')],
  ['core.sshCommand', trap],
  ['core.gitProxy', trap],
  ['core.pager', trap],
  ['pager.diff', trap],
  ['pager.log', trap],
  ['core.editor', trap],
  ['sequence.editor', trap],
  ['core.askPass', trap],
  ['core.alternateRefsCommand', trap],
  ['core.attributesFile', join(stage.folder, 'attributes')],
  ['credential.helper', `!${trap}`],
  ['filter.planted.clean', `${trap} clean`],
  ['filter.planted.smudge', `${trap} smudge`],
  ['filter.planted.process', trap],
  ['filter.planted.required', 'true'],
  ['diff.external', trap],
  ['diff.planted.textconv', trap],
  ['diff.planted.command', trap],
  ['merge.planted.driver', `${trap} %A`],
  ['merge.default', 'planted'],
  ['gpg.program', trap],
  ['commit.gpgSign', 'true'],
  ['push.gpgSign', 'if-asked'],
  ['tag.gpgSign', 'true'],
  ['protocol.ext.allow', 'always'],
  ['protocol.allow', 'always'],
  [`url.ext::${trap} %S .insteadOf`, 'file://'],
  [`url.ext::${trap} %S .pushInsteadOf`, 'file://'],
  ['remote.origin.uploadpack', trap],
  ['remote.origin.receivepack', trap],
  ['remote.pushDefault', 'planted'],
  ['remote.planted.url', `ext::${trap} %S`],
  ['branch.main.remote', 'planted'],
  ['submodule.planted.update', `!${trap}`],
  ['submodule.recurse', 'true'],
  ['alias.status', `!${trap}`],
  ['uploadpack.packObjectsHook', trap],
  ['include.path', join(stage.folder, 'included')],
  ['includeIf.gitdir:/.path', join(stage.folder, 'included')],
];

const everyHook = [
  ...['applypatch-msg', 'pre-applypatch', 'post-applypatch', 'pre-commit', 'pre-merge-commit', 'post-commit'],
  ...['prepare-commit-msg', 'commit-msg', 'post-checkout', 'post-merge', 'pre-push', 'pre-rebase'],
  ...['post-rewrite', 'post-index-change', 'reference-transaction', 'fsmonitor-watchman', 'pre-auto-gc'],
];

/** The settings as a file has them. */
const configText = (): string =>
  settings()
    .map(([key, value]) => {
      const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')];
      const middle = first === last ? '' : ` ${JSON.stringify(key.slice(first + 1, last))}`;
      return `[${key.slice(0, first)}${middle}]\n\t${key.slice(last + 1)} = ${JSON.stringify(value)}\n`;
    })
    .join('');

/** Fills a checkout with all of it, as a step before or a former job on the same machine can. */
function plant(workspace: string): void {
  const gitDir = join(workspace, '.git');
  writeFileSync(join(stage.folder, 'included'), `[core]\n\tfsmonitor = ${trap}\n\tsshCommand = ${trap}\n`);
  writeFileSync(join(stage.folder, 'attributes'), '* filter=planted diff=planted merge=planted\n');
  appendFileSync(join(gitDir, 'config'), configText());
  for (const place of [join(gitDir, 'hooks'), join(stage.folder, 'hooks')]) {
    mkdirSync(place, { recursive: true });
    for (const name of everyHook) writeFileSync(join(place, name), readFileSync(trap), { mode: 0o755 });
  }
  mkdirSync(join(gitDir, 'info'), { recursive: true });
  writeFileSync(join(gitDir, 'info/attributes'), '* filter=planted diff=planted merge=planted\n');
  mkdirSync(join(gitDir, 'objects/info'), { recursive: true });
  writeFileSync(join(gitDir, 'objects/info/alternates'), `${join(stage.origin, 'objects')}\n`);
}

/** Variables by which an environment can name programs and repositories to git. */
const variables = (): Record<string, string> => ({
  GIT_SSH: trap,
  GIT_SSH_COMMAND: trap,
  GIT_ASKPASS: trap,
  SSH_ASKPASS: trap,
  GIT_EXTERNAL_DIFF: trap,
  GIT_PAGER: trap,
  PAGER: trap,
  GIT_EDITOR: trap,
  GIT_SEQUENCE_EDITOR: trap,
  GIT_PROXY_COMMAND: trap,
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'core.fsmonitor',
  GIT_CONFIG_VALUE_0: trap,
  GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${trap}'`,
  GIT_CONFIG_GLOBAL: join(stage.folder, 'included'),
  GIT_CONFIG_SYSTEM: join(stage.folder, 'included'),
  GIT_CONFIG_NOSYSTEM: '0',
  GIT_ALLOW_PROTOCOL: 'ext:file:ssh',
  GIT_DIR: join(stage.folder, 'planted.git'),
  GIT_WORK_TREE: stage.folder,
  GIT_INDEX_FILE: join(stage.folder, 'planted.index'),
  GIT_TRACE2_EVENT: join(stage.folder, 'caught'),
  GIT_TRACE: join(stage.folder, 'caught'),
  GIT_EXEC_PATH: join(stage.folder, 'hooks'),
});

/** The files of a bare repository with the settings above, as a pull request can bring them along. */
function bareFiles(folder: string): Record<string, string> {
  return {
    [`${folder}HEAD`]: 'ref: refs/heads/main\n',
    [`${folder}config`]: `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n${configText()}[remote "origin"]\n\turl = ext::${trap} %S\n`,
    [`${folder}objects/info/keep`]: '',
    [`${folder}refs/heads/keep`]: '',
    [`${folder}hooks/post-checkout`]: '#!/bin/sh\n',
    [`${folder}.gitattributes`]: '* filter=planted diff=planted merge=planted\n',
  };
}

async function everyRun(of: (options: RunOptions) => Promise<Ran>): Promise<void> {
  await stage.change({ 'content/guides/fees.md': article('Fees', 'Free.') }, 'fees');
  const proposed = await stage.proposed('fees', 3);
  const planned = await of(proposed);
  expect(planned.log).not.toContain('::error');
  const base = stage.tip();
  const target = await of({ ...proposed, event: 'pull_request_target', sha: base });
  expect(target.code).toBe(4);
  const ran = await of(onMain('push'));
  expect(ran.log).not.toContain('::error');
  expect(ran.code).toBe(0);
  const [known] = stage.simulator.operator.articles();
  stage.simulator.operator.editArticle(known?.id ?? 0, { body: '<p>Other text.</p>' });
  const pulled = await of(onMain('schedule'));
  expect(pulled.log).not.toContain('::error');
  expect(stage.github.pulls).toHaveLength(1);
}

describe('no program runs that a checkout names', () => {
  test('in its settings, hooks, attributes, alternates and in the environment, whatever the run does', async () => {
    await stage.change({ '.gitattributes': '* filter=planted diff=planted merge=planted\n' });
    await everyRun(async (options) => {
      const workspace = await stage.checkout({ ref: options.ref });
      const sha = options.sha ?? stage.tip(options.ref);
      plant(workspace);
      return stage.run(withToken(stage, { ...options, sha, workspace, env: variables() }));
    });
    expect(whatRan()).toBe('');
  });

  test('in a bare repository that a pull request brought along', async () => {
    const config = 'content: texts\nremote: { provider: intercom }\n';
    await stage.change({
      'help/sync.config.yaml': config,
      'help/texts/a.md': article('A', 'Text.'),
      ...bareFiles('help/'),
    });
    await everyRun(async (options) => {
      const workspace = await stage.checkout({ ref: options.ref });
      return stage.run(
        withToken(stage, { ...options, workspace, inputs: { config: 'help/sync.config.yaml' } }),
      );
    });
    expect(whatRan()).toBe('');
    expect(await stage.fileOf('main', 'help/sync.lock.json')).toContain('a.md');
  });

  test.each([
    ['a program', () => `ext::${trap} %S`],
    ['a host by a key of the machine', () => `ssh://git@evil.example/acme/help`],
    ['a repository inside of the workspace', (workspace: string) => `file://${workspace}/planted`],
  ])('as the place that it came from: %s', async (_, address) => {
    const workspace = await stage.checkout({ ref: 'refs/heads/main' });
    execFileSync('git', ['init', '--quiet', '--bare', join(workspace, 'planted')]);
    mkdirSync(join(workspace, 'planted/hooks'), { recursive: true });
    writeFileSync(join(workspace, 'planted/hooks/update'), readFileSync(trap), { mode: 0o755 });
    execFileSync('git', ['config', 'remote.origin.url', address(workspace)], { cwd: workspace });
    const ran = await stage.run(withToken(stage, { ...onMain('push'), workspace, env: variables() }));
    expect(ran.log).toMatch(/^::error title=GIT_FAILED::/m);
    expect(ran.code).toBe(1);
    expect(stage.simulator.operator.articles()).toEqual([]);
    expect(whatRan()).toBe('');
  });

  test('although a work tree and its repository are two places', async () => {
    const main = await stage.checkout({ ref: 'refs/heads/main' });
    const workspace = join(stage.folder, 'linked/work');
    execFileSync('git', ['-C', main, 'worktree', 'add', '--quiet', '--detach', workspace]);
    plant(main);
    const sha = stage.tip();
    const ran = await stage.run(withToken(stage, { ...onMain('push'), sha, workspace }));
    expect(ran.log).not.toContain('::error');
    expect(ran.code).toBe(0);
    expect(whatRan()).toBe('');
  });
});
