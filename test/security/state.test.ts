import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseBase } from '../../src/base/codec.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { openWorkplace, secret, simulated, trace } from './commanding.ts';
import { startHostile } from './hostile-intercom.ts';

async function projectWith(files: Readonly<Record<string, string>>): Promise<Project> {
  const project = await openProject();
  onTestFinished(() => project.close());
  await project.write(files);
  return project;
}

const article = (title: string): string =>
  `---\ntitle: ${title}\nstate: published\n---\n\nText of ${title}.\n`;

interface LockRow {
  path: string;
  kind: string;
  id: string;
  [key: string]: unknown;
}
interface Lock {
  entries: LockRow[];
  [key: string]: unknown;
}

/** A lock file as it was written, changed as somebody with a text editor would. */
async function forged(project: Project, change: (lock: Lock) => void): Promise<string> {
  const lock = JSON.parse(await project.read('sync.lock.json')) as Lock;
  change(lock);
  return JSON.stringify(lock);
}

const first = (lock: Lock): LockRow => {
  const [row] = lock.entries;
  if (row === undefined) throw new Error('there is a row');
  return row;
};

describe('a forged lock file', () => {
  test.each([
    '../x.md', '../../x.md', '/etc/x.md', 'a/../../x.md', './x.md', 'a//x.md', '..\\x.md', 'x\u0000.md', '.git/hooks/x.md',
    '.github/workflows/x.md', 'a/.git/x.md', '.env.md', 'node_modules/x.md', 'run.sh', 'package.json', '.GIT/x.md', '',
  ])('with the path %j is refused whole, before anything is asked or changed', async (path) => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    const text = await forged(project, (lock) => (first(lock).path = path));
    expect(() => parseBase(text, 'sync.lock.json')).toThrow(expect.objectContaining({ code: 'BASE_UNREADABLE' }));
  }); // prettier-ignore

  test.each<[string, (lock: Lock) => void]>([
    ['a row that stands in it twice', (lock) => lock.entries.push({ ...first(lock) })],
    ['two rows for one path', (lock) => lock.entries.push({ ...first(lock), id: '77' })],
    ['an id that is none', (lock) => (first(lock).id = '1/../../me')],
    ['an id with a leading zero', (lock) => (first(lock).id = '01')],
    ['an id as a number', (lock) => Object.assign(first(lock), { id: 1 })],
    ['another kind', (lock) => (first(lock).kind = 'macro')],
    ['a body of nonsense', (lock) => (first(lock)['locales'] = { en: { body: '§§§' } })],
    ['a list instead of entries', (lock) => Object.assign(lock, { entries: 'x' })],
    ['a version of the past', (lock) => Object.assign(lock, { version: 0 })],
    ['a version in words', (lock) => Object.assign(lock, { version: '1' })],
    ['another help center in words', (lock) => Object.assign(lock, { helpCenter: '../x' })],
  ])('with %s is refused', async (_name, change) => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    await project.write({ 'sync.lock.json': await forged(project, change) });
    const before = project.simulator.operator.calls().length;
    await expect(project.sync()).rejects.toMatchObject({ code: expect.stringMatching(/^BASE_/) as unknown });
    expect(project.simulator.operator.calls().filter(({ method }) => method !== 'GET').length).toBeLessThan(
      before,
    );
    expect(project.simulator.operator.articles()).toHaveLength(1);
  });

  test.each([
    ['a version of the future', '{"version": 99}', 'BASE_NEWER'],
    ['the markers of a merge', '{\n<<<<<<< HEAD\n"version": 1\n=======\n>>>>>>> x\n}', 'BASE_CONFLICT'],
    ['half a file', '{"version": 1, "entries": [', 'BASE_UNREADABLE'],
    ['deep nesting', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'BASE_UNREADABLE'],
    ['nothing', 'null', 'BASE_UNREADABLE'],
  ])('with %s is told as such', (_name, text, code) => {
    expect(() => parseBase(text, 'sync.lock.json')).toThrow(expect.objectContaining({ code }));
  });

  test('with keys that reach for the prototype reaches nothing', async () => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    const text = (await project.read('sync.lock.json'))
      .replace('"locales":{', '"locales":{"__proto__":{"polluted":true},')
      .replace(
        '"version"',
        '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "version"',
      );
    await project.write({ 'sync.lock.json': text });
    await project.plan().catch(() => undefined);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('that ties a file to the entry of another one never writes over what that one says', async () => {
    const project = await projectWith({ 'content/a.md': article('A'), 'content/b.md': article('B') });
    await project.push();
    const text = await forged(project, (lock) => {
      const [one, two] = lock.entries;
      if (one === undefined || two === undefined) throw new Error('there are two rows');
      [one.id, two.id] = [two.id, one.id];
    });
    await project.write({ 'sync.lock.json': text });
    await project.push();
    const said = project.simulator.operator.articles().map(({ contents }) => contents['en']?.body ?? '');
    // The rows know what each entry held when both sides agreed: nothing here passes for an edit that was made since.
    expect(said.join()).toMatch(/Text of A/);
    expect(said.join()).toMatch(/Text of B/);
  });

  test('for another workspace sends nothing there', async () => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    await project.write({ 'sync.lock.json': await forged(project, (lock) => (lock['workspace'] = 'other')) });
    await project.write({ 'content/a.md': article('Changed') });
    const { plan, outcomes } = await project.push();
    expect(plan.refusals.length).toBeGreaterThan(0);
    expect(outcomes).toBeNull();
  });

  test('that is a link is neither read nor written through', async () => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    await writeFile(join(project.folder, 'elsewhere.json'), await project.read('sync.lock.json'));
    await rm(join(project.folder, 'sync.lock.json'));
    await symlink('elsewhere.json', join(project.folder, 'sync.lock.json'));
    const before = await project.read('elsewhere.json');
    await project.write({ 'content/a.md': article('Changed') });
    await expect(project.push()).rejects.toMatchObject({ code: 'BASE_UNREADABLE' });
    expect(await project.read('elsewhere.json')).toBe(before);
  });
});

describe('a forged journal', () => {
  test.each([
    { note: 'moving', moves: [{ kind: 'article', id: '1', from: 'a.md', to: '../../../evil.md' }] },
    { note: 'moving', moves: [{ kind: 'article', id: '1', from: '../../etc/passwd', to: 'a.md' }] },
    { note: 'moving', moves: 'x' },
    { note: 'removing', id: '../me', locales: ['en'] },
    { note: 'removing', id: '1', locales: ['../..'] },
    { note: 'intent', key: 5, at: 'x' },
    { note: 'intent', key: 'article:1', at: 1, parent: '1/../me' },
    { note: 'drop', kind: 'x', id: '1' },
    { note: 'pinned', pinned: { workspace: 1 } },
    { note: 'ended' },
    { note: 'row', row: { path: '../x.md' } },
    { note: '__proto__' },
    [],
    null,
  ])('with the note %j is told as damaged and changes nothing', async (note) => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.write({ '.shelfmark/journal.jsonl': `${JSON.stringify(note)}\n` });
    await expect(project.sync()).rejects.toMatchObject({ code: 'JOURNAL_UNREADABLE' });
    expect(project.simulator.operator.articles()).toEqual([]);
  });
});

describe('a forged plan', () => {
  const saved = async (): Promise<{
    place: Awaited<ReturnType<typeof openWorkplace>>;
    plan: Record<string, unknown>;
  }> => {
    const place = await openWorkplace({
      'sync.config.yaml': simulated,
      'content/a.md': article('A'),
      'content/b.md': article('B'),
    });
    expect((await place.run(['plan', '--out', 'plan.json'])).code).toBe(0);
    return { place, plan: JSON.parse(await place.read('plan.json')) as Record<string, unknown> };
  };

  test('does nothing that it does not show', async () => {
    const { place, plan } = await saved();
    const shown = plan['plan'] as { operations: { path: string }[] };
    const only = { ...shown, operations: shown.operations.filter(({ path }) => path === 'a.md') };
    await place.write({ 'plan.json': JSON.stringify({ ...plan, plan: only }) });
    const ended = await place.run(['apply', 'plan.json']);
    expect([ended.code, ended.err.includes('Nothing was changed')]).toEqual([1, true]);
    expect((await place.run(['plan', '--json'])).out).toContain('"create": 2');
  });

  test('made up from nothing carries nothing out', async () => {
    const { place, plan } = await saved();
    for (const change of [
      { operations: ['x'.repeat(22)] },
      { bound: { config: 'x', base: 'x', content: 'x' } },
      { target: 'constructor' },
      { direction: 'destroy' },
    ]) {
      await place.write({ 'forged.json': JSON.stringify({ ...plan, ...change }) });
      const ended = await place.run(['apply', 'forged.json', '--json']);
      expect(ended.all).not.toMatch(trace);
      expect(ended.out).not.toContain('"status": "done"');
    }
    expect((await place.run(['plan', '--json'])).out).toContain('"create": 2');
  });
});

describe('what is private to this machine', () => {
  test('can be read by its owner only', async () => {
    const project = await projectWith({ 'content/a.md': article('A') });
    await project.push();
    await project.write({ 'content/a.md': `${article('A')}\nMore.\n` });
    await project.push();
    await project.write({ 'content/a.md': null, 'content/b.md': article('B') });
    project.simulator.operator.deleteArticle(project.simulator.operator.articles()[0]?.id ?? 0);
    await project.sync();
    const mode = async (name: string): Promise<string> =>
      ((await stat(join(project.folder, name))).mode & 0o777).toString(8);
    expect(await mode('.shelfmark')).toBe('700');
    const names = await readdir(join(project.folder, '.shelfmark'), { recursive: true });
    for (const name of names) {
      const found = await stat(join(project.folder, '.shelfmark', name));
      // What lies in the trash keeps the rights that it had; nobody else gets as far as there.
      if (found.isFile() && !/^(?:\.gitignore|trash\/.*\.md)$/.test(name))
        expect([name, await mode(`.shelfmark/${name}`)]).toEqual([name, '600']);
    }
    expect(names.length).toBeGreaterThan(1);
  });

  test('is the same where the simulator keeps it, and out of git without anybody’s doing', async () => {
    const place = await openWorkplace({ 'sync.config.yaml': simulated, 'content/a.md': article('A') });
    await place.run(['push']);
    expect(await place.read('.shelfmark/.gitignore')).toBe('*\n');
    for (const name of [
      '.shelfmark',
      ...(await place.names('.shelfmark')).map((one) => `.shelfmark/${one}`),
    ]) {
      if (/\.gitignore$|sync\.lock\.json$/.test(name)) continue;
      expect([name, (await stat(join(place.folder, name))).mode & 0o077]).toEqual([name, 0]);
    }
  });
});

describe('a private folder that came with the repository', () => {
  test('does not send the content to whom it names', async () => {
    const elsewhere = await startHostile({
      answer(asked, response) {
        if (asked.path !== '/_operator/alive') return false;
        response.end(JSON.stringify({ run: 'x', ready: true }));
        return true;
      },
    });
    const owner = {
      pid: 1,
      url: elsewhere.url.replace('127.0.0.1', 'localhost.'),
      site: elsewhere.url,
      token: secret,
      run: 'x',
    };
    const place = await openWorkplace({
      'sync.config.yaml': simulated,
      'content/a.md': article('A'),
      '.shelfmark/simulator.json.owner': JSON.stringify({ ...owner, url: 'https://evil.test' }),
    });
    expect((await place.run(['push'])).code).toBe(0);
    await place.write({ '.shelfmark/simulator.json.owner': JSON.stringify(owner) });
    expect((await place.run(['plan'])).code).toBe(0);
    expect(elsewhere.asked).toEqual([]);
  });

  test.each([
    [['simulator.json.tmp', 'simulator.json.journal.tmp', 'simulator.json.journal', 'blocks.jsonl'], 0],
    [['journal.jsonl'], 1],
    [['run.lock'], 1],
  ])('does not get anything written through its links: %j', async (names, code) => {
    const place = await openWorkplace({
      'sync.config.yaml': simulated,
      'content/a.md': article('A'),
      'precious.txt': 'precious',
    });
    await mkdir(join(place.folder, '.shelfmark'));
    for (const name of names) await symlink('../precious.txt', join(place.folder, '.shelfmark', name));
    const ended = await place.run(['push']);
    expect([ended.code, ended.all.match(trace)]).toEqual([code, null]);
    expect(await place.read('precious.txt')).toBe('precious');
  });

  test('does not bring a file back to where a link leads', async () => {
    const place = await openWorkplace({
      'sync.config.yaml': simulated,
      '.shelfmark/trash/2026/guides/a.md': 'from the trash',
      '.shelfmark/trash/2026/.git/hooks/post-checkout.md': 'evil',
    });
    await mkdir(join(place.folder, '../elsewhere'));
    await mkdir(join(place.folder, 'content'));
    await symlink('../../elsewhere', join(place.folder, 'content/guides'));
    for (const path of ['guides/a.md', '.git/hooks/post-checkout.md']) {
      const ended = await place.run(['restore', path]);
      expect([path, ended.code === 0]).toEqual([path, false]);
      expect(ended.all).not.toMatch(trace);
    }
    expect(await readdir(join(place.folder, '../elsewhere'))).toEqual([]);
    expect(await readFile(join(place.folder, '.shelfmark/trash/2026/guides/a.md'), 'utf8')).toBe(
      'from the trash',
    );
    await rm(join(place.folder, 'content/guides'));
    expect((await place.run(['restore', 'guides/a.md'])).code).toBe(0);
    expect(await place.read('content/guides/a.md')).toBe('from the trash');
    expect(await place.names('.shelfmark/trash/2026')).not.toContain('guides');
  });
});
