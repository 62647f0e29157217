import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceFile, temporaryPrefix } from '../../src/ports/atomic.ts';
import type { Files } from '../../src/ports/files.ts';
import { nodeChance } from '../../src/ports/node-chance.ts';
import { nodeFiles } from '../../src/ports/node-files.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const chance = nodeChance;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a file is made, and replaced, without leaving anything else behind', async () => {
  const path = join(folder, 'lock.json');
  await replaceFile(nodeFiles, path, bytes('one'), { chance });
  await replaceFile(nodeFiles, path, bytes('two'), { chance, mode: 0o600 });
  expect(await readFile(path, 'utf8')).toBe('two');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['lock.json']);
});

test('a symbolic link is replaced, never written through', async () => {
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(folder, 'lock.json'));
  await replaceFile(nodeFiles, join(folder, 'lock.json'), bytes('mine'), { chance });
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret');
  expect(await nodeFiles.stat(join(folder, 'lock.json'))).toMatchObject({ kind: 'file' });
});

test('temporary names cannot be foreseen, and one that is taken is left alone', async () => {
  const numbers = [0, 0, 0.5, 0.5];
  const foreseen = { next: () => numbers.shift() ?? 0.9 };
  const taken = join(folder, `${temporaryPrefix}0000000000000000.tmp`);
  await writeFile(taken, 'somebody else');
  await replaceFile(nodeFiles, join(folder, 'a'), bytes('new'), { chance: foreseen });
  expect(await readFile(taken, 'utf8')).toBe('somebody else');
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new');
});

test('a full disk leaves the old file whole and no temporary one', async () => {
  const program = join(folder, 'program.mjs');
  const ports = fileURLToPath(new URL('../../src/ports/', import.meta.url));
  await build({
    stdin: {
      contents: `
        import { replaceFile } from './atomic.ts';
        import { nodeChance } from './node-chance.ts';
        import { nodeFiles } from './node-files.ts';
        const content = new Uint8Array(900 * 1024).fill(66);
        try {
          await replaceFile(nodeFiles, process.argv[2], content, { chance: nodeChance });
          console.log('written');
        } catch (error) { console.log(error.code); }
      `,
      loader: 'ts',
      resolveDir: ports,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
  const disk = join(folder, 'disk');
  await nodeFiles.makeFolder(disk);
  const path = join(disk, 'lock.json');
  await writeFile(path, 'old');
  // A limit on the size of files stands in for the full disk: both cut a write short in the middle.
  const said = execFileSync(
    'bash',
    ['-c', 'ulimit -f 512; exec "$@"', '-', process.execPath, program, path],
    {
      encoding: 'utf8',
    },
  );
  expect(said.trim()).toMatch(/^(EFBIG|ENOSPC)$/);
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(disk)).toEqual(['lock.json']);
});

test('whichever step fails, the path holds the old content or the new one, and no temporary file stays', async () => {
  const steps = ['writeNew', 'rename', 'syncFolder'] as const;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...steps), fc.boolean(), async (step, afterwards) => {
      const path = join(folder, 'a');
      await rm(path, { force: true });
      await writeFile(path, 'old');
      const fails = async (...given: never[]): Promise<void> => {
        const real: (...given: never[]) => Promise<void> = nodeFiles[step];
        if (afterwards) await real(...given);
        throw Object.assign(new Error('disk'), { code: 'EIO' });
      };
      const broken: Files = { ...nodeFiles, [step]: fails };
      await expect(replaceFile(broken, path, bytes('new'), { chance })).rejects.toMatchObject({
        code: 'EIO',
      });
      expect(['old', 'new']).toContain(await readFile(path, 'utf8'));
      expect(await readdir(folder)).toEqual(['a']);
    }),
    { numRuns: 20 },
  );
});
