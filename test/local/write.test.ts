import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWriter } from '../../src/local/write.ts';
import type { LocalWriter } from '../../src/local/write.ts';
import { digestOf } from '../../src/local/text-file.ts';
import { localPath } from '../../src/model/identity.ts';
import type { LocalPath } from '../../src/model/identity.ts';
import type { Chance } from '../../src/ports/chance.ts';
import type { Files } from '../../src/ports/files.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';
import { diskError, MemoryFiles } from '../helpers/memory-files.ts';

const at = (path: string): LocalPath => localPath(path);
const digest = (text: string): { digest: string } => ({ digest: digestOf(new TextEncoder().encode(text)) });

function counting(): Chance {
  let count = 0;
  return { next: () => (count += 1) / 1000 };
}

function writerOn(files: MemoryFiles): LocalWriter {
  return openWriter(files, { root: '/p/content', trash: '/p/.shelfmark/trash/run', chance: counting() });
}

describe('writing below the content folder', () => {
  test('a new file appears whole, with its folders', async () => {
    const files = new MemoryFiles({ '/p/content/a.md': 'A' });
    expect(await writerOn(files).writeFile(at('x/y/b.md'), 'B', { digest: null })).toBe('done');
    expect(files.texts('/p')).toEqual({ '/p/content/a.md': 'A', '/p/content/x/y/b.md': 'B' });
  });

  test.each([
    ['a file that should not be there', null, 'new'],
    ['a file that somebody changed', digest('other').digest, 'new'],
    ['a file that is gone', digest('A').digest, 'gone'],
  ])('%s is left alone', async (_name, expected, name) => {
    const files = new MemoryFiles({ '/p/content/new.md': 'A' });
    const before = files.texts();
    expect(await writerOn(files).writeFile(at(`${name}.md`), 'B', { digest: expected })).toBe('stale');
    expect(files.texts()).toEqual(before);
  });

  test('on a disk without an eye for case, a file under another spelling counts as there', async () => {
    const files = new MemoryFiles({ '/p/content/Faq.md': 'A' }, { caseBlind: true });
    expect(await writerOn(files).writeFile(at('faq.md'), 'B', { digest: null })).toBe('stale');
    expect(files.texts('/p')).toEqual({ '/p/content/Faq.md': 'A' });
  });

  test('a file is moved, never over another one', async () => {
    const files = new MemoryFiles({ '/p/content/a.md': 'A', '/p/content/b.md': 'B' });
    const writer = writerOn(files);
    expect(await writer.moveFile(at('a.md'), at('b.md'), digest('A'))).toBe('stale');
    expect(await writer.moveFile(at('a.md'), at('c.md'), digest('changed'))).toBe('stale');
    expect(await writer.moveFile(at('gone.md'), at('c.md'), digest('A'))).toBe('stale');
    expect(await writer.moveFile(at('a.md'), at('x/y/a.md'), digest('A'))).toBe('done');
    expect(files.texts('/p')).toEqual({ '/p/content/b.md': 'B', '/p/content/x/y/a.md': 'A' });
  });

  test.each([true, false])(
    'a rename that changes only the case works (disk blind for case: %s)',
    async (caseBlind) => {
      const files = new MemoryFiles(
        { '/p/content/faq.md': 'A', '/p/content/guide/a.md': 'B' },
        { caseBlind },
      );
      const writer = writerOn(files);
      expect(await writer.moveFile(at('faq.md'), at('FAQ.md'), digest('A'))).toBe('done');
      expect(await writer.moveFolder(at('guide'), at('Guide'))).toBe('done');
      expect(files.texts('/p')).toEqual({ '/p/content/FAQ.md': 'A', '/p/content/Guide/a.md': 'B' });
    },
  );

  test('with an eye for case, two spellings are two files', async () => {
    const files = new MemoryFiles({ '/p/content/faq.md': 'A', '/p/content/FAQ.md': 'B' });
    expect(await writerOn(files).moveFile(at('faq.md'), at('FAQ.md'), digest('A'))).toBe('stale');
  });

  test('a folder is moved with all that is in it, never over another one or into itself', async () => {
    const files = new MemoryFiles({
      '/p/content/a/x.md': 'X',
      '/p/content/a/i.png': 'I',
      '/p/content/b/y.md': 'Y',
    });
    const writer = writerOn(files);
    expect(await writer.moveFolder(at('a'), at('b'))).toBe('stale');
    expect(await writer.moveFolder(at('a'), at('a/c'))).toBe('stale');
    expect(await writer.moveFolder(at('gone'), at('c'))).toBe('stale');
    expect(await writer.moveFolder(at('a'), at('b/c'))).toBe('done');
    expect(files.texts('/p')).toEqual({
      '/p/content/b/c/i.png': 'I',
      '/p/content/b/c/x.md': 'X',
      '/p/content/b/y.md': 'Y',
    });
  });

  test('what is thrown away can be found again, and folders that became empty go', async () => {
    const files = new MemoryFiles({ '/p/content/a/b/x.md': 'X', '/p/content/a/y.md': 'Y' });
    const writer = writerOn(files);
    expect(await writer.trashFile(at('a/y.md'), digest('changed'))).toBe('stale');
    expect(await writer.trashFile(at('a/b/x.md'), digest('X'))).toBe('done');
    files.put('/p/content/a/b/x.md', 'X again');
    expect(await writer.trashFile(at('a/b/x.md'), digest('X again'))).toBe('done');
    expect(files.texts('/p')).toEqual({
      '/p/.shelfmark/trash/run/a/b/x.md': 'X',
      '/p/.shelfmark/trash/run/a/b/x.md.2': 'X again',
      '/p/content/a/y.md': 'Y',
    });
    expect(await writer.trashFile(at('a/y.md'), digest('Y'))).toBe('done');
    expect(files.texts('/p/content')).toEqual({ '/p/content': '(empty)' });
  });

  test('a trash on another disk gets a copy before the file goes', async () => {
    const files = new MemoryFiles({ '/p/content/x.md': 'X' });
    files.onStep = ({ name, path }) => {
      if (name === 'rename') throw diskError('EXDEV', path);
    };
    expect(await writerOn(files).trashFile(at('x.md'), digest('X'))).toBe('done');
    expect(files.texts('/p')).toEqual({ '/p/.shelfmark/trash/run/x.md': 'X', '/p/content': '(empty)' });
  });

  test.each([
    '.git/hooks/post-checkout',
    '.GIT/x.md',
    'a/.hidden.md',
    'node_modules/x.md',
    'con.md',
    'x./y.md',
    'git~1/x.md',
    'a:b.md',
    '.g\u200cit/x.md',
  ])('the name %j is refused, whoever made it up', async (path) => {
    const files = new MemoryFiles({ '/p/content/a.md': 'A' });
    const writer = writerOn(files);
    const refused = { code: 'WRITE_REFUSED', kind: 'refused' };
    await expect(writer.writeFile(at(path), 'B', { digest: null })).rejects.toMatchObject(refused);
    await expect(writer.moveFile(at('a.md'), at(path), digest('A'))).rejects.toMatchObject(refused);
    await expect(writer.moveFolder(at('a'), at(path))).rejects.toMatchObject(refused);
    expect(files.texts('/p')).toEqual({ '/p/content/a.md': 'A' });
  });

  test('a text keeps its byte order mark on the way in and out', async () => {
    const files = new MemoryFiles({
      '/p/content/a.md': '\ufeff# A\r\n',
      '/p/content/b.md': new Uint8Array([0xff]),
    });
    const writer = writerOn(files);
    const found = await writer.readText(at('a.md'));
    expect(found).toEqual({ text: '\ufeff# A\r\n', ...digest('\ufeff# A\r\n') });
    expect(await writer.readText(at('b.md'))).toBeNull();
    expect(await writer.readText(at('c.md'))).toBeNull();
  });
});

describe('a disk that fails at any step', () => {
  const doings: readonly (readonly [string, (writer: LocalWriter) => Promise<unknown>])[] = [
    ['a write', (writer) => writer.writeFile(at('a/x.md'), 'the new text', digest('old'))],
    ['a new file', (writer) => writer.writeFile(at('b/c/new.md'), 'the new text', { digest: null })],
    ['a move', (writer) => writer.moveFile(at('a/x.md'), at('b/x.md'), digest('old'))],
    ['a move of a folder', (writer) => writer.moveFolder(at('a'), at('b/a'))],
    ['a deletion', (writer) => writer.trashFile(at('a/x.md'), digest('old'))],
  ];
  const content = { '/p/content/a/x.md': 'old', '/p/content/y.md': 'Y' };

  test.each(doings)('loses nothing of %s and leaves no half file', async (_name, carryOut) => {
    const good = new MemoryFiles(content);
    await carryOut(writerOn(good));
    const steps = good.steps;
    const done = Object.values(good.texts()).sort();
    for (const code of ['ENOSPC', 'EACCES', 'EIO', 'EROFS']) {
      for (let failing = 1; failing <= steps; failing += 1) {
        const files = new MemoryFiles(content);
        files.onStep = ({ number, path }) => {
          if (number === failing) throw diskError(code, path);
        };
        const error: unknown = await carryOut(writerOn(files)).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error !== null) expect(error).toMatchObject({ code: 'WRITE_FAILED', name: 'ShelfmarkError' });
        files.onStep = undefined;
        const texts = Object.values(files.texts())
          .filter((text) => text !== '(empty)')
          .sort();
        const before = Object.values(content).sort();
        expect([before, done], `${code} at step ${failing}`).toContainEqual(texts);
        if (error === null) expect(texts).toEqual(done);
      }
    }
  });
});

describe('a crash at any step', () => {
  test('leaves a file as it was or as it is to be, and what it leaves beside it is passed over', async () => {
    const seen = new Set<string>();
    const files = new MemoryFiles({ '/p/content/a/x.md': 'old' });
    const beside = new Set<string>();
    files.onStep = () => {
      for (const [path, text] of Object.entries(files.texts('/p'))) {
        if (path === '/p/content/a/x.md') seen.add(text);
        else beside.add(path.slice(0, '/p/content/a/.'.length));
      }
    };
    await writerOn(files).writeFile(at('a/x.md'), 'the new text', digest('old'));
    expect([...seen]).toEqual(['old', 'the new text']);
    expect([...beside]).toEqual(['/p/content/a/.']);
  });

  test('leaves what is thrown away in one of the two places', async () => {
    const files = new MemoryFiles({ '/p/content/a/x.md': 'old' });
    files.onStep = () => {
      expect(Object.values(files.texts()).filter((text) => text === 'old')).toHaveLength(1);
    };
    await writerOn(files).trashFile(at('a/x.md'), digest('old'));
  });
});

describe('a real folder with links in it', () => {
  let home: string;
  beforeEach(async () => {
    home = await realpath(await mkdtemp(join(tmpdir(), 'shelfmark-write-')));
    await mkdir(join(home, 'content/a'), { recursive: true });
    await mkdir(join(home, 'outside'));
    await writeFile(join(home, 'outside/secret.md'), 'secret');
    await writeFile(join(home, 'content/a/x.md'), 'X');
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const writer = (): LocalWriter =>
    openWriter(nodeFiles, { root: join(home, 'content'), trash: join(home, 'trash'), chance: counting() });
  const outside = (): Promise<string[]> => readdir(join(home, 'outside'));

  test('nothing is written through a folder that was swapped for a link after the scan', async () => {
    await rename(join(home, 'content/a'), join(home, 'content/b'));
    await symlink(join(home, 'outside'), join(home, 'content/a'));
    const refused = { code: 'WRITE_REFUSED' };
    await expect(writer().writeFile(at('a/new.md'), 'N', { digest: null })).rejects.toMatchObject(refused);
    await expect(writer().writeFile(at('a/deep/new.md'), 'N', { digest: null })).rejects.toMatchObject(
      refused,
    );
    await expect(writer().writeFile(at('a/secret.md'), 'N', digest('secret'))).rejects.toMatchObject(refused);
    await expect(writer().moveFile(at('b/x.md'), at('a/x.md'), digest('X'))).rejects.toMatchObject(refused);
    await expect(writer().moveFile(at('a/secret.md'), at('s.md'), digest('secret'))).rejects.toMatchObject(
      refused,
    );
    await expect(writer().trashFile(at('a/secret.md'), digest('secret'))).rejects.toMatchObject(refused);
    await expect(writer().moveFolder(at('b'), at('a/b'))).rejects.toMatchObject(refused);
    expect(await outside()).toEqual(['secret.md']);
    expect(await readFile(join(home, 'outside/secret.md'), 'utf8')).toBe('secret');
  });

  test('a link in the place of a file is neither read nor replaced', async () => {
    await symlink(join(home, 'outside/secret.md'), join(home, 'content/link.md'));
    expect(await writer().writeFile(at('link.md'), 'N', digest('secret'))).toBe('stale');
    expect(await writer().writeFile(at('link.md'), 'N', { digest: null })).toBe('stale');
    expect(await writer().trashFile(at('link.md'), digest('secret'))).toBe('stale');
    expect(await writer().readText(at('link.md'))).toBeNull();
    expect(await readFile(join(home, 'outside/secret.md'), 'utf8')).toBe('secret');
  });

  test('a swap at any moment before the last look is noticed', async () => {
    const names: string[] = [];
    const swapping = (before: number): Files => {
      let count = 0;
      const step = async (name: string): Promise<void> => {
        names.push(name);
        count += 1;
        if (count !== before) return;
        await rename(join(home, 'content/a'), join(home, 'content/kept'));
        await symlink(join(home, 'outside'), join(home, 'content/a'));
      };
      return {
        ...nodeFiles,
        stat: (path) => step('stat').then(() => nodeFiles.stat(path)),
        realPath: (path) => step('realPath').then(() => nodeFiles.realPath(path)),
        read: (path) => step('read').then(() => nodeFiles.read(path)),
      };
    };
    const write = (files: Files): Promise<unknown> =>
      openWriter(files, { root: join(home, 'content'), trash: join(home, 'trash'), chance: counting() })
        .writeFile(at('a/x.md'), 'N', digest('X'))
        .catch((error: unknown) => (error as { code?: unknown }).code);
    expect(await write(swapping(0))).toBe('done');
    const looks = names.lastIndexOf('read') + 1;
    expect(looks).toBeGreaterThan(3);
    for (let before = 1; before <= looks; before += 1) {
      await writeFile(join(home, 'content/a/x.md'), 'X');
      expect(await write(swapping(before))).toMatch(/^(?:WRITE_REFUSED|stale)$/);
      expect(await outside()).toEqual(['secret.md']);
      await rm(join(home, 'content/a'));
      await rename(join(home, 'content/kept'), join(home, 'content/a'));
    }
  });

  test('writing, moving and throwing away works on this disk', async () => {
    expect(await writer().writeFile(at('a/x.md'), 'X2', digest('X'))).toBe('done');
    expect(await writer().moveFile(at('a/x.md'), at('b/y.md'), digest('X2'))).toBe('done');
    expect(await writer().trashFile(at('b/y.md'), digest('X2'))).toBe('done');
    expect(await readFile(join(home, 'trash/b/y.md'), 'utf8')).toBe('X2');
    expect(await readdir(join(home, 'content'))).toEqual(['a']);
  });
});
