import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand, startCommand, type Ended } from '../../helpers/command.ts';
import { checkGit, checkIgnored, checkNode } from '../../../src/app/doctor/doctor-local.ts';
import { checkRegion } from '../../../src/app/doctor/doctor-remote.ts';
import { probe } from '../../../src/app/doctor.ts';
import { findConfig } from '../../../src/config/find-config.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { Git } from '../../../src/ports/git.ts';
import { nodeFiles } from '../../../src/ports/node-files.ts';
import { startSimulator, type Simulator } from '../../../src/simulator/server.ts';
import type { SimulatorOptions } from '../../../src/simulator/server.ts';
import { virtualClock } from '../../intercom/helpers/virtual-clock.ts';
import { outsideOf } from '../../helpers/outside.ts';

interface Examined extends Ended {
  /** `status message` of each check by its name. */
  readonly checks: Readonly<Record<string, string>>;
  readonly hints: Readonly<Record<string, string | null>>;
  readonly findings: readonly { readonly question: string; readonly answer: string }[] | undefined;
}

interface Place {
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly show: (...args: readonly string[]) => Promise<Ended>;
  readonly examine: (...args: readonly string[]) => Promise<Examined>;
  readonly write: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly git: (...args: readonly string[]) => void;
}

async function place(config: string, env: Record<string, string> = {}): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'shelfmark-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const show = (...args: readonly string[]): Promise<Ended> =>
    runCommand(['doctor', ...args], { folder, env: { NO_COLOR: '1', ...env } });
  await write({ 'sync.config.yaml': config, 'content/install.md': '# Install\n\nText.\n' });
  return {
    folder,
    env,
    write,
    show,
    git: (...args) => void execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' }),
    examine: async (...args) => {
      const shown = await show('--json', ...args);
      const document: unknown = JSON.parse(shown.out);
      const { checks, findings } = document as {
        checks: { check: string; status: string; message: string; hint: string | null }[];
        findings?: { question: string; answer: string }[];
      };
      return {
        ...shown,
        checks: Object.fromEntries(checks.map((one) => [one.check, `${one.status} ${one.message}`])),
        hints: Object.fromEntries(checks.map((one) => [one.check, one.hint])),
        findings,
      };
    },
  };
}

const embedded = 'remote:\n  provider: simulator\n';
const real = 'remote:\n  provider: intercom\n';

async function connected(
  options: SimulatorOptions = {},
  more = '',
): Promise<Place & { simulator: Simulator }> {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const env = { INTERCOM_URL: simulator.url, INTERCOM_TOKEN: simulator.token };
  return { ...(await place(`${real}${more}`, env)), simulator };
}

async function everyFile(folder: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path] = await readFile(path, 'latin1');
  }
  return found;
}

describe('in order', () => {
  test('a new project is told that all is well, and nothing is written', async () => {
    const { folder, show } = await place(embedded);
    const before = await everyFile(folder);
    const { code, out } = await show();
    expect(code).toBe(0);
    expect(out).toMatch(/^ok {7}node {9}Node\.js \d+\.\d+\.\d+$/m);
    expect(out).toMatch(/^ok {7}help center {2}Help Center \(\d+\)$/m);
    expect(out).toMatch(/All is well\.\n$/);
    expect(await everyFile(folder)).toEqual(before);
  });

  test('a project with Intercom is told whose token it is, of which workspace, and what it may do', async () => {
    const { examine, simulator } = await connected();
    const { code, checks } = await examine();
    expect(code).toBe(0);
    expect(checks).toMatchObject({
      token: 'ok INTERCOM_TOKEN is accepted; it acts as docs@example.com',
      permissions: 'ok reads and writes (0 articles, 0 collections)',
      version: 'ok API 2.11, as asked for',
      limit: expect.stringMatching(/^ok 1667 calls in ten seconds, \d+ left$/),
    });
    expect(Object.values(checks).filter((one) => !one.startsWith('ok'))).toEqual([
      'skipped .shelfmark is only checked in a git repository',
    ]);
    // Ten thousand articles cost no more calls than none.
    expect(simulator.operator.calls().length).toBeLessThan(8);
    expect(simulator.operator.articles()).toEqual([]);
  });
});

describe('the token', () => {
  test('that is wrong fails its check, leaves the rest unchecked and is not shown', async () => {
    const { show, examine, env } = await connected();
    env['INTERCOM_TOKEN'] = 'dG9rOnNlY3JldC1zZWNyZXQ=';
    const { code, checks, hints, err } = await examine();
    expect(code).toBe(1);
    expect(checks['token']).toMatch(/^failed .*Intercom does not accept the access token/);
    expect(hints['token']).toContain('Check INTERCOM_TOKEN');
    expect(checks['permissions']).toBe('skipped needs the token');
    expect(err).toBe('');
    const { out } = await show('--verbose');
    expect(out).toMatch(/^failed {3}token/m);
    expect(out).toContain('→ Check INTERCOM_TOKEN');
    expect(out).not.toContain('dG9rOnNlY3JldC1zZWNyZXQ');
  });

  test.each([
    ['is missing', '', 'The environment variable INTERCOM_TOKEN holds no token'],
    ['was copied with a quote and a space', '"abc def"', 'The access token holds a space'],
  ])('that %s fails its check', async (_, token, said) => {
    const { examine, env } = await connected();
    env['INTERCOM_TOKEN'] = token;
    const { code, checks } = await examine();
    expect(code).toBe(1);
    expect(checks['token']).toContain(`failed ${said}`);
  });

  test('that may only read is warned about', async () => {
    const { examine, env, simulator } = await connected();
    const adminId = simulator.operator.admins()[0]?.id ?? 0;
    env['INTERCOM_TOKEN'] = simulator.operator.addApp({ name: 'Reader', adminId, scope: 'read' }).token;
    const { code, checks, hints } = await examine();
    expect(code).toBe(0);
    expect(checks['permissions']).toMatch(/^warning The token may read .* but not write/);
    expect(hints['permissions']).toContain('Developer Hub');
  });
});

describe('the connection', () => {
  test('that cannot be made fails its check, leaves the token unjudged and nothing to probe', async () => {
    const { examine } = await place(real, { INTERCOM_URL: 'http://127.0.0.1:9', INTERCOM_TOKEN: 'abc' });
    const { code, checks, findings, err } = await examine('--probe');
    expect([code, findings]).toEqual([1, undefined]);
    expect(err).toContain('the probe needs a connection');
    expect(checks['connection']).toMatch(/^failed .*cannot be reached/);
    expect(checks['token']).toBe('skipped not known without a connection');
  });

  test('over plain http to another machine is refused before the token is sent', async () => {
    const { examine } = await place(real, { INTERCOM_URL: 'http://example.com', INTERCOM_TOKEN: 'abc' });
    const { code, checks } = await examine();
    expect(code).toBe(1);
    expect(checks['connection']).toContain('only https will do');
  });

  test('into another region than the config file says is warned about', () => {
    const config = readConfig(`${real}  region: us\n`, '/p/sync.config.yaml', 'sync.config.yaml', null);
    const me = { app: { id_code: 'abc', name: 'Acme', region: 'EU' } };
    expect(checkRegion(config, me, {})).toMatchObject({
      status: 'warning',
      hint: expect.stringContaining('region: eu'),
    });
    expect(checkRegion({ ...config, region: 'eu' }, me, {})).toMatchObject({ status: 'ok' });
  });

  test('to a machine whose clock is off is warned about', async () => {
    const { examine, simulator } = await connected();
    simulator.operator.moveClock(3_600_000);
    const { code, checks } = await examine();
    expect(code).toBe(0);
    expect(checks['clock']).toMatch(/^warning This machine's clock is 3\d\d\d seconds behind/);
  });
});

describe('the workspace', () => {
  test('of another lock file fails its check', async () => {
    const { examine, write } = await connected();
    const head = { version: 1, markup: 1, workspace: 'other123', helpCenter: '7', defaultLocale: 'en' };
    await write({ 'sync.lock.json': JSON.stringify({ ...head, entries: [], images: [] }) });
    const { code, checks, hints } = await examine();
    expect(code).toBe(1);
    expect(checks['lock']).toBe('ok sync.lock.json: 0 linked entries');
    expect(checks['workspace']).toMatch(
      /^failed The lock file belongs to workspace other123, .* this token leads to workspace .+\.$/,
    );
    expect(hints['workspace']).toContain('--target NAME');
    expect(checks['helpCenter']).toMatch(/^failed The lock file belongs to help center 7; .+\.$/);
  });

  test('with several help centers asks for one of them by its id', async () => {
    const { examine, simulator } = await connected();
    const other = simulator.operator.createHelpCenter({ identifier: 'partners', displayName: 'Partners' });
    const { code, checks, hints } = await examine();
    expect(code).toBe(1);
    expect(checks['helpCenter']).toContain(`${other.id} ("Partners")`);
    expect(hints['helpCenter']).toContain('remote.helpCenter');
  });

  test('whose help center is turned off is warned about', async () => {
    const { examine, simulator } = await connected();
    const [own] = simulator.operator.helpCenters();
    simulator.operator.editHelpCenter(own?.id ?? 0, { websiteOn: false });
    expect((await examine()).checks['helpCenter']).toMatch(/^warning .* is turned off/);
  });

  test('without the author that the config names fails its check', async () => {
    const { examine } = await connected({}, '  author: nobody@example.com\n');
    const { code, checks } = await examine();
    expect(code).toBe(1);
    expect(checks['author']).toContain('failed The workspace has no admin "nobody@example.com"');
  });
});

describe('languages', () => {
  test('that the help center would hide are warned about', async () => {
    const { examine, simulator, write } = await connected({ switches: { multilingual: false } });
    simulator.operator.createArticle({ title: 'There', body: '<p>x</p>' });
    await write({ 'content/install.fr.md': '# Installer\n\nTexte.\n' });
    const { code, checks, hints } = await examine();
    expect(code).toBe(0);
    expect(checks['languages']).toMatch(/^warning The folder has texts in fr, but/);
    expect(hints['languages']).toContain('Turn the languages on');
  });

  test('with another default than the config file says fail their check', async () => {
    const { examine, simulator } = await connected({ defaultLocale: 'de' });
    simulator.operator.createArticle({ title: 'Dort', body: '<p>x</p>' });
    const { code, checks, hints } = await examine();
    expect(code).toBe(1);
    expect(checks['languages']).toContain('default locale is de, the config file says en');
    expect(hints['languages']).toBe('Set "defaultLocale: de" in the config file.');
  });
});

describe('this machine', () => {
  test('needs a Node.js that is new enough', () => {
    expect(checkNode({ version: '20.19.0', least: '20.19' }).status).toBe('ok');
    expect(checkNode({ version: '22.1.0', least: '20.19' }).status).toBe('ok');
    const old = checkNode({ version: '18.20.4', least: '20.19' });
    expect(old).toMatchObject({ status: 'failed', hint: expect.stringContaining('20.19') });
  });

  test('may do without git, and is told so', async () => {
    const none: Git = {
      look: async () => null,
      version: async () => null,
      isRepository: async () => false,
      ignores: async () => null,
      tracked: async () => [],
      committed: async () => new Set<string>(),
      textOf: async () => null,
      history: async () => null,
      lastChanges: async () => null,
      textAt: async () => null,
      changedSince: async () => null,
      repository: async () => null,
    };
    expect(await checkGit(none, '/p')).toMatchObject({ status: 'warning' });
    const config = readConfig(embedded, '/p/sync.config.yaml', 'sync.config.yaml', null);
    expect(await checkIgnored(config, none)).toMatchObject({ status: 'skipped' });
  });
});

describe('the folder', () => {
  test('whose private part git would take along is warned about, and fails once it has', async () => {
    const { examine, git, write } = await place(embedded);
    git('init', '-q');
    const careless = await examine();
    expect([careless.code, careless.checks['ignored']]).toEqual([
      0,
      expect.stringMatching(/^warning git does not ignore \.shelfmark/),
    ]);
    await write({ '.shelfmark/simulator.json': '{}' });
    git('add', '.shelfmark');
    const tracked = await examine();
    expect(tracked.code).toBe(1);
    expect(tracked.checks['ignored']).toMatch(/^failed git keeps 1 file of \.shelfmark/);
    expect(tracked.hints['ignored']).toContain('git rm -r --cached .shelfmark');
    git('rm', '-r', '-q', '-f', '--cached', '.shelfmark');
    await write({ '.gitignore': '.shelfmark/\n', '.shelfmark/simulator.json': '' });
    expect((await examine()).checks['ignored']).toBe('ok .shelfmark is ignored by git');
  });

  test('whose lock file git ignores is warned about', async () => {
    const { examine, git, write } = await connected();
    const head = { version: 1, markup: 1, workspace: 'w', helpCenter: '7', defaultLocale: 'en' };
    await write({
      '.gitignore': '*.lock.json\n.shelfmark/\n',
      'sync.lock.json': JSON.stringify({ ...head, entries: [], images: [] }),
    });
    git('init', '-q');
    expect((await examine()).checks['lock']).toMatch(/^warning .* git ignores the file/);
  });

  test('with a slip in the config file is told its line, and nothing is sent', async () => {
    const { examine, write, simulator } = await connected();
    await write({ 'sync.config.yaml': `${real}conflict: hold\n` });
    const { code, checks } = await examine();
    expect(code).toBe(1);
    expect(checks['config']).toMatch(/^failed sync\.config\.yaml:3: .*did you mean "conflicts"/);
    expect(Object.keys(checks)).toEqual(['node', 'git', 'config']);
    expect(simulator.operator.calls()).toEqual([]);
  });

  test('without a config file is sent to init', async () => {
    const { examine, folder } = await place(embedded);
    await rm(join(folder, 'sync.config.yaml'));
    const { code, checks, hints } = await examine();
    expect(code).toBe(1);
    expect(checks['config']).toContain('failed There is no readable config file');
    expect(hints['config']).toContain('shelfmark init');
  });

  test('with a file that cannot be read fails its check; one that git did not bring, since it is empty, is fine', async () => {
    const { examine, folder, write } = await place(embedded);
    await write({ 'content/broken.md': '---\ntitle: "open\n---\nText.\n' });
    const broken = await examine();
    expect([broken.code, broken.checks['content']]).toEqual([
      1,
      expect.stringMatching(/^failed content: 1 /),
    ]);
    await rm(join(folder, 'content'), { recursive: true });
    const missing = await examine();
    expect([missing.code, missing.checks['content']]).toEqual([0, 'ok content: 0 articles, 0 collections']);
  });

  test('whose lock file holds git’s conflict markers is told the way out', async () => {
    const { examine, write } = await connected();
    await write({ 'sync.lock.json': '{\n<<<<<<< HEAD\n"version": 1\n=======\n>>>>>>> other\n}\n' });
    const { code, checks, hints } = await examine();
    expect(code).toBe(1);
    expect(checks['lock']).toMatch(/^failed .*conflict/);
    expect(hints['lock']).not.toBe('');
    // The rest goes on.
    expect(checks['permissions']).toMatch(/^ok /);
  });
});

describe('the probe', () => {
  test('asks a copy of the embedded simulator and leaves its state as it was, running or not', async () => {
    const { examine, show, folder } = await place(embedded);
    await runCommand(['push', '--yes', '--quiet'], { folder });
    const before = await everyFile(folder);
    const { code, findings } = await examine('--probe');
    expect(code).toBe(0);
    expect(findings?.length).toBeGreaterThan(35);
    expect(findings?.filter((one) => one.answer === '')).toEqual([]);
    expect(await everyFile(folder)).toEqual(before);

    const running = startCommand(['simulate', '--json'], { folder });
    onTestFinished(async () => {
      running.interrupt();
      await running.ended;
    });
    await running.until('"token"');
    const { url } = JSON.parse(running.out()) as { url: string };
    const { out } = await show('--probe');
    expect(out).toMatch(/How are collections sorted\?\n {4}by their last change, the newest first/);
    const calls: unknown = await (await fetch(`${url}/_operator/calls`)).json();
    expect(JSON.stringify(calls)).not.toContain('POST');
  });

  test('asks Intercom in a scratch collection and deletes what it made', async () => {
    const { simulator, folder, env } = await connected();
    const { operator } = simulator;
    const kept = operator.createArticle({ title: 'Mine', body: '<p>x</p>' });
    const config = await findConfig(nodeFiles, folder, { file: null, target: null });
    const outside = outsideOf(folder, { env, clock: virtualClock() });
    const findings = [];
    for await (const finding of probe(config, () => undefined, outside)) findings.push(finding);
    expect(findings.length).toBeGreaterThan(35);
    expect(operator.articles().map((one) => one.id)).toEqual([kept.id]);
    expect(operator.collections()).toEqual([]);
    expect(operator.calls().some((call) => call.method === 'POST')).toBe(true);
  });
});

test('the help shows the probe and examples', async () => {
  const { show } = await place(embedded);
  const { code, out } = await show('--help');
  expect(code).toBe(0);
  expect(out).toContain('--probe');
  expect(out).toContain('Examples:\n  shelfmark doctor');
});
