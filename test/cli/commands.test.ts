import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { virtualClock } from '../intercom/helpers/virtual-clock.ts';
import { startProgram } from '../helpers/program.ts';
import { runCommand, startCommand, type Ended } from '../helpers/command.ts';

const token = 'dG9rOnNlY3JldC1zaGVsZm1hcms=';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shelfmark-cli-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const shelfmark = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  below = '',
): Promise<Ended> => runCommand(args, { folder: join(folder, below), env });

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const simulated = 'remote:\n  provider: simulator\n';
const article = '---\ntitle: Install\nstate: published\n---\n\nText.\n';
const names = async (): Promise<readonly string[]> => (await readdir(folder, { recursive: true })).toSorted();

describe('the main job', () => {
  test('a first sync says what it does, where to look, and a second one has nothing to do', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/guides/install.md': article });
    const first = await shelfmark(['sync', '--yes']);
    expect(first.err).toBe('');
    expect(first.code).toBe(0);
    expect(first.out).toContain('+ content/guides/  “Guides”');
    expect(first.out).toContain('Plan: 2 to create.');
    expect(first.out).toContain('Done: 2 created.');
    expect(first.out).toMatch(/http:\/\/127\.0\.0\.1:\d+\//);
    const second = await shelfmark(['sync', '--yes']);
    expect(second.code).toBe(0);
    expect(second.out).toContain('Nothing to do, 2 in step.');
    expect(second.out).not.toContain('created');
  });

  test('what goes into a pipe has no colours, in CI as anywhere, unless they are asked for', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article });
    expect((await shelfmark(['plan'], { CI: 'true' })).out).not.toContain('\u001b');
    expect((await shelfmark(['plan'], { CI: 'true', FORCE_COLOR: '1' })).out).toContain('\u001b');
    expect((await shelfmark(['plan', '--config', 'none.yaml'], { CI: 'true' })).err).not.toContain('\u001b');
  });

  test('a plan writes nothing anywhere and ends as asked', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article });
    const before = await names();
    expect((await shelfmark(['plan'])).code).toBe(0);
    expect((await shelfmark(['plan', '--detailed-exitcode'])).code).toBe(2);
    expect((await shelfmark(['status'])).out).toContain(
      'Ahead: changed here\n  content/install.md  new file',
    );
    expect(await names()).toEqual(before);
  });

  test('machines read one document with plan, outcomes and calls', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article });
    const { out, err, code } = await shelfmark(['push', '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      direction: 'push',
      summary: { create: 1, update: 0, move: 0, delete: 0, conflict: 0, behind: 0, adopt: 0, unchanged: 0 },
      operations: [
        {
          side: 'remote',
          action: 'create',
          kind: 'article',
          path: 'install.md',
          id: null,
          reason: 'new file',
        },
      ],
      conflicts: [],
      problems: [],
      refusals: [],
      outcomes: [{ status: 'done', action: 'create', path: 'install.md' }],
      // Two of them look for what others created or wrote over: right before the create and after it.
      calls: { total: 7, byMethod: { GET: 6, POST: 1 } },
    });
  });

  test('what the help center has overtaken of a saved plan is told, entry by entry, and the rest is done', async () => {
    const other = article.replace('Install', 'Use');
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article, 'content/use.md': other });
    await shelfmark(['sync', '--yes']);
    await write({ 'content/install.md': `${article}More.\n`, 'content/use.md': `${other}More.\n` });
    await shelfmark(['plan', '--direction', 'push', '--out', 'plan.json']);
    await write({
      '.shelfmark/simulator.json': (
        await readFile(join(folder, '.shelfmark/simulator.json'), 'utf8')
      ).replace('"Use"', '"Use it"'),
    });
    const { code, out } = await shelfmark(['apply', 'plan.json', '--json']);
    expect(code).toBe(3);
    const said = JSON.parse(out) as Record<
      'operations' | 'outcomes',
      { path: string; status?: string; message?: string }[]
    >;
    expect(said.operations.map((one) => one.path)).toEqual(['install.md', 'use.md']);
    expect(said.outcomes.map((one) => [one.path, one.status])).toEqual([
      ['install.md', 'done'],
      ['use.md', 'stale'],
    ]);
    expect(said.outcomes[1]?.message).toContain('changed since the plan was made');
  });

  test('adopting links what is certain, and leaves what could be several things', async () => {
    const other = article.replace('Install', 'Use');
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article, 'content/use.md': other });
    await shelfmark(['sync', '--yes']);
    await rm(join(folder, '.shelfmark/sync.lock.json'));
    await write({ 'content/install-too.md': article });
    const { code, out } = await shelfmark(['adopt', '--json']);
    expect(code).toBe(1);
    const said = JSON.parse(out) as Record<'linked' | 'problems', { path?: string; code?: string }[]>;
    expect(said.linked.map((one) => one.path)).toEqual(['use.md']);
    expect(said.problems.map((one) => one.code)).toContain('ADOPT_AMBIGUOUS');
    expect((await shelfmark(['adopt'])).out).toContain('Linked 0; nothing was changed on either side');
  });

  test('a saved plan is carried out once and refused when it is stale', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article });
    await shelfmark(['plan', '--out', 'plan.json']);
    expect((await shelfmark(['apply', 'plan.json'])).out).toContain('Done: 1 created.');
    const again = await shelfmark(['apply', 'plan.json']);
    expect(again.code).toBe(4);
    expect(again.err).toContain('This plan is stale: the lock file changed since it was made.');
  });

  test('a command finds its project from any folder in it, and takes paths as they stand there', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/guides/install.md': article });
    expect((await shelfmark(['sync', '--yes'], {}, 'content/guides')).out).toContain('Done: 2 created.');
    expect(await names()).toContain('.shelfmark');
    expect((await shelfmark(['status'])).out).toContain('Everything is in step: 2 entries.');
    expect(JSON.parse((await shelfmark(['status', '--json'], {}, 'content')).out)).toMatchObject({
      unchanged: 2,
    });
  });

  test('the search for a project ends where a repository does', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article, 'inner/.git/HEAD': '' });
    const { code, err } = await shelfmark(['status'], {}, 'inner');
    expect([code, err.split('\n')[0]]).toEqual([
      1,
      'Error: There is no readable config file sync.config.yaml. Nothing was changed.',
    ]);
  });

  test('what is kept in the help center is told by every plan, for its file is gone', async () => {
    await write({ 'sync.config.yaml': `${simulated}deletions: keep\n`, 'content/install.md': article });
    await write({ 'content/use.md': article.replace('Install', 'Use') });
    await shelfmark(['push', '--yes']);
    await rm(join(folder, 'content/use.md'));
    for (const args of [['plan'], ['push', '--yes'], ['plan', '--markdown']])
      expect((await shelfmark(args)).out).toMatch(/Kept in the help center[^]*use\.md/);
    const { kept, operations } = JSON.parse((await shelfmark(['sync', '--json'])).out);
    expect([kept, operations]).toEqual([
      [{ kind: 'article', path: 'use.md', id: expect.stringMatching(/^\d+$/) }],
      [],
    ]);
  });

  test('a plan that cannot be saved is told in a sentence', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article });
    const { code, err } = await shelfmark(['plan', '--out', 'none/plan.json']);
    expect([code, err.split('\n')[0]]).toEqual([
      1,
      'Error: The plan could not be saved as none/plan.json. Nothing was changed.',
    ]);
  });

  test('a plan that hides a language shows what else changes in the article', async () => {
    await write({
      'sync.config.yaml': simulated,
      'content/install.md': article,
      'content/install.fr.md': article.replace('Install', 'Installer'),
    });
    await shelfmark(['push', '--yes']);
    await rm(join(folder, 'content/install.fr.md'));
    await write({ 'content/install.md': article.replace('Text.', 'Better text.') });
    expect((await shelfmark(['plan'])).out).toContain('{+Better text+}.');
    expect((await shelfmark(['plan', '--markdown'])).out).toContain('<ins>Better text</ins>.');
  });
});

describe('bad input', () => {
  test('every bad file is told in one run with file, line and way out, and held while the rest is pushed', async () => {
    await write({
      'sync.config.yaml': simulated,
      'content/good.md': article,
      'content/broken.md': '---\ntitle: "x\n---\ntext\n',
      'content/untitled.md': 'No title here.\n',
      'content/a/b/c/d/deep.md': article,
      'content/twice.md': article,
      'content/twice.en.md': article,
      'content/other.md': article,
      'content/other.xx.md': article,
      'content/state.md': '---\ntitle: S\nstate: publised\n---\n',
      'content/bytes.md': new Uint8Array([0xff, 0xfe, 0x00]),
    });
    const before = await names();
    for (const run of [['plan'], ['push', '--yes', '--strict'], ['push', '--yes']]) {
      const { code, out } = await shelfmark(run);
      expect(code).toBe(1);
      expect(
        /^Nothing was written: an error in one file stops a strict run\. Correct the \d+ errors above/m.test(
          out,
        ),
      ).toBe(run.includes('--strict'));
      expect(/^Done: \d+ created, \d+ not|^Done: \d+ created\./m.test(out)).toBe(run.length === 2);
      if (run.length !== 2) expect(await names()).toEqual(before);
      for (const said of [
        /^content\/broken\.md:\d+:\d+: error: /m,
        /^content\/untitled\.md:1: error: The article has no title\./m,
        /^content\/a\/b\/c\/d: error: .*3 deep/m,
        /^content\/twice\.md: error: Two files hold this article/m,
        /^content\/other\.xx\.md: error: .*"\.xx"/m,
        /^content\/state\.md:3:8: error: The state "publised" is not known\. \[STATE_UNKNOWN\]\n {5}3 \| state: publised\n {7}\| {8}\^\n  Did you mean "published"\?$/m,
        /^content\/bytes\.md:1:1: error: The file is not UTF-8 text\./m,
      ]) {
        expect(out).toMatch(said);
      }
      expect(out).toContain('+ content/good.md');
      expect(out).toMatch(/^  ! content\/state\.md  has an error in line 3 \(STATE_UNKNOWN\)$/m);
    }
  });

  test.each([
    [
      'remote:\n  provider: simulater\n',
      'sync.config.yaml:2: remote.provider: "simulater" is not one of simulator, intercom; did you mean "simulator"?',
    ],
    [
      'remote:\n  provider: simulator\nconflict: hold\n',
      'sync.config.yaml:3: unknown key "conflict"; did you mean "conflicts"?',
    ],
    [
      'remote:\n  provider: simulator\ndefaultLocale: english\n',
      'sync.config.yaml:3: defaultLocale: "english" is not a locale of Intercom',
    ],
    ['remote: [\n', 'sync.config.yaml:2: '],
    ['', 'sync.config.yaml:1: remote'],
  ])('a config file with %j is told by line', async (config, said) => {
    await write({ 'sync.config.yaml': config, 'content/install.md': article });
    const { code, err } = await shelfmark(['plan']);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });

  test('a missing content folder and an empty one are told', async () => {
    await write({ 'sync.config.yaml': simulated });
    const missing = await shelfmark(['push']);
    expect([missing.code, missing.err]).toEqual([
      1,
      expect.stringContaining('The content folder content does not exist'),
    ]);
    await mkdir(join(folder, 'content'));
    const empty = await shelfmark(['push']);
    expect([empty.code, empty.err]).toEqual([
      1,
      expect.stringContaining('holds no article and no collection'),
    ]);
  });

  test('whoever stops reading what a command prints stops nothing else', async () => {
    await write({ 'sync.config.yaml': simulated });
    await write(
      Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`content/a${n}.md`, `# A ${n}\n\nText.\n`])),
    );
    const { child, ended } = startProgram(['push', '--yes', '--verbose'], { folder });
    child.stdout.destroy();
    child.stderr.destroy();
    expect((await ended).code).toBe(0);
    expect((await shelfmark(['plan'])).out).toContain('Nothing to do, 60 in step.');
  });

  test('wrong usage ends with 64 and says what was meant', async () => {
    const port = await shelfmark(['simulate', '--port', '70000']);
    expect([port.code, port.err]).toEqual([64, expect.stringContaining('It must be a port: 65535 at most.')]);
    const { code, err } = await shelfmark(['psuh']);
    expect(code).toBe(64);
    expect(err).toContain('Did you mean push?');
    expect((await shelfmark(['plan', '--direction', 'up'])).code).toBe(64);
  });

  test('what is wrong beside the command line is a failure, not wrong usage', async () => {
    await write({ 'sync.config.yaml': simulated, 'content/install.md': article, 'plan.json': '{' });
    expect((await shelfmark(['sync', '--yes'])).code).toBe(0);
    for (const args of [
      ['apply', 'plan.json'],
      ['apply', 'none.json'],
      ['resolve', 'install.md', '--local'],
      ['restore', 'content/none.md'],
    ])
      expect([args, (await shelfmark(args)).code]).toEqual([args, 1]);
    await write({ 'sync.config.yaml': 'remote:\n  provider: intercom\n' });
    for (const env of [{ INTERCOM_TOKEN: 'a b' }, { INTERCOM_TOKEN: token, INTERCOM_URL: 'nonsense' }])
      expect([env, (await shelfmark(['plan'], env)).code]).toEqual([env, 1]);
  });
});

describe('a remote that cannot be used', () => {
  const config = { 'sync.config.yaml': 'remote:\n  provider: intercom\n', 'content/install.md': article };

  async function serve(
    answer: (respond: (status: number, type: string, body: string) => void) => void,
  ): Promise<Server> {
    const server = createServer((_, response) => {
      answer((status, type, body) => response.writeHead(status, { 'content-type': type }).end(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  }
  const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function expectCalm({ code, out, err }: Ended): void {
    expect(code).toBe(1);
    expect(`${out}${err}`).not.toMatch(/\n\s+at /);
    expect(`${out}${err}`).not.toContain(token);
  }

  test('without a token the variable is named', async () => {
    await write(config);
    const ended = await shelfmark(['plan']);
    expectCalm(ended);
    expect(ended.err).toContain('INTERCOM_TOKEN');
  });

  test('a token that is refused, and an answer that is not JSON, are told in a sentence each', async () => {
    await write(config);
    const refusing = await serve((respond) =>
      respond(
        401,
        'application/json',
        '{"type":"error.list","request_id":"abc123","errors":[{"code":"unauthorized","message":"Access Token Invalid"}]}',
      ),
    );
    const refused = await shelfmark(['plan', '--verbose'], {
      INTERCOM_TOKEN: token,
      INTERCOM_URL: addressOf(refusing),
    });
    refusing.close();
    expectCalm(refused);
    expect(refused.err).toContain('Access Token Invalid');
    expect(refused.err).toContain('abc123');
  });

  test('a host that cannot be reached is told in a sentence', async () => {
    await write(config);
    const closed = await serve(() => undefined);
    const url = addressOf(closed);
    await new Promise((done) => closed.close(done));
    const ended = await runCommand(['push', '--json'], {
      folder,
      env: { INTERCOM_TOKEN: token, INTERCOM_URL: url },
      clock: virtualClock(),
    });
    expectCalm(ended);
    expect(JSON.parse(ended.out)).toMatchObject({ version: 1, error: { code: 'UNREACHABLE' } });
  });
});

describe('setting up', () => {
  test('init in an empty folder gives a project that syncs at once', async () => {
    const { code, out } = await shelfmark(['init', '--yes']);
    expect(code).toBe(0);
    expect(out).toContain('+ sync.config.yaml');
    expect((await shelfmark(['sync', '--yes'])).code).toBe(0);
    expect((await shelfmark(['init', '--yes'])).err).toContain(
      'There is a sync.config.yaml in this folder already.',
    );
  });

  test('init configures around content that is there and leaves it as it is', async () => {
    await write({ 'docs/install.md': article });
    const { out } = await shelfmark(['init', '--yes', '--provider', 'intercom', '--region', 'eu']);
    expect(out).toContain('The files in docs/ stay as they are.');
    expect(await readFile(join(folder, 'docs/install.md'), 'utf8')).toBe(article);
    const config = await readFile(join(folder, 'sync.config.yaml'), 'utf8');
    expect(config).toContain('content: docs\n');
    expect(config).toContain('region: eu\n');
  });

  test('init names the reference of the package that is installed, and else the one of this version', async () => {
    const head = async (): Promise<string> =>
      (await readFile(join(folder, 'sync.config.yaml'), 'utf8')).split('\n')[1] ?? '';
    await shelfmark(['init', '--yes']);
    expect(await head()).toMatch(/ https:\/\/\S+\/blob\/v\d+\.\d+\.\d+\/docs\/config\.md$/);
    await rm(join(folder, 'sync.config.yaml'));
    await write({ 'node_modules/shelfmark/docs/config.md': '' });
    await shelfmark(['init', '--yes']);
    expect(await head()).toMatch(/ node_modules\/shelfmark\/docs\/config\.md$/);
  });

  test('simulate prints one line, serves the API to another project, and stops when told', async () => {
    await write({ 'sync.config.yaml': 'remote:\n  provider: intercom\n', 'content/install.md': article });
    const simulating = startCommand(['simulate', '--json', '--state', 'help-center.json'], { folder });
    await simulating.until('"token"');
    const {
      url,
      site,
      token: own,
    } = JSON.parse(simulating.out()) as { url: string; site: string; token: string };
    const pushed = await shelfmark(['push'], { INTERCOM_URL: url, INTERCOM_TOKEN: own });
    expect(pushed.code).toBe(0);
    const page = await fetch(site);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    simulating.interrupt();
    expect((await simulating.ended).code).toBe(0);
    expect(await readFile(join(folder, 'help-center.json'), 'utf8')).toContain('Install');
  });
});

describe('several targets', () => {
  test('the same content goes to staging, then to production, each with a lock of its own', async () => {
    await write({
      'sync.config.yaml':
        'remote:\n  provider: simulator\ntargets:\n  staging:\n    lock: locks/staging.json\n    deletions: delete\n  production: {}\n',
      'content/install.md': article,
    });
    for (const target of ['staging', 'production']) {
      expect((await shelfmark(['push', '--target', target])).out).toContain('Plan: 1 to create.');
      expect((await shelfmark(['push', '--target', target])).out).toContain('Nothing to do, 1 in step.');
    }
    const files = await names();
    expect(files).toContain('locks/staging.json');
    expect(files).toContain('.shelfmark/sync.lock.production.json');
    expect((await shelfmark(['plan', '--target', 'stagin'])).err).toContain('Did you mean --target staging?');
  });
});
