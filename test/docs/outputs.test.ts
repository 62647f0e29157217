/* What the README and the help center show of the command is what the command prints. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, startCommand } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';

const root = resolve(import.meta.dirname, '../..');
/** As npm starts it, in a script or by npx. */
const npm = { npm_command: 'run-script' };

/** The blocks of a page in one language, such as `console`. */
async function blocksOf(page: string, language: string): Promise<readonly string[]> {
  const text = await readFile(join(root, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** What differs from run to run: ports, tokens, times of day, versions of Node. */
const steady = (text: string): string =>
  text
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:4907')
    .replaceAll(/^\d\d:\d\d:\d\d/gm, '14:02:11')
    .replaceAll(/^(The token: +)\S+$/gm, '$1…')
    .replaceAll(/Node\.js \d+\.\d+\.\d+/g, 'Node.js 20.20.2')
    .replaceAll(/ +$/gm, '');

/** Expects a text to hold what a page shows, line by line; a line `…` stands for any lines. */
function expectShown(shown: string, printed: string): void {
  let rest = steady(printed);
  for (const part of steady(shown).split(/^…$/m)) {
    const wanted = part.trim();
    expect(`\n${rest}\n`).toContain(`\n${wanted}\n`);
    rest = rest.slice(rest.indexOf(wanted) + wanted.length);
  }
}

describe('this help center, synced into the simulator from a fresh folder,', () => {
  test('prints what the README and "Your first sync" show', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'shelfmark-docs-'));
    try {
      for (const name of ['content', 'sync.config.yaml'])
        await cp(join(root, name), join(folder, name), { recursive: true });
      const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
        readonly scripts: { readonly start: string };
      };
      const words = scripts.start.replace('node dist/shelfmark.js ', '').split(' ');
      const first = await runCommand(words, { folder, env: npm });
      const again = await runCommand(words, { folder, env: npm });
      const running = startCommand(['simulate'], { folder, env: npm });
      await running.until('The token:');
      running.interrupt();
      await running.ended;
      const printed = new Map([
        ['npm ci && npm start', first.out],
        ['npm start', again.out],
        ['npx --no -- shelfmark simulate', running.out()],
      ]);
      let count = 0;
      for (const page of ['README.md', 'content/getting-started/first-sync.md'])
        for (const block of await blocksOf(page, 'console')) {
          const [line = '', ...shown] = block.split('\n');
          expectShown(shown.join('\n'), printed.get(line.replace('$ ', '')) ?? `not played: ${line}`);
          count += 1;
        }
      expect(count).toBe(6);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a page shows', () => {
  let project: Project;
  beforeEach(async () => {
    project = await openProject();
  });
  afterEach(() => project.close());

  const article = (title: string, text: string): string =>
    `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;
  const run = async (...args: string[]): Promise<string> => {
    const { simulator, folder } = project;
    const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
    return (await runCommand(args, { folder, env })).out;
  };
  const idOf = (title: string): number => {
    const found = project.simulator.operator.articles().find((one) => one.contents['en']?.title === title);
    return found?.id ?? 0;
  };
  const page = async (name: string, at = 0): Promise<string> =>
    (await blocksOf(`content/${name}.md`, 'text'))[at] ?? 'no such block';

  test('the findings of a validate', async () => {
    await project.write({
      'content/install.jp.md': article('Install', 'Text.'),
      'content/faq.md': '---\ntitle: Questions\nstate: publish\n---\n\nText.\n',
      'content/guide.md': article('Guide', 'Text.\n\nMore.\n[Read on](nowhere.md).'),
    });
    expectShown(await page('commands/validate'), await run('validate'));
  });

  test('a link that is out of date', async () => {
    await project.write({
      'content/install.md': article('Install', 'Text.'),
      'content/faq.md': article('Questions', 'One.\n\nTwo.\n\nThree.\n\nSee [it](install.md).'),
    });
    await project.push();
    const text = await project.read('content/install.md');
    await project.write({ 'content/install.md': null, 'content/setup/install.md': text });
    await project.push();
    expectShown(await page('writing/links'), await run('validate'));
  });

  test('a push that leaves alone what was edited elsewhere', async () => {
    const others = Array.from({ length: 39 }, (_, at) => [`content/n${at}.md`, article(`N${at}`, 'Text.')]);
    await project.write({
      ...Object.fromEntries(others),
      'content/getting-started/install.md': article('Install', 'Text.'),
    });
    await project.push();
    project.simulator.operator.editArticle(idOf('Install'), { body: '<p>Other.</p>' });
    expectShown(await page('concepts/safety/two-editors/behind'), await run('push', '--yes'));
  });

  test('a conflict, and what --markers makes of one', async () => {
    await project.write({ 'content/billing/refunds.md': article('Refunds', 'Refunds take time.') });
    await project.push();
    project.simulator.operator.editArticle(idOf('Refunds'), { title: 'How refunds work' });
    await project.write({
      'content/billing/refunds.md': article('Refunds and returns', 'Refunds take time.'),
    });
    expectShown(await page('concepts/safety/two-editors/conflicts'), await run('sync', '--yes'));
    await run('resolve', 'content/billing/refunds.md', '--local');
    await run('sync', '--yes');

    project.simulator.operator.editArticle(idOf('Refunds and returns'), {
      body: '<p>Refunds take up to five days.</p>',
    });
    await project.write({
      'content/billing/refunds.md': article('Refunds and returns', 'Refunds take three days.'),
    });
    await run('resolve', 'content/billing/refunds.md', '--markers');
    const marked = await project.read('content/billing/refunds.md');
    expectShown(await page('concepts/safety/two-editors/conflicts', 1), marked);
  });

  test('a plan with changes on both sides', async () => {
    const needs = (word: string): string =>
      `- **Node.js 20.19 or newer.** Run \`node --version\` to see what you have.\n- **git**, if you ${word} history and pull requests. Shelfmark works without it.`;
    await project.write({
      'content/getting-started/install.md': article('Install', `# What you need\n\n${needs('want')}`),
      'content/ci/access-tokens.md': article('Tokens', 'Text.'),
      'content/commands/a.md': article('A', 'Text.'),
    });
    await project.push();
    const { operator } = project.simulator;
    const body = operator.articles().find((one) => one.id === idOf('Install'))?.contents['en']?.body ?? '';
    project.simulator.operator.editArticle(idOf('Install'), { body: body.replace('you want', 'you like') });
    const text = await project.read('content/ci/access-tokens.md');
    await project.write({ 'content/ci/access-tokens.md': null, 'content/commands/access-tokens.md': text });
    expectShown(await page('commands/status-and-plan'), await run('plan'));
  });

  test('a slip in the config file', async () => {
    const text = await project.read('sync.config.yaml');
    await project.write({ 'sync.config.yaml': `content: content\n\n${text}defaultLocal: en\n` });
    const { err } = await runCommand(['status'], { folder: project.folder });
    expectShown(await page('commands/configuration'), err.replace(/^Error: /, ''));
  });

  test('what doctor says of a project that is well', async () => {
    await project.write({
      'sync.config.yaml': 'remote:\n  provider: simulator\n',
      'content/guides/install.md': article('Install', 'Text.'),
    });
    await run('sync', '--yes');
    expectShown(await page('commands/doctor'), await run('doctor'));
  });

  test('the lines of a watch', async () => {
    await project.write({
      'content/guides/install.md': article('Install', 'Text.'),
      'content/guides/use.md': article('Use', 'Text.'),
      'content/billing/refunds.md': article('Refunds', 'Text.'),
    });
    await project.push();
    const { simulator, folder } = project;
    const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
    const watch = startCommand(['watch', '--interval', '0.1', '--rest', '1'], { folder, env });
    await watch.until('Watching');
    await project.write({ 'content/guides/install.md': article('Install', 'More.') });
    await watch.until('↑ updated');
    simulator.operator.editArticle(idOf('Refunds'), { body: '<p>Other.</p>' });
    await watch.until('↓ updated');
    // Both sides change while nobody watches, and the next watch meets what it cannot merge.
    watch.interrupt();
    await watch.ended;
    simulator.operator.editArticle(idOf('Use'), { body: '<p>There.</p>' });
    await project.write({ 'content/guides/use.md': article('Use', 'Here.') });
    const again = startCommand(['watch', '--once'], { folder, env });
    await again.ended;
    const line = (text: string): string => text.split('\n').find((one) => one.includes('conflict  ')) ?? '';
    const printed = `${watch.out()}\n${line(again.out())}\n`;
    for (const shown of (await page('commands/watch')).trim().split('\n')) expectShown(shown, printed);
  });

  test('the files that a pull makes of a help center', async () => {
    const { operator } = project.simulator;
    const billing = operator.createCollection({ name: 'Billing' });
    const invoices = operator.createCollection({ name: 'Invoices', parentId: billing.id });
    operator.createArticle({
      title: 'Refunds',
      body: '<p>Text.</p>',
      parentId: billing.id,
      locales: { fr: { title: 'Remboursements', body: '<p>Texte.</p>' } },
    });
    operator.createArticle({ title: 'Download an invoice', body: '<p>Text.</p>', parentId: invoices.id });
    await run('pull');
    const shown: string[] = [];
    const at: string[] = [];
    for (const line of (await page('getting-started/existing-help-center')).trimEnd().split('\n')) {
      const name = line.trim();
      at.length = (line.length - line.trimStart().length) / 2;
      at.push(name.replace('/', ''));
      if (!name.endsWith('/')) shown.push(at.slice(1).join('/'));
    }
    expect(shown.toSorted()).toEqual(Object.keys(await project.files('content')).toSorted());
  });

  test('the line by which git merges lock files', async () => {
    await run('init', '--merge-driver');
    expect(await project.read('.gitattributes')).toBe(await page('concepts/lock-file'));
  });

  test('the commands of a job on any CI system', async () => {
    await project.write({ 'content/guides/install.md': article('Install', 'Text.') });
    const { simulator, folder } = project;
    const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token, CI: 'true' };
    const lines = (await blocksOf('content/ci/other-ci.md', 'sh')).join('').split('\n');
    const commands = lines.filter((one) => one.startsWith('shelfmark '));
    expect(commands).toHaveLength(4);
    for (const line of commands) {
      const { code, all } = await runCommand(line.split(' ').slice(1), { folder, env });
      expect([line, code, all]).toEqual([line, 0, all]);
    }
    expect(simulator.operator.articles()).toHaveLength(1);
  });
});
