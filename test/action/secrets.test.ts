import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { githubToken } from './helpers/github.ts';
import { article, onMain, openStage, withToken, type Stage } from './helpers/stage.ts';

let stage: Stage;
/** Stands where a stranger would like to stand: it hears what is sent to the help center. */
let ear: Server;
let heard: string[];

beforeEach(async () => {
  stage = await openStage({ 'content/guides/install.md': article('Install', 'Text.') });
  heard = [];
  ear = createServer((request, response) => {
    heard.push(request.headers.authorization ?? '');
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"type":"error.list","errors":[{"code":"unauthorized","message":"No."}]}');
  });
  await new Promise<void>((done) => ear.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  await new Promise((done) => ear.close(done));
  await stage.close();
});

const others = {
  GITHUB_TOKEN: githubToken,
  ACTIONS_RUNTIME_TOKEN: 'runtime-token-0123456789',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token-0123456789',
  'INPUT_GITHUB-TOKEN': githubToken,
  AWS_SECRET_ACCESS_KEY: 'aws-0123456789abcdef',
  NPM_TOKEN: 'npm-0123456789abcdef',
  MY_DEPLOY_KEY: 'deploy-0123456789abcdef',
  STAGING_TOKEN: 'staging-0123456789abcdef',
};
const env = (): Record<string, string> => ({
  ...others,
  INTERCOM_URL: `http://127.0.0.1:${(ear.address() as AddressInfo).port}`,
});
const configOf = (variable: string): string =>
  `remote: { provider: intercom }\ntargets: { x: { tokenVariable: ${variable} } }\n`;

describe('the variable that a pull request names for the token', () => {
  test.each(['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'STAGING_TOKEN', 'PATH'])(
    '%s is not sent to the help center',
    async (variable) => {
      await stage.change({ 'sync.config.yaml': configOf(variable) }, 'other');
      const ran = await stage.run({
        ...(await stage.proposed('other', 4)),
        inputs: { token: '', target: 'x' },
        env: env(),
      });
      expect(heard).toEqual([]);
      expect(JSON.stringify([ran.summary, ran.report, stage.github.comments])).not.toContain(
        others.STAGING_TOKEN,
      );
    },
  );

  test('of a merged config is read where it is meant for that, and refused where it is not', async () => {
    const inputs = { token: '', target: 'x' };
    await stage.change({ 'sync.config.yaml': configOf('STAGING_TOKEN') });
    await stage.run({ ...onMain('push'), inputs, env: env() });
    expect(new Set(heard)).toEqual(new Set([`Bearer ${others.STAGING_TOKEN}`]));
    heard = [];
    for (const variable of ['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'PATH']) {
      await stage.change({ 'sync.config.yaml': configOf(variable) });
      const ran = await stage.run({ ...onMain('push'), inputs, env: env() });
      expect(ran.log).toMatch(
        /^::error title=CONFIG_INVALID,file=sync\.config\.yaml,line=2::.*STAGING_TOKEN/m,
      );
    }
    expect(heard).toEqual([]);
  });
});

describe('what was committed or left behind', () => {
  test('as a mark of a run on another machine holds up nobody', async () => {
    const mark = `${JSON.stringify({ process: 7, host: 'elsewhere', place: 'elsewhere', since: Date.now(), beat: Date.now() })}\n`;
    await stage.change({
      '.shelfmark/run.lock': mark,
      '.shelfmark/run.x.lock': mark,
      '.gitignore': null,
    });
    const began = Date.now();
    const ran = await stage.run(withToken(stage, onMain('push')));
    expect(ran.log).not.toContain('::error');
    expect(ran.code).toBe(0);
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  test('as a journal or a mark counts for nothing, also in the newer commit that a run goes to', async () => {
    const first = stage.tip();
    await stage.run(withToken(stage, onMain('push')));
    const mark = `${JSON.stringify({ process: 7, host: 'elsewhere', place: 'elsewhere', since: Date.now(), beat: Date.now() })}\n`;
    await stage.change({
      '.gitignore': null,
      '.shelfmark/journal.jsonl': '{"torn\n',
      '.shelfmark/run.lock': mark,
      '.shelfmark/deep/er.txt': 'x\n',
      'content/guides/install.md': article('Install', 'Other text.'),
    });
    for (const sha of [first, stage.tip()]) {
      const ran = await stage.run(withToken(stage, { ...onMain('push'), sha }));
      expect(ran.log).not.toContain('::error');
      expect(ran.code).toBe(0);
      expect(ran.log).toContain('they count for nothing');
      expect(existsSync(join(ran.workspace, '.shelfmark/deep'))).toBe(false);
    }
    expect(stage.simulator.operator.articles()[0]?.contents['en']?.body).toContain('Other text.');
  });

  test.each(['.github/workflows/x.yml', 'package.json', '.vscode/sync.lock.json'])(
    'a lock file called %s is refused before anything is read',
    async (lock) => {
      await stage.change({ 'sync.config.yaml': `remote: { provider: intercom }\nlock: ${lock}\n` });
      const ran = await stage.run(withToken(stage, onMain('push')));
      expect(ran.log).toMatch(/^::error title=OUTSIDE_PROJECT::.*is not the name of a lock file/m);
      expect(stage.simulator.operator.articles()).toEqual([]);
    },
  );
});

test('a token that the help center sends back comes into no file, in any spelling', async () => {
  const { token, operator } = stage.simulator;
  await stage.run(withToken(stage, onMain('push')));
  const spelled = [token, Buffer.from(token).toString('base64'), encodeURIComponent(token)];
  operator.createArticle({
    title: `Look: ${token}`,
    body: `<p>${spelled.join(' ')}</p>`,
    state: 'published',
  });
  const [known] = operator.articles();
  operator.editArticle(known?.id ?? 0, { title: `Install ${token}`, body: `<p>Bearer ${token}</p>` });
  const ran = await stage.run(withToken(stage, onMain('schedule')));
  expect(ran.log).not.toContain('::error');
  expect(await stage.fileOf('shelfmark/pull', 'content/guides/install.md')).toContain(
    'title: Install [token]',
  );
  const kept: string[] = [];
  for (const name of readdirSync(ran.workspace, { recursive: true, encoding: 'utf8' })) {
    const file = join(ran.workspace, name);
    if (!name.startsWith('.git/') && statSync(file).isFile())
      kept.push(`${name}\n${readFileSync(file, 'utf8')}`);
  }
  expect(kept.some((one) => one.startsWith('sync.lock.json'))).toBe(true);
  expect(kept.some((one) => one.startsWith('.shelfmark/'))).toBe(true);
  for (const secret of [...spelled, Buffer.from(token).toString('hex')])
    for (const text of [...kept, ran.summary, stage.github.pulls[0]?.body ?? ''])
      expect(text).not.toContain(secret);
});

describe('a simulator in a job', () => {
  test.each(['push', 'plan', 'pull'])(
    'is refused, also for "%s", unless the workflow says so',
    async (command) => {
      await stage.change({ 'sync.config.yaml': 'remote: { provider: simulator }\n' });
      const options = { ...onMain('push'), inputs: { command } };
      const ran = await stage.run(options);
      expect(ran.log).toMatch(
        /^::error title=SIMULATOR_IN_JOB::.*"provider: simulator".*"allow-simulator: true"/m,
      );
      expect(ran.code).toBe(4);
      expect(ran.summary).not.toMatch(/published/i);
      const meant = await stage.run({ ...options, inputs: { command, 'allow-simulator': 'true' } });
      expect(meant.log).not.toContain('SIMULATOR_IN_JOB');
    },
  );
});
