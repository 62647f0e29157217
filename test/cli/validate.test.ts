import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeTexts } from '../../src/report/formats/codes.ts';
import { changeFiles } from '../helpers/change-files.ts';
import { runCommand } from '../helpers/command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
  await changeFiles(folder, {
    'sync.config.yaml': 'remote:\n  provider: simulator\n',
    'content/state.md': '---\ntitle: S\nstate: publised\n---\n',
    'content/guides/faq.md': '# Questions\n\nSee [it](nowhere.md) and 100% of: this, that.\n',
  });
});
afterEach(() => rm(folder, { recursive: true }));

const shelfmark = (args: readonly string[], from = '', env: Readonly<Record<string, string>> = {}) =>
  runCommand(args, { folder: join(folder, from), env });

describe('validate', () => {
  test('files are named as one can open them from where one stands', async () => {
    const here = await shelfmark(['validate']);
    expect(here.code).toBe(1);
    expect(here.out).toContain('content/state.md:3:8: error: ');
    expect(here.out).toContain('content/guides/faq.md:3:5: warning: ');
    const below = await shelfmark(['validate'], 'content/guides');
    expect(below.out).toContain('\nfaq.md:3:5: warning: '.trimStart());
    expect(below.out).toContain('../state.md:3:8: error: ');
  });

  test('a plan names files as the problems do', async () => {
    const { out } = await shelfmark(['plan'], 'content');
    expect(out).toContain('state.md:3:8: error: ');
    expect(out).toMatch(/^ {2}\+ guides\/ /m);
    expect(out).toMatch(/^ {2}! state\.md /m);
    const above = await shelfmark(['plan']);
    expect(above.out).toMatch(/^ {2}\+ content\/guides\/ /m);
    expect(above.out).toMatch(/^ {2}! content\/state\.md /m);
  });

  test('--format github prints one command for each problem, at its line, with nothing in it that ends it early', async () => {
    await changeFiles(folder, { 'content/guides/faq.md': '# Q\n\n[100%,:](50%25off,a:b.md)\n' });
    const { code, out } = await shelfmark(['validate', '--format', 'github']);
    expect(code).toBe(1);
    const commands = out.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(2);
    expect(commands[0]).toMatch(
      /^::warning title=LINK_BROKEN,file=content\/guides\/faq\.md,line=3,col=1::The link to 50%2525off,a:b\.md leads nowhere/,
    );
    expect(commands[1]).toMatch(/^::error title=STATE_UNKNOWN,file=content\/state\.md,line=3,col=8::/);
    const job = await shelfmark(['validate', '--format', 'github'], 'content', { GITHUB_WORKSPACE: folder });
    expect(job.out).toContain('file=content/state.md,');
  });

  test('files that are no content are left out of a check of named files, as a hook of git names them', async () => {
    await changeFiles(folder, { 'README.md': '# Us\n' });
    const named = ['README.md', 'content/guides/faq.md'].map((one) => join(folder, one));
    const { code, out, err } = await shelfmark(['validate', ...named]);
    expect([code, out]).toEqual([0, expect.stringContaining('Checked 1 article in 0 collections')]);
    expect(err).toMatch(/^No content, and not checked: .*README\.md\.$/m);
    expect((await shelfmark(['validate', 'content/nowhere.md'])).code).toBe(64);
  });

  test('--fix says so where nothing could be fixed', async () => {
    expect((await shelfmark(['validate', '--fix'])).out).toContain('1 warning. Nothing could be fixed.');
  });

  test('--format json is --json, and both at once are wrong usage', async () => {
    const [one, other] = await Promise.all([
      shelfmark(['validate', '--format', 'json']),
      shelfmark(['validate', '--json']),
    ]);
    expect(one.out).toBe(other.out);
    expect(JSON.parse(one.out)).toMatchObject({ version: 1, summary: { errors: 1, warnings: 1 } });
    expect((await shelfmark(['validate', '--json', '--format', 'text'])).code).toBe(64);
  });

  test('--format sarif is what SARIF 2.1.0 demands', async () => {
    const { code, out } = await shelfmark(['validate', '--format', 'sarif']);
    expect(code).toBe(1);
    const log = JSON.parse(out);
    expect(Object.keys(log)).toEqual(['$schema', 'version', 'runs']);
    expect(log.version).toBe('2.1.0');
    const [run] = log.runs;
    const { driver } = run.tool;
    expect(driver.name).toBe('Shelfmark');
    expect(new URL(driver.informationUri).protocol).toBe('https:');
    const ids = driver.rules.map((rule: { id: string }) => rule.id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const rule of driver.rules) {
      expect(rule.shortDescription.text).not.toBe('');
      expect(rule.help.text).not.toBe('');
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level);
    }
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.results).toHaveLength(2);
    for (const result of run.results) {
      expect(driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      expect(artifactLocation.uri).toMatch(/^content\/[\w./%-]+\.md$/);
      expect(region.startLine).toBeGreaterThanOrEqual(1);
      expect(region.startColumn).toBeGreaterThanOrEqual(1);
    }
  });
});

test('ids that the lock file does not have are one finding for all files, as soon as there is a lock file', async () => {
  await changeFiles(folder, {
    'content/state.md': null,
    'content/one.md': '---\ntitle: One\nid: 900101\n---\n',
    'content/two.md': '---\ntitle: Two\nid: 900102\n---\n',
  });
  expect((await shelfmark(['validate'])).out).not.toContain('ID_NOT_LINKED');
  await shelfmark(['push', '--yes', 'content/guides']);
  const { code, out } = await shelfmark(['validate']);
  expect(code).toBe(0);
  expect(out.match(/ID_NOT_LINKED\]/g)).toHaveLength(1);
  expect(out).toContain('The lock file has none of the ids that 2 files pin, such as 900101 here.');
});

describe('validate --fix', () => {
  test('links to what was moved, and names that are not read, are corrected; everything else stays, byte for byte', async () => {
    await changeFiles(folder, {
      'content/state.md': null,
      'content/guides/install.md': '# Install\n',
      'content/guides/faq.md':
        '---\r\ntitle: "Questions"  # mine\r\n---\r\n\r\nSee [it](install.md#one), `[code](install.md#one)`,\r\n<a href=\'install.md#one\'>raw</a>, [it again][ref].\r\n\r\n[ref]: install.md#one\r\n',
    });
    expect((await shelfmark(['sync', '--yes'])).code).toBe(0);
    await changeFiles(folder, {
      'content/guides/install.md': null,
      'content/set up/install.md': '# Install\n',
      'content/LOUD.MD': '# Loud\n',
      'content/extra/collection.yml': 'name: Extra\n',
      'content/extra/a.md': '# A\n',
    });
    const told = await shelfmark(['validate']);
    expect(told.out).toMatch(/"shelfmark validate --fix" corrects \d of them/);
    const { code, out } = await shelfmark(['validate', '--fix']);
    expect(out).toContain(
      'content/guides/faq.md: fixed: install.md#one → ../set%20up/install.md#one [LINK_MOVED]',
    );
    expect(out).toContain('content/LOUD.MD: fixed: LOUD.MD → LOUD.md [FILE_ENDING]');
    expect(out).toContain(
      'content/extra/collection.yml: fixed: collection.yml → collection.yaml [FILE_ENDING]',
    );
    expect(out).toContain('Fixed 3.');
    expect(code).toBe(0);
    expect(await readFile(join(folder, 'content/guides/faq.md'), 'utf8')).toBe(
      '---\r\ntitle: "Questions"  # mine\r\n---\r\n\r\nSee [it](../set%20up/install.md#one), `[code](install.md#one)`,\r\n<a href=\'../set%20up/install.md#one\'>raw</a>, [it again][ref].\r\n\r\n[ref]: ../set%20up/install.md#one\r\n',
    );
    const again = await shelfmark(['validate', '--fix', '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ summary: { errors: 0 }, fixed: [] });
  });

  test('links of another tool become links of Markdown where it is clear what they lead to', async () => {
    const line =
      'See [[Other page]], [[other page|there]], [[sub/Deep#Set it up]] and [[Deep]]; not [[Twice]], [[None]] or `[[Deep]]`.\n\n![[pic.png|200]]\n\n| a |\n| - |\n| [[Deep\\|x]] |\n';
    await changeFiles(folder, {
      'content/state.md': null,
      'content/guides/faq.md': `---\ntitle: Questions\n---\n\n${line}`,
      'content/Other page.md': '# Other\n',
      'content/sub/Deep.md': '# Deep\n\n## Set it up\n',
      'content/sub/Twice.md': '# T\n',
      'content/Twice/Twice.md': '# T\n',
      'content/img/pic.png': 'x',
    });
    const told = await shelfmark(['validate']);
    expect(told.out.match(/WIKI_LINK\]/g)).toHaveLength(1);
    expect(told.out).toContain('Write [Other page](../Other%20page.md), and 5 more like it: ');
    const { out } = await shelfmark(['validate', '--fix']);
    expect(out).toContain('content/guides/faq.md: fixed: [[Deep]] → [Deep](../sub/Deep.md) [WIKI_LINK]');
    expect(await readFile(join(folder, 'content/guides/faq.md'), 'utf8')).toBe(
      '---\ntitle: Questions\n---\n\nSee [Other page](../Other%20page.md), [there](../Other%20page.md), [Deep](../sub/Deep.md#set-it-up) and [Deep](../sub/Deep.md); not [[Twice]], [[None]] or `[[Deep]]`.\n\n![](../img/pic.png)\n\n| a |\n| - |\n| [x](../sub/Deep.md) |\n',
    );
  });

  test('a file is not renamed over another one', async () => {
    await changeFiles(folder, {
      'content/state.md': null,
      'content/guides/collection.yml': 'name: Old\n',
      'content/guides/collection.yaml': 'name: New\n',
    });
    const { out } = await shelfmark(['validate', '--fix']);
    expect(out).not.toContain('fixed:');
    expect(await readFile(join(folder, 'content/guides/collection.yaml'), 'utf8')).toBe('name: New\n');
  });
});

describe('explain', () => {
  test('a code says what it means and what to do, however it is typed', async () => {
    for (const typed of ['STATE_UNKNOWN', 'state-unknown']) {
      const { code, out } = await shelfmark(['explain', typed]);
      expect(code).toBe(0);
      expect(out).toMatch(/^STATE_UNKNOWN \(error\)\n/);
      expect(out).toContain('What to do: ');
    }
    const near = await shelfmark(['explain', 'STATE_UNKNOW']);
    expect([near.code, near.err]).toEqual([64, expect.stringContaining('Did you mean STATE_UNKNOWN?')]);
  });

  test('without a code all of them are listed', async () => {
    const { out } = await shelfmark(['explain']);
    for (const one of codeTexts) expect(out).toContain(`\n  ${one.code} `);
    expect(JSON.parse((await shelfmark(['explain', '--json'])).out).codes).toHaveLength(codeTexts.length);
  });
});

test.each([
  [['push', '--nope', '--json']],
  [['nope', '--json']],
  [['plan', '--json', '--direction', 'up']],
  [['watch', '--json', '--interval', 'soon']],
  [['validate', '--nope', '--format', 'json']],
])('wrong usage %j is one JSON document', async (args) => {
  const { code, out } = await shelfmark(args);
  expect(code).toBe(64);
  expect(JSON.parse(out)).toMatchObject({ version: 1, error: { code: 'WRONG_USAGE' } });
});
