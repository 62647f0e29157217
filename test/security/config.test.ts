import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { isOwnFolder } from '../../src/config/places.ts';
import { readConfig, type Config } from '../../src/config/read-config.ts';
import { ShelfmarkError } from '../../src/model/error.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { openWorkplace, secret, simulated, withIntercom, type Workplace } from './commanding.ts';
import { startHostile } from './hostile-intercom.ts';

const read = (source: string, target: string | null = null): Config =>
  readConfig(source, '/p/sync.config.yaml', 'sync.config.yaml', target);

const find = (place: Workplace, file: string | null = null): Promise<Config> =>
  findConfig(nodeFiles, place.folder, { file, target: null });

describe('the config file says what to do and never runs or costs anything', () => {
  test.each([
    ['aliases', 'remote: &r {provider: simulator}\ntargets: {a: {remote: *r}}'],
    [
      'a billion laughs',
      `a: &a [x,x]\n${'bcdefghi'.replace(/./g, (key) => `${key}: &${key} [*a,*a,*a,*a,*a,*a,*a,*a]\n`)}${simulated}`,
    ],
    ['tags', `content: !!js/function 'x'\n${simulated}`],
    ['merge keys', `<<: {content: x}\n${simulated}`],
    ['a key that reaches for the prototype', `__proto__: {content: ../..}\n${simulated}`],
    ['one further in', `remote: {provider: simulator, __proto__: {region: eu}}`],
    ['the constructor', `constructor: {prototype: {polluted: 1}}\n${simulated}`],
    ['targets named like parts of every object', `${simulated}targets: {__proto__: {lock: x.json}}`],
    ['nesting without end', `content: ${'['.repeat(100_000)}`],
    ['nested keys without end', `a: ${'{a: '.repeat(50_000)}`],
    ['several documents', `${simulated}---\n${simulated}`],
    ['more than anybody writes', `${simulated}# ${'x'.repeat(2_000_000)}`],
  ])('%s are refused in a sentence, at once', (_name, source) => {
    const started = performance.now();
    expect(() => read(source)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(({} as { polluted?: unknown; content?: unknown }).polluted).toBeUndefined();
    expect(({} as { content?: unknown }).content).toBeUndefined();
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'a target called %s is one that there is not',
    (target) => {
      expect(() => read(`${simulated}targets: {staging: {}}`, target)).toThrow(
        expect.objectContaining({ code: 'TARGET_UNKNOWN' }),
      );
    },
  );
});

describe('the config file keeps to its own project', () => {
  test.each(['..', '../..', '../elsewhere', '/etc', '/', 'content/../../elsewhere'])(
    'content in %s is neither read nor written',
    async (content) => {
      const place = await openWorkplace({
        '.git/HEAD': 'ref: refs/heads/main\n',
        'sync.config.yaml': `content: ${content}\n${simulated}`,
      });
      await mkdir(join(place.folder, '../elsewhere'));
      await writeFile(join(place.folder, '../elsewhere/private.md'), '# Private\n\nMine.\n');
      await expect(find(place)).rejects.toMatchObject({ code: 'OUTSIDE_PROJECT' });
    },
  );

  test.each(['../elsewhere.json', '/etc/lock.json', '.git/config', '.git', '.git/x.json'])(
    'a lock file at %s is refused',
    async (lock) => {
      const place = await openWorkplace({
        '.git/HEAD': 'ref: refs/heads/main\n',
        'sync.config.yaml': `lock: ${lock}\n${simulated}`,
        'content/a.md': '# A\n',
      });
      await expect(find(place)).rejects.toMatchObject({ code: 'OUTSIDE_PROJECT' });
    },
  );

  test('a folder that is a link out of the project does not lead out of it', async () => {
    const place = await openWorkplace({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'sync.config.yaml': `content: docs/help\n${simulated}`,
    });
    await mkdir(join(place.folder, '../elsewhere/help'), { recursive: true });
    await writeFile(join(place.folder, '../elsewhere/help/private.md'), '# Private\n\nMine.\n');
    await symlink(join(place.folder, '../elsewhere'), join(place.folder, 'docs'));
    await expect(find(place)).rejects.toMatchObject({ code: 'OUTSIDE_PROJECT' });
    const ended = await place.run(['validate']);
    expect([ended.code, ended.all.includes('Private')]).toEqual([1, false]);
  });

  test('what belongs together may stand side by side', async () => {
    const place = await openWorkplace({
      'config/sync.config.yaml': `content: ../docs\nlock: ../sync.lock.json\n${simulated}`,
      'docs/a.md': '# A\n',
    });
    // The folder that one stands in is the project, too …
    expect((await find(place, 'config/sync.config.yaml')).content).toBe(join(place.folder, 'docs'));
    // … and what is beside, where no repository says how far the project goes …
    const inner = { ...place, folder: join(place.folder, 'config') };
    expect((await find(inner)).content).toBe(join(place.folder, 'docs'));
    // … and the repository, wherever one stands in it.
    await mkdir(join(place.folder, '.git'));
    expect((await find(inner)).content).toBe(join(place.folder, 'docs'));
    // One that ends before leaves out the rest.
    await mkdir(join(inner.folder, '.git'));
    await expect(find(inner)).rejects.toMatchObject({ code: 'OUTSIDE_PROJECT' });
  });

  test('init makes no project that reaches out of its folder', async () => {
    const place = await openWorkplace();
    for (const content of ['../x', '/tmp/x', '..', '.git', 'a/../../x', '.shelfmark', 'C:x', 'a\\..\\..\\x'])
      expect([content, isOwnFolder(content)]).toEqual([content, false]);
    for (const content of ['content', 'docs/help', '.', 'a..b']) expect(isOwnFolder(content)).toBe(true);
    expect((await place.run(['init', '--content', '../x', '--yes'])).code).toBe(64);
    expect(await place.names('..')).toEqual(['project']);
  });

  test('a state folder that is a link elsewhere is not used', async () => {
    const place = await openWorkplace({ 'sync.config.yaml': withIntercom, 'content/a.md': '# A\n\nText.\n' });
    await mkdir(join(place.folder, '../elsewhere'));
    await symlink(join(place.folder, '../elsewhere'), join(place.folder, '.shelfmark'));
    const { env } = await startHostile({});
    const ended = await place.run(['push'], env);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('.shelfmark');
    expect(await readdir(join(place.folder, '../elsewhere'))).toEqual([]);
  });
});

describe('a token never comes from a file, nor goes into a message', () => {
  test.each([
    `remote:\n  provider: intercom\n  token: ${secret}\n`,
    `token: ${secret}\n${withIntercom}`,
    `remote:\n  provider: ${secret}\n`,
    `remote:\n  provider: intercom\n  region: ${secret}\n`,
    `${withIntercom}targets:\n  production: {tokenVariable: ${secret}}\n`,
    `${secret}\n`,
    `${withIntercom}defaultLocale: ${secret}\n`,
  ])('one in the config file is refused and not repeated', (source) => {
    try {
      read(source);
      throw new Error('it was taken');
    } catch (error) {
      if (!(error instanceof ShelfmarkError)) throw error;
      expect(error.code).toBe('CONFIG_INVALID');
      expect(`${error.message} ${error.hint}`).not.toContain(secret.replace(/=+$/, ''));
    }
  });

  test('one in the place of the name of its variable is not repeated either', async () => {
    const pasted = secret.replaceAll(/[^A-Za-z0-9_]/g, '');
    const place = await openWorkplace({
      'sync.config.yaml': `${withIntercom}targets:\n  production: {tokenVariable: ${pasted}}\n`,
      'content/a.md': '# A\n',
    });
    const ended = await place.run(['plan', '--target', 'production']);
    expect(ended.code).toBe(1);
    expect(ended.all).not.toContain(pasted);
    expect(ended.err).toContain('tokenVariable');
  });

  test('one in .env or in the content is not read', async () => {
    const place = await openWorkplace({
      'sync.config.yaml': withIntercom,
      '.env': `INTERCOM_TOKEN=${secret}\n`,
      'content/.env': `INTERCOM_TOKEN=${secret}\n`,
      'content/a.md': '# A\n',
    });
    const ended = await place.run(['plan']);
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('INTERCOM_TOKEN');
  });
});
