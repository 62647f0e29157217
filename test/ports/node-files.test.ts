import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeFiles } from '../../src/ports/node-files.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

test('a folder is listed by name, links named as links and never as what they point at', async () => {
  await writeFile(join(folder, 'b.md'), '');
  await mkdir(join(folder, 'a'));
  await symlink(join(folder, 'a'), join(folder, 'c'));
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  expect(await nodeFiles.list(folder)).toEqual([
    { name: 'a', kind: 'folder' },
    { name: 'b.md', kind: 'file' },
    { name: 'c', kind: 'link' },
    { name: 'pipe', kind: 'other' },
  ]);
});

test('listing a folder that is not there says so', async () => {
  await expect(nodeFiles.list(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('nothing at a path is null, also below a file', async () => {
  await writeFile(join(folder, 'a'), 'x');
  expect(await nodeFiles.stat(join(folder, 'none'))).toBeNull();
  expect(await nodeFiles.stat(join(folder, 'a', 'b'))).toBeNull();
  expect(await nodeFiles.stat(join(folder, 'a'))).toMatchObject({ kind: 'file', size: 1 });
});

test('reading and appending through a symbolic link are refused', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(folder, 'link'));
  await expect(nodeFiles.read(join(folder, 'link'))).rejects.toMatchObject({ code: 'ELOOP' });
  await expect(nodeFiles.append(join(folder, 'link'), bytes('x'))).rejects.toMatchObject({ code: 'ELOOP' });
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
});

test('reading a named pipe fails at once instead of waiting', async () => {
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')]);
  await expect(nodeFiles.read(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'EINVAL' });
});

test('reading a folder says that it is one', async () => {
  await expect(nodeFiles.read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a new file never replaces one that is there, nor writes through a link', async () => {
  await writeFile(join(folder, 'a'), 'old');
  await symlink(join(folder, 'elsewhere'), join(folder, 'link'));
  await expect(nodeFiles.writeNew(join(folder, 'a'), bytes('new'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(nodeFiles.writeNew(join(folder, 'link'), bytes('x'))).rejects.toMatchObject({
    code: 'EEXIST',
  });
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old');
  expect(await nodeFiles.stat(join(folder, 'elsewhere'))).toBeNull();
});

test('a new file gets the mode that was asked for', async () => {
  await nodeFiles.writeNew(join(folder, 'a'), bytes('x'), 0o600);
  expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o600);
});

test('appending makes the file and then adds to its end', async () => {
  await nodeFiles.append(join(folder, 'journal'), bytes('one\n'));
  await nodeFiles.append(join(folder, 'journal'), bytes('two\n'));
  expect(new TextDecoder().decode(await nodeFiles.read(join(folder, 'journal')))).toBe('one\ntwo\n');
});

test('a rename replaces a file, and moves a folder', async () => {
  await writeFile(join(folder, 'a'), 'new');
  await writeFile(join(folder, 'b'), 'old');
  await nodeFiles.rename(join(folder, 'a'), join(folder, 'b'));
  expect(await readFile(join(folder, 'b'), 'utf8')).toBe('new');
  await nodeFiles.makeFolder(join(folder, 'x', 'y'));
  await nodeFiles.rename(join(folder, 'x'), join(folder, 'z'));
  expect(await readdir(folder)).toEqual(['b', 'z']);
});

test('removing what is not there is fine, removing a full folder is not', async () => {
  await nodeFiles.remove(join(folder, 'none'));
  await nodeFiles.makeFolder(join(folder, 'full'));
  await writeFile(join(folder, 'full', 'a'), '');
  await expect(nodeFiles.removeFolder(join(folder, 'full'))).rejects.toMatchObject({ code: 'ENOTEMPTY' });
  await nodeFiles.remove(join(folder, 'full', 'a'));
  await nodeFiles.removeFolder(join(folder, 'full'));
  expect(await nodeFiles.stat(join(folder, 'full'))).toBeNull();
});

test('a folder can be flushed, and made again where it exists', async () => {
  await nodeFiles.makeFolder(folder);
  await expect(nodeFiles.syncFolder(folder)).resolves.toBeUndefined();
  await expect(nodeFiles.syncFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the real path follows every link', async () => {
  await mkdir(join(folder, 'real'));
  await symlink(join(folder, 'real'), join(folder, 'link'));
  expect(await nodeFiles.realPath(join(folder, 'link'))).toBe(await nodeFiles.realPath(join(folder, 'real')));
  await expect(nodeFiles.realPath(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});
