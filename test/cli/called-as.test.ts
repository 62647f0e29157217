/* Every command that is printed is one that works where it is printed. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../helpers/command.ts';
import { openProject, type Project } from '../helpers/project.ts';

let project: Project;

beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.close());

/** As npm starts what is installed in a project. */
const npm = { npm_command: 'exec', npm_config_user_agent: 'npm/11.4.2 node/v20.20.2 linux x64' };
const article = (title: string, text = 'Text.'): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\n${text}\n`;

async function said(args: readonly string[], env: Readonly<Record<string, string>> = npm): Promise<string> {
  const { simulator, folder } = project;
  const { all } = await runCommand(args, {
    folder,
    env: { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token, ...env },
  });
  return all;
}
/** Where a command stands in a text, with the words before it. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:npx --no -- |(?:pnpm|yarn) exec )?(?<![\w/.-])shelfmark [a-z[-]+/g)].map(
    ([one]) => one,
  );

test('where npm runs it, each plan, problem, conflict, refusal, answer and help names commands that npm runs', async () => {
  const { operator } = project.simulator;
  await project.write({
    'content/a.md': article('A'),
    ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`content/n${at}.md`, article(`N${at}`)])),
  });
  await project.push();
  for (const one of operator.articles().slice(0, 1)) operator.editArticle(one.id, { body: '<p>Theirs.</p>' });
  const title = operator.articles()[0]?.contents['en']?.title ?? '';
  const file = `content/${title.toLowerCase()}.md`;
  await project.write({ [file]: article(title, 'Mine.') });

  const texts = [
    await said(['plan']),
    await said(['plan', '--out', 'plan.json']),
    await said(['plan', '--direction', 'push']),
    await said(['sync', '--yes']),
    await said(['resolve', file, '--local']),
    await said(['push', '-n']),
    await said(['explain', 'NOPE']),
    await said(['restore']),
    await said(['--help']),
    await said(['push', '--help']),
    await said(['push', '--nope']),
    await said(['pusch']),
  ];
  for (let at = 0; at < 9; at += 1) await rm(join(project.folder, `content/n${at}.md`), { force: true });
  texts.push(await said(['push', '--yes']));
  await project.write({ 'content/b.md': article('B', '[A](missing.md)') });
  texts.push(
    await said(['validate']),
    await said(['push', 'nowhere.md']),
    await said(['apply', 'plan.json']),
  );
  await rm(join(project.folder, 'sync.config.yaml'));
  texts.push(await said(['status']));

  const named = texts.flatMap(commandsIn);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((one) => !one.startsWith('npx --no -- shelfmark '))).toEqual([]);
});

test.each([
  ['started by its name', {}, '"shelfmark init"'],
  ['with pnpm', { npm_config_user_agent: 'pnpm/10.2.0 npm/? node/v20.20.2' }, '"pnpm exec shelfmark init"'],
  ['with yarn', { npm_config_user_agent: 'yarn/4.9.0 npm/? node/v20.20.2' }, '"yarn exec shelfmark init"'],
])('%s, it is named that way', async (_, env, named) => {
  await rm(join(project.folder, 'sync.config.yaml'));
  expect(await said(['status'], env)).toContain(named);
});

test('the form that is named keeps flags from npm, which takes those before the two dashes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-npx-'));
  try {
    const bin = join(folder, 'node_modules/shelfmark');
    await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
    await mkdir(bin);
    await writeFile(join(folder, 'package.json'), '{"name":"mine","private":true}\n');
    await writeFile(join(bin, 'package.json'), '{"name":"shelfmark","version":"0.1.0","bin":"it.js"}\n');
    const script = '#!/usr/bin/env node\nconsole.log(process.argv.slice(2).join(" "));\n';
    await writeFile(join(folder, 'node_modules/.bin/shelfmark'), script, { mode: 0o755 });
    const [command = '', ...words] = 'npx --no -- shelfmark'.split(' ');
    const out = execFileSync(command, [...words, 'plan', '--help', '--json', '--yes'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(out).toBe('plan --help --json --yes\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});
