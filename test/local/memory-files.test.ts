import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../src/ports/node-files.ts';
import type { Files } from '../../src/ports/files.ts';
import { MemoryFiles } from '../helpers/memory-files.ts';

const path = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'));
const step = fc.oneof(
  fc.record({ call: fc.constant('writeNew' as const), path, text: fc.string({ maxLength: 3 }) }),
  fc.record({ call: fc.constant('append' as const), path, text: fc.string({ maxLength: 3 }) }),
  fc.record({ call: fc.constant('rename' as const), path, to: path }),
  fc.record({
    call: fc.constantFrom(
      'list',
      'stat',
      'read',
      'remove',
      'removeFolder',
      'makeFolder',
      'syncFolder',
      'realPath',
      'link',
    ),
    path,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What a step answers, without what differs from disk to disk. */
async function answer(
  files: Files,
  link: (at: string) => Promise<void>,
  home: string,
  one: Step,
): Promise<unknown> {
  const at = `${home}/${one.path}`;
  try {
    switch (one.call) {
      case 'writeNew':
        return await files.writeNew(at, new TextEncoder().encode(one.text));
      case 'append':
        return await files.append(at, new TextEncoder().encode(one.text));
      case 'rename':
        return await files.rename(at, `${home}/${one.to}`);
      case 'stat': {
        const found = await files.stat(at);
        return found === null ? null : [found.kind, found.kind === 'file' ? found.size : 0];
      }
      case 'read':
        return new TextDecoder().decode(await files.read(at));
      case 'realPath':
        return (await files.realPath(at)).slice(home.length);
      case 'link':
        return await link(at);
      case 'list':
        return await files.list(at);
      case 'remove':
        return await files.remove(at);
      case 'removeFolder':
        return await files.removeFolder(at);
      case 'makeFolder':
        return await files.makeFolder(at);
      case 'syncFolder':
        return await files.syncFolder(at);
    }
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

test('the disk in memory answers as a real one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      const home = await realpath(await mkdtemp(join(tmpdir(), 'shelfmark-disk-')));
      try {
        const memory = new MemoryFiles();
        memory.putFolder('/home/target');
        await nodeFiles.makeFolder(join(home, 'target'));
        for (const one of steps) {
          const real = await answer(nodeFiles, (at) => symlink(join(home, 'target'), at), home, one);
          const made = await answer(memory, (at) => memory.link(at, '/home/target'), '/home', one);
          expect(made, JSON.stringify(one)).toEqual(real);
        }
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    }),
    { numRuns: 80 },
  );
});
